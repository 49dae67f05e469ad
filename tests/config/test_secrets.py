"""Secrets: four ways, exactly one; refused where others could read them; in no message."""

import os
import sys
import time
from base64 import b64encode
from pathlib import Path

import pytest

from wallboard.config.command import CommandError, output_of
from wallboard.config.errors import ConfigError
from wallboard.config.load import load_settings
from wallboard.config.model import VoicenterSource, YemotSource
from wallboard.config.redaction import MASK
from wallboard.config.secrets import masked_tables, secret_values

CANARY = "canary-77aa01"


def load(folder: Path, lines: str, mode: int = 0o600, **environ: str) -> YemotSource:
    path = folder / "wallboard.toml"
    path.write_text(f'[[source]]\nkind = "yemot"\nname = "Main"\nqueues = ["/1"]\n{lines}\n', encoding="utf-8")
    path.chmod(mode)
    source = load_settings(path, environ=environ).settings.source[0]
    assert isinstance(source, YemotSource)
    return source


def refusal(folder: Path, lines: str, mode: int = 0o600, **environ: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(folder, lines, mode, **environ)
    assert CANARY not in str(caught.value)
    return str(caught.value)


def python(code: str) -> str:
    return f"token_command = ['{sys.executable}', '-c', '''{code}''']"


def test_the_four_ways(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"  {CANARY}\n")
    (tmp_path / "secret").chmod(0o600)
    for lines in (f'token = "{CANARY}"', 'token_env = "TOKEN"', 'token_file = "secret"', python(f'print("{CANARY}")')):
        source = load(tmp_path, lines, TOKEN=f"{CANARY}\n")
        assert source.token.get_secret_value() == CANARY
        assert CANARY not in repr(source)


def test_two_ways_or_none_are_refused(tmp_path: Path) -> None:
    assert "given twice, by token and token_env" in refusal(tmp_path, f'token = "{CANARY}"\ntoken_env = "T"', T="x")
    assert "token, token_env, token_file, token_command" in refusal(tmp_path, "")


def test_voicenter_has_two_secrets_of_which_one_is_optional(tmp_path: Path) -> None:
    path = tmp_path / "wallboard.toml"
    path.write_text('[[source]]\nkind = "voicenter"\nname = "x"\ncode_env = "CODE"\ndialer_code_env = "DIALER"\n')
    source = load_settings(path, environ={"CODE": "one", "DIALER": "two"}).settings.source[0]
    assert isinstance(source, VoicenterSource)
    assert source.dialer_code is not None
    assert (source.code.get_secret_value(), source.dialer_code.get_secret_value()) == ("one", "two")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o666])
def test_a_file_with_a_secret_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    message = refusal(tmp_path, f'token = "{CANARY}"', mode)
    assert f"mode {mode:04o}" in message
    assert message.endswith(f"chmod 600 {tmp_path}/wallboard.toml")


def test_a_file_without_a_secret_may_be_read_by_all(tmp_path: Path) -> None:
    assert load(tmp_path, 'token_env = "T"', 0o644, T="x").token.get_secret_value() == "x"


def test_a_proxy_with_a_password_makes_the_file_secret(tmp_path: Path) -> None:
    assert "chmod 600" in refusal(tmp_path, f'token_env = "T"\nproxy = "http://u:{CANARY}@h:1"', 0o644, T="x")


