"""A machine that has no file or thread left for another connection: the source is down with that cause."""

import errno
import os
import threading
from typing import NoReturn

import httpx
import pytest

from wallboard.domain.faults import Fault, FaultCode, exhaustion
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Part
from wallboard.engine.poller import fetch
from wallboard.language.words import fault_remedy, fault_words
from wallboard.vendors.failures import fault_of


class FeedWithoutThreads:
    """A feed whose host's name must be looked up, in a thread."""

    key = FeedKey("Main line", "GetCustomerData")
    host = "vendor.example"
    deadline = 3.0

    async def fetch(self) -> Part:
        def refuse(*_: object) -> NoReturn:
            raise RuntimeError("can't start new thread")

        thread = threading.Thread(target=refuse)
        thread.start = refuse  # type: ignore[method-assign]
        thread.start()
        raise AssertionError("it started")


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS])
def test_an_error_of_the_machine_is_not_the_networks(number: int) -> None:
    error = OSError(number, os.strerror(number))
    wrapped = httpx.ConnectError("All connection attempts failed")
    wrapped.__cause__ = error
    for each in (error, wrapped):
        assert fault_of(each, "vendor.example") == Fault(FaultCode.MACHINE, "vendor.example", words=os.strerror(number))
    assert fault_of(OSError(errno.ECONNRESET, "reset"), "vendor.example").code is FaultCode.NETWORK


async def test_no_thread_is_a_fault_in_words(caplog: pytest.LogCaptureFixture) -> None:
    answer = await fetch(FeedWithoutThreads())  # type: ignore[arg-type]
    assert answer == Fault(FaultCode.MACHINE, "vendor.example", words="can't start new thread")
    assert fault_words(answer) == "this machine cannot ask vendor.example: can't start new thread"
    assert "ulimit" in fault_remedy(answer, "yemot")
    assert caplog.text == ""  # the poller logs an outage once


def test_other_errors_are_none_of_the_machine() -> None:
    assert exhaustion(RuntimeError("something else")) == ""
    assert exhaustion(ValueError("can't start new thread")) == ""
    assert exhaustion(OSError(errno.ENOENT, "no")) == ""
