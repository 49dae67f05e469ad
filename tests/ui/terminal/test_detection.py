"""Terminals that answer as the real ones were recorded, on a real line."""

import time
from pathlib import Path

import pytest

from tests.ui.terminal import lines
from tests.ui.terminal.lines import answering, line, said
from wallboard.language.catalog import use
from wallboard.ui.terminal import direction
from wallboard.ui.terminal.asking import ANSWER_SECONDS, asking
from wallboard.ui.terminal.detection import NOT_ASKED, Kind, Reason, TextReading, hint, remark
from wallboard.ui.terminal.direction import Setting, Switch, TextMode
from wallboard.ui.terminal.remembered import Remembered
from wallboard.ui.terminal.replies import Replies, parse

TERM = {"TERM": "xterm-256color"}
TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/none,1,0"}


def detected(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    answer: bytes,
    environ: dict[str, str] = TERM,
    *,
    setting: Setting = "auto",
) -> TextReading:
    with line(monkeypatch) as made:
        before = made.settings
        with answering(made, answer), asking(setting, tmp_path / "terminals.json", environ) as decided:
            assert made.settings != before
            reading, _ = decided()
        assert made.settings == before
    return reading


@pytest.mark.parametrize(
    ("answer", "environ", "mode", "switch", "name"),
    [
        (lines.VTE, TERM, "visual", direction.EXPLICIT, "VTE 0.70.6"),
        (said("", 2, "65;7600;1"), TERM, "visual", direction.EXPLICIT, "VTE 0.76.0"),
        (said("mintty 3.7.4", 1, "77;30704;0"), TERM, "visual", direction.EXPLICIT, "mintty 3.7.4"),
        (lines.XTERM, TERM, "visual", direction.EXPLICIT, "XTerm 379"),
        (lines.KITTY, {"TERM": "xterm-kitty"}, "words", direction.NOTHING, "kitty 0.26.5"),
        (lines.KONSOLE, TERM, "visual", direction.KONSOLE, "Konsole 22.12.3"),
        (said("", None, "0;115;0"), TERM, "visual", direction.KONSOLE, "Konsole"),
        (lines.MLTERM, {"TERM": "mlterm"}, "visual", direction.MLTERM, "mlterm"),
        (said("XTerm(379)", 0, "24;379;0"), TERM, "visual", direction.EXPLICIT, "XTerm 379"),
        (lines.PUTTY, TERM, "visual", direction.EXPLICIT, "PuTTY"),
        (lines.ALACRITTY, {"TERM": "alacritty"}, "visual", direction.EXPLICIT, "alacritty"),
        (said("iTerm2 3.6.2", 0, "0;95;0"), TERM, "visual", direction.EXPLICIT, "iTerm2 3.6.2"),
        (said("iTerm2 3.7.0beta9", 0, "0;95;0"), TERM, "logical", direction.IMPLICIT, "iTerm2 3.7.0beta9"),
        (lines.TMUX, TMUX, "visual", direction.TMUX, "tmux 3.3a"),
        (lines.TMUX, TERM, "visual", direction.EXPLICIT, "tmux 3.3a"),  # another machine's: it cannot be asked
        (lines.SCREEN, {"TERM": "screen"}, "visual", direction.EXPLICIT, "GNU screen"),
    ],
)
def test_each_terminal_gets_what_it_needs(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    answer: bytes,
    environ: dict[str, str],
    mode: TextMode,
    switch: Switch,
    name: str,
) -> None:
    reading = detected(monkeypatch, tmp_path, answer, environ)
    assert (reading.mode, reading.switch, reading.terminal.name) == (mode, switch, name)
    assert reading.is_settled
    assert reading.unread == b""


def test_a_silent_terminal_costs_no_more_than_its_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with line(monkeypatch), asking("auto", tmp_path / "none", TERM) as decided:
        began = time.monotonic()
        reading, replies = decided()
        took = time.monotonic() - began
    assert took < ANSWER_SECONDS + 0.4
    assert (reading.mode, reading.switch, reading.is_settled) == ("visual", direction.EXPLICIT, False)
    assert replies == Replies()


def test_answers_that_came_while_something_else_was_done_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with line(monkeypatch) as made, asking("auto", tmp_path / "none", TERM) as decided:
        made.answer(lines.KITTY)
        time.sleep(ANSWER_SECONDS * 1.5)
        assert decided()[0].mode == "words"


def test_late_answers_are_told_to_be_awaited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with line(monkeypatch) as made, answering(made, lines.VTE, ANSWER_SECONDS * 4):
        with asking("auto", tmp_path / "none", TERM) as decided:
            reading, _ = decided()
        assert reading.terminal.kind is Kind.OTHER
        assert not reading.is_settled


def test_half_an_answer_is_handed_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reading = detected(monkeypatch, tmp_path, lines.VTE[:-4])
    assert (reading.terminal.name, reading.is_settled) == ("VTE 0.70.6", False)
    assert reading.unread == lines.FENCE[:-4]


def test_what_is_typed_meanwhile_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reading = detected(monkeypatch, tmp_path, b"3z" + lines.XTERM[:16] + "ש".encode() + lines.XTERM[16:])
    assert reading.terminal.name == "XTerm 379"
    assert reading.unread.decode() == "3zש"


