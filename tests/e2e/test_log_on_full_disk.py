"""A disk without room for the log: the board says so, lives on, and says no more when there is room again."""

from pathlib import Path

from tests.e2e.stand_in import StandIn, configured, serving
from tests.e2e.terminal import Terminal, log_text


def test_a_full_disk_is_told_of_until_there_is_room_again(tmp_path: Path) -> None:
    with serving(StandIn()) as server:
        config = configured(server, tmp_path)  # of a vendor that will be gone, which is logged
    log = tmp_path / "wallboard" / "log" / "wallboard.log"
    log.parent.mkdir(parents=True)
    log.symlink_to("/dev/full")
    words = "the log cannot be written: No space left on device"
    with Terminal(tmp_path, "run", "--config", str(config), size=(200, 50)) as terminal:
        terminal.until_shown(words)
        log.unlink()
        terminal.until(lambda: not terminal.shows(words), "there is room again")
        assert "lines before this one could not be written: No space left on device" in log_text(tmp_path)
        assert b"Traceback" not in terminal.raw
        terminal.press("q")
        assert terminal.wait() == 0
