"""Commands, their options and exit codes, with the engine behind them replaced."""

import asyncio
import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.cli.sample_floor import REFUSED, TIMEOUT, probes, snapshot
from wallboard.assembly.board import BoardOptions, Load
from wallboard.cli import boards
from wallboard.cli.app import app
from wallboard.config.glance import Glance
from wallboard.config.model import Settings
from wallboard.config.paths import audit_file, demo_audit_file

CANARY = "canary-31ab9f"
CONFIG = f"""
[[source]]
kind = "yemot"
name = "Main line"
token = "{CANARY}"
queues = ["/1"]
"""

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("WALLBOARD_")]:
        monkeypatch.delenv(name)
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    # pytest's own handlers stay on the root logger.
    monkeypatch.setattr("wallboard.cli.session.begin_log", lambda *_: None)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "wallboard" / "wallboard.toml"
    path.parent.mkdir()
    path.write_text(CONFIG)
    path.chmod(0o600)
    return path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "_require_terminal", lambda _: None)


ROOM = {
    "run_board": "board",
    "serve_simulator": "simulation",
    "poll_once": "sources",
    "probe": "sources",
    "take_screenshots": "pictures",
}


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert CANARY not in result.output
    assert "Traceback" not in result.output
    return result


def answers(monkeypatch: pytest.MonkeyPatch, name: str, answer: Any) -> list[tuple[Any, ...]]:
    """Replace one function of the assembly; returns what it was called with."""
    calls: list[tuple[Any, ...]] = []

    async def replacement(*arguments: Any) -> Any:
        calls.append(arguments)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    monkeypatch.setattr(f"wallboard.assembly.{ROOM[name]}.{name}", replacement)
    return calls


def settings_of(load: Load) -> Settings:
    async def entered() -> Settings:
        async with load() as loaded:
            return loaded.settings

    return asyncio.run(entered())


def test_without_a_configuration_one_screenful_names_demo_and_init(tmp_path: Path) -> None:
    result = run()
    assert result.exit_code == 0
    assert "wallboard demo" in result.stdout
    assert "wallboard init" in result.stdout
    assert len(result.stdout.splitlines()) < 24
    assert max(len(line) for line in result.stdout.splitlines() if str(tmp_path) not in line) <= 80


@pytest.mark.usefixtures("config", "terminal")
def test_with_a_configuration_the_board_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = answers(monkeypatch, "run_board", 0)
    assert run().exit_code == 0
    assert run("run").exit_code == 0
    load, options, audit, title = calls[0]
    assert isinstance(settings_of(load), Settings)
    assert options == BoardOptions()
    assert (audit, title) == (audit_file(), "wallboard")


@pytest.mark.usefixtures("config", "terminal")
def test_common_options_count_before_and_after_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = answers(monkeypatch, "run_board", 0)
    before = ["--theme", "day", "--read-only", "--no-mouse"]
    after = ["--language", "he", "--no-animation", "--theme", "paper"]
    assert run(*before, "run", *after).exit_code == 0
    load, options, *_ = calls[0]
    settings = settings_of(load)
    assert options == BoardOptions(theme="paper", language="he", read_only=True, has_mouse=False, has_animation=False)
    assert (settings.board.theme, settings.board.language, settings.board.read_only) == ("paper", "he", True)


