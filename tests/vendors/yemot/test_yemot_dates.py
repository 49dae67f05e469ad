"""When the units expire."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vendors.accounts import fixture, read, yemot_account
from wallboard.clock import ManualClock
from wallboard.vendors.yemot.dates import moment_of


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-01", "2026-12-01 00:00:00"),
        ("01/12/2026", "2026-12-01 00:00:00"),
        ("1.2.2026", "2026-02-01 00:00:00"),
        ("2025-04-18 01:39:27", "2025-04-18 01:39:27"),
        ("2025-04-18+01:39:27", "2025-04-18 01:39:27"),
        ("2025-04-18T01:39:27.000Z", "2025-04-18 01:39:27"),
        (" 18/04/2025 01:39 ", "2025-04-18 01:39:00"),
        ("", None),
        ("0000-00-00", None),
        ("2026-13-01", None),
        ("2026-12-01 25:00", None),
        ("31/02/2026", None),
        ("9999-12-31", None),
        ("never", None),
        ("2026", None),
        ("٢٠٢٦-١٢-٠١", None),
    ],
)
def test_a_date_in_every_form(text: str, moment: str | None) -> None:
    expected = moment and datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Jerusalem")).timestamp()
    assert moment_of(text) == expected


@given(st.text() | st.from_regex(r"[0-9]{1,5}[-/.][0-9]{1,3}[-/.][0-9]{1,5}( [0-9]{1,3}:[0-9]{2})?"))
def test_no_text_is_too_strange(text: str) -> None:
    moment_of(text)


def test_the_credit_tells_it() -> None:
    feed = yemot_account("http://vendor.example/").feeds[-1]
    for told, expires in (("2027-04-18", 1_808_006_400.0 - 10_800), ("", None), ("soon", None)):
        document = {**fixture("yemot/GetCustomerData.answer"), "unitsExpireDate": told}
        account = read(feed, document, ManualClock()).account
        assert account
        assert (account.units, account.units_expire_on, account.units_expire_at) == (1250.5, told or None, expires)
