"""The log's file: JSON lines, private, turned over, followed, silent on a full disk."""

import errno
import json
import logging
import os
import shutil
import stat
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wallboard.clock import ManualClock
from wallboard.config import logs, paths
from wallboard.config.redaction import RedactingFilter

CANARY = "canary-5c11d0"


def opened(*secrets: str, level: str = "info") -> Path:
    path = logs.open_log(level, RedactingFilter(secrets))
    assert path is not None
    return path


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def messages(path: Path) -> list[str]:
    return [line["message"] for line in lines_of(path)]


def test_each_line_is_an_object_with_its_particulars(root_logger: logging.Logger) -> None:
    path = opened(CANARY)
    extra = {"source": "מוקד", "feed": "GetQueueRealTime /1", "fault": "server", "unrelated": object()}
    logging.getLogger("wallboard.x").warning("token %s", CANARY, extra=extra)
    (line,) = lines_of(path)
    assert line.pop("at").endswith("Z")
    assert line == {
        "level": "warning",
        "logger": "wallboard.x",
        "pid": os.getpid(),
        "message": "token ********",
        "source": "מוקד",
        "feed": "GetQueueRealTime /1",
        "fault": "server",
    }
    assert "מוקד" in path.read_text("utf-8"), "a person can read it"


def test_an_error_is_its_type_its_text_and_its_frames(root_logger: logging.Logger) -> None:
    path = opened()
    local = "a-local-variable"
    try:
        try:
            json.loads("{" + f'"{len(local)}"')
        except ValueError as error:
            raise RuntimeError("it broke") from error
    except RuntimeError:
        logging.getLogger("wallboard").exception("unexpected")
    (line,) = lines_of(path)
    report = line["error"]
    assert (report["type"], report["text"]) == ("RuntimeError", "it broke")
    assert report["frames"][0]["file"] == __file__
    assert report["frames"][0]["function"] == test_an_error_is_its_type_its_text_and_its_frames.__name__
    assert report["cause"]["type"] == "JSONDecodeError"
    assert report["cause"]["frames"][-1]["line"] > 0
    assert local not in path.read_text()


def test_no_line_commands_a_terminal_or_breaks_in_two(root_logger: logging.Logger) -> None:
    path = opened()
    text = "\x1b]52;c;x\x07 \x9b2J one\ntwo\r\u2028three \u202eabc \ud800 \U000e0041 end"
    logging.getLogger("wallboard").error("%s", text)
    content = path.read_text("utf-8")
    assert content.endswith("\n")
    assert content[:-1].isprintable()
    assert messages(path) == [text]


def test_only_what_is_wanted_is_logged_by_others_too(root_logger: logging.Logger) -> None:
    other = logging.getLogger("tests.third_party")
    other.addHandler(logging.StreamHandler())
    other.propagate = False
    path = opened()
    logging.getLogger("wallboard.x").debug("not wanted")
    logging.getLogger("httpx").info("a whole URL")
    other.warning("of a library with a handler of its own")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("about something", stacklevel=1)
    first, second = messages(path)
    assert first == "of a library with a handler of its own"
    assert "about something" in second


def test_a_library_that_logs_badly_is_logged_all_the_same(root_logger: logging.Logger) -> None:
    class Wordless:
        def __str__(self) -> str:
            raise ZeroDivisionError

    path = opened()
    logging.getLogger("lib").info("%d calls", "many")
    logging.getLogger("lib").info("of %s", Wordless())
    logging.getLogger("lib").info(Wordless())
    logging.getLogger("lib").error("without an error", exc_info=True)  # noqa: LOG014 - as bad libraries do
    assert messages(path) == ["%d calls", "of %s", "Wordless", "without an error"]


def test_the_log_is_its_owners_alone(root_logger: logging.Logger) -> None:
    path = opened()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent)] == [0o700, 0o700]


def test_it_turns_over_and_keeps_so_many(root_logger: logging.Logger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LOG_BYTES", 1_000)
    path = opened()
    for number in range(60):
        logging.getLogger("wallboard").info("%d", number)
    files = [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, 5))]
    assert sorted(path.parent.iterdir()) == sorted(files)
    assert not logs.trouble()
    kept = [int(message) for file in reversed(files) for message in messages(file)]
    assert kept == list(range(60 - len(kept), 60))
    assert all(500 < file.stat().st_size <= 1_000 for file in files[1:])


