"""What can be said against a theme file: what makes it unusable, and what somebody could not read or tell apart."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from wallboard.ui.contrast import Depth, Vision, contrast, distance, is_grey, shown
from wallboard.ui.theming import ThemeError, ThemeFile, named_twice, read_theme

LEAST_CONTRAST = 4.5
LEAST_DISTANCE = 8.0  # in OKLab times 100: four just visible steps

_TABLE_TEXT = (
    *("foreground", "muted", "accent", "heading", "figure-old", "sla-ok", "sla-warn"),
    *("state-available", "state-ringing", "state-call", "state-hold", "state-paused", "state-away", "state-unknown"),
)
# Every ground, and what is written on it: tables and tiles, the cursor's line and a field being written in, dialogs,
# edges, titles, what must not be overlooked, the frozen picture's banner, the way out of a question.
TEXTS_ON: dict[str, tuple[str, ...]] = {
    "background": _TABLE_TEXT,
    "row-cursor": _TABLE_TEXT,
    "surface": _TABLE_TEXT,
    "panel": ("foreground", "muted", "accent"),
    "title": ("title-text", "sla-warn"),
    "title-focused": ("title-focused-text",),
    "sla-breach": ("sla-breach-text",),
    "sla-warn": ("background",),
    "accent": ("background",),
}
LEVELS = ("sla-ok", "sla-warn", "sla-breach")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be said of a theme file."""

    words: str
    is_error: bool = False  # it cannot be used


def check_theme(path: Path) -> list[Finding]:
    """All there is to be said against the file; nothing of a good one."""
    try:
        theme = read_theme(path)
    except ThemeError as error:
        return [Finding(problem, is_error=True) for problem in error.problems]
    return [Finding(words) for words in remarks(theme)]


def check_names(paths: Iterable[Path]) -> list[tuple[Path, Finding]]:
    """Files whose theme has the name of one before it: only one of them could be worn."""
    findings: list[tuple[Path, Finding]] = []
    first: dict[str, Path] = {}
    for path in paths:
        with suppress(ThemeError):
            name = read_theme(path).name
            if first.setdefault(name, path) != path:
                findings.append((path, Finding(named_twice(name, first[name]), is_error=True)))
    return findings


def remarks(theme: ThemeFile) -> Iterator[str]:
    """What somebody could not read or tell apart."""
    if theme.kind == "ansi":
        yield from _same_names(theme.table)
    else:
        yield from _faint(theme.table)
        yield from _alike(theme.table)


def _same_names(table: dict[str, str]) -> Iterator[str]:
    """What the terminal's colours look like is not known; only that the same name is the same colour."""
    for ground, texts in TEXTS_ON.items():
        for text in texts:
            # The terminal's default is two colours: one to write with, one to write on.
            if table[text] == table[ground] != "ansi_default":
                yield f"{text} on {ground}: both are {table[ground]}"
    if len({table[level] for level in LEVELS}) < len(LEVELS):
        yield f"{', '.join(LEVELS)}: two are the same colour"


def _faint(table: dict[str, str]) -> Iterator[str]:
    for ground, texts in TEXTS_ON.items():
        for text in texts:
            ratio = contrast(shown(table[text]), shown(table[ground]))
            if ratio < LEAST_CONTRAST:
                yield f"{text} on {ground}: the contrast is {ratio:.2f}, below {LEAST_CONTRAST}"


def _alike(table: dict[str, str]) -> Iterator[str]:
    # Without hue a breach is told by its ground, so that it may be as bright as a warning.
    is_without_hue = all(is_grey(table[level]) for level in LEVELS)
    pairs = (("sla-ok", "sla-warn"), ("sla-breach", "background")) if is_without_hue else combinations(LEVELS, 2)
    for one, other in pairs:
        where = [f"{way} ({apart:.1f})" for way, apart in _looks(table[one], table[other]) if apart < LEAST_DISTANCE]
        if where:
            yield f"{one} and {other}: too much alike with {', '.join(where)}; they should be {LEAST_DISTANCE:g} apart"


def _looks(one: str, other: str) -> Iterator[tuple[str, float]]:
    """How far apart two colours are on each kind of terminal and to each kind of eye."""
    for depth in Depth:
        yield depth, distance(shown(one, depth), shown(other, depth))
    for vision in Vision:
        if vision is not Vision.NORMAL:
            yield vision, distance(shown(one), shown(other), vision)