@pytest.mark.usefixtures("terminal")
def test_demo_needs_no_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = answers(monkeypatch, "run_board", 0)
    worlds: list[tuple[object, ...]] = []
    monkeypatch.setattr("wallboard.assembly.simulation.simulated", lambda *given: worlds.append(given))
    assert run("demo", "--scenario", "storm", "--seed", "7", "--speed", "2.5").exit_code == 0
    load, options, audit, title = calls[0]
    load()
    assert worlds == [("storm", 7, 2.5)]
    assert options == BoardOptions(glance=Glance({"text_direction": "auto"}))
    assert (audit, title) == (demo_audit_file(), "wallboard demo · storm")
    assert demo_audit_file() != audit_file()


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    "arguments",
    [
        ["demo", "--scenario", "nightmare"],
        ["demo", "--speed", "0"],
        ["demo", "--speed", "nan"],
        ["demo", "--seed", "x"],
        ["demo", "--token", "x"],
        ["simulate", "--port", "70000"],
        ["once", "--json", "--plain"],
        ["run", "--language", "fr"],
        ["run", "--log-level", "loud"],
        ["nonsense"],
        ["config"],
        ["--config"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_wrong_scenario_names_the_right_ones() -> None:
    assert "busy" in run("simulate", "--scenario", "x").stderr


@pytest.mark.parametrize("command", ["run", "demo"])
@pytest.mark.usefixtures("config")
def test_a_board_without_a_terminal_says_what_to_use(command: str) -> None:
    result = run(command)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "needs a terminal" in result.stderr
    assert "wallboard once" in result.stderr


@pytest.mark.parametrize("command", [["once"], ["check"], ["config", "show"]])
def test_a_missing_or_wrong_configuration_ends_with_2(command: list[str], tmp_path: Path) -> None:
    missing = run(*command)
    assert missing.exit_code == 2
    assert missing.stdout == ""
    assert "wallboard init" in missing.stderr
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[bord]\n")
    result = run(*command, "--config", str(wrong))
    assert result.exit_code == 2
    assert 'the nearest valid key is "board"' in result.stderr


@pytest.mark.parametrize("command", [["once"], ["check"]])
def test_a_configuration_without_sources_ends_with_2(command: list[str], config: Path) -> None:
    config.write_text("[board]\n")
    result = run(*command)
    assert result.exit_code == 2
    assert "names no source" in result.stderr


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize(("faults", "code"), [((), 0), ((TIMEOUT,), 1), ((TIMEOUT, REFUSED), 3)])
def test_once_prints_the_board_and_tells_how_it_went(
    monkeypatch: pytest.MonkeyPatch, faults: tuple[Any, ...], code: int
) -> None:
    answers(monkeypatch, "poll_once", snapshot(*faults))
    result = run("once", "--json")
    assert result.exit_code == code
    document = json.loads(result.stdout)
    assert document["schema"] == 1
    assert "תמיכה" in result.stdout
    assert len(document["feeds"]) == 2 + len(faults)
    plain = run("once", "--plain")
    assert plain.exit_code == code
    assert plain.stdout.startswith("Wallboard at ")
    again = json.loads(run("once").stdout)["queues"]
    for queue in (*again, *document["queues"]):
        del queue["longest_wait_seconds"]  # ages from one call to the next
    assert again == document["queues"]


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize(("faults", "code"), [((), 0), ((TIMEOUT,), 1), ((TIMEOUT, REFUSED), 3)])
def test_check_prints_a_table_and_tells_how_it_went(
    monkeypatch: pytest.MonkeyPatch, config: Path, faults: tuple[Any, ...], code: int
) -> None:
    config.write_text(CONFIG.replace("queues", 'base_url = "http://vendor.example/"\nqueues'))
    answers(monkeypatch, "probe", probes(*faults))
    result = run("check")
    assert result.exit_code == code
    assert result.stdout.startswith(f"Configuration: {config}\n")
    assert "FEED" in result.stdout
    assert "Warning: source" in result.stderr
    assert "plain http" in result.stderr


@pytest.mark.usefixtures("config")
def test_check_speaks_of_themes_and_keys_too(monkeypatch: pytest.MonkeyPatch, config: Path) -> None:
    answers(monkeypatch, "probe", [])
    assert 'there is no theme "dark"' in run("check", "--theme", "dark").stderr
    config.write_text('[keys]\nnonsense = "x"\n' + CONFIG)
    result = run("check")
    assert result.exit_code == 2
    assert f"{config}: [keys] names no action" in result.stderr


def test_the_schema_of_once_is_printed_without_a_configuration() -> None:
    schema = json.loads(run("once", "--schema").stdout)
    assert "summary" in schema["properties"]


def test_once_masks_phones_when_the_settings_say_so(monkeypatch: pytest.MonkeyPatch, config: Path) -> None:
    config.write_text("[board]\nmask_phones = true\n" + CONFIG)
    answers(monkeypatch, "poll_once", snapshot())
    assert "0500000" not in run("once").stdout


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize("error", [RuntimeError(CANARY), ExceptionGroup(CANARY, [OSError(CANARY)]), KeyError("x")])
def test_no_traceback_ever_reaches_a_user(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    answers(monkeypatch, "poll_once", error)
    result = run("once")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "stopped by an unexpected" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.usefixtures("config")
def test_an_interrupt_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "poll_once", KeyboardInterrupt())
    assert run("once").exit_code == 1


def test_simulate_prints_a_configuration_that_can_be_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tables = {"agents": {"0500000001": "דנה"}, "source": [tomllib.loads(CONFIG.replace(CANARY, "demo"))["source"][0]]}

    async def serve(scenario: str, seed: int, speed: float, port: int, announce: Callable[..., None]) -> int:
        announce(f"http://127.0.0.1:{port}", tables)
        return 0

    monkeypatch.setattr("wallboard.assembly.simulation.serve_simulator", serve)
    result = run("simulate", "--port", "4242")
    assert result.exit_code == 0
    assert tomllib.loads(result.stdout) == tables
    assert "http://127.0.0.1:4242" in result.stderr


def test_config_path_show_and_schema(config: Path) -> None:
    assert run("config", "path").stdout.strip() == str(config)
    assert run("--config", "x.toml", "config", "path").stdout.strip() == "x.toml"
    shown = tomllib.loads(run("config", "show", "--theme", "day").stdout)
    assert shown["board"]["theme"] == "day"
    assert set(shown["source"][0]["token"]) == {"*"}
    assert shown["source"][0]["poll_seconds"] == 5
    assert "source" in json.loads(run("config", "schema").stdout)["properties"]


def test_themes_are_listed_and_checked(tmp_path: Path) -> None:
    assert "night" in run("themes", "list").stdout
    assert run("themes", "check").exit_code == 0
    mine = tmp_path / "wallboard" / "themes" / "mine.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text("name = 1\n")
    result = run("themes", "check")
    assert result.exit_code == 1
    assert str(mine) in result.stdout


def test_pictures_that_differ_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls = answers(monkeypatch, "take_screenshots", ["board.svg"])
    result = run("screenshots", "--out", str(tmp_path), "--check")
    assert (result.exit_code, result.stdout) == (1, "board.svg\n")
    assert calls == [(tmp_path, True)]
    assert run("screenshots").exit_code == 0


def test_init_without_a_terminal_says_what_to_do_and_writes_nothing(tmp_path: Path) -> None:
    result = run("init")
    assert result.exit_code == 2
    assert "wallboard config schema" in result.stderr
    assert not (tmp_path / "wallboard").exists()
