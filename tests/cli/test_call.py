"""`wallboard call` from the outside: what it prints, sends, asks and records, and how it ends."""

import asyncio
import base64
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import anyio
import pytest
from typer.testing import CliRunner

from tests.cli.calls import DEADLINE, SALES, SURVEY, Desk, desk, ended
from tests.vendors.fault_server import Exchange, answer, silence
from wallboard.cli.app import app
from wallboard.cli.call_answer import LOOK_AT
from wallboard.cli.call_help import catalogue, catalogue_json, example, method_help
from wallboard.domain.campaigns import Campaign
from wallboard.domain.feeds import FeedKey
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.checking import check
from wallboard.vendors.values import CREDENTIALS, given

SENT = {"responseStatus": "OK", "sendCount": 2, "message": "שלום", "Billing": 0.2, "oks": [], "errors": {}}
SMS = ["yemot.SendSms", "message=שלום", "sendFlashMessage=0", "phones=0500000001:0500000002"]
SIP = {"responseStatus": "OK", "accounts": [{"id": "0790000000=1", "password": "CANARY-sip"}]}
OK = {"ErrorCode": 0, "Description": "OK"}


def digest(code: str) -> str:
    return Campaign(source="", name="", feed=FeedKey("", ""), code=code).id


async def test_a_question_is_answered_in_json_with_its_hebrew_and_without_its_secrets(tmp_path: Path) -> None:
    told = {"responseStatus": "OK", "name": "מוקד\u202e", "units": "7.5", "accessPassword": "CANARY-1", "x": None}
    async with desk(tmp_path, GetCustomerData=told) as place:
        done = await place.call("yemot.GetCustomerData")
        assert (done.code, place.sent) == (0, ["GetCustomerData"])
        assert done.answer == {**told, "accessPassword": "***"}
        assert "מוקד\\u202e" in done.stdout
        assert done.stderr == "Secrets in the answer are masked; --show-secrets shows them.\n"
        assert not place.audit.exists()
        shown = await place.call("yemot.GetCustomerData", "--show-secrets")
        assert (shown.answer, shown.stderr) == (told, "")
        plain = await place.call("yemot.GetCustomerData", PYTHONIOENCODING="ascii")
        assert plain.stdout.isascii()
        assert plain.answer["name"] == told["name"]


async def test_json_is_one_object_with_the_outcome(tmp_path: Path) -> None:
    wrong = {"responseStatus": "ERROR", "message": "אין הרשאה CANARY-token", "messageCode": 7}
    async with desk(tmp_path, GetSipAccountsInCustomer=SIP, GetTasks=wrong) as place:
        done = await place.call("yemot.GetSipAccountsInCustomer", "--json")
        assert (done.code, done.answer) == (
            0,
            {
                "method": "yemot.GetSipAccountsInCustomer",
                "source": "Main line",
                "outcome": "ok",
                "vendor_code": "OK",
                "words": None,
                "done": None,
                "answer": {"responseStatus": "OK", "accounts": [{"id": "0790000000=1", "password": "***"}]},
                "media_type": None,
                "content": None,
            },
        )
        done = await place.call("yemot.GetTasks", "--json")
        assert done.code == 1
        assert (done.answer["outcome"], done.answer["vendor_code"]) == ("refused", "7")
        assert done.answer["words"] == "אין הרשאה ***"
        assert done.answer["answer"]["message"] == "אין הרשאה ***"
        assert "אין הרשאה ***" in done.stderr


async def test_what_costs_is_sent_once_and_recorded_before_and_after(tmp_path: Path) -> None:
    seen: list[list[dict[str, Any]]] = []

    async def send(exchange: Exchange) -> None:
        seen.append(place.lines())
        await answer(SENT)(exchange)

    async with desk(tmp_path, '[board]\noperator = "dana"', SendSms=send) as place:
        done = await place.call(*SMS, "--yes")
        assert (done.code, place.sent) == (0, ["SendSms"])
        assert done.answer == SENT
        assert done.stderr == "yemot.SendSms: done\n"
        (intent,) = seen[0]  # on the disk while it was being sent
        intent_after, outcome = place.lines()
        assert intent_after == intent
    assert (intent["event"], outcome["event"]) == ("intent", "outcome")
    assert intent["id"] == outcome["id"]
    for line in (intent, outcome):
        assert (line["action"], line["operator"], line["source"]) == ("yemot.SendSms", "dana", "Main line")
        assert line["target"]["key"] == "0500000001:0500000002"
        assert line["parameters"]["message"] == "שלום"
    assert (intent["outcome"], outcome["outcome"], outcome["vendor_code"]) == (None, "ok", "OK")
    assert outcome["milliseconds"] > 0


