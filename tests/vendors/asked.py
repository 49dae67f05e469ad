"""Questions to accounts of the tests, over real sockets."""

from typing import TypeVar

import pytest

from tests.vendors.accounts import assert_discreet, closing, voicenter_account, yemot_account
from tests.vendors.fault_server import Exchange, Route, answer, fault_server
from wallboard.domain.enquiries import MembersOf, PendingTargetsOf, Query
from wallboard.domain.faults import Fault, VendorFault
from wallboard.domain.ports import Source

Told = TypeVar("Told")


def account_of(query: Query[Told], url: str) -> Source:
    """An account of the vendor that has an answer to it."""
    is_voicenters = isinstance(query, PendingTargetsOf | MembersOf)
    return voicenter_account(url) if is_voicenters else yemot_account(url)


async def asked(query: Query[Told], document: object) -> tuple[Told, Exchange]:
    """What is told of such an answer, and the one request."""
    async with fault_server(api=answer(document)) as server:
        account = account_of(query, server.url("api"))
        async with closing(account):
            assert type(query) in account.answers
            told = await account.ask(query)
        (request,) = server.requests
    assert "CANARY" not in f"{told!r}{query!r}{request.target}"
    return told, request


async def told(query: Query[Told], document: object) -> Told:
    return (await asked(query, document))[0]


async def fault_of(query: Query[Told], route: Route) -> Fault:
    """What goes wrong at such a server; it is asked once."""
    async with fault_server(api=route) as server:
        account = account_of(query, server.url("api"))
        async with closing(account):
            with pytest.raises(VendorFault) as raised:
                await account.ask(query)
        assert len(server.requests) <= 1
    assert_discreet(raised.value)
    assert "CANARY" not in repr(raised.value.fault)
    return raised.value.fault
