"""Themes: one TOML file each, shipped or the user's own.

The first picture needs one, so nothing is loaded here that takes its time.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from wallboard.language.catalog import _
from wallboard.resources import themes_dir

FALLBACK = "night"
NAME_PATTERN = r"^[a-z][a-z0-9-]*$"
KINDS = ("dark", "light", "ansi")
# Textual's own colours, and the board's meanings.
COLOURS = (
    *("primary", "secondary", "accent", "foreground", "background", "surface", "panel"),
    *("success", "warning", "error"),
)
VARIABLES = (
    *("heading", "muted", "title", "title-focused", "title-text", "title-focused-text", "row-cursor", "figure-old"),
    *("sla-ok", "sla-warn", "sla-breach", "sla-breach-text"),
    *("state-available", "state-ringing", "state-call", "state-hold", "state-paused", "state-away", "state-unknown"),
)
_KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("name", "description", "kind", "colours", "variables"),
    "colours": COLOURS,
    "variables": VARIABLES,
}


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """One theme file, whole: colours and variables by their keys.

    `kind`: dark, light, or ansi: the terminal's own sixteen colours, whatever they look like there.
    """

    name: str
    description: str
    kind: str
    colours: Mapping[str, str]
    variables: Mapping[str, str]

    @property
    def table(self) -> dict[str, str]:
        """Every colour by its key."""
        return {**self.colours, **self.variables}

    def theme(self) -> Theme:
        return Theme(
            name=self.name,
            dark=self.kind != "light",
            ansi=self.kind == "ansi",
            variables={**self.variables, **(self._of_ansi if self.kind == "ansi" else {})},
            **self.colours,  # type: ignore[arg-type]  # none is a number
        )

    @property
    def _of_ansi(self) -> dict[str, str]:
        """What Textual asks of an ansi theme; by itself it takes grounds for transparent, and what is behind shows."""
        colours, variables = self.colours, self.variables
        return {
            "ansi-background": colours["background"],
            "ansi-foreground": colours["foreground"],
            "surface": colours["surface"],
            "panel": colours["panel"],
            "panel-darken-1": colours["panel"],
            "block-cursor-background": variables["title-focused"],
            "block-cursor-foreground": variables["title-focused-text"],
            "input-selection-background": variables["title-focused"],
            "input-selection-foreground": variables["title-focused-text"],
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


def first_theme_file(name: str, user_dir: Path) -> ThemeFile:
    """A theme alone, from the file of its name, before the others are read; another one where that cannot be had."""
    for wanted in (user_dir / f"{name}.toml", themes_dir() / f"{name}.toml"):
        with suppress(ThemeError):
            theme = read_theme(wanted)
            if theme.name == name:
                return theme
    return read_theme(themes_dir() / f"{FALLBACK}.toml")


def read_theme(path: Path) -> ThemeFile:
    """Read one theme file.

    Raises:
        ThemeError: what is wrong with it, by key.
    """
    try:
        if path.exists() and not path.is_file():  # to read a pipe is to wait
            raise ThemeError([_("is no plain file")])
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise ThemeError([_("cannot be read: {reason}").format(reason=error.strerror)]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ThemeError([_("is not TOML: {reason}").format(reason=error)]) from None
    if problems := list(_problems(table)):
        raise ThemeError(problems)
    theme = ThemeFile(table["name"], table.get("description", ""), table["kind"], table["colours"], table["variables"])
    if problem := _mixed(theme):
        raise ThemeError([problem])
    return theme


def _problems(table: dict[str, Any]) -> Iterator[str]:
    """Everything that is wrong with the tables of a file, by key."""
    for key in ("name", "description", "kind"):
        if key in table and not isinstance(table[key], str):
            yield _("{key}: must be text").format(key=key)
    if isinstance(name := table.get("name"), str) and not re.fullmatch(NAME_PATTERN, name):
        yield _("{key}: only small letters, digits and hyphens, a letter first").format(key="name")
    if isinstance(kind := table.get("kind"), str) and kind not in KINDS:
        yield _("{key}: must be one of {choices}").format(key="kind", choices=", ".join(KINDS))
    yield from _misplaced(table, "")
    for above in ("colours", "variables"):
        if isinstance(colours := table.get(above, {}), dict):
            yield from _misplaced(colours, above)
            known = {key: value for key, value in colours.items() if key in _KEYS[above]}
            yield from (f"{above}.{key}: {words}" for key, value in known.items() if (words := _unfit(value)))
        else:
            yield _("{key}: must be a table").format(key=above)


def _misplaced(table: dict[str, Any], above: str) -> Iterator[str]:
    """Keys that are missing, and keys that nobody knows."""
    known, prefix = _KEYS[above], f"{above}." if above else ""
    for key in known:
        if key not in table and key != "description":
            yield _("{key}: is missing").format(key=prefix + key)
    for key in table:
        if key not in known:
            near = get_close_matches(key.lower(), known, n=1, cutoff=0.0)[0]
            words = _('{key}: unknown key; the nearest valid one is "{near}"')
            yield words.format(key=prefix + key, near=near)


def _unfit(value: Any) -> str:
    """What is wrong with a colour; the palette's own names come with an `ansi_`."""
    if not isinstance(value, str):
        return _("must be text; write #rrggbb")
    try:
        colour = Color.parse(value)
    except ColorParseError:
        return _('"{value}" is not a colour; write #rrggbb').format(value=value)
    if colour.a < 1 or colour.auto:
        return _('"{value}" lets what is behind it shine through; write #rrggbb').format(value=value)
    return ""


def _mixed(theme: ThemeFile) -> str:
    """The two ways to write a colour cannot be mixed: a terminal's own have no shade that could be blended."""
    for key, value in theme.table.items():
        if value.startswith("ansi_") != (theme.kind == "ansi"):
            way = "ansi_green" if theme.kind == "ansi" else "#rrggbb"
            words = _('{key}: "{value}" is not for kind = "{kind}"; write it like {way}')
            return words.format(key=key, value=value, kind=theme.kind, way=way)
    return ""
