"""What is seen of a configuration before it is loaded: what is there, and nothing of what is wrong."""

from pathlib import Path

import pytest

from wallboard.config.glance import NOTHING_SEEN, Glance, glance


def seen(folder: Path, text: str | bytes, **environ: str) -> Glance:
    path = folder / "wallboard.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return glance(path, environ)


def test_what_the_first_picture_needs_is_seen(tmp_path: Path) -> None:
    text = '[board]\ntheme = "day"\nui_direction = "rtl"\n[keys]\nquit = "x"\n[wall]\nallow_quit = true\n'
    found = seen(tmp_path, text)
    assert found.board == {"theme": "day", "ui_direction": "rtl"}
    assert found.keys == {"quit": "x"}
    assert found.may_leave_wall
    assert not found.has_programs


def test_the_environment_is_over_the_file(tmp_path: Path) -> None:
    found = seen(tmp_path, '[board]\ntheme = "day"\n', WALLBOARD_BOARD__THEME="mono", WALLBOARD_BOARD__LANGUAGE="he")
    assert found.board == {"theme": "mono", "language": "he"}


@pytest.mark.parametrize(
    ("text", "environ"),
    [('[[source]]\ntoken_command = ["pass"]\n', {}), ("", {"WALLBOARD_SOURCE__0__CODE_COMMAND__0": "pass"})],
)
def test_programs_that_print_secrets_are_seen(tmp_path: Path, text: str, environ: dict[str, str]) -> None:
    assert seen(tmp_path, text, **environ).has_programs


@pytest.mark.parametrize(
    "text",
    [b"\xff", "[board", "board = 3\nkeys = 4\nwall = 5\nsource = 6\n", "source = [1, 2]\n[board]\ntheme = 3\n"],
)
def test_what_is_wrong_is_not_there(tmp_path: Path, text: str | bytes) -> None:
    assert seen(tmp_path, text) == NOTHING_SEEN
    assert glance(tmp_path / "none.toml", {}) == NOTHING_SEEN
    assert glance(tmp_path, {}) == NOTHING_SEEN
