"""Secrets are found by their values in whatever form, and in all that a record holds."""

import asyncio
import json
import logging
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.config.test_logs import lines_of, opened
from wallboard.assembly.loop import run_to_end
from wallboard.config import logs
from wallboard.config.redaction import MASK, MOST_LEARNT, RedactingFilter

AWKWARD = "p@ss/w\"o\\r'd 1+"
CANARY = "canary-77aa01"
secrets = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=4, max_size=12).map(str.strip)


@pytest.mark.parametrize(
    "form",
    [
        str,
        repr,
        quote,
        quote_plus,
        json.dumps,
        lambda text: quote(text, safe=""),
        lambda text: quote(text, safe="").lower(),
        lambda text: urlencode({"t": text}),
        lambda text: json.dumps({"body": json.dumps({"token": text})}),
        lambda text: repr({"body": json.dumps([text])}),
        lambda text: repr(text.encode()),
        lambda text: repr(repr(text)),
    ],
)
@pytest.mark.parametrize("secret", [AWKWARD, CANARY, "קוד-סודי", "aaa\\", "x" * 4, "🂡 ace"])
def test_a_secret_is_found_in_every_form(form: Callable[[str], str], secret: str) -> None:
    redacted = RedactingFilter([secret]).redact(form(f"<{secret}>"))
    assert redacted.replace("%3C", "<").replace("%3c", "<").partition("<")[2].startswith(MASK)
    assert redacted.replace("%3E", ">").replace("%3e", ">").rpartition(">")[0].endswith(MASK)
    assert len(redacted) <= len(form("<>")) + len(MASK) + 4


@given(secrets.filter(lambda text: len(text) >= 4))
def test_whatever_a_secret_is_it_is_found(secret: str) -> None:
    redaction = RedactingFilter([secret])
    assert redaction.redact(secret) == MASK
    assert redaction.redact(json.dumps(secret)) == json.dumps(MASK)
    assert redaction.redact(repr(secret))[1:-1] == MASK
    assert redaction.redact(quote(secret, safe="")) == MASK


def test_a_short_text_is_not_blacked_out_everywhere() -> None:
    assert RedactingFilter(["x", "abc"]).redact("x is abc") == "x is abc"


def test_a_secret_that_holds_another_one_is_blacked_out_whole() -> None:
    assert RedactingFilter(["abcd", "abcd-efgh"]).redact("abcd-efgh abcd") == f"{MASK} {MASK}"


def test_a_password_behind_its_number_and_the_hash_of_a_pin_are_found_alone() -> None:
    redaction = RedactingFilter(["0790000000:pass-77", "scrypt:16384:8:1:aaaa1111:bbbb2222"])
    assert redaction.redact("pass-77 bbbb2222") == f"{MASK} {MASK}"


def test_nothing_of_a_record_is_forgotten(root_logger: logging.Logger) -> None:
    path = opened(CANARY, AWKWARD)

    def explode() -> None:
        try:
            dict.fromkeys(AWKWARD)[CANARY]
        except KeyError:
            group = ExceptionGroup(f"of {CANARY}", [ValueError(f"{AWKWARD}"), OSError(2, "none", f"/{CANARY}")])
            group.add_note(f"note {CANARY}")
            raise group from RuntimeError(quote(AWKWARD, safe=""))

    class ChainError(Exception):
        pass

    log = logging.getLogger(f"lib.{CANARY}")
    try:
        try:
            explode()
        except ExceptionGroup:
            raise ChainError(CANARY)  # noqa: B904 - as context
    except ChainError:
        log.exception("%s %r", CANARY, {"x": AWKWARD}, stack_info=True, extra={"source": CANARY, "fault": CANARY})
    log.error("whole", extra={"error": {"text": [CANARY, (AWKWARD,)], CANARY: 1}})
    text = path.read_text()
    assert CANARY not in text
    assert "p@ss" not in text
    assert "w%22o" not in text
    first, second = lines_of(path)
    assert first["logger"] == f"lib.{MASK}"
    assert first["error"]["cause"]["exceptions"][0]["text"] == MASK
    assert first["error"]["cause"]["text"] == f"of {MASK} (2 sub-exceptions)\nnote {MASK}"
    assert first["error"]["cause"]["cause"]["text"] == MASK
    assert "Stack" in first["stack"]
    assert second["error"] == {"text": [MASK, [MASK]], MASK: 1}


def test_half_a_secret_never_stands_where_a_text_is_cut(root_logger: logging.Logger) -> None:
    path = opened(CANARY)
    for length in range(7_980, 8_002):
        logging.getLogger("lib").error("%s", "x" * length + CANARY)
    assert "cana" not in path.read_text()


def test_what_a_vendor_tells_is_kept_out_too_as_long_as_there_is_room(root_logger: logging.Logger) -> None:
    path = opened(CANARY)
    logs.keep_out(f"campaign-{number}" for number in range(MOST_LEARNT + 1))
    logs.keep_out(["the-last-one", CANARY])
    log = logging.getLogger("wallboard")
    log.info("campaign-1000 the-last-one %s", CANARY)
    log.info("campaign-0.")
    assert [line["message"] for line in lines_of(path)] == [f"{MASK} {MASK} {MASK}", "campaign-0."]
    assert logs.redacted("told: the-last-one") == f"told: {MASK}"


def test_without_a_log_there_is_nothing_to_keep_out_of() -> None:
    logs.keep_out(["a-code-of-a-campaign"])
    assert logs.redacted("text") == "text"
    assert logs.trouble() == ""


def test_the_loops_own_words_hold_no_argument_not_even_cut_short(root_logger: logging.Logger) -> None:
    path = opened(CANARY)
    token = f"{CANARY}-{'long' * 30}"

    async def live() -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(lambda text: int(text, 10), token)
        loop.call_soon(int, token, 99)
        loop.create_task(fail())  # noqa: RUF006 - nobody waits for it
        for _ in range(4):
            await asyncio.sleep(0)

    async def fail() -> None:
        raise ValueError(token)

    run_to_end(live)
    text = path.read_text()
    assert "cana" not in text
    assert "longlong" not in text.replace(f"{MASK}-{'long' * 30}", "")
    assert len(lines_of(path)) == 3


def test_every_handler_there_is_redacts(root_logger: logging.Logger, tmp_path: Path) -> None:
    logging.getLogger("some.library").addHandler(logging.FileHandler(tmp_path / "other.log"))
    opened(CANARY)
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.Logger.manager.loggerDict)]
    handlers = [handler for logger in loggers for handler in logger.handlers]
    blind = [handler for handler in handlers if not any(isinstance(each, RedactingFilter) for each in handler.filters)]
    assert handlers
    assert [handler for handler in blind if not isinstance(handler, logging.NullHandler)] == []
