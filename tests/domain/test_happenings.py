"""Comparing two snapshots: what is a happening, and what only looks like one."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest

from wallboard.domain.agents import Agent, AgentState
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Campaign
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedKey, FeedStatus, Freshness, Subject
from wallboard.domain.happenings import (
    AgentHappening,
    CallerHappening,
    CampaignHappening,
    FeedHappening,
    Happening,
    HappeningKind,
    happenings,
)
from wallboard.domain.snapshot import Floor, Snapshot

SOURCE = "Main line"
FIRST = FeedKey(SOURCE, "GetQueueRealTime", "/1")
SECOND = FeedKey(SOURCE, "GetQueueRealTime", "/2")
DIALER = FeedKey("Head office", "GetCampaignList")
WALL = 1_750_000_000.0
Kind = HappeningKind


@dataclass
class Board:
    """A floor with its feeds, on which time passes."""

    now: float = 1_000.0
    floor: Floor = field(default_factory=Floor)
    feeds: dict[FeedKey, FeedStatus] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in (FIRST, SECOND, DIALER):
            self.feeds[key] = FeedStatus(key, 5.0, frozenset(Subject))
        self.answer(FIRST, SECOND, DIALER)
        self.seen = self.snapshot()

    def snapshot(self) -> Snapshot:
        return Snapshot(self.now, dict(self.feeds), self.floor)

    def answer(self, *keys: FeedKey, **floor: object) -> None:
        for key in keys:
            self.feeds[key] = replace(self.feeds[key], succeeded_at=self.now, fault=None, is_locked=False)
        self.floor = replace(self.floor, **floor)  # type: ignore[arg-type]

    def forget(self, *keys: FeedKey) -> None:
        """As if these feeds had never answered."""
        for key in keys:
            self.feeds[key] = replace(self.feeds[key], succeeded_at=None)
        self.seen = self.snapshot()

    def change(self, key: FeedKey, **changes: object) -> None:
        self.feeds[key] = replace(self.feeds[key], **changes)  # type: ignore[arg-type]

    def look(self) -> list[Happening]:
        """What has happened since the last look."""
        before, self.seen = self.seen, self.snapshot()
        return happenings(before, self.seen, WALL)

    def after(self, seconds: float, *keys: FeedKey, **floor: object) -> list[Happening]:
        """What is seen when these feeds answer so much later, with such a floor."""
        self.now += seconds
        self.answer(*keys, **floor)
        return self.look()


def caller(number: int, queue: str = "/1", joined_at: float | None = 990.0) -> Caller:
    feed = FIRST if queue == "/1" else SECOND
    return Caller(SOURCE, f"call{number}", queue, f"050-0000{number:03}", number, joined_at, feed)


def agent(state: AgentState = AgentState.AVAILABLE, number: int = 1, **changes: object) -> Agent:
    made = Agent(SOURCE, f"SIP{number}", f"Agent {number}", f"{number}", state, (FIRST,), queues=("/1",))
    return replace(made, **changes)  # type: ignore[arg-type]


def campaign(*, is_running: bool | None, code: str = "secret-code") -> Campaign:
    return Campaign("Head office", "Renewals", DIALER, code, is_running)


def kinds(found: list[Happening]) -> list[HappeningKind]:
    return [each.kind for each in found]


def test_a_caller_joins_moves_and_leaves_with_his_wait() -> None:
    board = Board()
    (joined,) = board.after(5, FIRST, callers=(caller(1, joined_at=1_002.0),))
    assert isinstance(joined, CallerHappening)
    assert (joined.kind, joined.at, joined.source, joined.seconds) == (Kind.CALLER_JOINED, WALL, SOURCE, 3.0)
    (moved,) = board.after(5, SECOND, callers=(caller(1, "/2", joined_at=1_002.0),))
    assert isinstance(moved, CallerHappening)
    assert (moved.kind, moved.from_queue, moved.caller.queue) == (Kind.CALLER_MOVED, "/1", "/2")
    (left,) = board.after(5, SECOND, callers=())
    assert isinstance(left, CallerHappening)
    assert (left.kind, left.seconds, left.is_least) == (Kind.CALLER_LEFT, 13.0, False)


def test_the_first_answer_of_a_feed_is_no_happening() -> None:
    board = Board()
    board.forget(FIRST, DIALER)
    assert (
        board.after(1, FIRST, DIALER, callers=(caller(1),), agents=(agent(),), campaigns=(campaign(is_running=True),))
        == []
    )
    assert kinds(board.after(5, FIRST, callers=(caller(1), caller(2)))) == [Kind.CALLER_JOINED]


def test_a_first_answer_that_shows_who_was_answered_takes_nobody_out_of_a_queue() -> None:
    board = Board()
    board.answer(FIRST, callers=(caller(1),))
    board.forget(SECOND)
    assert board.after(1, SECOND, callers=()) == []


def test_another_feed_that_sees_a_caller_answered_lets_him_leave_once() -> None:
    board = Board(floor=Floor(callers=(caller(1),)))
    assert kinds(board.after(2, SECOND, callers=())) == [Kind.CALLER_LEFT]
    assert board.after(1, SECOND, callers=(caller(1),)) == []  # his own feed, older, still lists him
    assert kinds(board.after(40, SECOND, DIALER)) == [Kind.FEED_LOST]
    assert board.after(1, SECOND, DIALER, callers=()) == []  # and is lost now: nobody knows


def test_who_went_while_the_feed_was_lost_is_told_when_it_is_back() -> None:
    board = Board(floor=Floor(callers=(caller(1),)))
    assert kinds(board.after(31, SECOND, DIALER)) == [Kind.FEED_LOST]
    assert board.after(60, SECOND, DIALER) == []
    back, left, joined = board.after(1, FIRST, SECOND, DIALER, callers=(caller(2, joined_at=1_050.0),))
    assert isinstance(back, FeedHappening)
    assert (back.kind, back.queue, back.seconds) == (Kind.FEED_BACK, "/1", 92.0)
    by_kind = {each.kind: each for each in (left, joined)}
    gone = by_kind[Kind.CALLER_LEFT]
    assert isinstance(gone, CallerHappening)
    assert (gone.seconds, gone.is_least) == (10.0, True)  # at the last good answer; he may have waited longer
    came = by_kind[Kind.CALLER_JOINED]
    assert isinstance(came, CallerHappening)
    assert came.seconds == 42.0


def test_a_caller_of_whom_only_the_place_is_new_has_not_moved() -> None:
    board = Board(floor=Floor(callers=(caller(1),)))
    assert board.after(5, FIRST, callers=(replace(caller(1), position=7, is_ringing=True),)) == []


def test_a_wait_that_the_vendor_does_not_tell_is_not_invented() -> None:
    board = Board(floor=Floor(callers=(caller(1, joined_at=None),)))
    (left,) = board.after(5, FIRST, callers=())
    assert isinstance(left, CallerHappening)
    assert left.seconds is None


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        (AgentState.AVAILABLE, AgentState.RINGING, Kind.AGENT_CALL),
        (AgentState.ON_CALL, AgentState.ON_HOLD, Kind.AGENT_CALL),
        (AgentState.AVAILABLE, AgentState.LUNCH, Kind.AGENT_CHANGED),
        (AgentState.ON_CALL, AgentState.LOGGED_OUT, Kind.AGENT_CHANGED),
        (AgentState.LUNCH, AgentState.BREAK, Kind.AGENT_CHANGED),
    ],
)
def test_an_agent_changes_his_state(was: AgentState, now: AgentState, kind: HappeningKind) -> None:
    board = Board(floor=Floor(agents=(agent(was, seen_since=900.0, state_since=900.0),)))
    (changed,) = board.after(5, FIRST, agents=(agent(now, seen_since=1_003.0, state_since=1_003.0),))
    assert isinstance(changed, AgentHappening)
    assert changed.before is not None
    assert (changed.kind, changed.before.state, changed.agent.state) == (kind, was, now)
    assert (changed.seconds, changed.is_least) == (103.0, False)


def test_a_state_that_began_before_we_looked_lasted_at_least_so_long() -> None:
    board = Board(floor=Floor(agents=(agent(AgentState.LUNCH, seen_since=960.0),)))
    (changed,) = board.after(5, FIRST, agents=(agent(seen_since=1_005.0, state_since=1_005.0),))
    assert isinstance(changed, AgentHappening)
    assert (changed.seconds, changed.is_least) == (45.0, True)


def test_a_call_that_goes_on_after_a_hold_did_not_end_the_hold_before_it_began() -> None:
    board = Board(floor=Floor(agents=(agent(AgentState.ON_HOLD, seen_since=990.0, state_since=990.0),)))
    (changed,) = board.after(5, FIRST, agents=(agent(AgentState.ON_CALL, seen_since=900.0, state_since=900.0),))
    assert isinstance(changed, AgentHappening)
    assert changed.seconds == 15.0


def test_a_pause_in_one_of_two_queues_is_a_change_without_an_end_of_the_state() -> None:
    free = agent(queues=("/1", "/2"), feeds=(FIRST, SECOND), seen_since=900.0)
    board = Board(floor=Floor(agents=(free,)))
    (changed,) = board.after(5, SECOND, agents=(replace(free, paused_queues=("/2",)),))
    assert isinstance(changed, AgentHappening)
    assert (changed.kind, changed.seconds) == (Kind.AGENT_CHANGED, None)


def test_a_new_name_or_call_count_is_no_happening() -> None:
    board = Board(floor=Floor(agents=(agent(),)))
    assert board.after(5, FIRST, agents=(agent(name="Noa Paz", calls_taken=7),)) == []


def test_agents_appear_and_leave() -> None:
    board = Board(floor=Floor(agents=(agent(number=1),)))
    found = board.after(5, FIRST, agents=(agent(AgentState.ON_CALL, number=2),))
    assert [(each.kind, each.agent.id) for each in found if isinstance(each, AgentHappening)] == [
        (Kind.AGENT_APPEARED, "SIP2"),
        (Kind.AGENT_LEFT, "SIP1"),
    ]


def test_a_second_queues_first_answer_changes_no_agent() -> None:
    board = Board(floor=Floor(agents=(agent(),)))
    board.forget(SECOND)
    busy = agent(AgentState.ON_CALL, feeds=(FIRST, SECOND), queues=("/1", "/2"))
    assert board.after(1, FIRST, SECOND, agents=(busy,)) == []
    assert kinds(board.after(5, SECOND, agents=(replace(busy, state=AgentState.AVAILABLE),))) == [Kind.AGENT_CALL]


def test_campaigns_start_and_stop_and_unknown_is_neither() -> None:
    board = Board(floor=Floor(campaigns=(campaign(is_running=False),)))
    (started,) = board.after(5, DIALER, campaigns=(campaign(is_running=True),))
    assert isinstance(started, CampaignHappening)
    assert (started.kind, started.name) == (Kind.CAMPAIGN_STARTED, "Renewals")
    assert "secret-code" not in repr(started)
    assert board.after(5, DIALER, campaigns=(campaign(is_running=None),)) == []
    assert board.after(5, DIALER, campaigns=(campaign(is_running=True),)) == []
    assert kinds(board.after(5, DIALER, campaigns=(campaign(is_running=False),))) == [Kind.CAMPAIGN_STOPPED]


def test_a_feed_is_lost_once_however_far_it_sinks_and_back_once() -> None:
    board = Board()
    fault = Fault(FaultCode.SERVER, "vendor.test", 500)
    board.change(DIALER, fault=fault)
    found = [each for _ in range(400) for each in board.after(1, FIRST, SECOND)]
    (lost,) = found
    assert isinstance(lost, FeedHappening)
    assert (lost.kind, lost.freshness, lost.count, lost.fault) == (Kind.FEED_LOST, Freshness.STALE, 1, fault)
    assert lost.seconds == 31.0
    (back,) = board.after(0, FIRST, SECOND, DIALER)
    assert isinstance(back, FeedHappening)
    assert (back.kind, back.seconds, back.fault) == (Kind.FEED_BACK, 400.0, None)


def test_a_lost_feed_that_comes_to_need_a_person_is_told_again() -> None:
    board = Board()
    assert kinds(board.after(31, FIRST, SECOND)) == [Kind.FEED_LOST]
    board.change(DIALER, is_locked=True)
    (locked,) = board.after(1, FIRST, SECOND)
    assert isinstance(locked, FeedHappening)
    assert (locked.kind, locked.freshness) == (Kind.FEED_LOST, Freshness.AUTH)
    board.change(DIALER, is_locked=False)
    assert board.after(1, FIRST, SECOND) == []  # from bad to bad


def test_a_late_feed_is_not_lost() -> None:
    board = Board()
    assert board.after(29, FIRST, SECOND) == []
    assert board.after(0, DIALER) == []


def test_a_feed_that_never_answered_is_lost_and_comes_for_the_first_time() -> None:
    board = Board()
    board.forget(DIALER)
    board.change(DIALER, fault=Fault(FaultCode.NAME, "vendor.test"))
    (lost,) = board.look()
    assert isinstance(lost, FeedHappening)
    assert (lost.kind, lost.freshness, lost.seconds) == (Kind.FEED_LOST, Freshness.DOWN, None)
    (back,) = board.after(3, DIALER)
    assert isinstance(back, FeedHappening)
    assert (back.kind, back.seconds) == (Kind.FEED_BACK, None)


def test_queues_of_one_account_that_are_lost_together_are_one_line() -> None:
    board = Board()
    (lost,) = board.after(31, DIALER)
    assert isinstance(lost, FeedHappening)
    assert (lost.method, lost.queue, lost.count) == ("GetQueueRealTime", None, 2)


def test_nothing_happens_between_a_snapshot_and_itself() -> None:
    floor = Floor(callers=(caller(1),), agents=(agent(),), campaigns=(campaign(is_running=True),))
    board = Board(floor=floor)
    shots = [board.snapshot()]
    for _ in range(5):
        board.now += 5
        board.answer(FIRST, SECOND, DIALER)
        shots.append(replace(board.snapshot(), floor=replace(floor)))
    assert all(happenings(before, after, WALL) == [] for before, after in pairwise(shots))
