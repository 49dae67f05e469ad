"""What is sent, and where the secrets travel."""

import logging
from typing import Any

import pytest

from tests.vendors.accounts import CANARY, closing, fixture, part_of, voicenter_account, yemot_account
from tests.vendors.fault_server import answer, fault_server
from wallboard import __version__
from wallboard.config.model import VoicenterSource, YemotSource
from wallboard.vendors.method import Method, Pace, Verb
from wallboard.vendors.voicenter import methods as voicenter
from wallboard.vendors.yemot import methods as yemot

VOICENTER: list[Method[Any]] = [
    voicenter.GET_EXTENSIONS_CALLS,
    voicenter.GET_QUEUES_CALLERS,
    voicenter.GET_EXTENSIONS,
    voicenter.GET_CAMPAIGN_LIST,
]
MUTATING: list[Method[Any]] = [yemot.QUEUE_MANAGEMENT, voicenter.STOP_CAMPAIGN, voicenter.START_CAMPAIGN]
METHODS: list[Method[Any]] = [yemot.GET_QUEUE_REAL_TIME, yemot.GET_CUSTOMER_DATA, *VOICENTER]


async def test_yemots_token_travels_in_a_header_alone(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with fault_server(ym=answer(fixture("yemot/GetQueueRealTime.answer"))) as server:
        account = yemot_account(server.url("ym"), queues=["/2/5"])
        async with closing(account):
            await part_of(account.feeds[0])
        (asked,) = server.requests
    assert asked.target == "/ym/GetQueueRealTime"
    assert asked.headers["authorization"] == CANARY
    assert asked.json == {"queuePath": "/2/5"}
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["user-agent"] == f"wallboard/{__version__}"
    assert CANARY not in caplog.text
    assert "/ym/" not in caplog.text


async def test_voicenters_codes_travel_in_the_body_alone() -> None:
    document = {"ERR": 0, "ErrorCode": 0, "EXTENSIONS": [], "QUEUES": [], "Data": []}
    async with fault_server(api=answer(document)) as server:
        account = voicenter_account(server.url("api"), dialer_code="another-code")
        async with closing(account):
            for feed in account.feeds:
                await part_of(feed)
        asked = {exchange.target.rpartition("/")[2]: exchange.json for exchange in server.requests}
        assert server.connections == 1
    assert asked == {
        "GetExtensionsCalls": {"code": CANARY},
        "GetQueuesCallers": {"code": CANARY},
        "GetExtensions": {"code": CANARY},
        "GetCampaignList": {"Code": "another-code"},
    }
    assert not any(CANARY in f"{exchange.target}{exchange.headers}" for exchange in server.requests)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_the_polled_methods_are_declared(method: Method[Any]) -> None:
    settings = VoicenterSource if method in VOICENTER else YemotSource
    assert method.base in settings.model_fields
    assert Verb.POST_JSON in method.verbs
    assert not method.is_mutating
    assert not method.costs_units
    assert method.pace is not Pace.ON_DEMAND
    assert method.subjects
    assert [parameter.is_required for parameter in method.parameters if parameter.is_secret] == [True]


@pytest.mark.parametrize("method", MUTATING, ids=lambda method: method.name)
def test_what_changes_something_is_declared_so(method: Method[Any]) -> None:
    settings = YemotSource if method is yemot.QUEUE_MANAGEMENT else VoicenterSource
    assert method.base in settings.model_fields
    assert Verb.POST_JSON in method.verbs
    assert method.is_mutating
    assert not method.costs_units
    assert method.pace is Pace.ON_DEMAND
    assert method.code_keys
    assert method.max_bytes < 100_000
    assert [parameter.is_required for parameter in method.parameters if parameter.is_secret] == [True]


@pytest.mark.parametrize("method", [*VOICENTER, *MUTATING[1:]], ids=lambda method: method.name)
def test_the_documented_requests_can_be_sent(method: Method[Any]) -> None:
    documented = fixture(f"voicenter/{method.name}.request")
    request = method.request("https://vendor.example/api/", **documented)
    assert (request.url, request.headers, request.body) == (
        f"https://vendor.example/api/{method.name}",
        {},
        documented,
    )


def test_a_request_shows_nothing_of_what_it_carries() -> None:
    for request in (
        voicenter.GET_EXTENSIONS.request("https://vendor.example/", code=CANARY),
        yemot.GET_CUSTOMER_DATA.request("https://vendor.example/", token=CANARY),
        voicenter.STOP_CAMPAIGN.request("https://vendor.example/", Campaign=CANARY),
    ):
        assert "CANARY" not in f"{request}"
        assert request.secrets == (CANARY,)


@pytest.mark.parametrize("values", [{}, {"token": "x"}, {"token": "x", "queuePath": "/1", "Queue": 1}])
def test_wrong_parameters_are_refused_without_their_values(values: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="GetQueueRealTime: missing or not declared"):
        yemot.GET_QUEUE_REAL_TIME.request("https://vendor.example/", **values)
