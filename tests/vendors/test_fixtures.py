"""The vendors' own samples: proper JSON, without people, and those of polled methods understood."""

import json
import re
from pathlib import Path

import pytest

from tests.vendors.accounts import FIXTURES, fixture, read, voicenter_account, yemot_account
from wallboard.clock import ManualClock
from wallboard.domain.faults import VendorFault
from wallboard.domain.ports import Source

ALL = sorted(FIXTURES.glob("*/*.json"))
SUCCESSES = ("answer", "answer_with_status", "empty", "two_calls", "unknown_code")
ACCOUNTS: dict[str, Source] = {
    "yemot": yemot_account("http://vendor.example/", ManualClock()),
    "voicenter": voicenter_account("http://vendor.example/", ManualClock()),
}
FEEDS = {(vendor, feed.key.method): feed for vendor, account in ACCOUNTS.items() for feed in account.feeds}
POLLED = [
    path
    for path in ALL
    if (path.parent.name, path.name.split(".")[0]) in FEEDS and not path.name.endswith("request.json")
]
REAL_NUMBER = re.compile(r"(?:\b0|972)(?!500000|790000|77000)[57]\d{8}\b")


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_is_proper_json_without_people(path: Path) -> None:
    text = path.read_text()
    assert isinstance(json.loads(text), dict | list)
    assert not REAL_NUMBER.findall(text)


@pytest.mark.parametrize("path", POLLED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_of_a_polled_method_is_understood(path: Path) -> None:
    method, kind = path.stem.split(".")
    feed = FEEDS[path.parent.name, method]
    document = fixture(f"{path.parent.name}/{path.stem}")
    if kind in SUCCESSES:
        part = read(feed, document, ManualClock())
        assert not [note for note in part.notes if note.count]
    else:
        with pytest.raises(VendorFault):
            read(feed, document, ManualClock())


def test_every_method_of_the_documents_with_a_sample_has_a_fixture() -> None:
    assert len({path.name.split(".")[0] for path in ALL if path.parent.name == "voicenter"}) == 19
    assert {feed[1] for feed in FEEDS} <= {path.name.split(".")[0] for path in ALL}
