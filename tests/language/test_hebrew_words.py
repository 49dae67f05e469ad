"""In Hebrew every code has Hebrew words, whole and short enough; in English they stay as they were."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from wallboard.domain.account_actions import Schedule
from wallboard.domain.actions import ActionKind, Obstacle, Result
from wallboard.domain.agents import AgentState, CallStatus, Direction
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import Freshness, Note, NoteCode
from wallboard.domain.imports import FlawReason, ImportStage, RowResult
from wallboard.domain.units import UnitsLeft, UnitsTrouble
from wallboard.language.catalog import _, use
from wallboard.language.format import duration
from wallboard.language.imports import FLAW_WORDS
from wallboard.language.outcomes import (
    CHANGED_WORDS,
    FRESHNESS_TROUBLES,
    NOT_CAPABLE_WORDS,
    OBSTACLE_WORDS,
    RESULT_WORDS,
    SETTLEMENT_WORDS,
    STANDING_WORDS,
    TASK_WORDS,
)
from wallboard.language.rows import ROW_REASON_WORDS, ROW_RESULT_WORDS
from wallboard.language.schedule import days_of, schedule_words
from wallboard.language.sending import (
    DELIMITER_WORDS,
    FIELD_WORDS,
    STAGE_WORDS,
    targets,
)
from wallboard.language.units import trouble_words, units_words
from wallboard.language.words import (
    CALL_WORDS,
    DIRECTION_WORDS,
    FAULT_WORDS,
    FRESHNESS_WORDS,
    ISSUED_BY,
    MOST_FAULT_CHARACTERS,
    NOTE_WORDS,
    STATE_WORDS,
    fault_remedy,
    fault_words,
    note_words,
)

HEBREW = re.compile("[\u05d0-\u05ea]")
# Names of settings, methods and products, and what stands in a place of a sentence.
LATIN_ALLOWED = re.compile(
    r"[\w.]*_\w+|[A-Z][A-Za-z]+\.?\w*|https?://\S+|\{[^}]*\}|wallboard|proxy|queues|token|ulimit"
)
LONGEST_HOST = "monapisec.voicenter.co.il"
TABLES: dict[str, tuple[Mapping[Any, str], Iterable[Any]]] = {
    "states": (STATE_WORDS, AgentState),
    "calls": (CALL_WORDS, CallStatus),
    "directions": (DIRECTION_WORDS, Direction),
    "freshness": (FRESHNESS_WORDS, Freshness),
    "faults": (FAULT_WORDS, FaultCode),
    "notes": (NOTE_WORDS, NoteCode),
    "tasks": (TASK_WORDS, ActionKind),
    "not capable": (NOT_CAPABLE_WORDS, ActionKind),
    "results": (RESULT_WORDS, Result),
    "settlements": (SETTLEMENT_WORDS, SETTLEMENT_WORDS),
    "obstacles": (OBSTACLE_WORDS, set(Obstacle) - {Obstacle.NO_AUDIT}),  # that one's words are the system's own
    "standings": (STANDING_WORDS, STANDING_WORDS),
    "changed": (CHANGED_WORDS, CHANGED_WORDS),
    "troubles": (FRESHNESS_TROUBLES, FRESHNESS_TROUBLES),
    "flaws": (FLAW_WORDS, FlawReason),
    "row results": (ROW_RESULT_WORDS, RowResult),
    "row reasons": (ROW_REASON_WORDS, set(ROW_REASON_WORDS) - {RowResult.ADDED}),
    "stages": (STAGE_WORDS, ImportStage),
}


@pytest.fixture(autouse=True)
def hebrew() -> Iterator[None]:
    use("he")
    yield
    use("en")


def in_english(words: object) -> str:
    assert callable(words)
    use("en")
    try:
        return str(words())
    finally:
        use("he")


def assert_hebrew(words: str) -> None:
    assert HEBREW.search(words), words
    assert not re.search("[a-z]{2,}", LATIN_ALLOWED.sub("", words)), words
    assert "{" not in words, words


@pytest.mark.parametrize("name", TABLES)
def test_every_code_has_hebrew_words(name: str) -> None:
    table, codes = TABLES[name]
    for code in codes:
        english, hebrew_words = table[code], _(table[code])
        assert HEBREW.search(hebrew_words), (code, english)
        assert sorted(re.findall(r"\{\w*", english)) == sorted(re.findall(r"\{\w*", hebrew_words)), code


@pytest.mark.parametrize("words", [FIELD_WORDS, DELIMITER_WORDS])
def test_what_a_file_is_like_is_told_in_hebrew(words: dict[str, str]) -> None:
    for text in words.values():
        assert_hebrew(_(text))


def test_states_and_freshness_are_told_apart() -> None:
    for table in (STATE_WORDS, FRESHNESS_WORDS, ROW_RESULT_WORDS):
        translated = list(map(_, table.values()))
        assert len(set(translated)) == len(translated)


@pytest.mark.parametrize("code", FaultCode)
def test_every_fault_fits_a_cell_and_has_a_remedy(code: FaultCode) -> None:
    for fault in (Fault(code), Fault(code, LONGEST_HOST, 503, "x")):
        words = fault_words(fault)
        assert HEBREW.search(words)
        assert len(words) <= MOST_FAULT_CHARACTERS
        assert not words.endswith("…")
        assert (fault.host in words) or code in {FaultCode.INTERNAL, FaultCode.INTERRUPTED}
        for kind in ("yemot", "voicenter"):
            assert_hebrew(fault_remedy(replace(fault, host=""), kind))


def test_a_refused_certificate_still_says_what_to_do_at_its_end() -> None:
    fault = Fault(FaultCode.TLS, LONGEST_HOST, words=f"unable to get local issuer certificate{ISSUED_BY}NetFree")
    words = fault_words(fault)
    assert words.endswith("ca_file")
    assert "NetFree" in words
    assert len(words) <= MOST_FAULT_CHARACTERS + len("NetFree")


@pytest.mark.parametrize("code", NoteCode)
def test_every_note_is_told_with_its_figure(code: NoteCode) -> None:
    words = note_words(Note(code, count=1234, seconds=90.0, words="חדש"))
    assert_hebrew(words.replace("windows-1255", ""))
    figures = re.findall(r"[\d.]+", in_english(lambda: note_words(Note(code, count=1234, seconds=90.0, words="חדש"))))
    assert re.findall(r"[\d.]+", words) == figures


def test_the_sign_of_a_clock_that_is_off_stays_before_its_figure() -> None:
    assert "\N{LEFT-TO-RIGHT MARK}+90" in note_words(Note(NoteCode.SKEW, seconds=90.0))


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(hour=14, minute=30, days=frozenset({0, 1, 2, 3, 4})), "א׳–ה׳ בשעה 14:30"),
        (Schedule(hour=8, minute=0, day=24, month=12, year=2026), "24/12/2026 בשעה 08:00"),
        (Schedule(minute=30), "כל יום, בכל שעה בדקה 30"),
        (Schedule(hour=8), "כל יום, בכל דקה משעה 08:00"),
        (Schedule(day=1, days=frozenset({5, 6})), "01/*/* אם יום ו׳, ש׳, בכל דקה"),
    ],
)
def test_a_schedule_is_told_in_hebrew(schedule: Schedule, words: str) -> None:
    assert schedule_words(schedule) == words


@pytest.mark.parametrize(
    ("text", "days"), [("א ג", {0, 2}), ("א׳-ה׳", {0, 1, 2, 3, 4}), ("ו'-א'", {5, 6, 0}), ("ט", None), ("׳", None)]
)
def test_days_can_be_written_with_hebrew_letters(text: str, days: set[int] | None) -> None:
    assert days_of(text) == days


def test_one_two_and_many() -> None:
    assert [targets(count) for count in (1, 2, 4500)] == ["יעד אחד", "שני יעדים", "4,500 יעדים"]
    assert [in_english(lambda: targets(count)) for count in (1, 2)] == ["1 target", "2 targets"]  # noqa: B023


@pytest.mark.parametrize(("units", "words"), [(0.1, "0.1 יחידה"), (1.0, "1 יחידה"), (184.3, "184.3 יחידות")])
def test_units(units: float, words: str) -> None:
    assert units_words(units) == words


@pytest.mark.parametrize("trouble", UnitsTrouble)
def test_trouble_with_units_names_the_account_and_the_figure(trouble: UnitsTrouble) -> None:
    words = trouble_words(UnitsLeft("Main line", 12.5, trouble=trouble, seconds=90.0))
    assert words.startswith("Main line: ")
    assert "12.5" in words
    assert_hebrew(words.removeprefix("Main line: "))


def test_days_in_a_duration_are_hebrew_and_no_wider_than_an_age() -> None:
    assert duration(90.0) == "01:30"
    assert duration(99 * 86_400 + 4 * 3_600) == "99י 04ש"
    assert in_english(lambda: duration(3 * 86_400)) == "3d 00h"


def test_nothing_said_stays_nothing() -> None:
    assert _("") == ""
