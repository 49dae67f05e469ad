"""What the panels, proposals and questions say when Hebrew is spoken, and after the language was changed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.ui.boards import START, YEMOT, agent, call, caller, snapshot, usual_floor
from wallboard.domain.actions import ActionKind
from wallboard.domain.agents import AgentState
from wallboard.domain.destinations import Destination
from wallboard.domain.thresholds import DEFAULT_THRESHOLDS
from wallboard.language.catalog import _, use
from wallboard.ui.panels import agents, callers, campaigns, feeds, happenings, queues
from wallboard.ui.panels.catalog import PANELS, PanelKind
from wallboard.ui.panels.picture import Picture, RowCache
from wallboard.ui.proposals import Proposal, kick, set_paused, set_running, transfer

HEBREW = re.compile("[\u05d0-\u05ea]")
MODULES = (agents, callers, campaigns, feeds, happenings, queues)


@pytest.fixture(autouse=True)
def hebrew() -> Iterator[None]:
    use("he")
    yield
    use("en")


def picture() -> Picture:
    return Picture(snapshot(usual_floor()), START, DEFAULT_THRESHOLDS)


def texts(kind: PanelKind, seen: Picture, cache: RowCache) -> list[list[str]]:
    return [[cell.at(seen.now).text for cell in row.cells] for row in kind.rows(seen, cache)]


@pytest.mark.parametrize("module", MODULES)
def test_every_heading_is_hebrew(module: Any) -> None:
    for column in module.COLUMNS:
        assert HEBREW.search(_(column.heading)) or column.heading in {"", "#"}, column.heading


@pytest.mark.parametrize("kind", PANELS, ids=lambda kind: kind.id)
def test_titles_and_what_is_said_of_an_empty_panel_are_hebrew(kind: PanelKind) -> None:
    assert HEBREW.search(_(kind.title))
    assert HEBREW.search(_(kind.empty))


@pytest.mark.parametrize("kind", PANELS, ids=lambda kind: kind.id)
def test_rows_follow_the_language_while_the_floor_stays_as_it_is(kind: PanelKind) -> None:
    seen, cache = picture(), RowCache()
    in_hebrew = texts(kind, seen, cache)
    keys = [row.key for row in kind.rows(seen, cache)]
    use("en")
    in_english = texts(kind, seen, cache)
    assert in_english == texts(kind, seen, RowCache())
    assert [row.key for row in kind.rows(seen, cache)] == keys
    use("he")
    assert texts(kind, seen, cache) == in_hebrew
    assert in_hebrew != in_english


def test_states_of_agents_and_callers() -> None:
    floor = replace(
        usual_floor(),
        agents=(agent(1, AgentState.LUNCH, 60), agent(2, AgentState.ON_CALL, 60, calls=(call(1, 30),))),
        callers=(caller(1, 30, phone=None, is_ringing=True),),
    )
    seen = Picture(snapshot(floor), START, DEFAULT_THRESHOLDS)
    said = " ".join(text for kind in PANELS[1:3] for row in texts(kind, seen, RowCache()) for text in row)
    for words in ("‖ הפסקת צהריים", "◆ בשיחה", "← נכנסת", "● מוקלט", "חסוי", "◎ מצלצל"):
        assert words in said


@pytest.mark.parametrize("kind", PANELS, ids=lambda kind: kind.id)
def test_every_label_of_a_detail_is_hebrew(kind: PanelKind) -> None:
    seen = picture()
    for row in kind.rows(seen, RowCache()):
        details = kind.find(seen, row.key)
        assert details is not None
        assert all(HEBREW.search(name) for name, _cell in details.lines), details.lines


def capable(_source: str) -> frozenset[ActionKind]:
    return frozenset(ActionKind)


def proposals(count: int) -> list[Proposal]:
    seen = picture()
    waiting = [caller(number, 30) for number in range(1, count + 1)]
    feed = waiting[0].feed
    working = [
        agent(number, AgentState.AVAILABLE, 60, source=YEMOT, feeds=(feed,), queues=("/1",))
        for number in range(1, count + 1)
    ]
    pairs = [(each, each.queues) for each in working]
    dialing = [
        replace(seen.snapshot.floor.campaigns[0], code=f"code {number}", is_running=False) for number in range(count)
    ]
    paused = [(replace(each, paused_queues=("/1",)), each.queues) for each in working]
    running = [replace(each, is_running=True) for each in dialing]
    return [
        kick(waiting, seen, capable),
        transfer(waiting, Destination("/5", "מכירות"), seen, capable),
        set_paused(pairs, True, seen, capable),
        set_paused(paused, False, seen, capable),
        set_running(dialing, True, seen, capable),
        set_running(running, False, seen, capable),
    ]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (
            1,
            (
                "הוצאת הממתין מהתור? העברת הממתין אל מכירות (/5)? השהיית הנציג? החזרת הנציג לפעילות? הפעלת הקמפיין? "
                "עצירת הקמפיין?"
            ),
        ),
        (
            2,
            (
                "הוצאת שני ממתינים מהתור? העברת שני ממתינים אל מכירות (/5)? השהיית שני נציגים? "
                "החזרת שני נציגים לפעילות? הפעלת שני קמפיינים? עצירת שני קמפיינים?"
            ),
        ),
        (
            3,
            (
                "הוצאת 3 ממתינים מהתור? העברת 3 ממתינים אל מכירות (/5)? השהיית 3 נציגים? החזרת 3 נציגים לפעילות? "
                "הפעלת 3 קמפיינים? עצירת 3 קמפיינים?"
            ),
        ),
    ],
)
def test_questions_count_as_hebrew_does(count: int, words: str) -> None:
    asked = proposals(count)
    assert " ".join(each.title for each in asked) == words
    for each in asked:
        assert HEBREW.search(each.verb)
        assert HEBREW.search(each.effect)


def test_questions_are_in_english_as_they_were() -> None:
    use("en")
    assert [each.title for each in proposals(1)] == [
        "Take the caller out of the queue?",
        "Send the caller to מכירות (/5)?",
        "Pause the agent?",
        "Resume the agent?",
        "Start the campaign?",
        "Stop the campaign?",
    ]
    assert proposals(3)[0].title == "Take 3 callers out of the queue?"


def name_recorded(make: Callable[..., Proposal]) -> str:
    return make([caller(1, 30, phone=None)], picture(), capable).commands[0].words


def test_what_the_audit_keeps_of_a_withheld_number_is_english() -> None:
    assert name_recorded(kick).startswith("withheld (")
