"""A configuration whose every secret is a canary, vendors that fail in every way and repeat it, and the search."""

import socketserver
import threading
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.services import in_thread, written
from tests.e2e.terminal import ROOT
from tests.vendors.fault_server import Exchange, FaultServer, Route, answer, dripping, fault_server, head, raw, silence
from wallboard.config.pin import hash_pin

MARK = "cnry7f"  # stands in every secret, and in no name of a file or a test
PIN, WRONG_PIN = f"{MARK}-4711", f"{MARK}-wrong"
TOKEN_OF_FILE, TOKEN_OF_COMMAND, TOKEN_OF_ENVIRONMENT = f"{MARK}-file", f"{MARK}-command", f'{MARK}/"v\\a+r 1'
PROXY_USER, PROXY_PASSWORD = "operator", f"{MARK}-proxy"
CODE, DIALER_CODE = f"{MARK}-code", f"{MARK}-dialer"
CAMPAIGN_CODES = [f"{MARK}-campaign-{number}" for number in range(3)]
VARIABLE = "WALLBOARD_TEST_YEMOT"
CALLER = {"phone": "0500000001", "Wait": "90", "Position": "1", "CallId": "a1"}


def _said_back(exchange: Exchange) -> str:
    """All that the client has sent and that a vendor might repeat."""
    return f"{exchange.headers.get('authorization', '')} {exchange.body.decode()}"


def _repeating(status: str = "200 OK", **headers: object) -> Route:
    """An error in the vendor's own words, with what was sent in every one of them."""

    async def route(exchange: Exchange) -> None:
        said = _said_back(exchange)
        words = {"responseStatus": "ERROR", "message": f"refused: {said}", "ERR": 7, "DESC": f"refused: {said}"}
        words |= {"ErrorCode": 7, "Description": said, "EXTENSIONS": [], "QUEUES": []}
        await answer(words, status, **headers)(exchange)

    return route


def _page(exchange: Exchange) -> Any:
    return answer(f"<html><title>{_said_back(exchange)}</title></html>", Content_Type="text/html")(exchange)


def _elsewhere(exchange: Exchange) -> Any:
    token = exchange.headers.get("authorization", "").split()[-1]
    return answer("", "302 Found", Location=f"http://127.0.0.1:9/login?token={token}")(exchange)


def _no_json(exchange: Exchange) -> Any:
    return answer(f"token {_said_back(exchange)} is wrong", Content_Type="text/plain")(exchange)


async def _good_yemot(exchange: Exchange) -> None:
    method = exchange.target.rpartition("/")[2]
    if method == "GetQueueRealTime":
        counts = {"Calls": 1, "Strategy": "ringall"}
        await answer({"responseStatus": "OK", "queueData": counts, "members": [], "entries": [CALLER]})(exchange)
    elif method == "GetCustomerData":
        await answer({"responseStatus": "OK", "name": "Demo", "units": "12"})(exchange)
    else:
        await _repeating()(exchange)


async def _good_voicenter(exchange: Exchange) -> None:
    method = exchange.target.rpartition("/")[2]
    rows = [
        {"Name": f"Campaign_{number}", "StatusName": "Active", "Code": code, "TotalPendingCalls": number}
        for number, code in enumerate(CAMPAIGN_CODES)
    ]
    documents: dict[str, Any] = {
        "GetExtensionsCalls": {"ERR": 0, "DESC": "OK", "EXTENSIONS": []},
        "GetExtensions": {"ERR": 0, "DESC": "OK", "EXTENSIONS": []},
        "GetQueuesCallers": {"ERR": 0, "DESC": "OK", "QUEUES": []},
        "GetCampaignList": {"ErrorCode": 0, "Description": "OK", "Data": rows},
    }
    await (answer(documents[method]) if method in documents else _repeating())(exchange)


