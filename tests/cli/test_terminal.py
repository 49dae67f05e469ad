"""`wallboard terminal` where there is no terminal, and what it takes from the configuration."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from wallboard.cli.app import app
from wallboard.config.paths import terminals_file
from wallboard.ui.terminal.remembered import Remembered


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("WALLBOARD_BOARD__TEXT_DIRECTION", raising=False)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["terminal", *arguments])


@pytest.mark.parametrize("arguments", [(), ("--forget",)])
def test_without_a_terminal_it_tells_what_it_can_and_ends_with_two(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "text_direction = auto" in result.stdout
    assert "printf '\\e[8h'" in result.stdout
    assert "needs a terminal to ask" in result.stderr
    assert "\x1b" not in result.output
    assert not terminals_file().exists()


def test_the_setting_is_told_from_the_file_and_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "one.toml"
    config.write_text('[board]\ntext_direction = "words"\n[[source]]\nkind = "nonsense"\n')
    assert "text_direction = words" in run("--config", str(config)).stdout
    monkeypatch.setenv("WALLBOARD_BOARD__TEXT_DIRECTION", "off")
    assert "text_direction = off" in run("--config", str(config)).stdout


@pytest.mark.parametrize("content", ["not toml", "board = 3", '[board]\ntext_direction = ["visual"]'])
def test_a_configuration_that_says_nothing_usable_is_auto(tmp_path: Path, content: str) -> None:
    config = tmp_path / "one.toml"
    config.write_text(content)
    assert "text_direction = auto" in run("--config", str(config)).stdout


@pytest.mark.parametrize("command", ["terminal", "demo"])
def test_an_unknown_direction_in_the_environment_is_named(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("WALLBOARD_BOARD__TEXT_DIRECTION", "upwards")
    monkeypatch.setattr("wallboard.cli.boards._require_terminal", lambda _: None)
    monkeypatch.setattr("wallboard.cli.session.begin_log", lambda *_: None)
    result = CliRunner().invoke(app, [command])
    assert result.exit_code == 2
    assert "WALLBOARD_BOARD__TEXT_DIRECTION: must be one of auto, visual, logical, words, off" in result.stderr


def test_what_cannot_be_written_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        Remembered(tmp_path / "file" / "terminals.json").keep("x", "visual")
