"""The PIN: what may be one, that its hash tells it and nothing else does, and `wallboard config pin`."""

import hashlib
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.e2e.terminal import Terminal, environment, log_text
from wallboard.config.errors import ConfigError
from wallboard.config.load import LoadedSettings, load_settings
from wallboard.config.pin import PinError, hash_pin, is_pin_hash, matches
from wallboard.config.redaction import MASK
from wallboard.config.secrets import masked_tables, secret_values

PIN = "8046-canary"
HASH = hash_pin(PIN)
_, _, _, _, SALT, DIGEST = HASH.split(":")


def load(folder: Path, text: str, mode: int = 0o600, **environ: str) -> LoadedSettings:
    path = folder / "wallboard.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return load_settings(path, environ=environ)


def refusal(folder: Path, text: str, mode: int = 0o600, **environ: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(folder, text, mode, **environ)
    [problem] = caught.value.problems
    assert DIGEST not in problem
    return problem


def config_pin(home: Path, stdin: bytes, *arguments: str, **environ: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "wallboard", "config", "pin", *arguments],
        check=False,
        input=stdin,
        env=environment(home, environ),
        capture_output=True,
        timeout=30,
    )


def test_a_hash_tells_its_pin_and_is_another_each_time() -> None:
    assert matches(PIN, HASH)
    assert not matches(PIN + "0", HASH)
    assert not matches(PIN[:-1], HASH)
    assert hash_pin(PIN) != HASH
    assert matches("קוד-1948", hash_pin("קוד-1948"))


def test_a_hash_of_another_cost_still_tells_its_pin() -> None:
    """As one made by an older or a newer wallboard would."""
    digest = hashlib.scrypt(PIN.encode(), salt=bytes.fromhex(SALT), n=16384, r=8, p=1, dklen=32).hex()
    assert matches(PIN, f"scrypt:16384:8:1:{SALT}:{digest}")
    assert not matches(PIN, f"scrypt:32768:8:1:{SALT}:{digest}")


def test_a_try_is_dear_to_who_guesses_and_cheap_to_who_knows() -> None:
    quickest = min(_seconds_of_a_try() for _ in range(3))
    assert 0.02 < quickest < 1


def _seconds_of_a_try() -> float:
    began = time.perf_counter()
    matches("0000", HASH)
    return time.perf_counter() - began


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=40))
def test_no_other_text_is_the_pin_and_none_is_an_error(text: str) -> None:
    assert matches(text, HASH) is (text == PIN)


@pytest.mark.parametrize("text", ["", "\ud800\udfff", "\x00", "9" * 10_000])
def test_what_no_keyboard_types_is_a_wrong_pin(text: str) -> None:
    assert not matches(text, HASH)


@pytest.mark.parametrize(
    "text",
    [
        "",
        PIN,
        HASH[:-1],
        HASH + "0",
        HASH + "\n",
        HASH.upper(),
        f"scrypt:2:8:1:{SALT}:{DIGEST}",
        f"scrypt:1073741824:8:1:{SALT}:{DIGEST}",
        f"scrypt:32768:8:9999:{SALT}:{DIGEST}",
        f"scrypt:32768:8:1::{DIGEST}",
        f"bcrypt:32768:8:1:{SALT}:{DIGEST}",
    ],
    ids=lambda text: str(len(text)),
)
def test_what_is_no_hash_has_no_pin(text: str) -> None:
    assert not is_pin_hash(text)
    assert not matches(PIN, text)


@pytest.mark.parametrize("pin", ["", "123", "1" * 33, "12\x0034", "12\n34", "12\u200f34", "12\ud80034"])
def test_what_cannot_be_a_pin(pin: str) -> None:
    with pytest.raises(PinError) as caught:
        hash_pin(pin)
    assert "12" not in str(caught.value)


# In the configuration


def test_the_lock_is_off_unless_it_is_asked_for(tmp_path: Path) -> None:
    loaded = load(tmp_path, "").settings
    assert loaded.board.lock_after_minutes is None
    assert (loaded.actions.confirm, loaded.actions.pin_hash) == ("always", None)


def test_the_lock_takes_minutes_and_a_pin(tmp_path: Path) -> None:
    text = f'[board]\nlock_after_minutes = 0.5\n[actions]\nconfirm = "dangerous"\npin_hash = "{HASH}"\n'
    loaded = load(tmp_path, text).settings
    assert (loaded.board.lock_after_minutes, loaded.actions.confirm) == (0.5, "dangerous")
    assert loaded.actions.pin_hash is not None
    assert loaded.actions.pin_hash.get_secret_value() == HASH