async def test_a_campaign_is_found_by_its_name_and_recorded_by_its_digest(tmp_path: Path) -> None:
    async with desk(tmp_path, StopCampaign=OK, AddCall={"ErrorCode": -2, "Description": "Number is invalid"}) as place:
        done = await place.call("voicenter.StopCampaign", "--campaign", "סקר", "--yes")
        assert (done.code, place.sent) == (0, ["GetCampaignList", "StopCampaign"])
        assert place.server.requests[-1].json == {"Campaign": SURVEY}
        by_id = await place.call("voicenter.StopCampaign", "--campaign", digest(SALES), "--yes")
        assert by_id.code == 0
        assert place.server.requests[-1].json == {"Campaign": SALES}
        as_given = await place.call("voicenter.AddCall", f"Campaign={SURVEY}", "Target=5", "--yes")
        assert as_given.code == 1
        assert "refused by the vendor: Number is invalid" in as_given.stderr
        for wanted, said in (
            ("Twin", "2 campaigns are called 'Twin': give an id of"),
            ("None", "no campaign is called"),
        ):
            done = await place.call("voicenter.StopCampaign", "--campaign", wanted, "--yes")
            assert done.code == 2
            assert said in done.stderr
        lines, text = place.lines(), place.audit.read_text()
        assert place.sent.count("StopCampaign") == 2
    assert "CANARY" not in text
    assert lines[0]["target"] == {"key": digest(SURVEY), "words": "סקר"}
    assert lines[0]["parameters"] == {"Campaign": digest(SURVEY)}
    assert lines[4]["parameters"] == {"Campaign": digest(SURVEY), "Target": "5"}
    assert [line["outcome"] for line in lines] == [None, "ok", None, "ok", None, "refused"]
    assert (lines[5]["vendor_code"], lines[5]["vendor_message"]) == ("-2", "Number is invalid")


async def test_targets_in_a_file_go_out_as_one_list(tmp_path: Path) -> None:
    told = {
        "AddResult": [
            {"Target": "1", "ErrorCode": 0},
            {"Target": "2", "ErrorCode": -2, "Description": "Number is invalid"},
        ],
        "ErrorCode": 0,
    }
    rows = tmp_path / "rows.json"
    rows.write_text('[{"Target": "0500000001", "CustomerName": "דנה"}, {"Target": "2"}]')
    async with desk(tmp_path, AddCallsBulk=told) as place:
        done = await place.call("voicenter.AddCallsBulk", f"rows=@{rows}", "--campaign", "סקר", "--yes")
        sent = json.loads(place.server.requests[-1].body)
        lines = place.lines()
    assert sent == [{"Campaign": SURVEY, **row} for row in json.loads(rows.read_text())]
    assert (done.code, done.answer) == (1, told)
    assert "refused by the vendor: Number is invalid; it was done to 1 of 2\n" in done.stderr
    intent, outcome = lines
    assert (outcome["outcome"], outcome["vendor_message"]) == ("refused", "Number is invalid")
    assert outcome["parameters"]["done"] == "1 of 2"
    assert "done" not in intent["parameters"]
    assert lines[0]["parameters"] == {"Campaign": digest(SURVEY), "rows": "2", "Target": "0500000001, 2"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["yemot.SendSm"], "'yemot.SendSm' is no method: did you mean yemot.SendSms?"),
        (["sendsms"], "'sendsms' is no method: did you mean yemot.SendSms?"),
        (["voicenter.SendSms"], "'voicenter.SendSms' is no method: did you mean yemot.SendSms?"),
        (["yemot.GetCampaignLst"], "'yemot.GetCampaignLst' is no method: did you mean voicenter.GetCampaignList?"),
        (["yemot.Nope"], "'yemot.Nope' is no method: `wallboard call --list` names them all"),
        (["yemot.SendFax", "pdfFile=/a", "phone=1", "deliveryUrl=foo"], "SendFax: deliveryUrl must be a whole address"),
        (["yemot.SendSms", "message=a", "phones=1"], "SendSms: sendFlashMessage is missing"),
        ([*SMS, "mesage=x"], "mesage is not a parameter of this method; did you mean message?"),
        ([*SMS, "message=x"], "SendSms: message is given twice"),
        ([*SMS, "hello"], "'hello' is not key=value, key:=json or key=@file"),
        ([*SMS, "token=x"], "SendSms: token comes from the source's own table in the configuration"),
        ([*SMS, "--source", "Head office"], "no source of kind 'yemot' is named 'Head office'; there are: Main line"),
        ([*SMS, "--campaign", "x"], "SendSms: is about no campaign: leave --campaign out"),
        (["voicenter.StopCampaign"], "StopCampaign: Campaign is missing"),
        (["voicenter.StopCampaign", "Campaign=1", "--campaign", "x"], "Campaign is given twice"),
        (
            [
                "voicenter.SmartDialerSettings",
                "Campaign=1",
                "setQueueForMonitoring=1",
                "setQueueMaximumCallers=1",
                "setCoefficient=2",
            ],
            "the vendor's documents do not name this method",
        ),
        (SMS, "yemot.SendSms: changes something or costs units, and there is no terminal to ask: add --yes"),
        (
            [*SMS, "--yes", "--read-only"],
            "yemot.SendSms: changes something or costs units, and this board is read-only",
        ),
        (["yemot.SipExtensionManagement", "SipExtensionManagement=Set"], "there is no terminal to ask"),
    ],
)
async def test_what_cannot_be_sent_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    async with desk(tmp_path) as place:
        for name in [name for name in os.environ if name.startswith("WALLBOARD_")]:
            monkeypatch.delenv(name)
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            monkeypatch.setenv(name, str(tmp_path))
        monkeypatch.setattr("wallboard.cli.session.begin_log", lambda *_: None)
        done = await asyncio.to_thread(CliRunner().invoke, app, ["call", *arguments])
        assert place.server.connections == 0
        assert not place.audit.exists()
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


