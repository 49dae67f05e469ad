"""A short soak: everything that is done to the board, once."""

import tempfile
from pathlib import Path

from tests.soak.judging import Limits
from tests.soak.soaking import Length, soak
from tests.soak.stage import Plan

# In a minute the caches still fill, and the largest screen may come last: 40 MB over the judged half are allowed.
SHORT = Limits(kilobytes=1500, descriptors=4, threads=1, tasks=6)


def test_a_board_survives_a_minute_of_everything() -> None:
    with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as home:  # its path is short
        report = soak(Plan(pace=0.3), Length(polls=300), SHORT, Path(home))
    assert not report.faulty, "\n".join(f"{v.name}: {v.found}; wanted {v.wanted}" for v in report.faulty)
