"""A small invented floor, and the board over it, headless."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC

from textual.pilot import Pilot

from tests.ui.behind import Burns, Clerk, Porter
from tests.ui.sinks import NoActivity, Sink
from wallboard.clock import ManualClock
from wallboard.domain.agents import Agent, AgentCall, AgentState, CallStatus, Direction
from wallboard.domain.callers import Caller
from wallboard.domain.campaigns import Account, Campaign, CampaignKind
from wallboard.domain.destinations import Destination
from wallboard.domain.faults import Fault
from wallboard.domain.feeds import FeedKey, FeedStatus, Subject
from wallboard.domain.ports import Unsubscribe
from wallboard.domain.queues import Queue
from wallboard.domain.snapshot import Floor, Snapshot, SnapshotListener
from wallboard.domain.thresholds import DEFAULT_THRESHOLDS
from wallboard.ui.actions import keymap
from wallboard.ui.app import WallboardApp
from wallboard.ui.furniture import Furniture
from wallboard.ui.screens.board import BoardScreen
from wallboard.ui.style import BoardStyle, WallStyle
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.terminal.detection import NOT_ASKED
from wallboard.ui.terminal.direction import TextMode
from wallboard.ui.theming import load_themes

YEMOT, VOICENTER = "Main line", "Head office"
REAL_TIME = FeedKey(YEMOT, "GetQueueRealTime", "/1")
CUSTOMER = FeedKey(YEMOT, "GetCustomerData")
CALLS = FeedKey(VOICENTER, "GetExtensionsCalls")
QUEUES = FeedKey(VOICENTER, "GetQueuesCallers")
CAMPAIGNS = FeedKey(VOICENTER, "GetCampaignList")
SUBJECTS = {
    REAL_TIME: {Subject.QUEUES, Subject.AGENTS},
    CUSTOMER: {Subject.ACCOUNT},
    CALLS: {Subject.AGENTS},
    QUEUES: {Subject.QUEUES},
    CAMPAIGNS: {Subject.CAMPAIGNS},
}
AGENT, SMART = CampaignKind.AGENT, CampaignKind.SMART
START = 1_000.0  # of a ManualClock


def caller(number: int, waited: float, queue: str = "/1", **changes: object) -> Caller:
    source, feed = (YEMOT, REAL_TIME) if queue.startswith("/") else (VOICENTER, QUEUES)
    made = Caller(source, f"call{number}", queue, f"050-0000{number:03}", number, START - waited, feed)
    return replace(made, **changes)  # type: ignore[arg-type]


def agent(number: int, state: AgentState, lasted: float, name: str = "", **changes: object) -> Agent:
    made = Agent(
        VOICENTER,
        f"SIPSIP{number}",
        name or f"Agent {number}",
        f"{100 + number}",
        state,
        (CALLS,),
        team="מכירות",
        state_since=START - lasted,
        seen_since=START - lasted,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def call(number: int, talked: float, status: CallStatus = CallStatus.TALKING) -> AgentCall:
    began = START - talked
    return AgentCall(f"ivr{number}", f"052-0000{number:03}", "לקוח", Direction.INCOMING, status, began, began, True)


def queue(name: str, queue_id: str, waiting: int | None, waited: float | None, **changes: object) -> Queue:
    source, feed = (YEMOT, REAL_TIME) if queue_id.startswith("/") else (VOICENTER, QUEUES)
    joined = None if waited is None else START - waited
    made = Queue(source, queue_id, name, feed, waiting=waiting, longest_joined_at=joined)
    return replace(made, **changes)  # type: ignore[arg-type]


def usual_floor() -> Floor:
    """Both vendors, every level, every kind of row."""
    return Floor(
        queues=(
            queue("שירות לקוחות", "/1", 3, 130, completed=41, abandoned=3, average_hold_seconds=52, agents_ready=1,
                  agents_total=2, average_talk_seconds=187, strategy="rrmemory", max=0),
            queue("Sales", "14520", 1, 70, weight=5),
            queue("Billing", "14521", 0, None, weight=0),
        ),
        callers=(
            caller(1, 130),
            caller(2, 45),
            caller(3, 5, phone=None),
            caller(4, 70, "14520", position=None, is_ringing=True),
        ),
        agents=(
            agent(1, AgentState.AVAILABLE, 12, "דנה לוי"),
            agent(2, AgentState.ON_CALL, 75, "Yoav Mor", calls=(call(1, 75),)),
            agent(3, AgentState.LUNCH, 1000, "נועם פרי"),
            agent(4, AgentState.LOGGED_OUT, 9000, "Ruth Gal", state_since=None),
            agent(5, AgentState.UNKNOWN, 30, "Omer Tal", raw_state="14"),
            agent(6, AgentState.RINGING, 4, "Tamar Bar", calls=(call(4, 4, CallStatus.RINGING),)),
        ),
        campaigns=(
            Campaign(VOICENTER, "לידים חמים", CAMPAIGNS, "secret-code-1", True, "", 23, None, 1, 52, AGENT),
            Campaign(VOICENTER, "Renewals", CAMPAIGNS, "secret-code-2", False, "", 1200, 1200, 1, 1, SMART),
        ),
        accounts=(Account(YEMOT, CUSTOMER, "Demo", 1234.5, "2026-12-31", False),),
    )  # fmt: skip


def snapshot(
    floor: Floor | None = None, ages: dict[FeedKey, float] | None = None, fault: Fault | None = None
) -> Snapshot:
    """A snapshot whose feeds answered so many seconds ago (2 unless told); a feed that is late has a fault."""
    feeds = {}
    for key, subjects in SUBJECTS.items():
        age = (ages or {}).get(key, 2.0)
        feeds[key] = FeedStatus(
            key,
            30.0 if key == CAMPAIGNS else 600.0 if key == CUSTOMER else 5.0,
            frozenset(subjects),
            first_due_at=START,
            succeeded_at=START - age,
            latency=0.012,
            fault=fault if age > 10 else None,
            next_at=START + 3,
        )
    return Snapshot(START, feeds, usual_floor() if floor is None else floor)


@dataclass
class Stream:
    """Pictures a test sends itself."""

    newest: Snapshot
    listeners: list[SnapshotListener] = field(default_factory=list)
    refreshes: int = 0

    def snapshot(self) -> Snapshot:
        return self.newest

    def subscribe(self, listener: SnapshotListener) -> Unsubscribe:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def refresh(self) -> float:
        self.refreshes += 1
        return 3.0

    def send(self, newer: Snapshot) -> None:
        self.newest = newer
        for listener in self.listeners:
            listener(newer)


@dataclass
class Board:
    app: WallboardApp
    pilot: Pilot[None]
    stream: Stream
    clock: ManualClock
    sink: Sink = field(default_factory=Sink)

    @property
    def screen(self) -> BoardScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, BoardScreen))

    @property
    def lines(self) -> list[str]:
        """The screen's text, line by line."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return [strip.crop(0, width).text.rstrip() for strip in strips[:height]]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def line_with(self, words: str) -> str:
        return next(line for line in self.lines if words in line)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def send(self, newer: Snapshot) -> None:
        self.stream.send(newer)
        await self.until(lambda: self.screen._newest is newer)

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(200):
            await self.pilot.pause()
            if condition():
                return
        raise AssertionError(f"it did not happen; on the screen:\n{self.text}")

    async def tick(self, seconds: float) -> None:
        """Let time pass on the clock, then let the board notice."""
        self.clock.jump(seconds)
        self.screen._tick()
        await self.pilot.pause()