FAULTS: dict[str, Route] = {
    "silent": silence,
    "dripping": dripping(head(Content_Length=500), b" "),
    "cut": raw(head(Content_Length=500), b"{"),
    "reset": raw(is_reset=True),
    "nonsense": raw(b"ICY 200 OK\r\n\r\n"),
    "unauthorized": _repeating("401 Unauthorized"),
    "forbidden": _repeating("403 Forbidden"),
    "broken": _repeating("500 Oops"),
    "slow": _repeating("429 Slow", Retry_After=5),
    "refusing": _repeating(),
    "page": _page,
    "elsewhere": _elsewhere,
    "text": _no_json,
    "packed": answer(b"\x1f\x8b", Content_Encoding="gzip"),
    "deep": answer("[" * 200_000),
}


class _Proxy(socketserver.StreamRequestHandler):
    """Refuses, and repeats the password, which it knows."""

    def handle(self) -> None:
        self.rfile.readline()
        self.wfile.write(f"HTTP/1.1 407 {PROXY_PASSWORD} is wrong\r\n\r\n".encode())


@contextmanager
def vendors() -> Iterator[tuple[FaultServer, int]]:
    """The vendors, and the port of a proxy before them."""
    with (
        in_thread(
            fault_server(None, yemot=_good_yemot, voicenter=_good_voicenter, echo=_repeating(), **FAULTS)
        ) as server,
        socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Proxy) as proxy,
    ):
        thread = threading.Thread(target=proxy.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server, proxy.server_address[1]
        finally:
            proxy.shutdown()
            thread.join(10)


def configured(server: FaultServer, proxy_port: int, home: Path, faults: Iterable[str] = FAULTS) -> Path:
    """The configuration: each fault of its own account, each way to a secret, and a board that locks."""
    (home / "secret").write_text(TOKEN_OF_FILE)
    (home / "secret").chmod(0o600)
    (home / "secret-of-command").write_text(TOKEN_OF_COMMAND)

    def yemot(name: str, route: str, **more: Any) -> dict[str, Any]:
        secret = {} if any(key.startswith("token") for key in more) else {"token": f"{MARK}-{name}"}
        queues = [{"path": "/1", "name": name}]
        url = {"base_url": server.url(route)}
        return {"kind": "yemot", "name": name, "queues": queues, "poll_seconds": 3, **url, **secret, **more}

    def voicenter(name: str, route: str) -> dict[str, Any]:
        urls = dict.fromkeys(("monitor_url", "extensions_url", "dialer_url"), server.url(route))
        codes = {"code": CODE, "dialer_code": DIALER_CODE, "campaign_poll_seconds": 3}
        return {"kind": "voicenter", "name": name, "poll_seconds": 3, **codes, **urls}

    proxy = f"http://{PROXY_USER}:{PROXY_PASSWORD}@127.0.0.1:{proxy_port}"
    sources = [
        yemot("Main", "yemot"),
        yemot("ByFile", "echo", token_file="secret"),
        yemot("ByCommand", "echo", token_command=["cat", str(home / "secret-of-command")]),
        yemot("ByVariable", "echo", token_env=VARIABLE),
        yemot("ByProxy", "echo", base_url="https://127.0.0.1:9/", proxy=proxy),
        yemot("ByDeadProxy", "echo", proxy=proxy.replace(f":{proxy_port}", ":9")),
        voicenter("Head", "voicenter"),
        voicenter("Branch", "echo"),
        *(yemot(name.title(), name) for name in faults),
    ]
    tables = {"board": {"lock_after_minutes": 0.1}, "actions": {"pin_hash": hash_pin(PIN)}, "source": sources}
    return written(tables, home)


def hints(config: Path) -> list[str]:
    """All that must be found nowhere: what stands in every secret, and what a secret has become elsewhere."""
    pin_hash = next(line for line in config.read_text().splitlines() if line.startswith("pin_hash"))
    salt, digest = pin_hash.strip('"').split(":")[-2:]
    return [MARK, salt, digest, b64encode(f"{PROXY_USER}:{PROXY_PASSWORD}".encode()).decode()]


def found_in(text: bytes, sought: list[str]) -> list[str]:
    """Where it stands, with what is round it."""
    lower = text.lower()
    places = [(lower.find(hint.lower().encode()), hint) for hint in sought]
    return [ascii(text[max(0, place - 60) : place + 60]) for place, _ in places if place >= 0]


def found_under(home: Path, sought: list[str]) -> dict[str, list[str]]:
    """The same of every file that is not where we have put the secrets ourselves."""
    own = {home / "board.toml", home / "secret", home / "secret-of-command", home / "tricks" / "secret"}
    files = [path for path in home.rglob("*") if path.is_file() and path not in own]
    found = {str(path): found_in(path.read_bytes(), sought) + found_in(str(path).encode(), sought) for path in files}
    return {path: places for path, places in found.items() if places}


def found_of_process(pid: int, sought: list[str]) -> list[str]:
    """The same of the arguments of a process and its children, and of its environment without the user's variable."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    arguments = [Path(f"/proc/{each}/cmdline").read_bytes() for each in [f"{pid}", *children]]
    variables = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    others = [each for each in variables if not each.startswith(VARIABLE.encode() + b"=")]
    return found_in(b" ".join([*arguments, *others]), sought)


_TRICKS = '''
"""Runs in the program before it begins, in place of mistakes: each holds a secret in its words and in its frame."""

import asyncio, logging, pathlib, threading, warnings

SECRET = (pathlib.Path(__file__).parent / "secret").read_text()


def fail(secret=SECRET):
    local = secret
    raise RuntimeError(f"it broke with {local}")


async def fail_later():
    fail()


class Dying:
    def __del__(self):
        fail()


async def mistakes(self):
    loop = asyncio.get_running_loop()
    loop.call_soon(int, SECRET)
    loop.call_soon(lambda *secrets: fail(), SECRET, SECRET * 9)
    self.lost = loop.create_task(fail_later())
    self.lost = None
    threading.Thread(target=fail, args=(SECRET,), name=SECRET).start()
    Dying()
    warnings.warn(f"about {SECRET}")
    for name in ("httpx", "httpcore", "uvicorn.error", "asyncio", "textual", f"lib.{SECRET}"):
        logging.getLogger(name).error("%r", {"body": SECRET}, extra={"source": SECRET}, stack_info=True)
        logging.getLogger(name).debug(SECRET)
    try:
        try:
            fail()
        except RuntimeError as error:
            raise ExceptionGroup(SECRET, [error, KeyError(SECRET)]) from OSError(2, SECRET, SECRET)
    except ExceptionGroup:
        logging.getLogger("lib").exception("a group with %s", SECRET)


def tell_of_handlers(shutdown=logging.shutdown):
    """At the end of every command: which handlers there were, and which of them black nothing out."""
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.Logger.manager.loggerDict)]
    handlers = [each for logger in loggers for each in logger.handlers if not isinstance(each, logging.NullHandler)]
    blind = [each for each in handlers if "RedactingFilter" not in [type(one).__name__ for one in each.filters]]
    with (pathlib.Path(__file__).parent / "handlers").open("a") as file:
        print(len(handlers), blind, file=file)
    shutdown()


def install():
    import wallboard.assembly.sources
    import wallboard.ui.app

    async def probe(settings):
        fail()

    wallboard.assembly.sources.probe = probe
    wallboard.ui.app.WallboardApp.action_refresh = mistakes
    wallboard.ui.app.WallboardApp.action_palette = lambda self: fail()
    logging.shutdown = tell_of_handlers


install()
'''


def tricks(home: Path) -> dict[str, str]:
    """An environment in which the program makes mistakes: `r` a dozen, ctrl+p a crash, `check` another."""
    folder = home / "tricks"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_TRICKS)
    (folder / "secret").write_text(f"{MARK}-Main")
    return {"PYTHONPATH": f"{folder}:{ROOT}", "PYTHONWARNINGS": "default", "PYTHONDONTWRITEBYTECODE": "1"}
