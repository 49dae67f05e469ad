"""A vendor that records every request and answers as a test tells it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.e2e.services import written

TOKEN = "CANARY-stand-in-token"


@dataclass
class Waiting:
    """One caller in a queue; `waited` seconds when he is asked about."""

    id: str
    phone: str
    waited: int


@dataclass
class StandIn:
    """Yemot, with one queue. `mode` says how QueueManagement behaves: ok, lose, hang, refuse."""

    callers: list[Waiting] = field(default_factory=list)
    agents: dict[str, bool] = field(default_factory=dict)  # paused, by number
    mode: str = "ok"
    managed: list[dict[str, Any]] = field(default_factory=list)  # bodies of QueueManagement
    verbs: list[tuple[str, str, str]] = field(default_factory=list)  # of every request: verb, path, content type
    polls: int = 0
    lets_go: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, command: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """None: close without a word."""
        with self.lock:
            if command == "GetQueueRealTime":
                self.polls += 1
                return self._real_time()
            if command == "GetCustomerData":
                return {"responseStatus": "OK", "name": "Demo", "units": "12", "mainDid": "0790000000"}
            self.managed.append(body)
            if self.mode == "lose":
                return None
        if self.mode == "hang":
            self.lets_go.wait(30)
            return None
        if self.mode == "refuse":
            return {"responseStatus": "ERROR", "message": "אין הרשאה"}
        with self.lock:
            return self._carry_out(body)

    def _carry_out(self, body: dict[str, Any]) -> dict[str, Any]:
        if body["action"] != "kick":
            self.agents[body["agent"]] = body["action"] == "pause"
            return {"responseStatus": "OK"}
        waiting = {caller.id for caller in self.callers}
        status = {call: "OK" if call in waiting else "Call not found" for call in body["callIds"]}
        self.callers = [caller for caller in self.callers if caller.id not in status]
        return {"responseStatus": "OK", "status": status}

    def _real_time(self) -> dict[str, Any]:
        counts = dict.fromkeys(("Abandoned", "Completed", "TalkTime", "Holdtime", "Max"), 0)
        entries = [
            {"phone": c.phone, "Wait": str(c.waited + self.polls), "Position": str(place), "CallId": c.id}
            for place, c in enumerate(self.callers, 1)
        ]
        members = [
            {"agent": number, "Status": "1", "CallsTaken": 0, "LastCallUnitTime": "0", "Paused": paused, "Penalty": "0"}
            for number, paused in self.agents.items()
        ]
        data = {**counts, "Calls": len(entries), "Strategy": "ringall"}
        return {"responseStatus": "OK", "queueData": data, "members": members, "entries": entries}

    @property
    def kicked(self) -> list[list[str]]:
        """The `callIds` of each kick, in their order."""
        return [body["callIds"] for body in self.managed if body["action"] == "kick"]


@contextmanager
def serving(vendor: StandIn) -> Iterator[ThreadingHTTPServer]:
    """The stand-in on a free loopback port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            vendor.verbs.append((self.command, self.path, self.headers["content-type"]))
            answer = vendor.answer(self.path.rpartition("/")[2], body)
            if answer is None:
                self.close_connection = True
                return
            content = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        vendor.lets_go.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


def configured(server: ThreadingHTTPServer, home: Path, **tables: Any) -> Path:
    """A wallboard.toml for the stand-in; `tables` are further tables of the file."""
    source = {
        "kind": "yemot",
        "name": "Main line",
        "token": TOKEN,
        "base_url": f"http://127.0.0.1:{server.server_address[1]}/ym/api/",
        "queues": [{"path": "/1", "name": "Support"}],
        "poll_seconds": 1,
        "transfer_to": [{"path": "/9", "name": "Mailbox"}],
    }
    return written({**tables, "source": [source]}, home)
