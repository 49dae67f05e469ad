"""`wallboard terminal`: what the terminal does with Hebrew, and a self-test whose answer is remembered."""

import os
import select
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated

import typer

from wallboard.cli.common import CommonOptions, ExitCode, fail
from wallboard.cli.text_direction import setting_of_environment, text_direction
from wallboard.ui.terminal.detection import Kind, Terminal, TextReading, decide
from wallboard.ui.terminal.direction import IMPLICIT, Setting, TextMode
from wallboard.ui.terminal.remembered import Remembered
from wallboard.ui.terminal.replies import Replies

ANSWERS: Mapping[str, TextMode] = {"1": "visual", "2": "logical", "3": "words"}
PATIENCE_SECONDS = 300.0

_MODES: Mapping[TextMode, str] = {
    "visual": "the board turns Hebrew round",
    "logical": "the terminal turns Hebrew round, cell by cell",
    "words": "the board orders the words, the terminal their letters",
    "off": "nothing is done; Hebrew comes as it is stored",
}
# Lines of 80 columns, commands on lines of their own: they are to be copied.
_AFTER_KILL = """\
After `kill -9` the terminal still leaves Hebrew as it is. This takes that back:
  printf '\\e[8h'"""
_ADVICE: Mapping[Kind, str] = {
    Kind.PUTTY: """\
PuTTY turns the whole line round and takes no word from a program. In its
configuration, under Terminal > Features, tick "Disable bidirectional text
display" (DisableBidi=1), and save the session.""",
    Kind.TMUX: """\
tmux does not pass on what the board says. If columns look swapped, the terminal
behind it turns lines round. Put this into ~/.tmux.conf, then `tmux kill-server`:
  set -ga terminal-overrides ',*:smcup=\\E[?1049h\\E[8l:rmcup=\\E[8h\\E[?1049l'
or say it before tmux begins:
  printf '\\e[8l'; tmux attach""",
    Kind.SCREEN: """\
GNU screen passes nothing on. If columns look swapped, the terminal behind it
turns lines round: use tmux, or put text_direction = "logical" under [board].""",
    Kind.KITTY: """\
kitty turns the letters of each word round. With `force_ltr yes` in kitty.conf it
does not; then put text_direction = "visual" under [board].""",
}

# The same name as each way writes it: customer service, as a queue may be called.
_SERVICE, _CUSTOMERS = "שירות", "לקוחות"
_NAME = f"{_SERVICE} {_CUSTOMERS}"
_SAMPLES: Mapping[TextMode, str] = {
    "visual": _NAME[::-1],
    "logical": f"\u200e\u202b{_NAME}\u202c\u200e",
    "words": f"{_CUSTOMERS} {_SERVICE}",
}


def terminal(
    common: CommonOptions,
    forget: Annotated[bool, typer.Option("--forget", help="Forget what is remembered of this terminal.")] = False,
) -> None:
    """Say what this terminal does with Hebrew.

    And try it: which line reads correctly? The answer is remembered for this terminal.
    """
    from wallboard.config.glance import glance
    from wallboard.config.paths import terminals_file
    from wallboard.ui.terminal.asking import asking, has_terminal

    setting = setting_of_environment() or text_direction(glance(common.config))
    with asking(setting, terminals_file()) as decided:
        reading, replies = decided()
    if not has_terminal():
        typer.echo(f"TERM={os.environ.get('TERM', '')}\ntext_direction = {setting}\n{_AFTER_KILL}")
        fail(
            "`wallboard terminal` needs a terminal to ask, on stdin and stdout; this is a file or a pipe.",
            ExitCode.USAGE,
        )
    remembered = Remembered(terminals_file())
    if forget:
        with _written():
            is_known = remembered.forget(reading.terminal.identity)
        typer.echo(f"{reading.terminal.name}: {'forgotten' if is_known else 'nothing was remembered'}.")
        return
    typer.echo(_told(setting, reading, replies))
    _self_test(setting, reading, remembered)


def _told(setting: Setting, reading: TextReading, replies: Replies) -> str:
    mode_8 = "none" if replies.mode_8 is None else replies.mode_8
    facts = {
        "Terminal": f"{reading.terminal.name} (TERM={os.environ.get('TERM', '')})",
        "Answers": f"XTVERSION {replies.version or 'none'}, DECRQM 8 {mode_8}, DA2 {replies.secondary or 'none'}",
        "Setting": f'text_direction = "{setting}"',
        "Hebrew": f"{reading.mode}: {_MODES[reading.mode]}",
        "Because": reading.reason.value,
        "Switch": reading.switch.name or "none",
    }
    lines = [f"{name:<10}{fact}" for name, fact in facts.items()]
    advice = _ADVICE.get(reading.terminal.kind)
    return "\n".join([*lines, "", *([advice, ""] if advice else []), _AFTER_KILL, ""])


def _self_test(setting: Setting, reading: TextReading, remembered: Remembered) -> None:
    answer = _asked(reading.terminal)
    if answer is None:
        typer.echo("Nothing is remembered. Where no line reads correctly, use another terminal for Hebrew.")
        return
    with _written():
        remembered.keep(reading.terminal.identity, answer)
    typer.echo(f"{answer} is remembered for {reading.terminal.name}. `wallboard terminal --forget` forgets it.")
    if setting != "auto":
        typer.echo(f'It counts where text_direction is "auto"; here it is "{setting}".')


@contextmanager
def _written() -> Iterator[None]:
    from wallboard.config.paths import terminals_file

    try:
        yield
    except OSError as error:
        fail(f"{terminals_file()}: cannot be written: {error.strerror or error}.", ExitCode.FAULT)


def _asked(terminal: Terminal) -> TextMode | None:
    """Draw the lines, each as its way would be drawn on the board, and read which one is right."""
    from wallboard.ui.terminal.asking import quiet_keyboard

    switch = decide("visual", terminal, None, os.environ).switch
    sys.stdout.flush()
    with quiet_keyboard(sys.stdin.fileno()):
        try:
            typer.echo('A queue named "sherut lekohot" (customer service), with 12 waiting and 7 agents:\n')
            typer.echo(f"   {'Queue':>14}  {'Waiting':>7}  {'Agents':>6}")
            for key, mode in ANSWERS.items():
                sys.stdout.write(switch.on if mode == "visual" else IMPLICIT.on)
                typer.echo(f"{key}  {'':{14 - len(_NAME)}}{_SAMPLES[mode]}  {12:>7}  {7:>6}")
            typer.echo("\nWhich line reads correctly, each figure under its heading? 1, 2, 3; none: enter ", nl=False)
            sys.stdout.flush()
            key = _key(sys.stdin.fileno())
        finally:
            sys.stdout.write(switch.off + "\n")
            sys.stdout.flush()
    return ANSWERS.get(key)


def _key(keyboard: int) -> str:
    """The first of the keys that mean something; none in a long time is an enter."""
    while select.select([keyboard], [], [], PATIENCE_SECONDS)[0]:
        typed = os.read(keyboard, 4096).decode("latin-1")
        meant = [key for key in typed if key in {*ANSWERS, "\r", "\n"}]
        if meant or not typed or typed in {"q", "\x1b", "\x04"}:
            return meant[0] if meant else ""
    return ""
