"""The README keeps its promises: how it begins, its two commands, and that what it says can be used."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.bench.report import as_markdown, kept

ROOT = Path(__file__).parents[1]
TRY_IT = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/wallboard demo"
DEVELOP = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def fences(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_it_begins_with_what_it_is_a_picture_and_two_commands(readme: str) -> None:
    picture = readme.index("](screenshots/")
    heading, *lines = readme[: readme.rindex("!", 0, picture)].strip().splitlines()
    assert heading.startswith("# ")
    assert 1 <= len([line for line in lines if line.strip()]) <= 3
    assert fences(readme, "sh")[:2] == [f"{TRY_IT}\n", f"{DEVELOP}\n"]
    assert picture < readme.index(TRY_IT) < readme.index(DEVELOP)


def test_its_pictures_and_links_exist(readme: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (ROOT / target).exists(), target


def test_its_configurations_are_toml(readme: str) -> None:
    for text in fences(readme, "toml"):
        tomllib.loads(text)


def test_the_gates_run_the_second_command_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    tool = tmp_path / ".venv" / "bin" / "tool"
    tool.parent.mkdir(parents=True)
    tool.write_text('#!/bin/sh\necho "$(basename "$0") $*" >> ran\n')
    tool.chmod(0o700)
    for name in ("ruff", "mypy", "lint-imports", "wallboard"):
        tool.with_name(name).symlink_to(tool)
    readme = tmp_path / "README.md"
    readme.write_text(
        '# x\n\n```sh\nfalse\n```\n\n```sh\necho "second $CI" > ran && ! read -r line\n```\n\n```sh\nfalse\n```\n'
    )
    subprocess.run([tmp_path / ".ci" / "run"], check=True, capture_output=True, timeout=30)
    assert (tmp_path / "ran").read_text().splitlines() == [
        "second true",
        "ruff format --check .",
        "ruff check .",
        "mypy ",
        "lint-imports ",
        "wallboard screenshots --check",
    ]
    readme.write_text("# x\n\n```sh\ntrue\n```\n\n```sh\nfalse\n```\n")
    assert subprocess.run([tmp_path / ".ci" / "run"], check=False, capture_output=True, timeout=30).returncode != 0
    readme.write_text("# x\n\n```sh\ntrue\n```\n")
    failed = subprocess.run([tmp_path / ".ci" / "run"], check=False, capture_output=True, text=True, timeout=30)
    assert failed.returncode != 0
    assert "exactly one line" in failed.stderr


def test_the_benchs_table_is_that_of_its_last_run(readme: str) -> None:
    shown = readme.partition("<!-- bench -->\n")[2].partition("<!-- /bench -->")[0]
    assert shown == as_markdown(kept()).rstrip("\n") + "\n"
