"""Every secret is a canary: nowhere is one of them found, whatever fails, and however the program ends."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.canary import (
    CAMPAIGN_CODES,
    FAULTS,
    MARK,
    PIN,
    TOKEN_OF_ENVIRONMENT,
    VARIABLE,
    WRONG_PIN,
    configured,
    found_in,
    found_of_process,
    found_under,
    hints,
    tricks,
    vendors,
)
from tests.e2e.terminal import Terminal, environment, log_text
from tests.e2e.test_acting import ask, lines_of
from tests.vendors.fault_server import FaultServer

SIZE = (200, 60)
ENVIRON = {VARIABLE: TOKEN_OF_ENVIRONMENT}


@dataclass
class Place:
    """A home with the configuration, and the vendors it names."""

    home: Path
    config: Path
    server: FaultServer
    sought: list[str]

    def arguments(self, *words: str) -> list[str]:
        return ["--config", str(self.config), "--log-level", "debug", *words]

    def board(self, environ: dict[str, str] | None = None) -> Terminal:
        return Terminal(self.home, *self.arguments("run"), size=SIZE, environ={**ENVIRON, **(environ or {})})

    def run(self, *words: str, environ: dict[str, str] | None = None) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [sys.executable, "-m", "wallboard", *self.arguments(*words)],
            check=False,
            env=environment(self.home, {**ENVIRON, **(environ or {})}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
        )

    def assert_silent(self, *outputs: bytes) -> None:
        for output in outputs:
            assert found_in(output, self.sought) == []
        assert found_under(self.home, self.sought) == {}


@pytest.fixture(params=[FAULTS])
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    with vendors() as (server, proxy_port):
        config = configured(server, proxy_port, tmp_path, request.param)
        yield Place(tmp_path, config, server, hints(config))


def logged(place: Place) -> list[dict[str, object]]:
    return [json.loads(line) for line in log_text(place.home).splitlines()]


def test_no_secret_leaves_a_board_on_which_everything_fails(place: Place) -> None:
    with place.board() as terminal:
        terminal.until(lambda: asked(place.server) >= {*FAULTS, "yemot", "voicenter", "echo"}, "all are asked")
        terminal.until(lambda: len({line.get("source") for line in logged(place)}) > len(FAULTS), "the log tells", 20)
        terminal.until_shown("0500000001", "Campaign_2")
        assert found_of_process(terminal.process.pid, place.sought) == []
        for number in "12345":
            terminal.press(number, "z")
            terminal.settle()
            terminal.press("\x1b[H", "\r")
            terminal.settle()
            terminal.press("\x1b", "\x1b", "z")
            terminal.settle()
        terminal.until_shown("LOCKED")
        terminal.press("2", "\x1b[H", "k")
        terminal.until_shown("This board is locked")
        for pin in (WRONG_PIN, PIN):
            os.write(terminal._keyboard, f"{pin}\r".encode())
            terminal.until_shown("Wrong PIN. Try again." if pin == WRONG_PIN else "unlocked")
        ask(terminal)
        terminal.press("y")
        terminal.until_shown("refused: ***")
        terminal.press("l")
        terminal.settle()
        terminal.process.terminate()
        assert terminal.wait() == 0
    assert "wrong_pin" in (place.home / "wallboard" / "audit.jsonl").read_text()
    assert {line.get("fault") for line in logged(place)} > {"timeout", "credentials", "address", "rate", "redirect"}
    place.assert_silent(terminal.raw)
    assert not any(title in terminal.raw for title in (b"\x1b]0;", b"\x1b]1;", b"\x1b]2;")), "no title is set"


def asked(server: FaultServer) -> set[str]:
    return {exchange.target.split("/")[1] for exchange in server.requests}


def test_no_secret_leaves_a_board_that_makes_mistakes_and_crashes(place: Place) -> None:
    environ = tricks(place.home)
    with place.board(environ) as terminal:
        terminal.until(lambda: "Campaign_2" in terminal.text, "the codes of campaigns are known")
        terminal.press("r")
        terminal.until(lambda: "a group with ********" in log_text(place.home), "all mistakes are made")
        terminal.settle()
        terminal.press("ctrl+p")
        assert terminal.wait() == 1
    assert not terminal.is_on_alternate_screen
    assert b"stopped by an unexpected RuntimeError; details are in" in terminal.raw
    place.assert_silent(terminal.raw)
    messages = [str(line["message"]) for line in logged(place)]
    for words in ("the board stopped", "in the event loop", "the thread ********", "ignored", "about ********"):
        assert [message for message in messages if words in message], words
    texts = [error["text"] for line in logged(place) if isinstance(error := line.get("error"), dict)]
    assert texts.count("it broke with ********") >= 5
    done = place.run("check", environ=environ)
    assert done.returncode == 1
    assert b"stopped by an unexpected RuntimeError" in done.stderr
    place.assert_silent(done.stdout, done.stderr)
    place.run(*["call", "yemot.GetCustomerData", "--source", "Main"], environ=environ)
    assert (place.home / "tricks" / "handlers").read_text() == "1 []\n" * 3, (
        "one handler in each command, and it is not blind"
    )


@pytest.mark.parametrize("place", [[*FAULTS][2:]], indirect=True)  # without those that are waited for
def test_no_secret_leaves_a_command(place: Place) -> None:
    codes = {
        "check": 3,
        "once --json": 3,
        "once --plain": 3,
        "config show": 0,
        "config keys": 0,
        "call --list": 0,
        "call yemot.GetCustomerData --source Unauthorized": 3,
        "call yemot.QueueManagement --source Main --yes queuePath=/1 action=pause agent=1": 1,
        "call voicenter.StopCampaign --source Head --yes --campaign Campaign_1": 1,
        "audit --json": 0,
        "audit verify": 0,
    }
    with ThreadPoolExecutor(3) as pool:
        done = dict(zip(codes, pool.map(lambda words: place.run(*words.split()), codes), strict=True))
    assert {words: end.returncode for words, end in done.items()} == codes, [end.stderr for end in done.values()]
    place.assert_silent(*(output for end in done.values() for output in (end.stdout, end.stderr)))
    assert len(lines_of(place.home)) >= 4, "two calls are in the audit"


@pytest.mark.parametrize(
    "lines",
    [
        f'token = "{MARK}-open',
        f'token = ["{MARK}-list"]',
        f'token = "{MARK}-two"\ntoken_env = "{VARIABLE}"',
        f'token = "{MARK}-line\\n{MARK}-line"',
        f'tokken = "{MARK}-misspelt"',
        f'token_command = ["sh", "-c", "echo {MARK}-printed; exit 1"]',
        f'token = "x"\nproxy = "ftp://u:{MARK}-scheme@h"',
        f'token = "x"\n[actions]\npin_hash = "{MARK}-no-hash"',
    ],
)
def test_no_secret_leaves_a_configuration_that_is_wrong(tmp_path: Path, lines: str) -> None:
    config = tmp_path / "board.toml"
    config.write_text(f'[[source]]\nkind = "yemot"\nname = "Main"\nqueues = ["/1"]\n{lines}\n')
    config.chmod(0o600)
    place = Place(tmp_path, config, FaultServer(0, {}), [MARK])
    done = place.run("once")
    assert done.returncode == 2
    place.assert_silent(done.stdout, done.stderr)


def test_it_would_be_found(place: Place) -> None:
    for name, text in (("wallboard/x", CAMPAIGN_CODES[0]), ("wallboard/y", "n" + hints(place.config)[1])):
        (place.home / name).parent.mkdir(exist_ok=True)
        (place.home / name).write_text(text)
        assert found_under(place.home, place.sought)
        (place.home / name).unlink()
    process = subprocess.Popen(
        ["sh", "-c", f"echo ready; read x; : {MARK}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        assert found_of_process(process.pid, place.sought)
        process.kill()