def test_the_environment_can_give_both(tmp_path: Path) -> None:
    environ = {"WALLBOARD_BOARD__LOCK_AFTER_MINUTES": "5", "WALLBOARD_ACTIONS__PIN_HASH": HASH}
    loaded = load(tmp_path, "", 0o644, **environ).settings
    assert loaded.board.lock_after_minutes == 5
    assert loaded.actions.pin_hash is not None


def test_a_lock_that_nothing_opens_is_refused_with_the_way_out(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "[board]\nlock_after_minutes = 5\n")
    assert problem.startswith(f"{tmp_path}/wallboard.toml: lock_after_minutes in [board]")
    assert "`wallboard config pin`" in problem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[board]\nlock_after_minutes = 0\n", "board.lock_after_minutes: must be greater than 0"),
        ("[board]\nlock_after_minutes = inf\n", "board.lock_after_minutes: must be a finite number"),
        ('[actions]\nconfirm = "never"\n', "actions.confirm: must be 'always' or 'dangerous'"),
        (f'[actions]\npin_hash = "{HASH[:-1]}"\n', "actions.pin_hash: is not what `wallboard config pin` prints"),
        ("[actions]\npin_hash = 8046\n", "actions.pin_hash: must be a text"),
        ('[board]\npin_hash = "x"\n', '"pin_hash" in [actions]'),
    ],
    ids=lambda words: words[:20],
)
def test_each_mistake_has_its_own_words(tmp_path: Path, text: str, words: str) -> None:
    assert words in refusal(tmp_path, text)


def test_a_wrong_hash_in_the_environment_names_its_variable(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "", WALLBOARD_ACTIONS__PIN_HASH=HASH[:-1])
    assert problem.startswith("environment variable WALLBOARD_ACTIONS__PIN_HASH: is not what")


def test_a_file_with_a_hash_that_others_can_read_is_refused(tmp_path: Path) -> None:
    assert "chmod 600" in refusal(tmp_path, f'[actions]\npin_hash = "{HASH}"\n', 0o644)
    assert load(tmp_path, '[actions]\nconfirm = "dangerous"\n', 0o644).settings.actions.confirm == "dangerous"


def test_the_hash_is_masked_and_known_to_the_log(tmp_path: Path) -> None:
    loaded = load(tmp_path, f'[actions]\npin_hash = "{HASH}"\n').settings
    assert DIGEST not in str(masked_tables(loaded)) + repr(loaded)
    assert set(masked_tables(loaded)["actions"]["pin_hash"]) == set(MASK)
    assert HASH in secret_values(loaded)


# `wallboard config pin`


def test_a_script_gets_the_line_alone_on_stdout(tmp_path: Path) -> None:
    done = config_pin(tmp_path, f"{PIN}\r\nmore\n".encode())
    assert done.returncode == 0, done.stderr
    [line] = done.stdout.decode().splitlines()
    assert matches(PIN, tomllib.loads(line)["pin_hash"])
    assert b"[actions]" in done.stderr
    assert PIN.encode() not in done.stdout + done.stderr
    lines = f"[board]\nlock_after_minutes = 10\n[actions]\n{line}\n"
    assert load(tmp_path, lines).settings.actions.pin_hash is not None


@pytest.mark.parametrize(
    ("stdin", "encoding", "words"),
    [
        (b"", "utf-8", b"this has 0"),
        (b"123\n", "utf-8", b"this has 3"),
        (b"12\xff34\n", "utf-8:strict", b"not text"),
        (b"12\xff34\n", "utf-8:surrogateescape", b"cannot be seen"),
    ],
)
def test_a_script_is_told_what_is_wrong(tmp_path: Path, stdin: bytes, encoding: str, words: bytes) -> None:
    done = config_pin(tmp_path, stdin, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_pin_is_no_argument(tmp_path: Path) -> None:
    done = config_pin(tmp_path, b"", PIN)
    assert (done.returncode, done.stdout) == (2, b"")


def test_a_person_types_it_twice_unseen(tmp_path: Path) -> None:
    first, again = "PIN, 4 to 32 characters", "The same again"
    with Terminal(tmp_path, "config", "pin", size=(140, 30)) as terminal:
        # Each answer once its question stands there so often: what is typed before is thrown away.
        for question, times, answer in [
            (first, 1, "12"),
            (first, 2, PIN),
            (again, 1, PIN[:-1]),
            (first, 3, PIN),
            (again, 2, PIN),
        ]:
            terminal.until(lambda words=question, n=times: terminal.text.count(words) == n, question)  # type: ignore[misc]
            terminal.press(answer, "enter")
        assert terminal.wait() == 0
    assert "this has 2" in terminal.text
    assert "The two are not the same" in terminal.text
    line = terminal.line_with("pin_hash =")
    assert matches(PIN, tomllib.loads(line)["pin_hash"])
    assert PIN[:-1] not in terminal.raw.decode() + log_text(tmp_path)
