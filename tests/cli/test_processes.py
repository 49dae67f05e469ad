"""The program as a process of its own: what it loads, how it ends, what a pipe and a pseudo-terminal see."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import pytest

ROOT = Path(__file__).parents[2]
WALLBOARD = [sys.executable, "-m", "wallboard"]
DEADLINE = 30.0
CANARY = "canary-90be44"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WALLBOARD_", "XDG_"))}
    places = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    return {**kept, **places, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}


def run(environ: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*WALLBOARD, *arguments],
        check=False,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
    )


@contextmanager
def simulator(environ: dict[str, str], *arguments: str) -> Iterator["tuple[subprocess.Popen[str], str]"]:
    """A simulator that serves, and the configuration it has printed."""
    process = subprocess.Popen(
        [*WALLBOARD, "simulate", *arguments], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        try:
            assert process.stderr is not None
            assert process.stdout is not None
            ready, _, _ = select.select([process.stderr], [], [], DEADLINE)
            assert ready, "the simulator never said that it serves"
            assert "http://127.0.0.1:" in process.stderr.readline()
            os.set_blocking(process.stdout.fileno(), False)
            yield process, process.stdout.read()
        finally:
            process.kill()


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["once", "--help"], ["call", "--list"], ["config", "path"], []]
)
def test_what_needs_neither_textual_nor_httpx_loads_neither(environ: dict[str, str], arguments: list[str]) -> None:
    code = (
        "import os, sys, wallboard.__main__ as m\n"
        "os._exit = sys.exit\n"  # the program leaves so, and nothing could be asked afterwards
        f"sys.argv = ['wallboard', *{arguments!r}]\n"
        "try:\n    m.main()\n"
        "except SystemExit as e:\n    code = e.code\n"
        "print(code, sorted({'textual', 'httpx', 'rich', 'uvicorn'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
    )
    assert done.stderr.splitlines()[-1] == "0 []"


def test_the_version_is_data(environ: dict[str, str]) -> None:
    done = run(environ, "--version")
    assert re.fullmatch(r"wallboard \d+\.\d+\.\d+\n", done.stdout)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_who_leaves_is_no_traceback(environ: dict[str, str]) -> None:
    pipe = f"{' '.join(WALLBOARD)} config schema | head -c 1"
    done = subprocess.run(
        ["sh", "-c", pipe], check=False, env=environ, capture_output=True, text=True, timeout=DEADLINE
    )
    assert (done.stdout, done.stderr) == ("{", "")


def test_a_full_disk_and_closed_streams_are_no_tracebacks(environ: dict[str, str]) -> None:
    wallboard = " ".join(WALLBOARD)
    for command, code, said in (
        (f"{wallboard} config schema > /dev/full", 1, "The output cannot be written: No space left on device\n"),
        (f"{wallboard} config schema >&-", 0, ""),
    ):
        done = subprocess.run(
            ["sh", "-c", command], check=False, env=environ, capture_output=True, text=True, timeout=DEADLINE
        )
        assert (done.returncode, done.stderr) == (code, said)
    done = subprocess.run(
        ["sh", "-c", f"{wallboard} demo <&-"],
        check=False,
        env=environ,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
    )
    assert done.returncode == 2


def test_a_stream_without_hebrew_still_gets_it(environ: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "wallboard" / "wallboard.toml"
    path.parent.mkdir()
    path.write_text('[agents]\n"1" = "דנה"\n', encoding="utf-8")
    done = run({**environ, "PYTHONIOENCODING": "ascii"}, "config", "show")
    assert done.returncode == 0
    assert tomllib.loads(done.stdout)["agents"] == {"1": "דנה"}


def test_no_home_and_no_writable_folder_do_not_matter(environ: dict[str, str]) -> None:
    bare = {name: value for name, value in environ.items() if name not in {"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"}}
    done = run({**bare, "XDG_CONFIG_HOME": "/dev/null/x", "XDG_STATE_HOME": "/dev/null/x"}, "once")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_secrets_reach_no_output_and_no_log(environ: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "wallboard" / "wallboard.toml"
    path.parent.mkdir()
    path.write_text(
        f'[[source]]\nkind = "yemot"\nname = "Nobody"\ntoken = "{CANARY}"\nqueues = ["/1"]\n'
        'base_url = "http://127.0.0.1:9/"\n'
    )
    path.chmod(0o600)
    for arguments in (["once"], ["once", "--plain"], ["check"], ["config", "show"]):
        done = run(environ, "--log-level", "debug", *arguments)
        assert done.returncode == (0 if "show" in arguments else 1), done.stderr
        assert CANARY not in done.stdout + done.stderr
    assert "127.0.0.1" in run(environ, "check").stdout
    log = tmp_path / "wallboard" / "log" / "wallboard.log"
    assert CANARY not in log.read_text()


def test_simulate_prints_a_configuration_that_once_and_check_can_use(environ: dict[str, str], tmp_path: Path) -> None:
    with simulator(environ, "--seed", "3") as (_, configuration):
        path = tmp_path / "sim.toml"
        path.write_text(configuration, encoding="utf-8")
        path.chmod(0o600)
        once = run(environ, "--config", str(path), "once", "--json")
        assert (once.returncode, once.stderr) == (0, "")
        document = json.loads(once.stdout)
        assert document["queues"]
        assert document["agents"]
        assert {feed["state"] for feed in document["feeds"]} == {"LIVE"}
        check = run(environ, "check", "--config", str(path))
        assert check.returncode == 0, check.stdout
        path.write_text(re.sub('token = "[^"]*"', 'token = "wrong"', configuration), encoding="utf-8")
        refused = run(environ, "check", "--config", str(path))
        assert refused.returncode == 3
        assert "API key" in refused.stdout


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_simulate_ends_well_when_told_to(environ: dict[str, str], ending: signal.Signals) -> None:
    with simulator(environ) as (process, _):
        process.send_signal(ending)
        assert process.wait(DEADLINE) == 0


def test_a_taken_port_is_one_line(environ: dict[str, str]) -> None:
    with simulator(environ) as (_, configuration):
        port = re.search(r"127\.0\.0\.1:(\d+)", configuration)
        assert port
        done = run(environ, "simulate", "--port", port[1])
        assert done.returncode == 1
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 1


class Terminal:
    """A pseudo-terminal with the program in it."""

    def __init__(self, environ: dict[str, str], *arguments: str) -> None:
        self._keyboard, screen = pty.openpty()
        self.process = subprocess.Popen(
            [*WALLBOARD, *arguments], env=environ, stdin=screen, stdout=screen, stderr=screen, start_new_session=True
        )
        os.close(screen)
        self.seen = ""
        self._place = 0

    def expect(self, text: str) -> None:
        """Wait until the text has been printed after what was waited for before."""
        deadline = time.monotonic() + DEADLINE
        while text not in self.seen[self._place :]:
            left = deadline - time.monotonic()
            ready, _, _ = select.select([self._keyboard], [], [], max(0.0, left))
            assert ready, f"never seen: {text}\n{self.seen}"
            self.seen += self._read()
        self._place = self.seen.index(text, self._place) + len(text)

    def answer(self, question: str, text: str) -> None:
        self.expect(question)
        os.write(self._keyboard, f"{text}\n".encode())

    def end(self) -> int:
        """Read what is left and wait."""
        while chunk := self._read():
            self.seen += chunk
        return self.process.wait(DEADLINE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._keyboard)

    def _read(self) -> str:
        try:
            return os.read(self._keyboard, 65_536).decode(errors="replace")
        except OSError:  # the program has ended
            return ""


def test_init_asks_tries_and_writes_a_private_file(environ: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "new" / "wallboard.toml"
    with simulator(environ) as (_, configuration), Terminal(environ, "init", "--config", str(path)) as terminal:
        sources = {source["kind"]: source for source in tomllib.loads(configuration)["source"]}
        yemot, voicenter = sources["yemot"], sources["voicenter"]
        terminal.answer("Which vendor", "asterisk")
        terminal.answer("Which vendor", "yemot")
        terminal.answer("Its name", "Main line")
        terminal.answer("Token", yemot["token"])
        terminal.answer("Paths", yemot["queues"][0]["path"])
        terminal.answer("usual addresses", "n")
        terminal.answer("base_url", yemot["base_url"])
        terminal.answer("Another source?", "y")
        urls = {key: voicenter[key] for key in ("monitor_url", "extensions_url", "dialer_url")}
        answer_voicenter(terminal, "Main line", voicenter, urls)
        terminal.expect("two sources are named")
        answer_voicenter(terminal, "Head office", voicenter, dict.fromkeys(urls, ""))
        terminal.answer("Another source?", "")
        assert terminal.end() == 0
        assert yemot["token"] not in terminal.seen
        assert voicenter["code"] not in terminal.seen
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert run(environ, "once", "--config", str(path)).returncode == 0


def answer_voicenter(terminal: Terminal, name: str, source: dict[str, Any], urls: dict[str, str]) -> None:
    terminal.answer("Which vendor", "v")
    terminal.answer("Its name", name)
    terminal.answer("Code (not shown)", source["code"])
    terminal.answer("Code for campaigns", source.get("dialer_code", ""))
    terminal.answer("usual addresses", "n")
    for key, url in urls.items():
        terminal.answer(key, url)


def test_init_offers_another_try_when_a_source_does_not_answer(environ: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "wallboard.toml"
    with Terminal(environ, "init", "--config", str(path)) as terminal:
        for paths, url in (("1", "http://127.0.0.1:9/"), ("/1", "")):
            terminal.answer("Which vendor", "")
            terminal.answer("Its name", "")
            terminal.answer("Token", CANARY)
            terminal.answer("Paths", paths)
            terminal.answer("usual addresses", "n")
            terminal.answer("base_url", url)
        assert "a queue's path is" in terminal.seen
        terminal.answer("Keep it all the same?", "y")
        terminal.answer("Another source?", "")
        assert terminal.end() == 0
        assert "127.0.0.1:9 cannot be reached" in terminal.seen
        assert CANARY not in terminal.seen
    assert tomllib.loads(path.read_text())["source"][0]["base_url"] == "http://127.0.0.1:9/"


def test_init_replaces_nothing_unasked(environ: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "wallboard.toml"
    path.write_text("# mine\n")
    with Terminal(environ, "init", "--config", str(path)) as terminal:
        terminal.answer("Replace it?", "")
        assert terminal.end() == 1
    assert path.read_text() == "# mine\n"


def test_init_interrupted_writes_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "wallboard.toml"
    with Terminal(environ, "init", "--config", str(path)) as terminal:
        terminal.expect("Which vendor")
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.end() == 1
        assert "Traceback" not in terminal.seen
    assert not path.exists()
