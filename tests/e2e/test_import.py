"""A file of targets, added by key in a real terminal: killed in the midst, the program goes on in its next life."""

import json
import re
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.e2e.services import configured, living_world, secrets_of, served
from tests.e2e.terminal import Terminal, log_text
from wallboard.simulator.entities import Campaign

GOOD, BAD, DOUBLE = 6_000, 90, 150
DEAD_SECONDS = 0.7  # longer than a dialog lets keys count for nothing
END, CLEAR_LINE = "\x1b[F", "\x15"
SIZE = (160, 45)


def number(place: int) -> str:
    return f"0790{place:06}"


def written(folder: Path) -> Path:
    """A file as Excel makes it, its rows in no order."""
    random = Random(7)
    rows = [number(place) for place in range(GOOD)] + ["050-12"] * BAD
    random.shuffle(rows)
    good = [row for row in rows if row.startswith("0790")]
    for _ in range(DOUBLE):
        rows.insert(random.randrange(len(rows)), random.choice(good))
    path = folder / "targets.csv"
    path.write_bytes("\r\n".join(("טלפון;שם לקוח", *(f"{row};לקוח" for row in rows))).encode("cp1255"))
    return path


def phones(campaign: Campaign) -> Counter[str]:
    """What the vendor has of the file."""
    listed = (target.phone for target in campaign.targets.newest_first())
    return Counter(phone for phone in listed if phone.startswith("97279"))


def rest(terminal: Terminal, seconds: float = DEAD_SECONDS) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.pump(0.05)


def press_until(terminal: Terminal, key: str, *words: str) -> None:
    """Press a key, and again where it came too early to count."""
    for _ in range(5):
        rest(terminal)
        terminal.press(key)
        end = time.monotonic() + 5
        while time.monotonic() < end:
            terminal.pump(0.1)
            if all(word in terminal.text for word in words):
                return
    terminal.until_shown(*words)


def start(terminal: Terminal, path: Path, name: str) -> int:
    """From the board to the confirmed import; how many targets were to be added."""
    terminal.until_shown("4 Campaigns", name)
    terminal.settle()
    terminal.press("4", END, "enter")
    terminal.until_shown("add a file", f"{name}   ■ stopped")
    press_until(terminal, "i", "Which file", "takes it")
    rest(terminal)
    terminal.press(CLEAR_LINE, str(path))
    terminal.until_shown(f" {path} ")
    press_until(terminal, "enter", "nothing has been sent")
    press_until(terminal, "enter", "type ")
    asked = re.search(r"type (\d+):", terminal.text)
    assert asked
    rest(terminal)
    terminal.press(*asked[1])
    terminal.until_shown(f"{asked[1]}: {asked[1]}")
    press_until(terminal, "enter", "Adding to")
    return int(asked[1])


def test_killed_in_the_midst_it_goes_on_and_the_vendor_has_each_number_once(tmp_path: Path) -> None:
    world, path = living_world(), written(tmp_path)
    campaign = next(each for each in world.floor.campaigns if not each.is_running)
    before = campaign.pending
    with served(world) as address:
        configuration = configured(world, address, tmp_path)
        with Terminal(tmp_path, "run", "--config", str(configuration), size=SIZE) as terminal:
            assert start(terminal, path, campaign.name) == GOOD
            terminal.until(lambda: campaign.pending > before + GOOD / 3, "a third is added", 60)
            assert "LIVE" in terminal.text
            terminal.process.kill()
            terminal.process.wait()
        has = campaign.pending - before
        assert has < GOOD
        with Terminal(tmp_path, "run", "--config", str(configuration), size=SIZE) as terminal:
            assert GOOD - has <= start(terminal, path, campaign.name) <= GOOD - has + 500
            terminal.until_shown("all were added", "Report", seconds=90)
        assert phones(campaign) == Counter(f"972{number(place)[1:]}" for place in range(GOOD))
    reports = list(tmp_path.glob("targets.report-*.csv"))
    assert len(reports) == 1
    assert reports[0].read_text("utf-8-sig").count("\n") == GOOD + BAD + DOUBLE + 1
    kept = [each.read_text("utf-8") for each in (tmp_path / "wallboard").rglob("*") if each.is_file()]
    for secret in secrets_of(world):
        assert not [text for text in (*kept, log_text(tmp_path)) if secret in text]
    audit = [json.loads(line) for line in (tmp_path / "wallboard" / "audit.jsonl").read_text("utf-8").splitlines()]
    assert {line["action"] for line in audit} == {"add_targets"}
