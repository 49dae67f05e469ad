"""Yemot's samples, and what a feed makes of them."""

from typing import Any

from hypothesis import strategies as st

from tests.vendors.accounts import GOOD, read, yemot_account
from wallboard.clock import ManualClock
from wallboard.domain.feeds import FeedKey
from wallboard.domain.ports import Part

URL = "http://vendor.example/ym/api/"
MEMBER, ENTRY = GOOD["members"][0], GOOD["entries"][0]
KEY = FeedKey("Main line", "GetQueueRealTime", "/1")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("1") | st.just("-1"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)


def document(**changes: Any) -> dict[str, Any]:
    return {**GOOD, **changes}


def part_of(changed: dict[str, Any], clock: ManualClock | None = None, **settings: Any) -> Part:
    clock = clock or ManualClock()
    return read(yemot_account(URL, clock, **settings).feeds[0], changed, clock)
