"""Themes: one TOML file each, shipped or the user's own."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from textual.color import Color, ColorParseError
from textual.theme import Theme

from wallboard.resources import themes_dir

FALLBACK = "night"

Colour = str


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Colours(_Table):
    """Textual's own colours."""

    primary: Colour
    secondary: Colour
    accent: Colour
    foreground: Colour
    background: Colour
    surface: Colour
    panel: Colour
    success: Colour
    warning: Colour
    error: Colour


class Variables(_Table):
    """The board's meanings."""

    heading: Colour
    muted: Colour
    title: Colour
    title_focused: Colour = Field(alias="title-focused")
    title_text: Colour = Field(alias="title-text")
    title_focused_text: Colour = Field(alias="title-focused-text")
    row_cursor: Colour = Field(alias="row-cursor")
    figure_old: Colour = Field(alias="figure-old")
    sla_ok: Colour = Field(alias="sla-ok")
    sla_warn: Colour = Field(alias="sla-warn")
    sla_breach: Colour = Field(alias="sla-breach")
    sla_breach_text: Colour = Field(alias="sla-breach-text")
    state_available: Colour = Field(alias="state-available")
    state_ringing: Colour = Field(alias="state-ringing")
    state_call: Colour = Field(alias="state-call")
    state_hold: Colour = Field(alias="state-hold")
    state_paused: Colour = Field(alias="state-paused")
    state_away: Colour = Field(alias="state-away")
    state_unknown: Colour = Field(alias="state-unknown")


class ThemeFile(_Table):
    """One theme file, whole."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    description: str = ""
    kind: Literal["dark", "light"]
    colours: Colours
    variables: Variables

    def theme(self) -> Theme:
        return Theme(
            name=self.name,
            dark=self.kind == "dark",
            variables=self.variables.model_dump(by_alias=True),
            **self.colours.model_dump(),
        )


@dataclass(frozen=True, slots=True)
class ThemeShelf:
    """All themes that could be read by name, and one line for each file that could not."""

    themes: dict[str, ThemeFile]
    faults: tuple[str, ...]
    user_themes: frozenset[str] = frozenset()


def load_themes(user_dir: Path | None) -> ThemeShelf:
    """The shipped themes and those in `user_dir`; of the same name the user's wins."""
    themes: dict[str, ThemeFile] = {}
    faults: list[str] = []
    own: set[str] = set()
    for folder in (themes_dir(), user_dir):
        for path in sorted(folder.glob("*.toml")) if folder else ():
            try:
                theme = read_theme(path)
            except ValueError as error:
                faults.append(f"{path}: {error}")
                continue
            themes[theme.name] = theme
            if folder is user_dir:
                own.add(theme.name)
    return ThemeShelf(themes, tuple(faults), frozenset(own))


def read_theme(path: Path) -> ThemeFile:
    """Read one theme file.

    Raises:
        ValueError: what is wrong with it, by key.
    """
    try:
        theme = ThemeFile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"is not TOML: {error}") from None
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise ValueError("; ".join(problems)) from None
    for table in (theme.colours, theme.variables):
        for key, value in table.model_dump(by_alias=True).items():
            try:
                Color.parse(value)
            except ColorParseError:
                raise ValueError(f'{key}: "{value}" is not a colour; write #rrggbb') from None
    return theme
