"""The summary: what is not known is None, never 0; what is known adds up."""

from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.agents import GROUP_OF_STATE, STATES_OF_GROUP, Agent, AgentCall, AgentState, CallStatus, Direction
from wallboard.domain.callers import Caller
from wallboard.domain.feeds import FeedKey, FeedStatus, Subject
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Floor
from wallboard.domain.summary import summarise

NOW = 1_000.0
KEY = FeedKey("Head office", "GetEverything")
FIGURES = [
    "waiting",
    "longest_wait_seconds",
    "agents_available",
    "agents_on_call",
    "agents_paused",
    "agents_away",
    "live_calls",
    "abandoned",
    "completed",
]
figures = st.none() | st.integers(0, 50)


def feeds(*subjects: Subject, age: float | None = 1.0) -> dict[FeedKey, FeedStatus]:
    answered = None if age is None else NOW - age
    return {KEY: FeedStatus(KEY, 5.0, frozenset(subjects), first_due_at=NOW - 400, succeeded_at=answered)}


def agent(number: int, state: AgentState, *calls: AgentCall) -> Agent:
    return Agent("Head office", f"a{number}", None, "1", state, (KEY,), calls=calls)


def leg(call_id: str, status: CallStatus = CallStatus.TALKING) -> AgentCall:
    return AgentCall(call_id, None, None, Direction.INCOMING, status, None, None)


def queue(number: int, waiting: int | None = None, **counts: int | None) -> Queue:
    return Queue(
        "Head office",
        f"{number}",
        "Q",
        KEY,
        waiting,
        abandoned=counts.get("abandoned"),
        completed=counts.get("completed"),
    )


def test_before_the_first_answer_everything_is_unknown() -> None:
    for known in (feeds(age=None), feeds(*Subject, age=None), {}):
        summary = summarise(Floor(), known, NOW)
        assert {getattr(summary, name) for name in FIGURES} == {None}


def test_after_an_answer_that_holds_nobody_it_is_zero() -> None:
    summary = summarise(Floor(), feeds(Subject.AGENTS, Subject.QUEUES), NOW)
    assert [getattr(summary, name) for name in FIGURES] == [0, 0.0, 0, 0, 0, 0, 0, None, None]


def test_one_subject_tells_nothing_about_another() -> None:
    queues_alone = summarise(Floor(), feeds(Subject.QUEUES), NOW)
    assert (queues_alone.waiting, queues_alone.agents_available, queues_alone.live_calls) == (0, None, None)
    agents_alone = summarise(Floor(), feeds(Subject.AGENTS), NOW)
    assert (agents_alone.waiting, agents_alone.longest_wait_seconds, agents_alone.agents_away) == (None, None, 0)


@given(st.lists(st.sampled_from(AgentState), max_size=30))
def test_every_agent_is_in_exactly_one_count(states: list[AgentState]) -> None:
    floor = Floor(agents=tuple(agent(number, state) for number, state in enumerate(states)))
    summary = summarise(floor, feeds(Subject.AGENTS), NOW)
    counts = {group: getattr(summary, f"agents_{group}") for group in STATES_OF_GROUP}
    assert sum(counts.values()) == len(states)
    for group, members in STATES_OF_GROUP.items():
        assert counts[group] == sum(1 for state in states if state in members)


def test_every_state_belongs_to_one_group() -> None:
    assert set(GROUP_OF_STATE) == set(AgentState)
    assert sum(map(len, STATES_OF_GROUP.values())) == len(AgentState)


@given(st.lists(st.tuples(figures, figures, figures), max_size=8))
def test_sums_leave_out_what_is_not_told(rows: list[tuple[int | None, int | None, int | None]]) -> None:
    floor = Floor(queues=tuple(queue(n, w, abandoned=a, completed=c) for n, (w, a, c) in enumerate(rows)))
    summary = summarise(floor, feeds(Subject.QUEUES), NOW)
    for place, value in ((1, summary.abandoned), (2, summary.completed)):
        known = [row[place] for row in rows if row[place] is not None]
        assert value == (sum(filter(None, known)) if known else None)
    if rows and all(row[0] is None for row in rows):
        assert summary.waiting is None
    else:
        assert summary.waiting == sum(row[0] or 0 for row in rows)


@given(st.lists(st.none() | st.floats(0, NOW), min_size=1, max_size=6))
def test_the_longest_wait_is_of_whoever_joined_first_or_unknown(moments: list[float | None]) -> None:
    callers = tuple(Caller("Head office", f"{n}", "1", None, None, joined, KEY) for n, joined in enumerate(moments))
    summary = summarise(Floor(queues=(queue(1, len(moments)),), callers=callers), feeds(Subject.QUEUES), NOW)
    known = [moment for moment in moments if moment is not None]
    assert summary.longest_wait_seconds == (NOW - min(known) if known else None)


def test_a_call_at_several_agents_is_one_and_a_waiting_one_is_none() -> None:
    floor = Floor(
        callers=(Caller("Head office", "c9", "1", None, None, None, KEY, is_ringing=True),),
        agents=(
            agent(1, AgentState.ON_CALL, leg("c1")),
            agent(2, AgentState.ON_CALL, leg("c1")),
            agent(3, AgentState.RINGING, leg("c9", CallStatus.RINGING)),
            agent(4, AgentState.ON_CALL),
        ),
    )
    assert summarise(floor, feeds(Subject.AGENTS), NOW).live_calls == 2


@given(st.floats(0, 2_000))
def test_what_rests_on_an_old_feed_is_marked(age: float) -> None:
    summary = summarise(Floor(), feeds(Subject.AGENTS, age=age), NOW)
    assert (Subject.AGENTS in summary.partial) is (age > 30.0)
