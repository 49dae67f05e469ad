"""The view of what was done and what happened, by pilot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, timedelta, timezone

import pytest

from tests.ui.boards import CALLS, CAMPAIGNS, QUEUES, REAL_TIME, VOICENTER, YEMOT, Board, agent, board, caller
from tests.ui.hostile import LARGE, MARKUP, SEQUENCES, assert_harmless
from wallboard.domain.actions import (
    ActionRecord,
    Command,
    KickCaller,
    Outcome,
    Result,
    Settlement,
    Stage,
    StopCampaign,
    Ticket,
)
from wallboard.domain.agents import AgentState
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import Freshness
from wallboard.domain.happenings import (
    AgentHappening,
    CallerHappening,
    CampaignHappening,
    FeedHappening,
    Happening,
    HappeningKind,
    ReadRecords,
)
from wallboard.ui.actions import keymap
from wallboard.ui.screens.activity import READ_EVERY_SECONDS, ActivityScreen
from wallboard.ui.widgets.keyed_table import KeyedTable

Kind = HappeningKind
NOW = 1_750_000_000.0  # 2025-06-15 15:06:40 UTC
KEYS = keymap()
SIZES = [(80, 24), (200, 50)]
KICK = KickCaller(source=YEMOT, target="call1", words="050-0000001", feed=REAL_TIME, queue="/1")
STOP = StopCampaign(source=VOICENTER, target="abc", words="Renewals", feed=CAMPAIGNS, code="secret-code-9")


NOTHING_DONE = ReadRecords(())


@dataclass
class Stream:
    """What a test lets happen, and an audit it writes itself."""

    seen: tuple[Happening, ...] = ()
    audit: ReadRecords = NOTHING_DONE
    tickets: tuple[Ticket, ...] = ()
    reads: int = 0

    def happenings(self) -> tuple[Happening, ...]:
        return self.seen

    async def records(self) -> ReadRecords:
        self.reads += 1
        return self.audit


@dataclass
class View:
    board: Board
    stream: Stream

    @property
    def screen(self) -> ActivityScreen:
        assert isinstance(self.board.app.screen, ActivityScreen)
        return self.board.app.screen

    @property
    def table(self) -> KeyedTable:
        return self.screen.table

    @property
    def text(self) -> str:
        return self.board.text

    @property
    def first_visible(self) -> str:
        return self.table.rows[self.table.scroll_offset.y].key

    def line(self, words: str) -> str:
        """The line of the list in which these words stand."""
        return self.board.line_with(words)

    def line_of_cursor(self) -> int:
        """On which line of the screen the cursor stands."""
        keys = [row.key for row in self.table.rows]
        return keys.index(self.table.cursor_key or "") - self.table.scroll_offset.y

    async def happen(self, *happenings: Happening) -> None:
        self.stream.seen += happenings
        await self.board.tick(1)


@asynccontextmanager
async def view(
    stream: Stream, size: tuple[int, int] = (120, 35), *, is_masking: bool = False, zone: timezone = UTC
) -> AsyncIterator[View]:
    async with board(size=size, is_masking=is_masking) as shown:
        picture = shown.screen.picture
        screen = ActivityScreen(KEYS, stream, lambda: stream.tickets, picture, shown.clock, zone)
        await shown.app.push_screen(screen)
        await shown.pilot.pause()
        yield View(shown, stream)


def left(number: int, at: float = NOW, queue: str = "/1", **changes: object) -> CallerHappening:
    who = caller(number, 60, queue)
    made = CallerHappening(at=at, kind=Kind.CALLER_LEFT, source=who.source, caller=who, seconds=130.0)
    return replace(made, **changes)  # type: ignore[arg-type]


def paused(number: int = 3, at: float = NOW, name: str = "נועם פרי") -> AgentHappening:
    now, before = agent(number, AgentState.LUNCH, 0, name), agent(number, AgentState.AVAILABLE, 60, name)
    return AgentHappening(
        at=at, kind=Kind.AGENT_CHANGED, source=VOICENTER, agent=now, before=before, seconds=60.0, is_least=True
    )


def lost(at: float = NOW, **changes: object) -> FeedHappening:
    made = FeedHappening(
        at=at, kind=Kind.FEED_LOST, source=VOICENTER, method=QUEUES.method, queue=None, count=1,
        freshness=Freshness.STALE, seconds=31.0, fault=Fault(FaultCode.SERVER, "vendor.test", 500),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def record(number: int = 1, at: float = NOW, **changes: object) -> ActionRecord:
    made = ActionRecord(
        f"a{number}", at, "dana", "desk", YEMOT, "kick_caller", f"call{number}", "050-0000001", (("queue", "/1"),),
        is_intended=True, outcome="ok", settlement="verified", milliseconds=212.0, data_age_seconds=3.0,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def ticket(stage: Stage, command: Command = KICK, **changes: object) -> Ticket:
    return replace(Ticket("a1", "b1", command, stage, due_at=1_003.0), **changes)  # type: ignore[arg-type]


EVERYTHING = (
    left(1, NOW - 300, kind=Kind.CALLER_JOINED, seconds=42.0),
    left(1, NOW - 200, kind=Kind.CALLER_MOVED, from_queue="/9", seconds=3.0),
    left(2, NOW - 100),
    paused(at=NOW - 90),
    AgentHappening(
        at=NOW - 80, kind=Kind.AGENT_LEFT, source=VOICENTER, agent=agent(4, AgentState.LOGGED_OUT, 9, "Ruth Gal")
    ),
    CampaignHappening(at=NOW - 60, kind=Kind.CAMPAIGN_STOPPED, source=VOICENTER, id="abc", name="Renewals"),
    lost(NOW - 40),
    lost(NOW - 20, kind=Kind.FEED_BACK, freshness=Freshness.LIVE, seconds=51.0, fault=None, method=CALLS.method),
)


@pytest.mark.parametrize("size", SIZES)
async def test_everything_is_told_newest_first_with_its_time(size: tuple[int, int]) -> None:
    async with view(Stream(EVERYTHING, ReadRecords((record(at=NOW - 50),))), size) as shown:
        words = [
            ("15:01:40", "joined שירות לקוחות, waiting for 00:42 already"),
            ("15:03:20", "moved from /9 to שירות לקוחות"),
            ("15:05:00", "left שירות לקוחות after 02:10"),
            ("15:05:10", "lunch, was available for >01:00"),
            ("15:05:20", "is not listed any more; was logged out"),
            ("15:05:40", "is stopped now"),
            ("15:05:50", "take out of שירות לקוחות, by dana – done: the next poll shows it"),
            ("15:06:00", "GetQueuesCallers STALE 00:31: vendor.test failed: HTTP 500"),
            ("15:06:20", "GetExtensionsCalls answers again after 00:51"),
        ]
        lines = shown.board.lines
        places = [
            next(i for i, line in enumerate(lines) if time in line and said[: size[0] // 2 - 4] in line)
            for time, said in words
        ]
        assert places == sorted(places, reverse=True)
        assert max(map(len, lines)) <= size[0]


async def test_what_is_cut_in_a_narrow_list_can_be_read_whole() -> None:
    told = record(vendor_message="caller removed", vendor_code="OK")
    async with view(Stream(audit=ReadRecords((told,))), (80, 24)) as shown:
        assert "212 ms" not in shown.text
        await shown.board.press("down")
        whole = " ".join(line[2:-2].strip() for line in shown.board.lines[18:21])
        for words in (
            "2025-06-15 15:06:40", "050-0000001: take out of", "by dana – done: the next poll shows it", "Main line",
            "vendor: OK caller removed", "212 ms", "on data 00:03 old", "at desk",
        ):  # fmt: skip
            assert words in whole


async def test_a_time_of_another_day_has_its_date() -> None:
    seen = (left(1, NOW - 86_400), left(2, NOW))
    async with view(Stream(seen)) as shown:
        assert "14.06 15:06" in shown.line("050-0000001")
        assert "15:06:40" in shown.line("050-0000002")
        assert "15.06" not in shown.text
    async with view(Stream(seen[1:]), zone=timezone(timedelta(hours=3))) as shown:
        assert "18:06:40" in shown.line("050-0000002")


@pytest.mark.parametrize("at", [-62_135_596_800.0, 253_402_300_799.0, 1e300, float("nan")])
async def test_a_time_that_nobody_can_have_written_honestly_ends_nothing(at: float) -> None:
    far = timezone(timedelta(hours=-14 if at < 0 else 14))
    async with view(Stream(audit=ReadRecords((record(at=at),))), zone=far) as shown:
        assert "by dana" in shown.line("050-0000001")


async def test_the_lists_are_turned_by_tab_and_back() -> None:
    async with view(Stream(EVERYTHING, ReadRecords((record(),)))) as shown:
        sizes = [len(shown.table.rows)]
        for _ in range(4):
            await shown.board.press("tab")
            sizes.append(len(shown.table.rows))
        assert sizes == [9, 1, 3, 2, 3]
        assert "Feeds, campaigns 3" in shown.text
        await shown.board.press("tab")
        assert "All 9" in shown.text
        await shown.board.press("shift+tab")
        assert "Feeds, campaigns 3" in shown.text


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_list_says_what_will_stand_there(size: tuple[int, int]) -> None:
    async with view(Stream(), size) as shown:
        for words in ("nothing has happened", "nobody has done", "no caller has", "no agent has", "no feed was lost"):
            assert words in shown.text
            assert "will stand here" in shown.text
            await shown.board.press("tab")


async def test_new_rows_come_in_at_the_top_while_one_is_there() -> None:
    async with view(Stream(tuple(left(number, NOW + number) for number in range(100)))) as shown:
        assert "050-0000099" in shown.text
        await shown.happen(left(200, NOW + 200))
        assert "050-0000200" in shown.text
        await shown.board.press("down")
        for number in range(201, 207):
            await shown.happen(left(number, NOW + number))
        assert shown.table.cursor_key == shown.table.rows[0].key
        assert shown.line_of_cursor() == 0
        assert "050-0000206" in shown.text


@pytest.mark.parametrize("moves", [["down"] * 5, ["pagedown"] * 3, ["end"], ["end", "up", "up"]])
async def test_who_reads_further_down_keeps_his_line(moves: list[str]) -> None:
    async with view(Stream(tuple(left(number, NOW + number) for number in range(200)))) as shown:
        await shown.board.press(*moves)
        held, line = shown.table.cursor_key, shown.line_of_cursor()
        for number in range(300, 306):
            await shown.happen(left(number, NOW + number))
        assert (shown.table.cursor_key, shown.line_of_cursor()) == (held, line)
        assert shown.table.rows[0].words.count("050-0000305")
        await shown.board.press("home")
        await shown.happen(left(400, NOW + 400))
        assert "050-0000400" in shown.text


async def test_who_scrolls_by_the_wheel_is_not_moved_either() -> None:
    async with view(Stream(tuple(left(number, NOW + number) for number in range(200)))) as shown:
        shown.table.scroll_to(y=40, animate=False, immediate=True)
        held = shown.first_visible
        await shown.happen(*(left(number, NOW + number) for number in range(300, 310)))
        assert shown.first_visible == held
        assert shown.table.scroll_offset.y == 50


async def test_a_row_that_is_forgotten_does_not_take_the_view_with_it() -> None:
    async with view(Stream(tuple(left(number, NOW + number) for number in range(200)))) as shown:
        await shown.board.press("end")
        shown.stream.seen = shown.stream.seen[5:]
        await shown.board.tick(1)
        assert shown.table.cursor_key == shown.table.rows[-1].key


@pytest.mark.parametrize("key", ["l", "escape", "q", "ctrl+q", "ך"])
async def test_it_closes(key: str) -> None:
    async with view(Stream(EVERYTHING)) as shown:
        await shown.board.press("down", "enter")
        assert isinstance(shown.board.app.screen, ActivityScreen)  # enter closes nothing here
        await shown.board.press(key)
        assert not isinstance(shown.board.app.screen, ActivityScreen)
        assert not shown.board.app._exit


STAGES: list[tuple[Ticket, str]] = [
    (ticket(Stage.WAITING, due_at=1_300.0), "is sent in "),
    (ticket(Stage.SENDING), "is being sent"),
    (ticket(Stage.ENDED, outcome=Outcome(Result.OK), ended_at=1_001.0, is_checking=True), "checking"),
    (ticket(Stage.ENDED, outcome=Outcome(Result.UNKNOWN), ended_at=1_001.0), "outcome unknown"),
    (ticket(Stage.ENDED, outcome=Outcome(Result.NOT_SENT), ended_at=1_001.0), "not sent"),
    (
        ticket(Stage.ENDED, outcome=Outcome(Result.OK), ended_at=1_001.0, settlement=Settlement.CONTRADICTED),
        "not done: a later poll shows all as it was",
    ),
]


@pytest.mark.parametrize(("moving", "words"), STAGES, ids=lambda value: value if isinstance(value, str) else "")
async def test_an_action_under_way_is_told_before_and_after_the_audit_knows_it(moving: Ticket, words: str) -> None:
    stream = Stream(tickets=(moving,))
    async with view(stream) as shown:
        assert words in shown.line("050-0000001")
        assert len(shown.table.rows) == 1
        stream.audit = ReadRecords((record(outcome=None, settlement=None),))
        await shown.board.tick(READ_EVERY_SECONDS)
        await shown.board.until(lambda: "by dana" in shown.text)
        assert words in shown.line("050-0000001")
        assert len(shown.table.rows) == 1


async def test_an_action_that_comes_further_has_the_audit_read_again_at_once() -> None:
    stream = Stream(tickets=(ticket(Stage.SENDING, STOP),))
    async with view(stream) as shown:
        assert "Renewals" in shown.text
        assert "secret-code" not in shown.text
        reads = stream.reads
        await shown.board.tick(1)
        assert stream.reads == reads
        stream.tickets = (ticket(Stage.ENDED, STOP, outcome=Outcome(Result.OK), ended_at=1_001.0),)
        await shown.board.tick(1)
        assert stream.reads == reads + 1
        await shown.board.tick(READ_EVERY_SECONDS)
        assert stream.reads == reads + 2


async def test_an_audit_that_cannot_be_read_is_said_and_the_rest_is_shown() -> None:
    async with view(
        Stream(EVERYTHING, ReadRecords((record(),), "the audit /a.jsonl cannot be read: no permission; give it")),
        (80, 24),
    ) as shown:
        assert "the audit /a.jsonl cannot be read: no permission; give it" in shown.text
        assert "by dana" in shown.text
        assert "joined" in shown.text


@pytest.mark.parametrize(
    ("outcome", "settlement", "words"),
    [
        (None, None, "not written down"),
        ("refused", None, "refused by the vendor: no reason given"),
        ("unknown", "verified", "the next poll shows it"),
        ("a later version's word", None, "a later version's word"),
    ],
)
async def test_records_that_end_otherwise(outcome: str | None, settlement: str | None, words: str) -> None:
    odd = record(outcome=outcome, settlement=settlement, action="later_{kind}", parameters=())
    async with view(Stream(audit=ReadRecords((odd,)))) as shown:
        assert words in shown.line("later_{kind}")


@pytest.mark.parametrize("size", SIZES)
async def test_phones_are_masked_in_every_cell(size: tuple[int, int]) -> None:
    named = paused(name="Noa - 0500000777")
    told = record(vendor_message="removed 0500000888")
    seen = (*EVERYTHING, named, lost(NOW, fault=Fault(FaultCode.VENDOR, "vendor.test", words="no 0500000999")))
    async with view(Stream(seen, ReadRecords((told,))), size, is_masking=True) as shown:
        for _ in range(len(shown.table.rows)):
            for number in ("0000001", "0000002", "0500000777", "0500000888", "0500000999"):
                assert number not in shown.text
            await shown.board.press("down")
        assert "•" in shown.text


async def test_hostile_words_are_nothing_but_words() -> None:
    hostile = [*MARKUP.values(), *SEQUENCES.values(), *LARGE.values()]
    seen: list[Happening] = []
    told = []
    for number, text in enumerate(hostile):
        at = NOW + number
        seen += [
            left(number, at, caller=replace(caller(number, 5), phone=text, queue=text)),
            replace(paused(number, at), agent=agent(number, AgentState.UNKNOWN, 9, text, raw_state=text)),
            CampaignHappening(at=at, kind=Kind.CAMPAIGN_STARTED, source=VOICENTER, id=str(number), name=text),
            lost(at, queue=text, fault=Fault(FaultCode.VENDOR, text, words=text)),
        ]
        whole = {"words": text, "operator": text, "host": text, "action": text, "outcome": text, "vendor_code": text}
        told.append(record(number, at, **whole, vendor_message=text, parameters=((text, text), ("queue", text))))
    async with view(Stream(tuple(seen), ReadRecords(tuple(told), hostile[0]))) as shown:
        assert len(shown.table.rows) == 5 * len(hostile)
        await shown.board.press("down")
        for _ in range(5 * len(hostile) // shown.table.page + 1):
            assert_harmless(shown.board)
            await shown.board.press("pagedown")
        await shown.board.press("tab")
        for _ in hostile:
            await shown.board.press("down")
            assert_harmless(shown.board)


async def test_a_callers_rows_carry_one_key_each() -> None:
    async with view(Stream(EVERYTHING, ReadRecords((record(),)))) as shown:
        keys = [row.key for row in shown.table.rows]
        assert len(keys) == len(set(keys))
