"""A vendor whose every word attacks the terminal: what comes out of the real program, byte by byte."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.e2e.services import in_thread, written
from tests.e2e.terminal import Terminal, log_text
from tests.ui.hostile import LARGE, MARKUP, SEQUENCES, unsafe_in
from tests.vendors.fault_server import Exchange, answer, fault_server

TEXTS = [*MARKUP.values(), *SEQUENCES.values(), *LARGE.values()]
ALL_SEQUENCES = "".join(SEQUENCES.values())
SIZE = (200, 60)
# What Textual and the driver write: a line up or down may be followed by some cells back, but no word is.
_COMMAND = re.compile(r"(?:\x1b\[\d*[ABd]|\x0b+|(?:\x1bM)+)\x08*|\x1b\[[0-9;<>=?]*\$?[a-zA-Z]|\x1b\]22;[a-z-]*\x07")


def members() -> list[dict[str, Any]]:
    return [{"agent": f"{text}{n}"[-60:], "Status": text, "Paused": False} for n, text in enumerate(TEXTS)]


def entries() -> list[dict[str, Any]]:
    return [{"phone": text, "Wait": "9", "Position": f"{n}", "CallId": f"{n}"} for n, text in enumerate(TEXTS)]


def extension(number: int, text: str) -> dict[str, Any]:
    call = {"ivrid": f"{number}", "callerphone": text, "callername": text, "callstatus": text, "direction": text,
            "callStarted": 1_602_465_818, "callAnswered": None, "customdata": {text: text}}  # fmt: skip
    return {"username": f"SIP{number}", "name": text, "representative": text, "onlineUserStatus": 1, "calls": [call]}


def rows(make: Any, texts: Iterable[str] = TEXTS) -> list[dict[str, Any]]:
    return [make(number, text) for number, text in enumerate(texts)]


DOCUMENTS: dict[str, dict[str, Any]] = {
    "GetQueueRealTime": {
        "responseStatus": "OK", "queueData": {"Calls": len(TEXTS), "Strategy": ALL_SEQUENCES},
        "members": members(), "entries": entries(),
    },
    "GetCustomerData": {"responseStatus": "OK", "name": ALL_SEQUENCES, "units": 5, "unitsExpireDate": ALL_SEQUENCES},
    "GetExtensionsCalls": {"ERR": 0, "DESC": "OK", "EXTENSIONS": rows(extension)},
    "GetExtensions": {"ERR": 0, "DESC": "OK", "EXTENSIONS": rows(
        lambda n, text: {"SIP": f"SIP{n}", "Name": text, "UserName": text, "AccountName": text, "SpeedDial": text}
    )},
    "GetQueuesCallers": {"ERR": 0, "DESC": "OK", "QUEUES": rows(
        lambda n, text: {"ID": n, "Name": text, "Weight": 1, "Callers": [
            {"Phone": text, "CallID": f"v{n}", "JoinTime": 1_602_599_565, "Duration": 9}
        ]}
    )},
    "GetCampaignList": {"ErrorCode": 0, "Description": "OK", "Data": rows(
        lambda n, text: {"Name": text, "StatusName": text, "Code": f"code-{n}", "TotalPendingCalls": n}
    )},
    "GetCampaignPendingCalls": {"ErrorCode": 0, "Description": ALL_SEQUENCES, "Data": {
        "Campaign": {"Name": ALL_SEQUENCES, "Status": 1, "IsDynamic": 1}, "Calls": rows(lambda n, text: {
            "CallID": f"{n}", "Phone": text, "CustomerName": text, "CallerID": text, "CallInserted": text,
            "CallStatus": {"Status": 1, "Description": text}, "LastCallDate": text, "CustomData": {text: text},
        }),
    }},
    "GetMembersList": {"ErrorCode": 0, "Description": "OK", "Data": rows(
        lambda n, text: {"Member": f"SIP{n}", "DisplayName": text}
    )},
}  # fmt: skip


async def attack(exchange: Exchange) -> None:
    method = exchange.target.rpartition("/")[2]
    if method == "GetQueueRealTime" and exchange.json.get("queuePath") == "/2":
        await answer({"responseStatus": "ERROR", "message": ALL_SEQUENCES, "yemotAPIVersion": "6"})(exchange)
    elif method == "GetExtensions":
        await answer({"ERR": 7, "DESC": f"{ALL_SEQUENCES}[/x]", "EXTENSIONS": []})(exchange)
    else:
        await answer(json.dumps(DOCUMENTS[method]))(exchange)


def assert_no_attack_in(raw: bytes) -> None:
    """Only commands that the board writes, and text that is harmless."""
    text = raw.decode("utf-8").replace("\x1b[8l\x1b[2J", "", 1)  # the board's own, at its start
    for sequence in ("\x1b]52", "\x1b]2;", "\x1b]8;", "\x1bP", "\x1b[77;88H", "\x1b[2J"):
        assert sequence not in text, ascii(sequence)
    left = _COMMAND.sub("", text).replace("\r", "").replace("\n", "")
    found = re.search("|".join(map(re.escape, unsafe_in(left))) or "$", left)
    assert not unsafe_in(left), ascii(left[max(0, found.start() - 40) : found.start() + 40] if found else left)


def test_no_vendors_word_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    with in_thread(fault_server(vendor=attack)) as server:
        url = server.url("vendor")
        yemot = {"kind": "yemot", "name": "Main", "token": "t-canary", "base_url": url, "queues": ["/1", "/2"]}
        urls = dict.fromkeys(("monitor_url", "extensions_url", "dialer_url"), url)
        voicenter = {"kind": "voicenter", "name": "Head", "code": "c-canary", **urls}
        config = written({"source": [yemot, voicenter]}, tmp_path)
        with Terminal(tmp_path, "run", "--config", str(config), size=SIZE) as terminal:
            terminal.until(lambda: terminal.text.count("LIVE") >= 3, "feeds are live")
            for number in "12345":
                terminal.press(number)
                terminal.settle()
                terminal.press("z")
                terminal.settle()
                if number in "134":
                    for text in ("[/x]", "[@click=app.quit]", "[$nope]x", "Agent [paused] Dan"):
                        assert text in terminal.text, (number, text)
                terminal.press("enter")
                terminal.until_shown("esc back" if number == "4" else "closes")
                terminal.press("escape")
                terminal.settle()
                terminal.press("z")
                terminal.settle()
            terminal.press("ctrl+p")
            terminal.until_shown("action, theme, queue or agent")
            terminal.press("[/x]")
            terminal.until_shown("queue of Head")
            terminal.press("escape")
            terminal.settle()
            terminal.press("q")
            assert terminal.wait(3) == 0
        assert_no_attack_in(terminal.raw)
        logged = log_text(tmp_path)
        assert not unsafe_in(logged.replace("\n", ""))
        assert "canary" not in logged + terminal.raw.decode()
        assert not [exchange.target for exchange in server.requests if "canary" in exchange.target]
