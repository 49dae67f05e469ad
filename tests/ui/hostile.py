"""Words a vendor must not be able to say to a terminal or to Textual, in every field that holds a vendor's words."""

import unicodedata
from collections.abc import Iterator

from rich.segment import Segment

from tests.ui.boards import START, Board
from wallboard.domain.agents import Agent, AgentCall, AgentState, CallStatus, Direction
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Account, Campaign
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import FeedKey, FeedStatus, Note, NoteCode, Subject
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Floor, Snapshot

MARKUP = {
    "closing": "[/x]",
    "closing all": "[/]",
    "action": "[@click=app.quit]press[/]",
    "bad action": "[@click=(,)]x[/]",
    "variable": "[$nope]x[/]",
    "link": "[link=http://127.0.0.1:9]y[/link]",
    "tag": "Agent [paused] Dan",
    "emoji code": ":skull: \\[b]",
}
SEQUENCES = {
    "clipboard": "a\x1b]52;c;QUJD\x07b",
    "clipboard by ST": "a\x1b]52;c;QUJD\x1b\\b",
    "title": "a\x1b]2;title\x07b",
    "clear": "a\x1b[2Jb",
    "move": "a\x1b[77;88Hb",
    "device control": "a\x1bP$q\x1b\\b",
    "C1 control": "a\x9b2Jb",
    "C1 command": "a\x9d2;title\x9cb",
    "NUL": "a\x00b",
    "shift out": "a\x0eb",
    "delete": "a\x7fb",
    "bell": "a\x07b",
    "line ends": "a\r\nb\u2028c\u2029d\x85e",
    "right to left": "a\u202egnp.b",
    "isolate": "a\u2067b",
    "zero width": "a\u200bb",
    "byte order mark": "a\ufeffb",
    "tags": "a\U000e0041b",
    "surrogates": "a\ud800b\udfffc",
}
LARGE = {
    "10 kB": "x" * 10_000,
    "5,000 newlines": "\n" * 5_000,
    "10,000 marks": "e" + "\u0301" * 10_000,
    "1,500 families": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 1_500,
}
LONGEST_SOURCE_NAME = 40  # the configuration takes no longer one
_DANGEROUS_FORMATS = frozenset(
    [*map(chr, range(0x200B, 0x2010)), *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2060, 0x2070)), "\ufeff"]
)


def snapshot_of(*texts: str) -> Snapshot:
    """A floor on which each text stands in every string field of a feed, queue, caller, agent and campaign."""
    feeds: dict[FeedKey, FeedStatus] = {}
    floor = Floor()
    for number, text in enumerate(texts):
        source = text[:LONGEST_SOURCE_NAME]
        key = FeedKey(source, f"Get{number}", source)
        feeds[key] = FeedStatus(
            key,
            5.0,
            frozenset(Subject),
            first_due_at=START,
            succeeded_at=START - 11,
            latency=0.01,
            next_at=START + 3,
            fault=Fault(FaultCode.VENDOR, text, 500, text) if number % 2 else None,
            notes=(Note(NoteCode.UNKNOWN_VALUES, words=text),),
        )
        floor = Floor(
            queues=(*floor.queues, _queue(number, text, key)),
            callers=(*floor.callers, Caller(source, f"{text}{number}", f"{text}{number}", text, 1, START - 9, key)),
            agents=(*floor.agents, _agent(number, text, key)),
            campaigns=(*floor.campaigns, Campaign(source, text, key, f"{text}{number}", None, text)),
            accounts=(*floor.accounts, Account(source, key, text, 12.0, text)),
        )
    return Snapshot(START, feeds, floor)


def _queue(number: int, text: str, key: FeedKey) -> Queue:
    return Queue(key.source, f"{text}{number}", text, key, waiting=1, longest_joined_at=START - 9, strategy=text)


def _agent(number: int, text: str, key: FeedKey) -> Agent:
    live = AgentCall(text, text, text, Direction.INCOMING, CallStatus.TALKING, START - 9, START - 9, queue=text)
    queues = (f"{text}{number}", text) if number % 2 else ()
    return Agent(
        key.source, f"{text}{number}", text, text, AgentState.UNKNOWN, (key,), text, queues=queues, team=text,
        calls=(live,), seen_since=START - 9 + number,
    )  # fmt: skip


def segments_on(shown: Board) -> Iterator[Segment]:
    for strip in shown.app.screen._compositor.render_strips():
        yield from strip


def assert_harmless(shown: Board) -> None:
    """Nothing on the screen commands a terminal, hides, turns text round, or can be clicked into an action."""
    width, height = shown.app.size
    strips = shown.app.screen._compositor.render_strips()
    assert len(strips) == height
    for y, strip in enumerate(strips):
        assert strip.cell_length == width, y
    for segment in segments_on(shown):
        assert not unsafe_in(segment.text), ascii(segment.text)
        assert not segment.control
        if segment.style is not None:
            assert segment.style.link is None
            assert "@click" not in segment.style.meta


def unsafe_in(text: str) -> list[str]:
    """The characters that must not reach a terminal."""
    return [char for char in text if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}] + [
        char for char in text if char in _DANGEROUS_FORMATS or 0xE0000 <= ord(char) <= 0xE0FFF
    ]