async def test_a_long_list_with_many_mistakes_does_not_flood(tmp_path: Path) -> None:
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps([{"Campaign": "1"}] * 500))
    async with desk(tmp_path) as place:
        done = await place.call("voicenter.AddCallsBulk", f"rows=@{rows}", "--yes")
        assert (done.code, place.sent) == (2, [])
    first, *_, last = lines = done.stderr.splitlines()
    assert (first, last) == ("AddCallsBulk: object 1: Target is missing", "and 480 more of the kind")
    assert len(lines) == 21


async def test_one_active_task_too_many_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    tasks = [{"id": number, "active": int(number != 3)} for number in range(1, 12)]
    told = {"responseStatus": "OK", "tasks": tasks}
    words = ["description=x", "mailInEnd=0", "mailInError=0", "ifAnyDay=1"]
    new = ["yemot.CreateTask", *words, "checkIsKodesh=0", "taskType=SendSMS", "smsList=1", "smsMessage=x", "--yes"]
    async with desk(tmp_path, GetTasks=told, CreateTask={"id": 1, "jobId": 12}, UpdateTask={"status": True}) as place:
        done = await place.call(*new, "active=1")
        assert (done.code, place.sent, place.lines()) == (2, ["GetTasks"], [])
        assert done.stderr == (
            "CreateTask: active must be 0: the system has 10 active tasks, and may have 10 at most\n"
        )
        assert (await place.call(*new, "active=0")).code == 0
        assert (await place.call("yemot.UpdateTask", "TaskId=4", *words, "active=1", "--yes")).code == 0
        assert (await place.call("yemot.UpdateTask", "TaskId=3", *words, "active=1", "--yes")).code == 2
    assert place.sent.count("CreateTask") == place.sent.count("UpdateTask") == 1


async def test_one_of_several_accounts_must_be_named(tmp_path: Path) -> None:
    more = '[[source]]\nkind = "yemot"\nname = "Second"\ntoken = "CANARY-2"\nqueues = ["/1"]'
    async with desk(tmp_path, more, GetTasks={"tasks": []}) as place:
        done = await place.call("yemot.GetTasks")
        assert (done.code, place.sent) == (2, [])
        assert "there are several sources of kind 'yemot': say which with --source: Second, Main line" in done.stderr
        assert (await place.call("yemot.GetTasks", "--source", "Main line")).answer == {"tasks": []}