def test_garbage_and_any_order_are_borne(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    garbage = b"\xff\x00\x1b[>;;c\x1b[9;9R\x1bP1$r0m\x1b\\"
    reading = detected(monkeypatch, tmp_path, garbage + said("", 1, fence=b"") + said("\x07 Bell\x00 1"))
    assert reading.terminal.kind is Kind.SWITCHABLE
    assert reading.terminal.name.isprintable()


def test_a_hostile_name_is_not_shown_as_it_is() -> None:
    replies, _ = parse(b"\x1bP>|ev\x00il\x9b2J" + b"a" * 500 + b"\x1b\\" + lines.FENCE)
    assert replies.version == "evil2J" + "a" * 54


@pytest.mark.parametrize(("setting", "mode"), [("visual", "visual"), ("logical", "logical"), ("words", "words")])
def test_the_setting_is_above_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, setting: Setting, mode: TextMode
) -> None:
    Remembered(tmp_path / "terminals.json").keep("kitty(0.26.5) xterm-256color", "logical")
    reading = detected(monkeypatch, tmp_path, lines.KITTY, setting=setting)
    assert (reading.mode, reading.reason) == (mode, Reason.SETTING)


def test_a_forced_visual_still_knows_the_terminals_own_switch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert detected(monkeypatch, tmp_path, lines.KONSOLE, setting="visual").switch == direction.KONSOLE


def test_what_is_off_is_not_asked_and_says_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with line(monkeypatch), asking("off", tmp_path / "none", TERM) as decided:
        reading, _ = decided()
    assert (reading.mode, reading.switch, reading.is_settled) == ("off", direction.NOTHING, True)


def test_apples_terminal_is_known_without_being_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It would print a letter of the question."""
    with line(monkeypatch), asking("auto", tmp_path / "none", {**TERM, "TERM_PROGRAM": "Apple_Terminal"}) as decided:
        reading, _ = decided()
    assert (reading.mode, reading.is_settled) == ("logical", True)


def test_without_a_terminal_nothing_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "file").open("w+") as file:
        monkeypatch.setattr("sys.stdout", file)
        with asking("auto", tmp_path / "none", TERM) as decided:
            assert decided()[0] is NOT_ASKED
        assert file.tell() == 0
    assert remark(NOT_ASKED) == ""


def test_the_self_tests_answer_is_of_this_terminal_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = detected(monkeypatch, tmp_path, lines.VTE)
    remembered = Remembered(tmp_path / "terminals.json")
    remembered.keep(first.terminal.identity, "logical")
    again = detected(monkeypatch, tmp_path, lines.VTE)
    assert (again.mode, again.switch, again.reason) == ("logical", direction.IMPLICIT, Reason.SELF_TEST)
    for answer, environ in ((lines.VTE, {"TERM": "vt220"}), (lines.VTE, {**TERM, "TMUX": "x"}), (lines.XTERM, TERM)):
        assert detected(monkeypatch, tmp_path, answer, environ).mode == "visual"


@pytest.mark.parametrize("content", ["", "[]", "nonsense", '{"answers": 3, "told": {}}', '{"answers": {"x": "up"}}'])
def test_a_broken_memory_is_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "terminals.json"
    path.write_text(content)
    remembered = Remembered(path)
    assert remembered.mode("x") is None
    remembered.keep("x", "words")
    assert Remembered(path).mode("x") == "words"
    assert path.stat().st_mode & 0o777 == 0o600
    assert Remembered(path).forget("x")
    assert not Remembered(path).forget("x")
    assert Remembered(path).mode("x") is None


def test_the_memory_does_not_grow_for_ever(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path / "terminals.json")
    for number in range(110):
        remembered.keep(f"terminal {number}", "visual")
    kept = Remembered(tmp_path / "terminals.json")
    assert kept.mode("terminal 109") == "visual"
    assert kept.mode("terminal 9") is None


@pytest.mark.parametrize(
    ("answer", "environ", "words"),
    [
        (lines.PUTTY, TERM, "Disable bidirectional text display"),
        (lines.TMUX, TMUX, "tmux.conf"),
        (lines.SCREEN, TERM, "use tmux"),
    ],
)
def test_what_the_user_must_do_is_told_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: bytes, environ: dict[str, str], words: str
) -> None:
    reading = detected(monkeypatch, tmp_path, answer, environ)
    assert reading.is_hint_due
    assert words in hint(reading)
    Remembered(tmp_path / "terminals.json").tell(reading.terminal.identity)
    assert not detected(monkeypatch, tmp_path, answer, environ).is_hint_due
    assert not detected(monkeypatch, tmp_path, lines.VTE).is_hint_due


def test_the_remark_is_one_line_in_the_language_in_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert remark(detected(monkeypatch, tmp_path, lines.VTE)) == "Hebrew: visual, VTE 0.70.6, CSI 8 l"
    assert remark(detected(monkeypatch, tmp_path, lines.KITTY)) == "Hebrew: words, kitty 0.26.5"
    use("he")
    try:
        assert "VTE 0.70.6" in remark(detected(monkeypatch, tmp_path, lines.VTE))
    finally:
        use("en")
