"""What a command need not load it does not load: each import is waited for by whoever typed it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {"textual", "rich", "httpx", "pydantic", "anyio", "asyncio", "starlette", "uvicorn", "phonenumbers"}
CODE = """
import sys
sys.argv = ["wallboard", *{arguments!r}]
from wallboard.cli.app import app
try:
    app()
except SystemExit:
    print("LOADED", *sorted({heavy!r} & set(sys.modules)))
"""


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["run", "--help"], ["nonsense"]])
def test_what_only_tells_loads_neither_the_board_nor_the_vendors(arguments: list[str]) -> None:
    code = CODE.format(arguments=arguments, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert done.stdout.splitlines()[-1].split() == ["LOADED"]


def test_one_command_does_not_load_the_others() -> None:
    code = CODE.format(arguments=["config", "path"], heavy={"wallboard.cli.audit", "wallboard.cli.call"})
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert done.stdout.splitlines()[-1].split() == ["LOADED"]
