"""Which theme a board begins with, and how the one that was chosen on it is remembered."""

import stat
from pathlib import Path

import pytest

from wallboard.assembly.themes import configured_theme, first_theme, keeper
from wallboard.config.model import Settings

NAMED = Settings.model_validate({"board": {"theme": "day"}})
UNNAMED = Settings()


@pytest.mark.parametrize(
    ("settings", "wanted", "remembered", "is_wall", "first"),
    [
        (NAMED, "mono", "ansi\n", False, "mono"),
        (NAMED, None, "ansi\n", False, "day"),
        (UNNAMED, None, "ansi\n", False, "ansi"),
        (UNNAMED, None, None, False, "night"),
        (UNNAMED, None, "ansi\n", True, "wall"),
        (NAMED, None, "ansi\n", True, "day"),
        (UNNAMED, "mono", None, True, "mono"),
    ],
)
def test_the_command_line_comes_first_then_the_configuration_then_the_choice(
    tmp_path: Path, settings: Settings, wanted: str | None, remembered: str | None, is_wall: bool, first: str
) -> None:
    path = tmp_path / "theme"
    if remembered is not None:
        path.write_text(remembered, "utf-8")
    assert first_theme(configured_theme(settings), wanted, path, is_wall=is_wall) == first


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"../night", b"a b", b"Night", b"x" * 2_000_000])
def test_a_spoilt_memory_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "theme"
    path.write_bytes(content)
    assert first_theme(configured_theme(UNNAMED), None, path, is_wall=False) == "night"
    path.unlink()
    path.mkdir()
    assert first_theme(configured_theme(UNNAMED), None, path, is_wall=False) == "night"


def test_a_choice_is_remembered_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "theme"
    assert keeper(configured_theme(UNNAMED), None, path)("mono") == "theme mono, remembered for a start that names none"
    assert first_theme(configured_theme(UNNAMED), None, path, is_wall=False) == "mono"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    keeper(configured_theme(UNNAMED), None, path)("day")
    assert path.read_text("utf-8") == "day\n"
    assert [each.name for each in path.parent.iterdir()] == ["theme"]


def test_a_choice_against_the_configuration_lasts_until_the_end_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "theme"
    assert (
        keeper(configured_theme(NAMED), None, path)("mono")
        == "theme mono until the board ends: the configuration names day"
    )
    assert not path.exists()


def test_the_command_line_does_not_keep_a_choice_from_being_remembered(tmp_path: Path) -> None:
    path = tmp_path / "theme"
    keeper(configured_theme(NAMED), "day", path)("mono")
    assert path.read_text("utf-8") == "mono\n"


def test_a_choice_that_cannot_be_remembered_says_so(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the way", "utf-8")
    path = tmp_path / "state" / "theme"
    words = keeper(configured_theme(UNNAMED), None, path)("mono")
    assert words.startswith(f"theme mono until the board ends: {path} cannot be written: ")
