"""Both vendors, scripted, in a process of their own: `python -m tests.bench.vendor SCRIPT` prints its port.

It answers every request at once, over kept connections, and counts them: `/counts` tells how often each method was
asked.
"""

import asyncio
import http.client
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from pathlib import Path

from tests.bench.floor import Floor, Script

ROOT = Path(__file__).parents[2]


class Vendor:
    """One scripted floor behind the vendors' paths."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._asked: Counter[str] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer what comes over one connection until it ends."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                body = await reader.readexactly(_content_length(head))
                content = self._answer(path.rpartition("/")[2], body)
                writer.write(
                    b"HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\n"
                    b"date: %b\r\ncontent-length: %d\r\n\r\n" % (formatdate(usegmt=True).encode(), len(content))
                )
                writer.write(content)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, method: str, body: bytes) -> bytes:
        floor, now = self._floor, time.time()
        self._asked[method] += 1
        if method == "counts":
            return json.dumps(self._asked).encode()
        if method == "GetQueueRealTime":
            return floor.real_time(json.loads(body)["queuePath"], now)
        return {
            "GetExtensionsCalls": floor.extensions_calls,
            "GetQueuesCallers": floor.queues_callers,
            "GetExtensions": floor.extensions,
            "GetCampaignList": floor.campaigns,
            "GetCustomerData": floor.customer_data,
        }[method](now)


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def _main(script: Script) -> None:
    vendor = Vendor(Floor(script, time.time()))
    server = await asyncio.start_server(vendor.serve, "127.0.0.1", 0, limit=1 << 20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until the bench closes it
    server.close()


@contextmanager
def vendor_of(script: Script) -> Iterator[int]:
    """A scripted vendor in a process of its own while the block runs; its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.vendor", script.to_json()],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.stdout.close()
        process.kill()
        process.wait()


def counts(port: int) -> Counter[str]:
    """How often each method was asked so far."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/counts")
    with connection.getresponse() as response:
        told = Counter(json.loads(response.read()))
    connection.close()
    return told


if __name__ == "__main__":
    asyncio.run(_main(Script(**json.loads(sys.argv[1]))))
