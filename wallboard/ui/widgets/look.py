"""How a table looks: the theme's colours by meaning."""

from dataclasses import dataclass

from rich.style import Style
from textual.widget import Widget

from wallboard.ui.roles import Role

LOOK_CLASSES = {"look--header", "look--cursor", "look--mark", "look--old", *(f"role--{role}" for role in Role)}
LOOK_CSS = """
        & > .look--header { color: $heading; text-style: bold; }
        & > .look--cursor { background: $row-cursor; }
        & > .look--mark { color: $accent; text-style: bold; }
        & > .look--old { color: $figure-old; text-style: italic; }
        & > .role--text { color: $foreground; }
        & > .role--strong { color: $foreground; text-style: bold; }
        & > .role--muted { color: $muted; }
        & > .role--ok { color: $sla-ok; }
        & > .role--warn { color: $sla-warn; text-style: bold; }
        & > .role--breach { color: $sla-breach-text; background: $sla-breach; text-style: bold; }
        & > .role--available { color: $state-available; }
        & > .role--ringing { color: $state-ringing; }
        & > .role--call { color: $state-call; }
        & > .role--hold { color: $state-hold; }
        & > .role--paused { color: $state-paused; }
        & > .role--away { color: $state-away; }
        & > .role--unknown { color: $state-unknown; text-style: bold; }
"""


@dataclass(frozen=True, slots=True)
class Look:
    """Rich styles by meaning, looked up once per change of theme or focus."""

    base: Style
    header: Style
    cursor: Style
    mark: Style
    old: Style
    roles: dict[Role, Style]


def look_of(widget: Widget) -> Look:
    """The styles of a widget that has `LOOK_CLASSES` and `LOOK_CSS`."""
    component = widget.get_component_rich_style
    return Look(
        base=widget.rich_style,
        header=component("look--header", partial=True),
        cursor=component("look--cursor", partial=True),
        mark=component("look--mark", partial=True),
        old=component("look--old", partial=True),
        roles={role: component(f"role--{role}", partial=True) for role in Role},
    )
