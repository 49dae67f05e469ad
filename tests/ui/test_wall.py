"""TV mode by pilot: what opens and leaves it, what interrupts it, and that a kiosk cannot be left."""

from dataclasses import replace

import pytest
from textual.app import App
from textual.strip import Strip

from tests.ui.boards import QUEUES, REAL_TIME, START, Board, board, queue, snapshot, usual_floor
from tests.ui.sinks import Sink
from wallboard.assembly.board import BoardOptions
from wallboard.assembly.furnishing import make_app
from wallboard.config.model import Settings
from wallboard.domain.snapshot import Floor, Snapshot
from wallboard.ui.actions import keymap
from wallboard.ui.screens.board import BoardScreen
from wallboard.ui.style import WallStyle
from wallboard.ui.wall.screen import WallScreen
from wallboard.ui.wall.view import WallView

KIOSK = WallStyle(is_kiosk=True, may_leave=False)
SIZE = (80, 24)
CALM = Floor(queues=(queue("Support", "/1", 0, None), queue("Sales", "/2", 0, None), queue("Billing", "1", 0, None)))


def calm() -> Snapshot:
    return snapshot(CALM)


def with_breach(*names: str) -> Snapshot:
    rows = tuple(replace(row, waiting=9, longest_joined_at=START) if row.name in names else row for row in CALM.queues)
    return snapshot(Floor(queues=rows))


async def second(shown: Board, seconds: int = 1) -> None:
    """Let the wall see that many seconds pass."""
    for _ in range(seconds):
        shown.clock.jump(1)
        wall = shown.app.screen
        assert isinstance(wall, WallScreen)
        wall.show()
    await shown.pilot.pause()


def title(shown: Board) -> str:
    return shown.lines[1].split("  ")[1]


@pytest.mark.parametrize("key", ["w", "'", "escape", "q"])
async def test_w_opens_the_wall_and_these_go_back(key: str) -> None:
    async with board(calm(), size=SIZE) as shown:
        await shown.press("w")
        assert "All queues" in shown.text
        assert "1 Queues" not in shown.text
        await shown.press({"'": "apostrophe"}.get(key, key))
        await shown.until(lambda: isinstance(shown.app.screen, BoardScreen))
        assert "Support" in shown.text
        assert shown.app.is_running


async def test_the_wall_has_no_keys_but_those_and_acts_on_nothing() -> None:
    async with board(size=SIZE) as shown:
        await shown.press("2", "home", "w")
        await shown.press(
            "k", "t", "p", "s", "r", "f", "l", "question_mark", "ctrl+p", "slash", "tab", "enter", "ctrl+c"
        )
        assert isinstance(shown.app.screen, WallScreen)
        assert shown.sink.submissions == []
        assert shown.stream.refreshes == 0


@pytest.mark.parametrize(
    "keys", [("w", "q", "escape"), ("ctrl+q", "ctrl+c", "ctrl+z"), ("ctrl+p", "ctrl+backslash", "f1")]
)
async def test_a_kiosk_cannot_be_left(keys: tuple[str, ...]) -> None:
    async with board(calm(), size=SIZE, wall=KIOSK, sink=Sink(is_read_only=True)) as shown:
        await shown.press(*keys)
        assert isinstance(shown.app.screen, WallScreen)
        assert shown.app.is_running
        assert shown.app.return_code is None
        assert not shown.app.screen.allow_select
        assert shown.app.focused is None


async def test_a_kiosk_that_allows_it_is_left_by_quit() -> None:
    async with board(calm(), size=SIZE, wall=WallStyle(is_kiosk=True)) as shown:
        await shown.press("ctrl+q")
        await shown.until(lambda: shown.app.return_code == 0)


async def test_no_binding_is_left_that_could_leave_or_copy() -> None:
    async with board(calm(), size=SIZE, wall=KIOSK) as shown:
        offered = {key for key, _ in shown.app.screen._bindings} | {key for key, _ in shown.app._bindings}
        assert offered == set()
        assert {binding.key for binding in App.BINDINGS if not isinstance(binding, tuple)}  # what would be there


@pytest.mark.parametrize(("allow_quit", "may_leave"), [(False, False), (True, True)])
async def test_the_option_makes_a_read_only_kiosk_in_the_walls_theme(allow_quit: bool, may_leave: bool) -> None:
    settings = Settings.model_validate({"wall": {"allow_quit": allow_quit, "message": "hello", "page_seconds": 7}})
    async with board(calm(), size=SIZE) as shown:
        switchboard = shown.app._switchboard
        app = make_app(switchboard, settings, shown.clock, BoardOptions(is_wall=True), "wallboard")
    assert app.theme == "wall"
    assert app._style.wall == WallStyle(7, "hello", is_kiosk=True, may_leave=may_leave)
    assert app._style.keys == keymap(is_read_only=True)


async def test_pages_follow_one_another() -> None:
    async with board(calm(), size=SIZE, wall=WallStyle(page_seconds=5)) as shown:
        await shown.press("w")
        seen = [title(shown)]
        for _ in range(4):
            await second(shown, 5)
            seen.append(title(shown))
        assert seen == ["All queues", "Billing", "Sales", "Support", "All queues"]


async def test_a_breach_is_shown_with_the_very_poll_that_tells_of_it_and_held() -> None:
    async with board(calm(), size=SIZE, wall=WallStyle(page_seconds=5)) as shown:
        await shown.press("w")
        await shown.send(with_breach("Sales"))
        assert title(shown) == "Sales"
        assert "! BREACH" in shown.text
        await second(shown, 25)
        assert title(shown) == "Sales"


