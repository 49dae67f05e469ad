"""The documents' own samples, read by the declarations; and the table of all methods."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.contract.method_table import table
from tests.vendors.accounts import FIXTURES
from wallboard.domain.faults import FaultCode, VendorFault
from wallboard.vendors.body import opened
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.checking import check
from wallboard.vendors.tally import Tally

GOLDEN = Path(__file__).parent.parent / "golden" / "methods.md"
HOST = "vendor.example"


def samples(*kinds: str) -> list[tuple[str, Path]]:
    """Samples of the declared methods whose file's name goes on with one of these."""
    found = ((f"{path.parent.name}.{path.stem.partition('.')[0]}", path) for path in sorted(FIXTURES.glob("*/*.json")))
    return [(name, path) for name, path in found if name in METHODS and path.stem.partition(".")[2] in kinds]


def named(given: object) -> str:
    return given.stem if isinstance(given, Path) else ""


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


GOOD = samples("answer", "answer_with_status", "kick.answer", "pause.answer", "empty", "two_calls", "unknown_code")
BAD = samples("refused", "internal_error")
REQUESTS = samples("request", "caller_ids.request", "groups.request", "lists.request", "phones.request")


@pytest.mark.parametrize(("name", "path"), GOOD, ids=named)
def test_a_good_sample_is_accepted_and_opened(name: str, path: Path) -> None:
    method, document = METHODS[name], {key.strip(): value for key, value in read(path).items()}
    method.envelope(document, HOST)
    opened(method, document, HOST, tally := Tally())
    assert tally.rows_dropped == 0


@pytest.mark.parametrize(("name", "path"), BAD, ids=named)
def test_a_refusal_is_known_for_one(name: str, path: Path) -> None:
    with pytest.raises(VendorFault) as raised:
        METHODS[name].envelope(read(path), HOST)
    assert raised.value.fault.code is not FaultCode.BAD_SHAPE


@pytest.mark.parametrize(("name", "path"), REQUESTS, ids=named)
def test_a_documented_request_may_be_sent(name: str, path: Path) -> None:
    method, request = METHODS[name], read(path)
    if method.command_setting:
        method = method.named("InventedName")
    if isinstance(request, list):
        assert check(method, request) == ()
        assert method.request_of_rows("https://vendor.example/", request).body == request
        return
    values = {"token": "x", **request} if name.startswith("yemot.") else request
    assert check(method, values) == ()
    body = method.request("https://vendor.example/", **values).body
    assert isinstance(body, dict)
    assert body.keys() == request.keys()


def test_there_are_samples_of_both_vendors() -> None:
    assert (len(GOOD), len(BAD), len(REQUESTS)) == (23, 7, 21)


def test_the_table_of_methods_is_todays() -> None:
    """To accept a change: look at it, then run with WALLBOARD_GOLDEN=write."""
    if os.environ.get("WALLBOARD_GOLDEN") == "write":
        GOLDEN.write_text(table(), "utf-8")
    assert table() == GOLDEN.read_text("utf-8")
    assert table().count("\n## ") == len(METHODS) == 47
