"""Two boards of one configuration: the later one knows of the earlier."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wallboard.config.instance import Copy, Instance, running_twice

NOW = 1_750_000_000.0
CONFIG = "/home/dana/wallboard.toml"


def test_the_second_is_told_of_the_first_until_that_leaves(tmp_path: Path) -> None:
    first = Instance(tmp_path, CONFIG, NOW)
    assert first.others == ()
    second = Instance(tmp_path, CONFIG, NOW + 60)
    assert [(other.pid, other.since) for other in second.others] == [(os.getpid(), NOW)]
    first.release()
    third = Instance(tmp_path, CONFIG, NOW + 120)  # in the first one's place, and yet not alone
    assert [other.since for other in third.others] == [NOW + 60]
    fourth = Instance(tmp_path, CONFIG, NOW + 180)
    assert [other.since for other in fourth.others] == [NOW + 120, NOW + 60]
    for each in (second, third, fourth):
        each.release()
    assert Instance(tmp_path, CONFIG, NOW).others == ()


def test_another_configuration_is_none_of_its_business(tmp_path: Path) -> None:
    first = Instance(tmp_path, CONFIG, NOW)
    assert Instance(tmp_path, "/home/dana/other.toml", NOW).others == ()
    first.release()


def test_the_kernel_gives_the_place_of_a_killed_program_back(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from wallboard.config.instance import Instance; "
        f"held = Instance(Path({str(tmp_path)!r}), {CONFIG!r}, {NOW}); print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        told = Instance(tmp_path, CONFIG, NOW)
        assert [other.pid for other in told.others] == [holder.pid]
        told.release()
        holder.kill()
    assert Instance(tmp_path, CONFIG, NOW).others == ()


def test_what_cannot_be_written_or_read_is_no_complaint(tmp_path: Path) -> None:
    in_the_way = tmp_path / "state"
    in_the_way.write_text("a file where a folder should be")
    assert Instance(in_the_way, CONFIG, NOW).others == ()
    first = Instance(tmp_path, CONFIG, NOW)
    next((tmp_path / "running").iterdir()).write_text("not JSON")
    assert Instance(tmp_path, CONFIG, NOW).others == (Copy(),)
    first.release()


def test_its_files_are_the_owners_alone(tmp_path: Path) -> None:
    place = Instance(tmp_path, CONFIG, NOW)
    kept = next((tmp_path / "running").iterdir())
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0
    place.release()


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ((), ""),
        ((Copy(),), "another wallboard shows this configuration already, so that each account is asked twice as often"),
        ((Copy(12, "/dev/pts/3", NOW),), "another wallboard (pid 12 on /dev/pts/3 since 2025-06-15"),
        ((Copy(12, "", NOW), Copy(9, "/dev/tty1", NOW - 1)), "2 others, the first (pid 9 on /dev/tty1 since"),
        ((Copy(12, "", NOW), Copy()), "asked 3 times as often"),
    ],
)
def test_the_words_say_who_what_it_means_and_what_to_do(others: tuple[Copy, ...], words: str) -> None:
    told = running_twice(CONFIG, others)
    assert len(told) == bool(others)
    for line in told:
        assert line.startswith(f"{CONFIG}: ")
        assert words in line
        assert "Close one of them" in line
