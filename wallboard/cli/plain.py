"""The board as plain text for screen readers and cron: one fact a line, nothing drawn, nothing coloured."""

from collections.abc import Iterable, Iterator

from wallboard.cli.records import AgentRecord, CallerRecord, CampaignRecord, Document, FeedRecord, QueueRecord
from wallboard.domain.agents import Agent
from wallboard.language.clean import clean
from wallboard.language.words import state_words

UNKNOWN = "unknown"
LONGEST_LINE = 2000


def plain_text(document: Document, agents: Iterable[Agent]) -> str:
    """The whole document, section by section.

    Args:
        document: What is to be said.
        agents: The document's, in its order: they know in how many queues one is paused, for which it has no name.
    """
    queues = {(queue.source, queue.id): queue.name for queue in document.queues}
    sections = [
        [f"Wallboard at {document.at}", *_summary(document)],
        _section("Queues", (_queue(queue) for queue in document.queues)),
        _section("Callers", (_caller(caller, queues) for caller in document.callers)),
        _section("Agents", (_agent(*pair) for pair in zip(document.agents, agents, strict=True))),
        _section("Campaigns", (_campaign(campaign) for campaign in document.campaigns)),
        _section("Feeds", (_feed(feed) for feed in document.feeds)),
    ]
    return "\n\n".join("\n".join(clean(line, LONGEST_LINE) for line in lines) for lines in sections)


def spoken(seconds: float | None) -> str:
    """A duration as one says it: `2 h 5 min`, `3 min 12 s`, `40 s`."""
    if seconds is None:
        return UNKNOWN
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minute} min"
    return f"{minute} min {second} s" if minute else f"{second} s"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    lines = list(lines)
    return [f"{title}: {len(lines)}", *lines]


def _summary(document: Document) -> Iterator[str]:
    summary = document.summary
    yield f"Waiting: {_count(summary.waiting)}"
    yield f"Longest wait: {spoken(summary.longest_wait_seconds)}"
    yield f"Agents available: {_count(summary.agents_available)}"
    yield f"Agents on call: {_count(summary.agents_on_call)}"
    yield f"Agents paused: {_count(summary.agents_paused)}"
    yield f"Agents away: {_count(summary.agents_away)}"
    yield f"Live calls: {_count(summary.live_calls)}"
    yield f"Abandoned: {_count(summary.abandoned)}"
    yield f"Completed: {_count(summary.completed)}"


def _queue(queue: QueueRecord) -> str:
    facts = [f"{_count(queue.waiting)} waiting"]
    if queue.waiting:
        facts.append(f"longest {spoken(queue.longest_wait_seconds)}")
    if queue.agents_total is not None:
        facts.append(f"{_count(queue.agents_ready)} of {queue.agents_total} agents ready")
    if queue.completed is not None:
        facts.append(f"{queue.completed} completed")
    if queue.abandoned is not None:
        facts.append(f"{queue.abandoned} abandoned")
    return f"{queue.name} ({queue.source}): {', '.join(facts)}"


def _caller(caller: CallerRecord, queues: dict[tuple[str, str], str]) -> str:
    queue = queues.get((caller.source, caller.queue), caller.queue)
    ringing = ", ringing at an agent" if caller.ringing else ""
    return f"{caller.phone or 'withheld'} in {queue}: waiting {spoken(caller.waiting_seconds)}{ringing}"


def _agent(agent: AgentRecord, on_floor: Agent) -> str:
    facts = [state_words(on_floor)]
    if agent.state_seconds is not None:
        facts[0] += f" for {spoken(agent.state_seconds)}"
    facts += [f"{call.direction} {call.status} with {call.name or call.phone or UNKNOWN}" for call in agent.calls]
    name = f"{agent.name}, {agent.number}" if agent.name else agent.number
    return f"{name} ({agent.source}): {', '.join(facts)}"


def _campaign(campaign: CampaignRecord) -> str:
    running = {True: "running", False: "stopped", None: "state unknown"}[campaign.running]
    return (
        f"{campaign.name} ({campaign.source}): {running}, "
        f"{_count(campaign.pending)} pending, {_count(campaign.awaiting)} awaiting"
    )


def _feed(feed: FeedRecord) -> str:
    queue = f" {feed.queue}" if feed.queue else ""
    latency = "" if feed.latency_ms is None else f", {feed.latency_ms} ms"
    fault = f", {feed.fault}" if feed.fault else ""
    return f"{feed.source} {feed.method}{queue}: {feed.state}{latency}{fault}"


def _count(value: int | None) -> str:
    return UNKNOWN if value is None else str(value)
