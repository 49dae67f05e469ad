"""Actions on the simulator, over HTTP: said to be done, and seen to be done by the next poll."""

from tests.simulator.worlds import make_world, quiet
from tests.vendors.simulated import serving
from wallboard.clock import ManualClock
from wallboard.domain.actions import (
    KickCaller,
    Outcome,
    PauseAgent,
    Result,
    ResumeAgent,
    StartCampaign,
    StopCampaign,
    TransferCaller,
)
from wallboard.domain.faults import FaultCode
from wallboard.simulator.world import World

PHONES = ["0500000001", "0500000002"]


def waiting_world() -> World:
    """Two callers wait in /1, for all its agents are paused."""
    world = World(quiet(), 1, ManualClock())
    queue = world.floor.queues[0]
    for membership in queue.members:
        world.set_paused(membership, is_paused=True)
    for phone in PHONES:
        world.routing.join(queue, phone, patience_seconds=1e6)
    return world


async def test_kick_and_kick_again() -> None:
    async with serving(waiting_world()) as floor:
        first, second = (await floor.queue("/1")).callers
        kick = KickCaller(source="Main line", target=first.id, words=PHONES[0], feed=first.feed, queue=first.queue)
        assert (await floor.yemot.perform(kick)).result is Result.OK
        assert (await floor.queue("/1")).callers[0].id == second.id
        again = await floor.yemot.perform(kick)
        assert (again.result, again.words, again.fault) == (Result.GONE, "Call not found", None)
        assert await floor.phones("/1") == PHONES[1:]


async def test_transfer_to_another_queue() -> None:
    async with serving(waiting_world()) as floor:
        caller = (await floor.queue("/1")).callers[0]
        transfer = TransferCaller(
            source="Main line", target=caller.id, words="", feed=caller.feed, queue="/1", destination="/2"
        )
        assert (await floor.yemot.perform(transfer)).result is Result.OK
        assert (await floor.phones("/1"), await floor.phones("/2")) == (PHONES[1:], PHONES[:1])


async def test_pause_and_resume() -> None:
    async with serving(waiting_world()) as floor:
        agent = (await floor.queue("/1")).agents[0]

        async def is_paused() -> bool:
            return next("/1" in a.paused_queues for a in (await floor.queue("/1")).agents if a.id == agent.id)

        for kind in (ResumeAgent, ResumeAgent, PauseAgent, PauseAgent):
            command = kind(source="Main line", target=agent.id, words="", feed=agent.feeds[0], queue="/1")
            assert (await floor.yemot.perform(command)).result is Result.OK
            assert await is_paused() is (kind is PauseAgent)


async def test_what_yemot_refuses() -> None:
    async with serving(waiting_world()) as floor:
        agent = (await floor.queue("/1")).agents[0]

        async def pause(target: str, queue: str) -> Outcome:
            command = PauseAgent(source="Main line", target=target, words="", feed=agent.feeds[0], queue=queue)
            return await floor.yemot.perform(command)

        for outcome in (await pause("nobody", "/1"), await pause(agent.id, "/99")):
            assert (outcome.result, outcome.vendor_code) == (Result.REFUSED, "ERROR")
            assert outcome.words
        floor.world.access.is_session_expired = True
        outcome = await pause(agent.id, "/1")
        assert (outcome.result, outcome.fault and outcome.fault.code) == (Result.REFUSED, FaultCode.SESSION)
        floor.world.access.is_address_refused = True
        outcome = await pause(agent.id, "/1")
        assert (outcome.result, outcome.words) == (Result.REFUSED, "HTTP 403")


async def test_stop_and_start_a_campaign() -> None:
    async with serving(make_world()) as floor:
        before = await floor.campaigns()
        running = next(campaign for campaign in before.values() if campaign.is_running)
        for kind, is_running in ((StopCampaign, False), (StopCampaign, False), (StartCampaign, True)):
            command = kind(
                source="Head office", target=running.id, words=running.name, feed=running.feed, code=running.code
            )
            outcome = await floor.voicenter.perform(command)
            assert (outcome.result, outcome.vendor_code) == (Result.OK, "0")
            after = await floor.campaigns()
            assert after[running.name].is_running is is_running
            others = [name for name in before if name != running.name]
            assert [after[name].is_running for name in others] == [before[name].is_running for name in others]
        wrong = StopCampaign(source="Head office", target="", words="", feed=running.feed, code="no-such-code")
        outcome = await floor.voicenter.perform(wrong)
        assert (outcome.result, outcome.vendor_code, outcome.words) == (Result.REFUSED, "1", "Invalid campaign code")
        assert after == await floor.campaigns()
