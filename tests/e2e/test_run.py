"""`wallboard run` against vendors in another process: outages, refusals, limits, and what never leaves it."""

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from tests.e2e.services import configured, living_world, secrets_of, served
from tests.e2e.terminal import Terminal, log_text
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.world import World

SIZE = (200, 50)
LEAST_INTERVAL_SECONDS = 5.0
CLOCK_ERROR_SECONDS = 0.1  # the server shares its process with the terminal that draws, and stamps late at times
VOICENTER_METHODS = ("GetExtensionsCalls", "GetQueuesCallers")


def row_counts(terminal: Terminal) -> list[str]:
    """What the panels' titles say of how many rows they have."""
    return re.findall(r"\d (?:Queues|Callers|Agents|Campaigns)  (\d+)", terminal.text)


def feed_states(terminal: Terminal) -> set[str]:
    """The states in the Feeds panel."""
    return set(re.findall(r"Get\w+.*?[●…▲!] ([A-Za-z]+)", terminal.text))


def assert_discreet(terminal: Terminal, world: World, home: Path) -> None:
    """No secret on the screen, in the log, or on the command line."""
    said = terminal.raw.decode(errors="replace") + log_text(home) + " ".join(terminal.argv)
    assert not [secret for secret in secrets_of(world) if secret in said]


def test_an_outage_ages_the_picture_and_never_empties_it(tmp_path: Path) -> None:
    world = living_world()
    with served(world) as address:
        config = configured(world, address, tmp_path, poll_seconds=1, campaign_poll_seconds=1)
        terminal = Terminal(tmp_path, "run", "--config", str(config), size=SIZE)
        terminal.until(lambda: feed_states(terminal) == {"LIVE"}, "every feed is live")
    port = int(address.rpartition(":")[2])
    with terminal:
        terminal.until(lambda: "▲ LATE 00:0" in terminal.line_with("3 Agents"), "the agents are late")
        terminal.settle()  # the panels have just made room for the words of the outage
        counts = row_counts(terminal)
        assert len(counts) == 4
        assert "0" not in counts
        terminal.until(lambda: "! STALE 00:" in terminal.line_with("3 Agents"), "the agents are stale")
        terminal.until(lambda: "! STALE 00:" in terminal.line_with("2 Callers"), "the callers are stale")
        assert "~" in terminal.lines[4] + terminal.lines[1]
        assert "cannot be reached" in terminal.text
        terminal.settle()
        assert row_counts(terminal) == counts
        with served(world, port):
            terminal.press("r")
            terminal.until(lambda: "LIVE" in feed_states(terminal), "a feed is live again")
            terminal.until(lambda: "STALE" not in terminal.text, "nothing is stale")
            terminal.press("q")
            assert terminal.wait(3) == 0
        assert_discreet(terminal, world, tmp_path)
    logged = log_text(tmp_path)
    assert logged.count("GetExtensionsCalls does not answer") == 1
    assert logged.count("GetExtensionsCalls answers again") == 1


def test_a_refused_token_is_one_banner_and_the_other_source_lives(tmp_path: Path) -> None:
    world = living_world()
    wrong = "canary-wrong-token-5d1"
    with served(world) as address:
        config = configured(world, address, tmp_path, token=wrong, poll_seconds=1)
        with Terminal(tmp_path, "run", "--config", str(config), size=SIZE) as terminal:
            terminal.until_shown("! Main line:", "AUTH", seconds=30)
            banners = [line for line in terminal.lines if line.strip().startswith("! Main line:")]
            assert len(banners) == 1
            assert "API key" in terminal.text
            assert re.search(r"GetQueuesC\S*\s+● LIVE", terminal.text)
            terminal.press("q")
            assert terminal.wait(3) == 0
            assert wrong not in terminal.raw.decode(errors="replace") + log_text(tmp_path)
            assert_discreet(terminal, world, tmp_path)


def test_the_vendors_limits_are_kept_and_no_secret_is_in_an_address(tmp_path: Path) -> None:
    world = living_world()
    with served(world) as address:
        config = configured(world, address, tmp_path)
        with Terminal(tmp_path, "--log-level", "debug", "run", "--config", str(config), size=SIZE) as terminal:
            began = world.elapsed
            terminal.until(lambda: feed_states(terminal) == {"LIVE"}, "every feed is live")
            while world.elapsed < began + 13:  # somebody impatient
                terminal.press("r")
                terminal.pump(0.5)
            command_line = Path(f"/proc/{terminal.process.pid}/cmdline").read_text()
            terminal.press("q")
            assert terminal.wait(3) == 0
            assert not [secret for secret in secrets_of(world) if secret in command_line]
            assert_discreet(terminal, world, tmp_path)
    records = list(world.requests.records)
    moments = defaultdict(list)
    for record in records:
        moments[record.method].append(record.moment)
        assert record.verb == "POST"
        assert record.query_names == ()
    for method in VOICENTER_METHODS:
        gaps = [after - before for before, after in pairwise(moments[method])]
        assert len(gaps) >= 2
        assert min(gaps) >= LEAST_INTERVAL_SECONDS - CLOCK_ERROR_SECONDS, method
    queues = sum(1 for queue in world.floor.queues if queue.vendor is Vendor.YEMOT)
    assert len(records) > 2 * world.requests.connections
    assert world.requests.connections <= queues + 4