async def test_a_wait_that_grows_into_a_breach_between_two_polls_is_shown_within_a_second() -> None:
    growing = snapshot(Floor(queues=(queue("Support", "/1", 0, None), queue("Sales", "14520", 1, 119))))
    async with board(growing, size=SIZE) as shown:
        await shown.press("w")
        assert title(shown) == "All queues"
        await second(shown)
        assert title(shown) == "Sales"
        assert "! breach" in shown.line_with("longest wait")


async def test_of_two_breaches_the_newer_comes_at_once_then_both_take_turns() -> None:
    async with board(calm(), size=SIZE, wall=WallStyle(page_seconds=5)) as shown:
        await shown.press("w")
        await shown.send(with_breach("Sales"))
        await shown.send(with_breach("Sales", "Billing"))
        assert title(shown) == "Billing"
        await second(shown, 5)
        assert title(shown) == "Sales"


async def test_data_that_become_old_say_so_without_any_poll() -> None:
    async with board(calm(), size=SIZE) as shown:
        await shown.press("w")
        assert "data 00:02 old" in shown.text
        await second(shown, 10)
        assert "▲ LATE 00:12" in shown.text
        await second(shown, 31)
        assert "STALE 00:43" in shown.text
        assert "~ old" in shown.text
        assert "? UNKNOWN" in shown.text


async def test_a_feed_that_is_down_is_told_in_words_on_every_page() -> None:
    async with board(snapshot(CALM, ages={QUEUES: 2.0, REAL_TIME: 400.0}), size=(120, 35)) as shown:
        await shown.press("w")
        await second(shown, 21)
        assert "DOWN" in shown.text
        assert "Main line" in shown.text


async def test_message_and_clock_are_on_the_wall() -> None:
    async with board(calm(), size=SIZE, wall=WallStyle(message="Fire drill at 12:00")) as shown:
        await shown.press("w")
        assert "Fire drill at 12:00" in shown.text
        assert "15:06:40" in shown.lines[0]
        await second(shown)
        assert "15:06:41" in shown.lines[0]


async def test_a_queue_that_vanishes_takes_its_page_with_it() -> None:
    async with board(calm(), size=SIZE, wall=WallStyle(page_seconds=5)) as shown:
        await shown.press("w")
        await second(shown, 5)
        assert title(shown) == "Billing"
        await shown.send(snapshot(Floor(queues=CALM.queues[:2])))
        assert title(shown) in {"Sales", "Support"}
        await shown.send(replace(snapshot(Floor()), feeds={}))
        assert title(shown) == "All queues"
        assert " 0" not in "\n".join(shown.lines[2:-1])


async def test_below_the_least_size_it_says_so_and_any_resize_is_followed() -> None:
    async with board(calm(), size=SIZE) as shown:
        await shown.press("w")
        for size in [(20, 5), (200, 50), (59, 15), (400, 100), (80, 24)]:
            await shown.pilot.resize_terminal(*size)
            await shown.pilot.pause()
            is_small = size[0] < 60 or size[1] < 16
            assert ("needs" in shown.text.replace("…", "")) is is_small or size == (20, 5)
            assert max(map(len, shown.lines)) <= size[0]
        assert title(shown) == "All queues"


async def test_only_lines_that_changed_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    async with board(calm(), size=SIZE) as shown:
        await shown.press("w")
        await second(shown)
        view = shown.app.screen.query_one(WallView)
        drawn: list[int] = []
        render = view.render_line

        def noted(y: int) -> Strip:
            drawn.append(y)
            return render(y)

        monkeypatch.setattr(view, "render_line", noted)
        await second(shown)
        await shown.pilot.pause()
        assert set(drawn) == {0, SIZE[1] - 1}  # the clock, and the age of the data


async def test_the_wall_follows_the_theme() -> None:
    async with board(calm(), size=SIZE) as shown:
        await shown.press("w")
        view = shown.app.screen.query_one(WallView)
        before = view.render_line(1)
        shown.app.theme = "day"
        await shown.pilot.pause()
        assert view.render_line(1) != before


async def test_the_board_rests_behind_the_wall_and_catches_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async with board(size=(120, 35)) as shown:
        await shown.press("w")
        calls: list[object] = []
        monkeypatch.setattr(shown.screen.floor, "tick", calls.append)
        await shown.tick(1)
        newer = replace(usual_floor(), queues=(queue("Nightshift", "/7", 1, 5),), callers=())
        await shown.send(snapshot(newer))
        assert calls == []
        await shown.pilot.resize_terminal(100, 30)
        await shown.press("w")
        await shown.until(lambda: "Nightshift" in shown.text)
        assert max(map(len, shown.lines)) <= 100


async def test_what_it_keeps_does_not_grow() -> None:
    async with board(calm(), size=SIZE, wall=WallStyle(page_seconds=5)) as shown:
        await shown.press("w")
        wall = shown.app.screen
        assert isinstance(wall, WallScreen)
        for day in range(50):
            floor = Floor(queues=(queue(f"Day {day}", f"/{day}", 9, 5), queue("Support", "/1", 0, None)))
            await shown.send(snapshot(floor))
            await second(shown)
        assert len(wall._rotation._round) <= 3
        assert len(wall._alarms._held) <= 1


async def test_no_note_lies_over_a_kiosks_figures() -> None:
    async with board(remarks=["a warning of the configuration"], wall=WallStyle(is_kiosk=True)) as shown:
        assert "a warning" not in shown.text
    async with board(remarks=["a warning of the configuration"]) as shown:
        await shown.until(lambda: "a warning" in shown.text)
