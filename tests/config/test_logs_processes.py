"""Several programs write one log at once: no line is lost or torn, and all follow where one turns it over."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.config import logging_child

PROGRAMS, LINES = 4, 1_500


def test_several_programs_lose_and_tear_nothing_while_the_files_turn_over(tmp_path: Path) -> None:
    environ = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    programs = [
        subprocess.Popen(
            [sys.executable, logging_child.__file__, f"p{number}", f"{LINES}", "20000"],
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(PROGRAMS)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(b"go\n")
        program.stdin.flush()
    ends = [program.communicate(timeout=60)[1] for program in programs]
    assert [(program.returncode, end) for program, end in zip(programs, ends, strict=True)] == [(0, b"")] * PROGRAMS
    folder = tmp_path / "wallboard" / "log"
    files = sorted(folder.iterdir(), key=lambda file: -int(file.suffix[1:]) if file.suffix != ".log" else 0)
    lines = [line for file in files for line in file.read_bytes().splitlines()]
    told = [json.loads(line)["message"].split() for line in lines]
    counted = Counter((words[0], int(words[1])) for words in told)
    assert len(files) > 20, "they turned over while all wrote"
    assert set(counted.values()) == {1}
    assert len(counted) == PROGRAMS * LINES
    sizes = [file.stat().st_size for file in files]
    assert sum(sizes) / len(sizes) < 40_000, "all followed at once"
    turners = {json.loads(file.read_bytes().splitlines()[0])["pid"] for file in files}
    assert len(turners) > 1, "more than one of them turned the files over"
