"""The machine at its worst: no home, a full disk, few descriptors, a second copy, an upgrade under the board."""

import resource
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.e2e.services import configured as configured_for
from tests.e2e.services import living_world, served
from tests.e2e.stand_in import StandIn, Waiting, configured, serving
from tests.e2e.terminal import ROOT, Terminal, log_text
from tests.e2e.test_acting import ask
from tests.e2e.test_demo import GOODBYE_SECONDS, assert_restored, has_figures
from tests.e2e.test_run import feed_states

SIZE = (160, 45)
FEW = 64  # descriptors
PLACES = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")


def a_queue() -> StandIn:
    return StandIn(callers=[Waiting("call1", "0500000001", 30)], agents={"0502222222": False})


@contextmanager
def files_may_grow_to(most_bytes: int) -> Iterator[None]:
    """For what is started inside: a file that would grow beyond takes no more, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_no_home_and_no_disk_leave_a_board_that_refuses_to_act(tmp_path: Path) -> None:
    """What was not written down first is not done; figures need no disk."""
    vendor = a_queue()
    nowhere = dict.fromkeys(PLACES, "/proc/self/fdinfo/none")
    with serving(vendor) as server, ExitStack() as stack:
        config = configured(server, tmp_path)
        argv = ("run", "--config", str(config))
        shown = {
            "nothing can be written": stack.enter_context(Terminal(tmp_path, *argv, size=SIZE, environ=nowhere)),
            "no home": stack.enter_context(Terminal(tmp_path, *argv, size=SIZE, environ=dict.fromkeys(PLACES, ""))),
        }
        full = tmp_path / "full"
        full.mkdir()
        with files_may_grow_to(0):
            shown["disk full"] = stack.enter_context(Terminal(full, *argv, size=SIZE))
        for name, terminal in shown.items():
            terminal.until_shown("0500000001", seconds=30)
            if name == "no home":  # this machine's own folders may well be writable
                continue
            terminal.press("2")
            terminal.settle()
            ask(terminal)
            terminal.press("y")
            terminal.until_shown("audit", "cannot be written")
        assert vendor.kicked == []
        for name, terminal in shown.items():
            terminal.press("q")
            assert terminal.wait(GOODBYE_SECONDS) == 0, name
            assert b"Traceback" not in terminal.raw
            assert_restored(terminal)


def test_without_descriptors_a_source_is_down_in_words_and_comes_back(tmp_path: Path) -> None:
    world = living_world()
    with served(world) as address:
        config = configured_for(world, address, tmp_path, poll_seconds=1, campaign_poll_seconds=1)
        terminal = Terminal(tmp_path, "run", "--config", str(config), size=SIZE)
        terminal.until(lambda: feed_states(terminal) == {"LIVE"}, "every feed is live")
    port = int(address.rpartition(":")[2])
    with terminal:
        used = [int(each.name) for each in Path(f"/proc/{terminal.process.pid}/fd").iterdir()]
        assert max(used) < FEW
        before = resource.prlimit(terminal.process.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(terminal.process.pid, resource.RLIMIT_NOFILE, (3, before[1]))
        with served(world, port):
            terminal.press("r")
            terminal.until_shown("Too many open files", seconds=30)
            resource.prlimit(terminal.process.pid, resource.RLIMIT_NOFILE, (FEW, before[1]))
            terminal.press("r")
            terminal.until(lambda: feed_states(terminal) == {"LIVE"}, "every feed is live again", 45)
            terminal.press("q")
            assert terminal.wait(GOODBYE_SECONDS) == 0
    assert b"Traceback" not in terminal.raw


def test_the_second_copy_of_a_configuration_is_told(tmp_path: Path) -> None:
    vendor = a_queue()
    with serving(vendor) as server:
        argv = ("run", "--config", str(configured(server, tmp_path)))
        with Terminal(tmp_path, *argv, size=SIZE) as first:
            first.until_shown("0500000001")
            words = f"another wallboard (pid {first.process.pid} on /dev/pts/"
            with Terminal(tmp_path, *argv, size=SIZE) as second:
                second.until_shown("shows this", "configuration already")
                assert words in log_text(tmp_path)
                with Terminal(tmp_path, *argv, "--wall", size=SIZE) as wall:
                    wall.until_shown("data 00:0")
                    assert "2 others, the first (pid" in log_text(tmp_path)  # a kiosk has nobody who could read notes
                    assert "already" not in first.text + wall.text
                second.press("q")
                assert second.wait(GOODBYE_SECONDS) == 0
                assert words in "".join(second.text.split("\n"))  # where one looks afterwards
        with Terminal(tmp_path, *argv, size=SIZE) as alone:
            alone.until_shown("0500000001")
            alone.settle()
            assert "already" not in alone.text
            alone.press("q")
            assert alone.wait(GOODBYE_SECONDS) == 0


def test_a_package_exchanged_under_the_board_changes_nothing_but_a_remark(tmp_path: Path) -> None:
    """Every module is taken away; what is opened afterwards was loaded before."""
    folder = tmp_path / "site"
    shutil.copytree(ROOT / "wallboard", folder / "wallboard", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "themes", folder / "themes")
    watch = folder / "wallboard/config/upgrade.py"
    watch.write_text(watch.read_text().replace("EVERY_SECONDS = 60.0", "EVERY_SECONDS = 0.5"))
    environ = {"PYTHONPATH": str(folder), "PYTHONSAFEPATH": "1"}
    with Terminal(tmp_path, "demo", "--seed", "4", size=SIZE, environ=environ) as terminal:
        terminal.until(lambda: has_figures(terminal), "figures")
        terminal.settle()
        for module in (folder / "wallboard").rglob("*.py"):
            module.unlink()
        (folder / "wallboard/__init__.py").write_text('__version__ = "99.0.0"\n')
        terminal.until_shown("version 99.0.0 is installed: restart to update")
        for keys, words in (
            ("?", "Go to queues, callers"),
            ("l", "What happened"),
            ("\x10", "action, theme, queue or agent"),
            ("2\r", "Left to the limit"),
            ("3\r", "Number"),
            ("4\r", "add a file"),
            ("w", "data 00:0"),
        ):
            terminal.press(*keys)
            terminal.until_shown(words)
            terminal.press("w" if keys == "w" else "\x1b")
            gone = "5 Feeds" if keys == "w" else words
            terminal.until(lambda: (gone in terminal.text) is (keys == "w"), f"back from {keys!r}")  # noqa: B023
        terminal.press("4")
        terminal.settle()
        ask(terminal, "s")
        terminal.press("\x1b")
        terminal.until(lambda: "Cancel" not in terminal.text, "the dialog is closed")
        terminal.press("q")
        assert terminal.wait(GOODBYE_SECONDS) == 0
        assert b"Traceback" not in terminal.raw
        assert "unexpected" not in log_text(tmp_path)