async def test_a_reading_mode_asks_nothing_even_where_the_board_is_read_only(tmp_path: Path) -> None:
    told = {"responseStatus": "OK", "lists": []}
    async with desk(tmp_path, TzintukimListManagement=told) as place:
        done = await place.call("yemot.TzintukimListManagement", "action=getlists", "--read-only")
        assert (done.code, done.answer, place.lines()) == (0, told, [])
        done = await place.call("yemot.TzintukimListManagement", "action=resetList", "TzintukimList=1", "--read-only")
        assert done.code == 2
        assert len(place.sent) == 1


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1), ("\x03", 1), ("\x04", 1)])
async def test_a_person_is_asked_with_all_that_matters(tmp_path: Path, typed: str, code: int) -> None:
    async with desk(tmp_path, SendSms=SENT) as place:
        done = await place.call_at_terminal([typed], *SMS)
        assert (done.code, place.sent) == (code, ["SendSms"] if code == 0 else [])
        assert len(place.lines()) == (2 if code == 0 else 0)
    for said in (
        "yemot.SendSms at Main line: Sends a text message.",
        "message = שלום",
        "phones = 0500000001:0500000002",
        "It costs 0.2 units (1 × 70 characters to 2 numbers): 0.1 unit per 70 characters for each number.",
    ):
        assert said in done.stderr
    assert done.stdout == (json.dumps(SENT, ensure_ascii=False, indent=2) + "\n" if code == 0 else "")


async def test_a_question_about_a_campaign_tells_its_name_and_no_code(tmp_path: Path) -> None:
    async with desk(tmp_path, ClearCampaignCalls=OK) as place:
        done = await place.call_at_terminal(["n\n"], "voicenter.ClearCampaignCalls", "--campaign", "סקר")
        assert place.sent == ["GetCampaignList"]
    assert f"Campaign = סקר (digest {digest(SURVEY)})" in done.stderr
    assert "CANARY" not in done.stderr


async def test_a_time_out_leaves_it_unknown_and_nothing_is_sent_again(tmp_path: Path) -> None:
    async with desk(tmp_path, SendSms=silence) as place:
        begun = time.monotonic()
        done = await place.call(*SMS, "--yes", "--json")
        assert 7.5 < time.monotonic() - begun < 15
        assert (done.code, done.answer["outcome"], place.sent) == (1, "unknown", ["SendSms"])
        _, outcome = place.lines()
    assert "outcome unknown: no whole answer from" in done.stderr
    assert "It may have been done, and is never sent again by itself." in done.stderr
    assert "look: yemot.GetCustomerSmsTransactions." in done.stderr
    assert (outcome["outcome"], outcome["parameters"]["reason"]) == ("unknown", "timeout")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_while_sending_is_recorded(tmp_path: Path, number: signal.Signals) -> None:
    arrived = asyncio.Event()

    async def keep_waiting(exchange: Exchange) -> None:
        arrived.set()
        await silence(exchange)

    async with desk(tmp_path, SendSms=keep_waiting) as place:
        process = await place.start(*SMS, "--yes")
        with anyio.fail_after(DEADLINE):
            await arrived.wait()
        process.send_signal(number)
        done = await ended(process)
        _, outcome = place.lines()
        assert (done.code, place.sent) == (1, ["SendSms"])
    assert (outcome["outcome"], outcome["parameters"]["reason"]) == ("unknown", "interrupted")
    assert "It may have been done" in done.stderr


async def test_a_refused_secret_and_a_vendor_out_of_reach(tmp_path: Path) -> None:
    refused = {"responseStatus": "FORBIDDEN", "message": "user name or password do not match"}
    async with desk(tmp_path, GetTasks=refused, SendSms=refused) as place:
        asked = await place.call("yemot.GetTasks")
        sent = await place.call(*SMS, "--yes")
        assert [line["outcome"] for line in place.lines()] == [None, "refused"]
    assert (asked.code, sent.code) == (3, 3)
    assert "make an API key" in asked.stderr
    done = await place.call(*SMS, "--yes")  # nobody listens there any more
    assert done.code == 1
    assert "not sent:" in done.stderr
    assert place.lines()[-1]["outcome"] == "not_sent"


async def test_what_cannot_be_recorded_is_not_sent(tmp_path: Path) -> None:
    async with desk(tmp_path, SendSms=SENT) as place:
        place.audit.mkdir()
        done = await place.call(*SMS, "--yes")
        assert (done.code, place.sent, done.stdout) == (1, [], "")
    assert done.stderr.startswith("Not sent: ")
    assert "What cannot be recorded is not done." in done.stderr


async def test_an_outcome_that_cannot_be_recorded_is_said(tmp_path: Path) -> None:
    async def send(exchange: Exchange) -> None:
        place.audit.unlink()
        place.audit.mkdir()
        await answer(SENT)(exchange)

    async with desk(tmp_path, SendSms=send) as place:
        done = await place.call(*SMS, "--yes")
    assert (done.code, done.answer) == (1, SENT)
    assert "The audit could not record what came of it" in done.stderr


