"""What an answer holds of secrets stays hidden in whichever shape it comes."""

from typing import Any

import pytest

from tests.vendors.accounts import CANARY
from tests.vendors.calls import CODE, stand_in
from wallboard.vendors.answer_fields import fields, masked
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.discretion import MASK

SECRET = "CANARY-5"


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("yemot.GetSipAccountsInCustomer", {"accounts": [{"password": SECRET}]}),
        ("yemot.GetSipAccountsInCustomer", {"accounts": {"1": {"password": SECRET}}}),
        ("yemot.GetSipAccountsInCustomer", {"accounts": {"password": SECRET}}),
        ("voicenter.GetCampaignDetails", {"Data": {"Code": SECRET}}),
        ("voicenter.GetCampaignDetails", {"Data": [{"Code": SECRET}]}),
        ("voicenter.GetCampaignDetails", {" Data": [{" Code ": SECRET}]}),
        ("voicenter.GetCampaignList", {"Data": {"Code": SECRET}}),
        ("voicenter.GetCampaignPendingCalls", {"Data": [{"Campaign": [{"Code": SECRET}]}]}),
    ],
)
def test_a_secret_is_hidden_where_a_list_came_for_an_object_or_the_other_way(name: str, document: Any) -> None:
    hidden = masked(document, METHODS[name].fields)
    assert SECRET not in f"{hidden}"
    assert MASK in f"{hidden}"


def test_a_secret_that_was_sent_is_hidden_wherever_it_comes_back() -> None:
    document = {"Campaign": CODE, "words": [f"no {CODE}!", 7, None], CODE: {"pass": "secret-part"}}
    hidden = masked(document, fields("Other string"), (CODE, "0790000000:secret-part", "7"))
    assert hidden == {"Campaign": MASK, "words": [f"no {MASK}!", 7, None], MASK: {"pass": MASK}}
    assert masked(document, ()) == document


async def test_an_answer_remembers_what_was_sent_and_shows_none_of_it() -> None:
    echo = {"Campaign": CODE, "token": CANARY}
    async with stand_in(echo) as vendor:
        told = await vendor.call("voicenter.ClearCampaignCalls", [f"Campaign={CODE}"])
        assert told.secrets == (CODE,)
        asked = await vendor.call("yemot.GetTasks", [])
        assert asked.secrets == (CANARY,)
    assert masked(told.document, (), told.secrets)["Campaign"] == MASK
    assert masked(asked.document, (), asked.secrets)["token"] == MASK
    assert "CANARY" not in f"{told!r}{asked!r}"
