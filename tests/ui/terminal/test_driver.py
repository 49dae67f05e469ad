"""The driver leans on Textual's private names: when they move, this fails before a terminal does."""

import inspect
from pathlib import Path

from textual import _compositor as compositor
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region
from textual.screen import Screen

from tests.e2e.terminal import ROOT, Terminal
from tests.ui.boards import board
from wallboard.assembly.board import BoardOptions
from wallboard.ui.terminal import direction
from wallboard.ui.terminal.detection import Terminal as Detected
from wallboard.ui.terminal.detection import TextReading
from wallboard.ui.terminal.driver import LEAVE, BoardDriver, driver_for
from wallboard.ui.terminal.frames import FramedApp


def test_textual_still_works_as_the_driver_takes_it_to() -> None:
    assert list(inspect.signature(LinuxDriver.__init__).parameters) == ["self", "app", "debug", "mouse", "size"]
    for name in ("run_input_thread", "start_application_mode", "stop_application_mode", "_sigcont_application"):
        assert getattr(BoardDriver, name) is not getattr(LinuxDriver, name)
    assert "resume_application_mode" in vars(Driver)
    started = inspect.getsource(LinuxDriver)
    for name in ("_writer_thread", "exit_event", "fileno", "_must_signal_resume", "self.run_input_thread()", "_file"):
        assert name in started
    suspended = inspect.getsource(Driver.suspend_application_mode)
    assert "self.stop_application_mode()" in suspended
    assert "self.close()" in suspended
    assert "self.start_application_mode()" in inspect.getsource(Driver.resume_application_mode)
    assert "1049h" in inspect.getsource(LinuxDriver.start_application_mode)
    assert {"feed", "tick"} <= set(dir(XTermParser))
    assert "driver_class" in inspect.signature(App.__init__).parameters


def test_the_hasty_farewell_says_what_textual_s_own_does() -> None:
    stopping = inspect.getsource(LinuxDriver)
    said = LEAVE.split("\x1b")[1:]
    assert len(said) >= 10
    assert [mode for mode in said if mode not in stopping] == []


def test_textual_still_draws_as_frames_take_it_to() -> None:
    assert list(inspect.signature(App._display).parameters) == ["self", "screen", "renderable"]
    assert list(inspect.signature(compositor.ChopsUpdate.__init__).parameters) == [
        "self",
        "chops",
        "spans",
        "chop_ends",
    ]
    assert list(inspect.signature(compositor.LayoutUpdate.__init__).parameters) == ["self", "strips", "region"]
    assert vars(compositor.LayoutUpdate([], Region()))["strips"] == []
    drawn = inspect.getsource(App._display)
    for name in ("_batch_count", "_running", "_closed", "_driver", "cursor_position", "post_display_hook"):
        assert f"self.{name}" in drawn
    assert "_sync_available" in inspect.getsource(App._begin_update)
    assert "app._display(self, update)" in inspect.getsource(Screen._compositor_refresh)
    assert FramedApp._display is not App._display
    ended = inspect.getsource(App._fatal_error)
    assert "_exit_renderables" in ended
    assert "_close_messages_no_wait" in ended


RENAMED = """
from textual import _compositor as compositor

class Renamed(compositor.CompositorUpdate):
    def __init__(self, update):
        self.update = update
    def render_segments(self, console):
        return self.update.render_segments(console)

whole = compositor.Compositor.render_full_update
compositor.Compositor.render_full_update = lambda self, simplify=False: Renamed(whole(self, simplify))
compositor.Compositor.render_partial_update = lambda self: Renamed(whole(self, False))
"""


def test_where_textual_has_other_updates_it_draws_them_itself(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(RENAMED, "utf-8")
    environ = {"PYTHONPATH": f"{tmp_path}:{ROOT}", "PYTHONWARNINGS": "default"}
    with Terminal(tmp_path, "demo", "--seed", "4", environ=environ) as terminal:
        terminal.until_shown("Queues", "LIVE")
        terminal.press("2", "ctrl+q")
        assert terminal.wait() == 0


def test_a_reading_makes_a_driver_of_its_own() -> None:
    found = TextReading("logical", direction.IMPLICIT, Detected(name="VTE 0.70.6"))
    assert driver_for(found).reading is found
    assert BoardDriver.reading != found
    assert BoardOptions().reading == BoardDriver.reading


async def test_the_help_screen_says_how_hebrew_is_written() -> None:
    async with board(size=(120, 60)) as shown:
        shown.app.text_reading = TextReading("visual", direction.EXPLICIT, Detected(name="VTE 0.70.6"))
        await shown.pilot.press("?")
        assert "Hebrew: visual, VTE 0.70.6, CSI 8 l" in shown.text
