"""A file of targets through the keys of a small terminal: stopped, taken up again, left, begun anew; added once."""

import re
import time
from collections import Counter
from pathlib import Path

from tests.e2e.services import configured, living_world, served
from tests.e2e.terminal import Terminal
from wallboard.simulator.entities import Campaign

DEAD_SECONDS = 0.7  # longer than a dialog lets keys count for nothing
GOOD = [f"055{number:07}" for number in range(5_000)]
BAD = ["05-what"] * 30
DOUBLES = GOOD[100:150]


def leads(folder: Path) -> Path:
    """As Excel writes it for Hebrew: with a byte order mark and semicolons."""
    rows = [f'{number};"לקוח ""{place}""";חיפה' for place, number in enumerate((*GOOD, *BAD, *DOUBLES))]
    path = folder / "לידים אביב.csv"
    path.write_bytes("\r\n".join(["טלפון;שם;עיר", *rows, ""]).encode("utf-8-sig"))
    return path


def of_file(campaign: Campaign) -> Counter[str]:
    """The numbers of the file that the vendor has, and how often."""
    phones = (f"0{target.phone.removeprefix('972')}" for target in campaign.targets.newest_first())
    return Counter(phone for phone in phones if phone.startswith("055"))


def rest(terminal: Terminal, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.pump(0.05)


def open_desk(terminal: Terminal) -> None:
    """Of the last campaign, which is the stopped one: its targets stay where they are."""
    terminal.until_shown("Queues")
    terminal.press("4")
    terminal.until_shown("■ stopped")
    terminal.press("\x1b[F", "\x1b[F", "enter")  # the first only puts the cursor there
    terminal.until_shown("■ stopped", "add a file")


def choose(terminal: Terminal, file: Path) -> None:
    terminal.press("i")
    terminal.until_shown("Which file for")
    terminal.press("\x15", *str(file.parent), "/", *file.name[:3])  # in place of the folder it was started in
    terminal.until_shown(file.name)
    terminal.press("enter")


def confirm(terminal: Terminal) -> int:
    """The dry run's number, typed; how many are to be added."""
    terminal.until_shown("nothing has been sent", "to be added", "30 bad, 50 double")
    found = re.search(r"([\d,]+) to be added", terminal.text)
    assert found is not None
    count = int(found[1].replace(",", ""))
    terminal.press("enter")
    terminal.until_shown("Cancel", f"Add {count:,} targets")
    rest(terminal, DEAD_SECONDS)
    terminal.press(*str(count))
    rest(terminal, 0.3)
    terminal.press("enter")
    terminal.until_shown("Adding to")
    return count


def leave(terminal: Terminal) -> None:
    """The view of the import, the desk, the board."""
    terminal.press("q")
    terminal.until(lambda: "Adding to" not in terminal.text, "the desk is shown")
    terminal.press("q")
    terminal.until_shown("Queues")
    terminal.press("q")
    terminal.wait()


def test_a_file_that_is_stopped_and_left_is_added_once_in_the_end(tmp_path: Path) -> None:
    world, file = living_world(), leads(tmp_path)
    campaign = next(campaign for campaign in world.floor.campaigns if not campaign.is_running)
    with served(world) as address:
        arguments = ("run", "--config", str(configured(world, address, tmp_path)))
        with Terminal(tmp_path, *arguments, size=(80, 24)) as terminal:
            open_desk(terminal)
            choose(terminal, file)
            assert confirm(terminal) == len(GOOD)
            terminal.until_shown("500 added")
            terminal.press("s")
            terminal.until_shown("stopped; the same file goes on", "not sent", "Report")
            stopped_at = len(of_file(campaign))
            assert 500 <= stopped_at < len(GOOD)
            terminal.press("enter")
            assert confirm(terminal) == len(GOOD) - stopped_at
            terminal.until(lambda: len(of_file(campaign)) > stopped_at, "another batch has arrived")
            leave(terminal)
            assert "what the campaign has is looked up, the rest is sent" in " ".join(terminal.text.split())
        assert len(of_file(campaign)) < len(GOOD)
        with Terminal(tmp_path, *arguments) as terminal:
            open_desk(terminal)
            choose(terminal, file)
            assert confirm(terminal) <= len(GOOD) - stopped_at
            terminal.until_shown("100 % of", "ended; all were added", seconds=90)
            leave(terminal)
    assert of_file(campaign) == Counter(GOOD)
