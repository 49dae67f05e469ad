"""What the engine logs: an outage once when it begins and once when it ends, a new value once a day."""

import logging
from collections.abc import Callable

import pytest

from tests.engine.feeds import BLOCKED, BROKEN, CALLS, HANGING, REFUSED, Answer, ScriptedFeed, agent, good
from tests.engine.test_engine import running
from wallboard.clock import ManualClock
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedKey, Note, NoteCode
from wallboard.domain.ports import Part
from wallboard.domain.snapshot import Snapshot

SLOW_DOWN = Fault(FaultCode.RATE, status=429, retry_after=7)
ONE_LIMITED = Fault(FaultCode.RATE, status=503)


@pytest.fixture(autouse=True)
def _everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "wallboard")


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(record.levelname, record.getMessage()) for record in caplog.records if record.name != "asyncio"]


async def poll(answers: list[Answer], seconds: float) -> None:
    clock = ManualClock()
    async with running(clock, ScriptedFeed(clock, answers)):
        await clock.advance(seconds)


@pytest.mark.parametrize("fault", [BROKEN, HANGING, REFUSED, BLOCKED, SLOW_DOWN, ONE_LIMITED])
async def test_ten_minutes_of_a_fault_are_two_lines_at_every_level(
    caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [good(), fault])
    async with running(clock, feed):
        await clock.advance(600)
        assert len(feed.asked_at) > 3
        feed.answers = [good()]
        await clock.advance(400)
    (down, begins), (up, ends) = logged(caplog)
    assert (down, up) == ("WARNING", "INFO")
    assert begins.startswith(f"Head office GetExtensionsCalls does not answer: {fault.code}")
    assert ends.startswith("Head office GetExtensionsCalls answers again after ")
    assert {(r.source, r.feed) for r in caplog.records} == {("Head office", "GetExtensionsCalls")}  # type: ignore[attr-defined]
    assert caplog.records[0].fault == fault.code.value  # type: ignore[attr-defined]


async def test_one_answer_missed_is_no_outage(caplog: pytest.LogCaptureFixture) -> None:
    await poll([good(), BROKEN, good(), BROKEN, good()], 120)
    assert logged(caplog) == []


async def test_what_never_answered_is_told_at_once(caplog: pytest.LogCaptureFixture) -> None:
    await poll([REFUSED], 3)
    assert [level for level, _ in logged(caplog)] == ["WARNING"]


async def test_of_a_mistake_of_ours_the_place_is_logged_once_and_never_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def explode() -> Part:
        raise RuntimeError("token CANARY-1 of 0500000001")

    await poll([good(), explode], 300)
    first, second = caplog.records
    assert first.getMessage() == "Head office GetExtensionsCalls: unexpected RuntimeError"
    assert second.fault == "internal"  # type: ignore[attr-defined]
    report = first.error  # type: ignore[attr-defined]
    assert report["frames"][-1]["function"].endswith("explode")
    assert "CANARY" not in f"{caplog.text}{report}"
    assert "05000" not in f"{caplog.text}{report}"


def odd(*values: str) -> Callable[[], Part]:
    notes = tuple(Note(NoteCode.UNKNOWN_VALUES, count=3, words=value) for value in values)
    return lambda: Part(received_at=0.0, agents=(agent(),), notes=(*notes, Note(NoteCode.DUPLICATES, count=1)))


async def test_a_value_that_is_not_known_is_logged_once_a_day_whatever_feed_of_its_method_tells_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = ManualClock()
    feeds = [ScriptedFeed(clock, [odd("Dancing")], FeedKey(*CALLS[:2], f"/{number}")) for number in range(3)]
    async with running(clock, *feeds):
        await clock.advance(60)
        assert [message for _, message in logged(caplog)] == [
            "Head office GetExtensionsCalls told the value 'Dancing', which is not known and is shown as it came"
        ]
        feeds[0].answers = [odd("Singing")]
        await clock.advance(60)
        assert len(logged(caplog)) == 2
        clock.jump(86_400)
        await clock.advance(10)
    values = [message.split("'")[1] for _, message in logged(caplog) if "told the value" in message]
    assert sorted(values) == ["Dancing", "Dancing", "Singing", "Singing"]


async def test_a_flood_of_new_values_fills_nothing(caplog: pytest.LogCaptureFixture) -> None:
    clock = ManualClock()
    feed = ScriptedFeed(clock, [odd(*map(str, range(number, number + 100))) for number in range(0, 1_000, 100)])
    async with running(clock, feed):
        await clock.advance(120)
    assert len(logged(caplog)) == 500


async def test_a_listener_that_fails_is_logged_when_it_begins_to(caplog: pytest.LogCaptureFixture) -> None:
    is_well = False

    def listen(_: Snapshot) -> None:
        if not is_well:
            raise ValueError

    clock = ManualClock()
    async with running(clock, ScriptedFeed(clock, [good()])) as engine:
        engine.subscribe(listen)
        await clock.advance(60)
        assert len(logged(caplog)) == 1
        is_well = True
        await clock.advance(10)
        is_well = False
        await clock.advance(30)
        assert len(logged(caplog)) == 2
