"""Themes: one TOML file each, shipped or the user's own."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from textual.color import Color, ColorParseError
from textual.theme import Theme

from wallboard.config.keys import nearest
from wallboard.language.catalog import _
from wallboard.resources import themes_dir

FALLBACK = "night"
NAME_PATTERN = r"^[a-z][a-z0-9-]*$"


def _colour(value: str) -> str:
    """A colour that can be drawn: the palette's own names come with an `ansi_`."""
    try:
        colour = Color.parse(value)
    except ColorParseError:
        raise ValueError(_('"{value}" is not a colour; write #rrggbb').format(value=value)) from None
    if colour.a < 1 or colour.auto:
        raise ValueError(_('"{value}" lets what is behind it shine through; write #rrggbb').format(value=value))
    return value


Colour = Annotated[str, AfterValidator(_colour)]


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
    """One theme file, whole. `ansi`: the terminal's own sixteen colours, whatever they look like there."""

    name: str = Field(pattern=NAME_PATTERN)
    description: str = ""
    kind: Literal["dark", "light", "ansi"]
    colours: Colours
    variables: Variables

    @model_validator(mode="after")
    def _is_of_its_kind(self) -> "ThemeFile":
        """The two ways to write a colour cannot be mixed: a terminal's own have no shade that could be blended."""
        for key, value in self.table.items():
            if value.startswith("ansi_") != (self.kind == "ansi"):
                way = "ansi_green" if self.kind == "ansi" else "#rrggbb"
                words = _('{key}: "{value}" is not for kind = "{kind}"; write it like {way}')
                raise ValueError(words.format(key=key, value=value, kind=self.kind, way=way))
        return self

    @property
    def table(self) -> dict[str, str]:
        """Every colour by its key."""
        return {**self.colours.model_dump(), **self.variables.model_dump(by_alias=True)}

    def theme(self) -> Theme:
        return Theme(
            name=self.name,
            dark=self.kind != "light",
            ansi=self.kind == "ansi",
            variables=self.variables.model_dump(by_alias=True) | (self._of_ansi if self.kind == "ansi" else {}),
            **self.colours.model_dump(),
        )

    @property
    def _of_ansi(self) -> dict[str, str]:
        """What Textual asks of an ansi theme; by itself it takes grounds for transparent, and what is behind shows."""
        colours, variables = self.colours, self.variables
        return {
            "ansi-background": colours.background,
            "ansi-foreground": colours.foreground,
            "surface": colours.surface,
            "panel": colours.panel,
            "panel-darken-1": colours.panel,
            "block-cursor-background": variables.title_focused,
            "block-cursor-foreground": variables.title_focused_text,
            "input-selection-background": variables.title_focused,
            "input-selection-foreground": variables.title_focused_text,
        }


class ThemeError(ValueError):
    """A theme file that cannot be used; `problems` are what is wrong with it, each by its key."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


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
        paths: dict[str, Path] = {}  # of this folder's themes
        for path in theme_files(folder) if folder else ():
            try:
                theme = read_theme(path)
            except ThemeError as error:
                faults.append(f"{path}: {error}")
                continue
            if theme.name in paths:
                faults.append(f"{path}: {named_twice(theme.name, paths[theme.name])}")
                continue
            paths[theme.name] = path
            themes[theme.name] = theme
            if folder is user_dir:
                own.add(theme.name)
    return ThemeShelf(themes, tuple(faults), frozenset(own))


def named_twice(name: str, other: Path) -> str:
    """What is wrong with a theme of which the name is another file's, in the same folder, too."""
    return _('"{name}" is the name of {other} too; give one of them another').format(name=name, other=other.name)


def theme_files(folder: Path) -> list[Path]:
    """The files of a folder that are meant as themes; not what an editor hides there."""
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))


def read_theme(path: Path) -> ThemeFile:
    """Read one theme file.

    Raises:
        ThemeError: what is wrong with it, by key.
    """
    try:
        if path.exists() and not path.is_file():  # to read a pipe is to wait
            raise ThemeError([_("is no plain file")])
        return ThemeFile.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except OSError as error:
        raise ThemeError([_("cannot be read: {reason}").format(reason=error.strerror)]) from None
    except ValidationError as error:
        raise ThemeError([_problem(dict(item)) for item in error.errors()]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ThemeError([_("is not TOML: {reason}").format(reason=error)]) from None


def _problem(item: dict[str, Any]) -> str:
    """One fault of pydantic in our words."""
    *above, last = [str(part) for part in item["loc"]] or [""]
    key = ".".join([*above, last])
    if item["type"] == "extra_forbidden":
        near = nearest(last, _keys_of(above))
        if near:
            return _('{key}: unknown key; the nearest valid one is "{near}"').format(key=key, near=near)
        return _("{key}: unknown key; take it out").format(key=key)
    if item["type"] == "missing":
        return _("{key}: is missing").format(key=key)
    if item["type"] == "string_pattern_mismatch":
        return _("{key}: only small letters, digits and hyphens, a letter first").format(key=key)
    words = str(item["msg"]).removeprefix("Value error, ")
    return f"{key}: {words}" if key else words


def _keys_of(above: list[str]) -> list[str]:
    tables: dict[tuple[str, ...], type[_Table]] = {(): ThemeFile, ("colours",): Colours, ("variables",): Variables}
    table = tables[tuple(above)]
    return [field.alias or name for name, field in table.model_fields.items()]
