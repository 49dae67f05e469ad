"""Which terminal this is, and how it is to be given Hebrew."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from wallboard.language.catalog import N_, _
from wallboard.ui.terminal import direction
from wallboard.ui.terminal.direction import Setting, Switch, TextMode
from wallboard.ui.terminal.replies import Replies


class Kind(Enum):
    """The terminals that need something of their own; OTHER: whatever does not turn text round."""

    SWITCHABLE = "turns text round and can be told not to"  # VTE, mintty
    KONSOLE = "Konsole"
    MLTERM = "mlterm"
    KITTY = "kitty"
    LOGICAL = "turns text round, whatever it is told"  # newer iTerm2, Apple's
    PUTTY = "PuTTY"
    TMUX = "tmux"
    SCREEN = "GNU screen"
    OTHER = "other"


class Reason(StrEnum):
    """What decided."""

    SETTING = "text_direction says so"
    SELF_TEST = "you chose it in the self-test"
    TERMINAL = "this terminal is known to need it"
    USUAL = "most terminals need it"


@dataclass(frozen=True, slots=True)
class Terminal:
    """What is known of the terminal.

    Args:
        kind: what it needs.
        name: with its version, for people.
        identity: the same for the same terminal at the next start: for what is remembered.
    """

    kind: Kind = Kind.OTHER
    name: str = ""
    identity: str = ""


@dataclass(frozen=True, slots=True)
class TextReading:
    """How the terminal is given Hebrew.

    Args:
        mode: in which order the board writes it.
        switch: what the terminal is told.
        terminal: which it is; without a name: nobody asked.
        reason: what decided.
        is_hint_due: it was never told what this terminal's user must do himself.
        unread: what was typed while the terminal was asked, for the board.
        is_settled: no late answer will come.
    """

    mode: TextMode = "visual"
    switch: Switch = direction.EXPLICIT
    terminal: Terminal = Terminal()
    reason: Reason = Reason.USUAL
    is_hint_due: bool = False
    unread: bytes = b""
    is_settled: bool = True


NOT_ASKED = TextReading()

# What a person must do where the board cannot.
HINTS: Mapping[Kind, str] = {
    Kind.PUTTY: N_(
        "PuTTY turns Hebrew round itself, and figures may stand under the wrong heading. In its configuration, "
        'Terminal > Features, tick "Disable bidirectional text display".'
    ),
    Kind.TMUX: N_(
        "The terminal behind tmux cannot always be told not to turn Hebrew round. If columns look swapped, "
        "`wallboard terminal` says what to put into tmux.conf."
    ),
    Kind.SCREEN: N_(
        "The terminal behind GNU screen cannot be told not to turn Hebrew round. If columns look swapped, use tmux, "
        'or put text_direction = "logical" under [board].'
    ),
}

_VERSIONED = re.compile(r"\A([^\s(]+)[\s(]+([^\s)]+)")
_NAMES_BY_NUMBER: Mapping[int, str] = {65: "VTE", 77: "mintty"}  # the first of the DA2
_FIRST_ITERM_THAT_TURNS = (3, 7)


def identify(replies: Replies, environ: Mapping[str, str]) -> Terminal:
    """Which terminal answers like this."""
    term = environ.get("TERM", "")
    kind = _kind(replies, environ)
    told = replies.version or replies.secondary or environ.get("TERM_PROGRAM", "") or "silent"
    inside = " in tmux" if kind is Kind.TMUX or "TMUX" in environ else ""
    return Terminal(kind, _name(replies, kind, environ), f"{told} {term}{inside}")


def decide(
    setting: Setting, terminal: Terminal, remembered: TextMode | None, environ: Mapping[str, str]
) -> TextReading:
    """The first that matches: the setting, the self-test's answer, what the terminal is known to need, the usual."""
    if setting != "auto":
        mode, reason = setting, Reason.SETTING
    elif remembered is not None:
        mode, reason = remembered, Reason.SELF_TEST
    elif terminal.kind is Kind.KITTY:
        mode, reason = "words", Reason.TERMINAL
    elif terminal.kind is Kind.LOGICAL:
        mode, reason = "logical", Reason.TERMINAL
    else:
        mode, reason = "visual", Reason.USUAL if terminal.kind is Kind.OTHER else Reason.TERMINAL
    return TextReading(mode, _switch(mode, terminal, environ), terminal, reason)


def remark(reading: TextReading) -> str:
    """A line for the help screen; empty where nobody asked."""
    if not reading.terminal.name:
        return ""
    places = {"mode": reading.mode, "terminal": reading.terminal.name, "switch": reading.switch.name}
    if not reading.switch.name:
        return _("Hebrew: {mode}, {terminal}").format(**places)
    return _("Hebrew: {mode}, {terminal}, {switch}").format(**places)


def hint(reading: TextReading) -> str:
    """What the user must do himself, or nothing."""
    if reading.reason in {Reason.SETTING, Reason.SELF_TEST} or reading.terminal.kind not in HINTS:
        return ""
    return _(HINTS[reading.terminal.kind])


def _kind(replies: Replies, environ: Mapping[str, str]) -> Kind:
    name, numbers = replies.version.casefold(), replies.numbers
    signs = {
        Kind.SWITCHABLE: replies.mode_8 in {1, 2},
        Kind.KONSOLE: name.startswith("konsole") or numbers[1:] == (115, 0),
        Kind.MLTERM: name.startswith("mlterm") or (not name and numbers[:1] == (24,)),
        Kind.KITTY: name.startswith("kitty") or numbers[:2] == (1, 4000),
        Kind.LOGICAL: _turns_for_sure(name, environ),
        Kind.PUTTY: name.startswith("putty") or numbers == (0, 136, 0),
        Kind.TMUX: name.startswith("tmux") or numbers[:1] == (84,) or (not numbers and "TMUX" in environ),
        Kind.SCREEN: numbers[:1] == (83,) or (not numbers and "STY" in environ),
    }
    return next((kind for kind, is_it in signs.items() if is_it), Kind.OTHER)


def _turns_for_sure(name: str, environ: Mapping[str, str]) -> bool:
    if name.startswith("iterm2"):
        return tuple(int(part) for part in re.findall(r"\d+", name[len("iterm2") :])[:2]) >= _FIRST_ITERM_THAT_TURNS
    return not name and environ.get("TERM_PROGRAM") == "Apple_Terminal"


def _switch(mode: TextMode, terminal: Terminal, environ: Mapping[str, str]) -> Switch:
    if mode == "logical":
        return direction.IMPLICIT
    if mode != "visual":
        return direction.NOTHING
    match terminal.kind:
        case Kind.KONSOLE:
            return direction.KONSOLE
        case Kind.MLTERM:
            return direction.MLTERM
        case Kind.TMUX if "TMUX" in environ:  # the tmux of this machine, which can be asked to draw anew
            return direction.TMUX
        case _:
            return direction.EXPLICIT


def _name(replies: Replies, kind: Kind, environ: Mapping[str, str]) -> str:
    if match := _VERSIONED.match(replies.version):
        return f"{match[1]} {match[2]}"
    numbers = replies.numbers
    if numbers[:1] and numbers[0] in _NAMES_BY_NUMBER and len(numbers) == 3:
        version = numbers[1]
        return f"{_NAMES_BY_NUMBER[numbers[0]]} {version // 10000}.{version // 100 % 100}.{version % 100}"
    is_named = kind not in {Kind.OTHER, Kind.SWITCHABLE, Kind.LOGICAL}
    usual = environ.get("TERM_PROGRAM") or environ.get("TERM") or "a terminal without a name"
    return replies.version or (kind.value if is_named else usual)
