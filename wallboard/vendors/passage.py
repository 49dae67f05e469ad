"""How far one request came on its way."""

from collections.abc import Mapping
from typing import Any

import anyio

from wallboard.clock import Clock


class Passage:
    """One request's: when it began to be sent, and the connections opened for it.

    httpcore forgets a connection whose TLS handshake is cancelled: it stays open.
    """

    def __init__(self, clock: Clock) -> None:
        self.sent_at: float | None = None  # monotonic; None: certainly nothing has reached the vendor
        self._clock = clock
        self._streams: list[Any] = []

    @property
    def milliseconds(self) -> float | None:
        """Since it began to be sent."""
        return None if self.sent_at is None else (self._clock.monotonic() - self.sent_at) * 1_000

    async def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of what httpcore reports."""
        if event == "connection.connect_tcp.complete":
            self._streams.append(info["return_value"])
        # CONNECT goes to the proxy alone and carries nothing.
        elif event == "http11.send_request_headers.started" and info["request"].method != b"CONNECT":
            self.sent_at = self._clock.monotonic()

    async def aclose(self) -> None:
        """Close the connections, in the midst of a cancellation too."""
        with anyio.move_on_after(1, shield=True):
            for stream in self._streams:
                await stream.aclose()