@pytest.mark.parametrize("what", ["file deleted", "file moved", "folder deleted", "folder moved"])
def test_what_is_taken_away_from_under_it_is_made_anew(root_logger: logging.Logger, what: str) -> None:
    path = opened()
    log = logging.getLogger("wallboard")
    log.info("before")
    away: dict[str, Callable[[], object]] = {
        "file deleted": path.unlink,
        "file moved": lambda: path.rename(path.with_name("elsewhere")),
        "folder deleted": lambda: shutil.rmtree(path.parent),
        "folder moved": lambda: path.parent.rename(path.parent.with_name("elsewhere")),
    }
    away[what]()
    log.info("after")
    assert messages(path) == ["after"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_a_writable_folder_there_is_no_log_no_noise_and_a_reason(
    root_logger: logging.Logger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert logs.open_log("info", RedactingFilter()) is None
    logging.getLogger("wallboard").error("unheard")
    assert logs.trouble() == os.strerror(errno.ENOTDIR)
    assert logs.log_file() is None
    assert capfd.readouterr() == ("", "")


def test_a_full_disk_makes_no_noise(root_logger: logging.Logger, capfd: pytest.CaptureFixture[str]) -> None:
    paths.log_dir().mkdir(parents=True)
    (paths.log_dir() / logs.LOG_NAME).symlink_to("/dev/full")
    opened()
    logging.getLogger("wallboard").error("unheard")
    assert logs.trouble() == os.strerror(errno.ENOSPC)
    assert capfd.readouterr() == ("", "")


def test_when_there_is_room_again_it_goes_on_and_says_what_it_lacks(tmp_path: Path) -> None:
    clock, path = ManualClock(), tmp_path / "log" / "wallboard.log"
    path.parent.mkdir()
    path.symlink_to("/dev/full")
    file = logs.LogFile(path, clock)
    file.setFormatter(logs.JsonLine())
    for number in range(3):
        file.handle(logging.makeLogRecord({"levelname": "INFO", "msg": f"lost {number}"}))
    assert file.trouble == os.strerror(errno.ENOSPC)
    path.unlink()
    assert file.trouble, "not looked at each second"
    clock.jump(logs.RETRY_SECONDS)
    assert not file.trouble
    assert messages(path) == [f"3 lines before this one could not be written: {os.strerror(errno.ENOSPC)}"]
    file.handle(logging.makeLogRecord({"levelname": "INFO", "msg": "and on"}))
    assert messages(path)[1:] == ["and on"]
    file.close()


def test_of_a_line_that_found_no_room_no_piece_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log" / "wallboard.log"
    file = logs.LogFile(path, ManualClock())
    file.setFormatter(logs.JsonLine())
    file.handle(logging.makeLogRecord({"msg": "whole"}))
    whole, write = path.read_bytes(), os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:20]))
        file.handle(logging.makeLogRecord({"msg": "torn"}))
    assert path.read_bytes() == whole
    assert file.trouble == os.strerror(errno.ENOSPC)
    file.handle(logging.makeLogRecord({"msg": "after"}))
    assert [message[:7] for message in messages(path)] == ["whole", "1 lines", "after"]
    file.close()


def test_what_nobody_catches_goes_into_the_log(root_logger: logging.Logger, capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError(f"with {CANARY}")

    class Dying:
        def __del__(self) -> None:
            fail()

    path = opened(CANARY)
    thread = threading.Thread(target=fail, name="worker")
    thread.start()
    thread.join()
    Dying()
    assert capfd.readouterr() == ("", "")
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert capfd.readouterr() == ("", "wallboard: stopped by an unexpected ValueError\n")
    assert messages(path) == [
        "the thread worker ended by an unexpected ValueError",
        "ignored in a function",
        "stopped by an unexpected ValueError",
    ]
    assert all(line["error"]["text"] == "with ********" for line in lines_of(path))