def test_a_file_that_others_can_change_may_not_name_programs(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    command = f"token_command = ['touch', '{ran}']"
    assert "a program to run and others can change it" in refusal(tmp_path, command, 0o666)
    assert not ran.exists()


def test_a_symbolic_link_to_such_a_file_is_refused_and_to_a_private_one_is_not(tmp_path: Path) -> None:
    load(tmp_path, f'token = "{CANARY}"')
    link = tmp_path / "link.toml"
    link.symlink_to(tmp_path / "wallboard.toml")
    assert load_settings(link, environ={}).settings.source
    (tmp_path / "wallboard.toml").chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        load_settings(link, environ={})


def test_a_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(tmp_path, f'token = "{CANARY}"')
    monkeypatch.setattr(os, "geteuid", lambda: 4_000_000)
    assert "belongs to" in refusal(tmp_path, f'token = "{CANARY}"')


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        (f"{CANARY}\n{CANARY}\n", 0o600, "more than one line"),
        ("", 0o600, "is empty"),
        (CANARY, 0o644, "chmod 600"),
        (f"{CANARY[:3]}\u200f{CANARY[3:]}", 0o600, "character 4 is U+200F"),
    ],
)
def test_secret_files_that_cannot_be_used(tmp_path: Path, content: str, mode: int, words: str) -> None:
    (tmp_path / "secret").write_text(content, encoding="utf-8")
    (tmp_path / "secret").chmod(mode)
    message = refusal(tmp_path, 'token_file = "secret"')
    assert words in message
    assert "source[0].token_file" in message


def test_a_secret_file_or_variable_that_is_not_there(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path, 'token_file = "nowhere"')
    assert "variable NOWHERE is not set" in refusal(tmp_path, 'token_env = "NOWHERE"')
    assert "must be a list of texts" in refusal(tmp_path, 'token_command = "pass show x"')


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (f'print("{CANARY}"); print("{CANARY}")', "more than one line"),
        ("pass", "is empty"),
        (
            f'import sys; print("{CANARY}"); sys.stderr.write("no key\\\\n\\x1b[2J"); sys.exit(3)',
            "exit status 3; it says: no key",
        ),
        (r"import sys; sys.stdout.buffer.write(bytes([255]))", "not text"),
        (f'print("{CANARY}" * 100_000)', "far more than one line"),
    ],
)
def test_commands_that_give_no_secret(tmp_path: Path, code: str, words: str) -> None:
    message = refusal(tmp_path, python(code))
    assert words in message
    assert "\x1b" not in message


def test_a_command_that_cannot_be_started(tmp_path: Path) -> None:
    assert '"/no/such/program" cannot be started' in refusal(tmp_path, 'token_command = ["/no/such/program"]')


@pytest.mark.parametrize(
    "script",
    [
        "sleep 60",
        "sleep 60 & wait",
        f"echo {CANARY}; exec >&-; sleep 60",
        "yes",
        "yes >&2",
    ],
)
def test_a_command_that_hangs_is_stopped_with_its_children(script: str) -> None:
    began = time.monotonic()
    with pytest.raises(CommandError, match=r"did not end within 0\.5 s") as caught:
        output_of(["sh", "-c", script], seconds=0.5)
    assert time.monotonic() - began < 3
    assert CANARY not in str(caught.value)


def test_a_daemon_left_behind_does_not_hold_up_the_secret() -> None:
    began = time.monotonic()
    assert output_of(["sh", "-c", f"sleep 5 >/dev/null & echo {CANARY}"]).strip() == CANARY
    assert time.monotonic() - began < 3


def test_a_command_reads_nothing_from_the_terminal() -> None:
    assert output_of(["sh", "-c", "cat; echo end"]) == "end\n"


def test_settings_are_shown_masked_and_name_all_their_secrets(tmp_path: Path) -> None:
    path = tmp_path / "wallboard.toml"
    path.write_text(
        f'[[source]]\nkind = "voicenter"\nname = "x"\ncode = "{CANARY}1"\ndialer_code = "{CANARY}2"\n'
        f'proxy = "http://u:{CANARY}3@h:1"\n'
    )
    path.chmod(0o600)
    settings = load_settings(path, environ={}).settings
    sent_to_proxy = b64encode(f"u:{CANARY}3".encode()).decode()
    assert set(secret_values(settings)) == {f"{CANARY}{number}" for number in (1, 2, 3)} | {sent_to_proxy}
    shown = masked_tables(settings)
    assert CANARY not in str(shown)
    assert shown["source"][0]["proxy"] == f"http://{MASK}@h:1"
