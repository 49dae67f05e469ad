"""Each of the 47, in each of its modes: called over HTTP as it is declared, and answered as it is declared."""

from collections import defaultdict
from typing import Any

import httpx
import pytest

from tests.contract.calling import account_of, document_of
from tests.contract.cases import CASES, Case
from tests.contract.shapes import held, wrong
from wallboard.domain.faults import VendorFault
from wallboard.vendors.body import parsed
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.method import JSON, Verb
from wallboard.vendors.tally import Tally

# What the vendors send and their documents do not tell, as reality has it.
UNDOCUMENTED = {
    "yemot": {"responseStatus", "yAfastVersion", "yemotAPIVersion"},
    "yemot.RunTzintuk": {"callsTimeout", "campaignId"},
    "voicenter.GetExtensionsCalls": {
        "EXTENSIONS[].accountID",
        "EXTENSIONS[].topAccountID",
        "EXTENSIONS[].peerStatus",
        "EXTENSIONS[].calls[].queueID",
        "EXTENSIONS[].calls[].actualDialedNumber",
        "EXTENSIONS[].calls[].isInternal",
        "EXTENSIONS[].calls[].calldurationinterval",
        "EXTENSIONS[].calls[].recording.Options",
        "EXTENSIONS[].calls[].recording.ApproximateURL",
        "EXTENSIONS[].calls[].customdata.CustomerNumber",
        "EXTENSIONS[].calls[].customdata.IsDoNotCallMe",
        "EXTENSIONS[].calls[].customdata.CampaignName",
    },
    "voicenter.GetQueuesCallers": {"QUEUES[].Callers[].CallerName", "QUEUES[].Callers[].isDistributedQueue"},
}
# Types that the documents do not tell and the vendors send.
AS_SENT: dict[str, dict[str, str]] = {
    "yemot.GetQueueRealTime": {"members[].LastCall": "null", "members[].LastCallAgo": "null"},
    "yemot.RunTzintuk": {"biling": "string"},
    "yemot.GetTasksData": dict.fromkeys(("minute", "hour", "year", "day", "month"), "null"),
}
# In the table, and not in the sample: the target's priority is spelled Priorety.
NEVER_THERE = {"voicenter.GetCampaignPendingCalls": {"Data.Calls[].Priority"}}
# There when it is so: an extension that is asked by another.
NOW_AND_THEN = {"voicenter.GetExtensionsCalls": {"EXTENSIONS[].calls[].customdata.OriginalIvrUniqueID"}}

every_case = pytest.mark.parametrize(
    ("name", "case"), CASES, ids=lambda given: given.id if isinstance(given, Case) else ""
)


def undocumented(name: str) -> set[str]:
    return UNDOCUMENTED.get(name, set()) | UNDOCUMENTED.get(name.partition(".")[0], set())


@every_case
async def test_it_is_answered_as_it_is_declared(name: str, case: Case) -> None:
    async with account_of(name) as account:
        answer = await account.call(name, case)
        method = METHODS[name]
    mode = method.mode(case.values)
    if mode is not None and mode.content != JSON:
        assert answer.media_type == mode.content
        assert answer.body
        return
    assert answer.media_type == JSON
    document = document_of(method, answer)
    declared = method.answer_fields(case.values)
    found = list(held(document, declared))
    assert wrong(found, declared, AS_SENT.get(name, {})) == []
    paths = {path for path, _ in found}
    promised = {field.path for field in declared} - NEVER_THERE.get(name, set()) - NOW_AND_THEN.get(name, set())
    assert promised - paths == set()
    assert paths - {field.path for field in declared} - undocumented(name) == set()


def test_every_method_and_every_mode_is_called() -> None:
    called: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = defaultdict(set)
    for name, case in CASES:
        method = METHODS[name]
        mode = method.mode(case.values)
        called[name].add(mode.value if mode else "")
        given[name] |= set().union(case.values, *case.rows)
    modes = {name: {mode.value for mode in method.modes} or {""} for name, method in METHODS.items()}
    assert called == modes


@every_case
async def test_every_documented_transport_is_taken(name: str, case: Case) -> None:
    """In an address and in a form every value is a text."""
    method = METHODS[name]
    if not case.is_written_as_text:
        return
    async with account_of(name) as account, httpx.AsyncClient() as http:
        url = f"{account.url(method)}{method.name}"
        for verb in [verb for verb in (Verb.GET, Verb.POST_FORM) if verb in method.verbs]:
            values = {key: str(value) for key, value in account.values(method, case).items()}
            asked = http.get(url, params=values) if verb is Verb.GET else http.post(url, data=values)
            response = await asked
            mode = method.mode(case.values)
            if mode is None or mode.content == JSON:
                method.envelope(response.json(), "vendor.example")


@pytest.mark.parametrize(
    ("name", "case"), [pair for pair in CASES if METHODS[pair[0]].verbs == (Verb.POST_JSON,)], ids=lambda _: ""
)
async def test_what_takes_json_alone_refuses_the_rest(name: str, case: Case) -> None:
    async with account_of(name) as account, httpx.AsyncClient() as http:
        method = account.method(name)
        rows: Any = case.rows[:1] or [{}]
        values = {key: str(value) for key, value in {**account.values(method, case), **rows[0]}.items()}
        url = f"{account.url(method)}{method.command or method.name}"
        for response in (await http.get(url, params=values), await http.post(url, data=values)):
            document = {key.strip(): value for key, value in response.json().items()}
            with pytest.raises(VendorFault):
                method.envelope(document, "vendor.example")


@pytest.mark.parametrize("vendor", ["yemot", "voicenter"])
async def test_a_wrong_secret_is_refused(vendor: str) -> None:
    async with account_of(f"{vendor}.") as account:
        for name, case in dict(reversed([pair for pair in CASES if pair[0].startswith(vendor)])).items():
            method = account.method(name)
            values = account.values(method, case)
            values[next(p.name for p in method.parameters if p.is_secret)] = "wrong"
            answer = await account.session.post(account.request(method, values, case))
            document = parsed(answer, Tally())
            if "AddResult" in document:
                assert {row["ErrorCode"] for row in document["AddResult"]} == {1}
            else:
                with pytest.raises(VendorFault):
                    method.envelope(document, answer.host)
