"""Questions to the vendors: asked once, within the account's pace, and given up in time."""

from random import Random

import anyio
import pytest

from tests.engine.feeds import ScriptedFeed, ScriptedSource
from wallboard.clock import ManualClock
from wallboard.domain.enquiries import MembersOf, PendingTargetsOf, Tasks
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.targets import Member
from wallboard.engine import enquiries
from wallboard.engine.engine import Engine
from wallboard.engine.enquiries import EnquiryDesk

MEMBERS = (Member("SIP1", "Dana"),)


def desk_of(source: ScriptedSource, clock: ManualClock) -> EnquiryDesk:
    return EnquiryDesk(Engine(clock, [source], Random(1)), [source])


async def test_a_question_goes_to_its_account_and_its_answer_comes_back() -> None:
    clock = ManualClock()
    source = ScriptedSource([ScriptedFeed(clock)], told={MembersOf: MEMBERS})
    assert await desk_of(source, clock).ask("Head office", MembersOf("CANARY")) == MEMBERS
    assert source.asked == [MembersOf("CANARY")]
    assert "CANARY" not in repr(source.asked)


async def test_only_what_an_account_answers_can_be_asked() -> None:
    clock = ManualClock()
    desk = desk_of(ScriptedSource([ScriptedFeed(clock)], told={MembersOf: MEMBERS}), clock)
    assert desk.can_ask("Head office", MembersOf)
    assert not desk.can_ask("Head office", Tasks)
    assert not desk.can_ask("nobody", MembersOf)


async def test_a_fault_reaches_whoever_asked() -> None:
    clock = ManualClock()
    source = ScriptedSource([ScriptedFeed(clock)], told={PendingTargetsOf: Fault(FaultCode.CREDENTIALS)})
    with pytest.raises(VendorFault) as raised:
        await desk_of(source, clock).ask("Head office", PendingTargetsOf("c"))
    assert raised.value.fault.code is FaultCode.CREDENTIALS


async def test_an_account_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enquiries, "MOST_SECONDS", 0.05)
    clock = ManualClock()
    source = ScriptedSource([ScriptedFeed(clock)], told={MembersOf: MEMBERS}, clock=clock, takes_seconds=60)
    with pytest.raises(VendorFault) as raised:
        await desk_of(source, clock).ask("Head office", MembersOf("c"))
    assert raised.value.fault.code is FaultCode.TIMEOUT


async def test_questions_keep_to_the_account_s_pace() -> None:
    clock = ManualClock()
    source = ScriptedSource([ScriptedFeed(clock)], requests_per_second=1, told={MembersOf: MEMBERS})
    desk = desk_of(source, clock)
    async with anyio.create_task_group() as tasks:
        for _ in range(3):
            tasks.start_soon(desk.ask, "Head office", MembersOf("c"))
        await clock.advance(0)
        assert len(source.asked) == 1
        await clock.advance(1)
        assert len(source.asked) == 2
        await clock.advance(1)
        assert len(source.asked) == 3