@asynccontextmanager
async def board(
    first: Snapshot | None = None,
    size: tuple[int, int] = (200, 50),
    keys: dict[str, str] | None = None,
    remarks: Iterable[str] = (),
    *,
    theme: str = "night",
    text_mode: TextMode = "off",
    is_masking: bool = False,
    is_fast: bool = False,
    sink: Sink | None = None,
    clerk: Clerk | None = None,
    porter: Porter | None = None,
    burns: Burns | None = None,
    wall: WallStyle | None = None,
) -> AsyncIterator[Board]:
    """Unless `text_mode` says otherwise, what stands on the screen is in the order in which it is read."""
    clock = ManualClock()
    stream = Stream(first or snapshot())
    sink = sink or Sink()
    style = BoardStyle(
        title="wallboard",
        clock=clock,
        thresholds=DEFAULT_THRESHOLDS,
        keys=keymap(keys, is_read_only=sink.is_read_only),
        kinds={YEMOT: "yemot", VOICENTER: "voicenter"},
        is_masking=is_masking,
        is_fast=is_fast,
        destinations={YEMOT: [Destination("/9", "Mailbox"), Destination("/3/2")]},
        zone=UTC,
        wall=wall or WallStyle(),
    )
    switchboard = Switchboard(stream, sink, NoActivity(), clerk or Clerk(), porter or Porter(), burns or Burns())
    app = WallboardApp(Furniture(switchboard, style, load_themes(None), theme, tuple(remarks)))
    app.text_reading = replace(NOT_ASKED, mode=text_mode)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield Board(app, pilot, stream, clock, sink)
