"""The driver leans on Textual's private names: when they move, this fails before a terminal does."""

import inspect

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from tests.ui.boards import board
from wallboard.assembly.board import BoardOptions
from wallboard.ui.terminal import direction
from wallboard.ui.terminal.detection import Terminal, TextReading
from wallboard.ui.terminal.driver import BoardDriver, driver_for


def test_textual_still_works_as_the_driver_takes_it_to() -> None:
    assert list(inspect.signature(LinuxDriver.__init__).parameters) == ["self", "app", "debug", "mouse", "size"]
    for name in ("run_input_thread", "start_application_mode", "stop_application_mode", "_sigcont_application"):
        assert getattr(BoardDriver, name) is not getattr(LinuxDriver, name)
    assert "resume_application_mode" in vars(Driver)
    started = inspect.getsource(LinuxDriver)
    for name in ("_writer_thread", "exit_event", "fileno", "_must_signal_resume", "self.run_input_thread()"):
        assert name in started
    suspended = inspect.getsource(Driver.suspend_application_mode)
    assert "self.stop_application_mode()" in suspended
    assert "self.start_application_mode()" in inspect.getsource(Driver.resume_application_mode)
    assert "1049h" in inspect.getsource(LinuxDriver.start_application_mode)
    assert "1049l" in inspect.getsource(LinuxDriver.stop_application_mode)
    assert {"feed", "tick"} <= set(dir(XTermParser))
    assert "driver_class" in inspect.signature(App.__init__).parameters


def test_a_reading_makes_a_driver_of_its_own() -> None:
    found = TextReading("logical", direction.IMPLICIT, Terminal(name="VTE 0.70.6"))
    assert driver_for(found).reading is found
    assert BoardDriver.reading != found
    assert BoardOptions().reading == BoardDriver.reading


async def test_the_help_screen_says_how_hebrew_is_written() -> None:
    async with board(size=(120, 60)) as shown:
        shown.app.text_reading = TextReading("visual", direction.EXPLICIT, Terminal(name="VTE 0.70.6"))
        await shown.pilot.press("?")
        assert "Hebrew: visual, VTE 0.70.6, CSI 8 l" in shown.text
