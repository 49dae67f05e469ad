"""Whatever is tested, no log may tell an address or a secret."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _silent_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    assert "CANARY" not in caplog.text
    assert "127.0.0.1" not in caplog.text
