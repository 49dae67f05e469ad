"""`wallboard call` before and after what cannot be taken back: what is asked, what is looked up, what is recorded."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calls import SURVEY, desk
from tests.cli.test_call import OK, SENT, digest
from wallboard.assembly.orders import Order
from wallboard.cli.call_question import confirmed_by, question, untold
from wallboard.config.model import YemotSource
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.values import given

DETAILS = {**OK, "Data": {"Name": "סקר", "StatusName": "Enabled", "TotalPendingCalls": 1234, "Code": SURVEY}}
CLEAR = ["voicenter.ClearCampaignCalls", f"Campaign={SURVEY}"]
RESET = ["yemot.TzintukimListManagement", "action=resetList", "TzintukimList=בית ספר"]


def order_of(name: str, *words: str) -> Order:
    method = METHODS[name]
    source = YemotSource.model_validate({"kind": "yemot", "name": "Main line", "token": "CANARY", "queues": ["/1"]})
    return Order(name, method, source, given(name.partition(".")[0], method, words))


@pytest.mark.parametrize(
    ("typed", "code"), [("סקר\n", 0), ("y\n", 1), ("\n", 1), ("Sales\n", 1), (f"{digest(SURVEY)}\n", 1)]
)
async def test_a_campaign_is_emptied_after_its_name_was_typed(tmp_path: Path, typed: str, code: int) -> None:
    async with desk(tmp_path, ClearCampaignCalls=OK, GetCampaignDetails=DETAILS) as place:
        done = await place.call_at_terminal([typed], *CLEAR)
        assert (done.code, place.sent) == (code, ["GetCampaignDetails", *["ClearCampaignCalls"] * (code == 0)])
        assert place.server.requests[0].json == {"Campaign": SURVEY}
        lines = place.lines()
    assert f"Campaign = סקר (digest {digest(SURVEY)}, 1,234 targets pending)" in done.stderr
    assert "It takes all targets out of the campaign, with their data. It cannot be undone." in done.stderr
    assert "Type סקר to confirm:" in done.stderr
    assert "CANARY" not in done.stderr
    assert [line["target"]["words"] for line in lines] == ["סקר"] * (2 if code == 0 else 0)


async def test_a_campaign_without_a_name_is_known_by_its_digest(tmp_path: Path) -> None:
    refused = {"ErrorCode": 2, "Description": "Internal error occurred"}
    async with desk(tmp_path, ClearCampaignCalls=OK, StopCampaign=OK, GetCampaignDetails=refused) as place:
        cleared = await place.call_at_terminal([f"{digest(SURVEY)}\n"], *CLEAR)
        stopped = await place.call_at_terminal(["n\n"], "voicenter.StopCampaign", f"Campaign={SURVEY}")
        assert place.sent == ["GetCampaignDetails", "ClearCampaignCalls", "GetCampaignDetails"]
    assert (cleared.code, stopped.code) == (0, 1)
    for done in (cleared, stopped):
        assert f"Campaign = campaign with the digest {digest(SURVEY)}" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["StopCampaign"],
        ["StartCampaign"],
        ["AddMember", "Member=SIPSIP1"],
        ["RemoveMember", "Member=SIPSIP1"],
        ["AddCallsBulk", 'rows:=[{"Target":"0500000001"}]'],
    ],
)
async def test_a_campaign_by_its_code_is_asked_about_by_its_name(tmp_path: Path, words: list[str]) -> None:
    details = {**DETAILS, "Data": [DETAILS["Data"]]}
    async with desk(tmp_path, GetCampaignDetails=details) as place:
        done = await place.call_at_terminal(["n\n"], f"voicenter.{words[0]}", f"Campaign={SURVEY}", *words[1:])
        assert (done.code, place.sent) == (1, ["GetCampaignDetails"])
    assert "Campaign = סקר (digest " in done.stderr


async def test_with_yes_nothing_is_looked_up(tmp_path: Path) -> None:
    async with desk(tmp_path, ClearCampaignCalls=OK) as place:
        assert (await place.call(*CLEAR, "--yes")).code == 0
        assert place.sent == ["ClearCampaignCalls"]


@pytest.mark.parametrize(("typed", "code"), [("בית ספר\n", 0), ("y\n", 1), ("בית\n", 1)])
async def test_a_list_is_emptied_after_its_name_was_typed(tmp_path: Path, typed: str, code: int) -> None:
    told = {"responseStatus": "OK", "list": "בית ספר"}
    async with desk(tmp_path, TzintukimListManagement=told) as place:
        done = await place.call_at_terminal([typed], *RESET)
        assert (done.code, len(place.sent)) == (code, int(code == 0))
    assert "It takes all numbers out of the list בית ספר. It cannot be undone." in done.stderr


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("yemot.DeleteSipAccount", ["accountNumber=3"], "It deletes SIP account 3. It cannot be undone."),
        ("yemot.DeleteSipAccount", ["accountNumber:=[3,4]"], "It deletes SIP accounts 3, 4. It cannot be undone."),
        ("yemot.DeleteTask", ["TaskId=7"], "It deletes task 7. It cannot be undone."),
        (
            "yemot.SipExtensionManagement",
            ["SipExtensionManagement=Set", "accountNumber=3"],
            "It deletes the extension number of SIP account 3. It cannot be undone.",
        ),
        (
            "yemot.PirsumPhoneManagement",
            ["action=UnRegistration"],
            "It takes the system out of the PirsumPhone service.",
        ),
        ("voicenter.RemoveMember", ["Campaign=x", "Member=SIPSIP1"], "It takes SIPSIP1 out of the campaign."),
        (
            "voicenter.RemoveCall",
            ["Campaign=x", "Target=5"],
            "It takes 5 out of the campaign, with its data. It cannot",
        ),
        ("voicenter.RemoveCall", ["Campaign=x", "Target=\u202e{x}\n"], "It takes {x}  out of the campaign"),
    ],
)
def test_what_is_destroyed_is_said(name: str, words: list[str], said: str) -> None:
    wanted = order_of(name, *words)
    assert said in question(wanted).splitlines()[-1]
    assert not confirmed_by(wanted)


@pytest.mark.parametrize(
    ("name", "words", "cost"),
    [
        ("yemot.RunTzintuk", ["phones=0500000001:0500000002:0500000003"], "0.3 units (3 numbers): 0.1 unit per number"),
        ("yemot.RunTzintuk", ["phones=0500000001"], "0.1 unit (1 number): "),
        ("yemot.RunTzintuk", ["phones=tzl:100,200"], "nothing (a free list): "),
        ("yemot.RunTzintuk", ["phones=tpl:17"], "0.1 unit for each number on the list: "),
        (
            "yemot.RunTzintuk",
            ['phones:=["0500000001",{"phones":["0500000002","0500000003"],"callerId":"0790000000"}]'],
            "0.3 units (3 numbers): ",
        ),
        (
            "yemot.SendTTS",
            ["phones=0500000001:0500000002"],
            "from 2 units (2 numbers, up to a minute each): 1 unit for",
        ),
        ("yemot.SendTTS", ["phones=0500000001"], "from 1 unit (1 number, up to a minute each): "),
        ("yemot.SendTTS", ["phones=tpl:17"], "from 1 unit for each number on the list: "),
    ],
)
def test_what_it_costs_is_worked_out(name: str, words: list[str], cost: str) -> None:
    assert f"It costs {cost}" in question(order_of(name, *words))


def rows(tmp_path: Path, count: int) -> str:
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([{"Target": str(500_000_000 + number)} for number in range(count)]))
    return f"rows=@{file}"


async def test_more_rows_than_are_told_of_are_taken_as_a_whole(tmp_path: Path) -> None:
    async with desk(tmp_path, AddCallsBulk=OK) as place:
        done = await place.call("voicenter.AddCallsBulk", rows(tmp_path, 3001), f"Campaign={SURVEY}", "--yes")
        assert (done.code, place.sent) == (0, ["AddCallsBulk"])
        before, after = done.stderr.splitlines()
        assert before.startswith("Above 3,000 rows the vendor tells no row's own result: these 3,001 are answered as")
        words = "taken as a whole: above 3,000 rows the vendor tells of none singly"
        assert after == f"voicenter.AddCallsBulk: done ({words})"
        outcome = place.lines()[-1]
        assert (outcome["outcome"], outcome["vendor_message"], outcome["parameters"]["reason"]) == ("ok", None, words)
        few = await place.call("voicenter.AddCallsBulk", rows(tmp_path, 3000), f"Campaign={SURVEY}", "--yes")
    assert few.code == 1
    assert "lacks what it must hold: 3,000 in AddResult, not 0\n" in few.stderr
    assert "Above" not in few.stderr


def test_the_question_tells_that_no_row_will_be_told_of(tmp_path: Path) -> None:
    many = order_of("voicenter.AddCallsBulk", rows(tmp_path, 3001), "Campaign=x")
    assert untold(many) in question(many).splitlines()
    assert untold(many)
    assert not untold(order_of("voicenter.AddCallsBulk", rows(tmp_path, 3000), "Campaign=x"))


async def test_a_refused_code_of_the_dialer_ends_with_3_and_a_hint(tmp_path: Path) -> None:
    refused = {"ErrorCode": 1, "Description": "Invalid code"}
    async with desk(tmp_path, GetCampaignList=refused) as place:
        asked = await place.call("voicenter.GetCampaignList")
        named = await place.call("voicenter.GetMembersList", "--campaign", "סקר")
    for done in (asked, named):
        assert done.code == 3
        assert "The code is wrong: copy it anew from" in done.stderr
    assert "The campaign could not be looked up" in named.stderr


def routes(name: str, told: object) -> Any:
    return {name: told}


@pytest.mark.parametrize("name", ["GetExtensions", "GetExtensionsCalls"])
async def test_no_extensions_are_remarked(tmp_path: Path, name: str) -> None:
    told: dict[str, Any] = {"ERR": 0, "DESC": "OK", "EXTENSIONS": []}
    async with desk(tmp_path, **routes(name, told)) as place:
        done = await place.call(f"voicenter.{name}")
    assert (done.code, done.answer) == (0, told)
    assert done.stderr == f"voicenter.{name}: vendor says 0 extensions; a wrong code looks the same\n"
    some = {**told, "EXTENSIONS": [{"SIP": "SIPSIP1", "username": "SIPSIP1"}]}
    async with desk(tmp_path, **routes(name, some)) as place:
        assert (await place.call(f"voicenter.{name}")).stderr == ""


async def test_what_the_answer_lacks_is_not_put_into_the_vendors_mouth(tmp_path: Path) -> None:
    told = {key: value for key, value in SENT.items() if key != "sendCount"}
    async with desk(tmp_path, SendSms={**told, "oks": []}) as place:
        done = await place.call("yemot.SendSms", "message=x", "sendFlashMessage=0", "phones=0500000001", "--yes")
        outcome = place.lines()[-1]
    assert "lacks what it must hold: sendCount\n" in done.stderr
    assert (outcome["outcome"], outcome["vendor_code"], outcome["vendor_message"]) == ("unknown", "OK", None)
    assert outcome["parameters"]["reason"] == "bad_shape"
    assert outcome["parameters"]["lacking"] == "sendCount"


KICK = ["yemot.QueueManagement", "queuePath=/1", "action=kick", 'callIds:=["a","b"]', "--yes"]


async def test_what_was_done_in_part_is_recorded_so(tmp_path: Path) -> None:
    told = {"responseStatus": "OK", "status": {"a": "OK", "b": "Call not found"}}
    async with desk(tmp_path, QueueManagement=told) as place:
        done = await place.call(*KICK, "--json")
        outcome = place.lines()[-1]
    assert (done.code, done.answer["outcome"], done.answer["done"]) == (1, "gone", "1 of 2")
    assert "(Call not found); it was done to 1 of 2\n" in done.stderr
    assert (outcome["outcome"], outcome["vendor_message"]) == ("gone", "Call not found")
    assert outcome["parameters"]["done"] == "1 of 2"