async def report(place: Desk, *arguments: str) -> Any:
    return await place.call("yemot.RenderYMGRFile", "wath=/1/a.ymgr", "convertType=csv", *arguments)


async def test_a_file_goes_to_stdout_or_where_it_is_wanted(tmp_path: Path) -> None:
    body = "טלפון,משך\r\n0500000001,12\r\n".encode()
    route = answer(body, Content_Type="text/csv")
    async with desk(tmp_path, RenderYMGRFile=route) as place:
        done = await report(place)
        assert (done.code, done.stdout, done.stderr) == (0, body.decode(), "")
        out = tmp_path / "report.csv"
        done = await report(place, "--out", str(out))
        assert (done.code, done.stdout, out.read_bytes()) == (0, "", body)
        assert f"{out}: {len(body)} bytes" in done.stderr
        done = await report(place, "--json")
        assert base64.b64decode(done.answer["content"]) == body
        assert (done.answer["media_type"], done.answer["answer"]) == ("text/csv", None)
        done = await report(place, "--out", str(tmp_path))
        assert done.code == 1
        assert "the answer came, and cannot be written there: Is a directory" in done.stderr


async def test_a_fax_is_uploaded_from_the_command_line(tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    page.write_bytes(b"%PDF-1.4")
    words = ["pdfFile=UPLOAD", f"fileToUpload=@{page}", "phone=0500000001"]
    async with desk(tmp_path, SendFax={"responseStatus": "OK", "callsCount": 1}) as place:
        done = await place.call("yemot.SendFax", *words, "--yes")
        (asked,) = place.server.requests
        assert place.lines()[0]["parameters"]["fileToUpload"] == str(page)
    assert done.code == 0
    assert asked.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b"%PDF-1.4" in asked.body


def test_the_list_names_all_47_with_what_they_change_and_cost() -> None:
    lines = catalogue().splitlines()
    assert [line.split()[0] for line in lines] == list(METHODS)
    for line, method in zip(lines, METHODS.values(), strict=True):
        assert line.endswith(method.description)
        marks = line.removesuffix(method.description).split()[1:]
        assert marks == ["CHANGES"] * method.is_mutating + ["COSTS"] * method.costs_units
    told = json.loads(catalogue_json())
    assert [entry["name"] for entry in told] == list(METHODS)
    sms = next(entry for entry in told if entry["name"] == "yemot.SendSms")
    assert (sms["parameters"][0]["name"], sms["parameters"][0]["from_configuration"]) == ("token", True)
    assert sms["parameters"][3]["types"] == ["0_or_1"]


@pytest.mark.parametrize("name", sorted(METHODS))
def test_the_help_of_a_method_tells_its_parameters_and_an_example_that_is_taken(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.pdf").write_bytes(b"%PDF")
    vendor, method = name.partition(".")[0], METHODS[name]
    text = method_help(vendor, method)
    for parameter in method.parameters:
        assert (f"\n  {parameter.name} " in text) is (parameter.name not in CREDENTIALS[vendor])
    for mode in method.modes:
        assert f"\n  {mode.value}: " in text
    folded = " ".join(text.split())
    rules = [rule.words for parameter in method.parameters for rule in parameter.rules]
    for rule in (*rules, *(rule.words for rule in method.together)):
        assert rule in folded
    for field in (*method.fields, *(field for mode in method.modes for field in mode.fields)):
        assert field.path.rpartition(".")[2].removesuffix("[]") + "*" * field.is_secret in folded
    line = example(vendor, method)
    assert line in text
    if method.command_setting:
        method = method.named("InventedName")
    words = [word.replace("'", "") for word in line.removeprefix(f"wallboard call {name}").split()]
    told = given(vendor, method, words)
    assert check(method, [told.values] if method.most_rows else told.values, CREDENTIALS[vendor]) == ()


def test_there_is_a_place_to_look_after_everything_that_changes_something() -> None:
    assert LOOK_AT.keys() == {name for name, method in METHODS.items() if method.is_mutating}


async def test_the_list_and_the_help_need_no_configuration(tmp_path: Path) -> None:
    place = Desk(tmp_path, None)  # type: ignore[arg-type]
    assert len((await place.call("--list")).stdout.splitlines()) == 47
    assert len((await place.call("--list", "--json")).answer) == 47
    assert "sendFlashMessage" in (await place.call("yemot.SendSms", "--help")).stdout
    assert "--show-secrets" in (await place.call("--help")).stdout
    assert "--show-secrets" in (await place.call()).stdout
