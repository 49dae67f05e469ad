"""`text_direction`, without the rest of the configuration: it may be wrong, or ask for a secret."""

import os
from typing import TYPE_CHECKING, get_args

from wallboard.config.errors import ConfigError
from wallboard.ui.terminal.direction import Setting

if TYPE_CHECKING:
    from wallboard.config.glance import Glance

VARIABLE = "WALLBOARD_BOARD__TEXT_DIRECTION"


def setting_of_environment() -> Setting | None:
    """`text_direction` as the environment has it.

    Raises:
        ConfigError: it is none of those there are.
    """
    value = os.environ.get(VARIABLE)
    if value is None:
        return None
    for setting in get_args(Setting):
        if value == setting:
            return setting  # type: ignore[no-any-return]
    raise ConfigError(f"environment variable {VARIABLE}: must be one of {', '.join(get_args(Setting))}")


def text_direction(seen: "Glance") -> Setting:
    """`text_direction` as it is written; what is none of those there are is told when the settings are loaded."""
    written = seen.board.get("text_direction")
    for setting in get_args(Setting):
        if written == setting:
            return setting  # type: ignore[no-any-return]
    return "auto"
