"""Telephone numbers, however a person or a spreadsheet writes them."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wallboard.domain.imports import FlawReason
from wallboard.language.phones import as_sent, dialable, examined, is_like_number, listed, national, same

ROOT = Path(__file__).parents[2]
MOBILE = "972501234567"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0501234567", MOBILE),
        ("050-123-4567", MOBILE),
        ("050 1234567", MOBILE),
        ("050.123.4567", MOBILE),
        ("050/1234567", MOBILE),
        ("(050) 1234567", MOBILE),
        ("05-01234567", MOBILE),
        ("+972-50-123-4567", MOBILE),
        ("(+972) 50 123 4567", MOBILE),
        ("+972 (0)50 123 4567", MOBILE),
        ("00972501234567", MOBILE),
        ("972 50 1234567", MOBILE),
        ("9720501234567", MOBILE),
        ("501234567", MOBILE),
        ("5.01234567E+08", MOBILE),
        ("5,01234567e8", MOBILE),
        ("9.72501234567E+11", MOBILE),
        ("501234567.0", MOBILE),
        ('="0501234567"', MOBILE),
        ('"0501234567"', MOBILE),
        ("'0501234567", MOBILE),
        ("\u00a0050\u00a01234567\u00a0", MOBILE),
        ("\u200f050-1234567\u200e", MOBILE),
        ("\u202b+972\u202c501234567", MOBILE),
        ("\ufeff0501234567\t", MOBILE),
        ("050\N{MINUS SIGN}123\N{HEBREW PUNCTUATION MAQAF}4567", MOBILE),
        ("050\N{NON-BREAKING HYPHEN}123\N{EN DASH}4567", MOBILE),
        ("０５０１２３４５６７", MOBILE),
        ("＋972501234567", MOBILE),
        ("0790000000", "972790000000"),
        ("03-5000000", "97235000000"),
        ("35000000", "97235000000"),
        ("1-800-123-456", "9721800123456"),
        ("+44 20 7946 0958", "442079460958"),
        ("0044 20 7946 0958", "442079460958"),
        ("012 44 20 7946 0958", "442079460958"),
        ("442079460958", "442079460958"),
        ("001-212-555-0123", "12125550123"),
        ("+39 06 12345678", "390612345678"),
    ],
)
def test_what_people_and_spreadsheets_write_is_one_number(written: str, digits: str) -> None:
    assert dialable(written) == digits
    assert examined(written) == (digits, None)
    assert same(written, f"+{digits}")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", FlawReason.NO_NUMBER),
        (" \u00a0\u200f", FlawReason.NO_NUMBER),
        ('=""', FlawReason.NO_NUMBER),
        ("'", FlawReason.NO_NUMBER),
        ("אין", FlawReason.NOT_A_NUMBER),
        ("-", FlawReason.NOT_A_NUMBER),
        ("+", FlawReason.NOT_A_NUMBER),
        ("0501234567 אבי", FlawReason.NOT_A_NUMBER),
        ("0501234567 ext. 5", FlawReason.NOT_A_NUMBER),
        ("05012\x0034567", FlawReason.NOT_A_NUMBER),
        ("972+501234567", FlawReason.NOT_A_NUMBER),
        ("0" * 100_000, FlawReason.NOT_A_NUMBER),
        ("9.72501E+11", FlawReason.LOST_DIGITS),
        ("5.0123456E+08", FlawReason.LOST_DIGITS),
        ("1E+999", FlawReason.LOST_DIGITS),
        ("*2700", FlawReason.NOT_DIALABLE),
        ("2700*", FlawReason.NOT_DIALABLE),
        ("#31#0501234567", FlawReason.NOT_DIALABLE),
        ("1255123", FlawReason.NOT_DIALABLE),
        ("+972 1255 123", FlawReason.NOT_DIALABLE),
        ("0100000000", FlawReason.NOT_DIALABLE),
        ("20261120", FlawReason.NOT_DIALABLE),
        ("+999501234567", FlawReason.NOT_DIALABLE),
        ("100", FlawReason.TOO_SHORT),
        ("+112", FlawReason.TOO_SHORT),
        ("1", FlawReason.TOO_SHORT),
        ("050123456", FlawReason.TOO_SHORT),
        ("1234567", FlawReason.NOT_DIALABLE),
        ("0312345", FlawReason.TOO_SHORT),
        ("+44 20", FlawReason.TOO_SHORT),
        ("05012345678", FlawReason.TOO_LONG),
        ("5012345678", FlawReason.TOO_LONG),
        ("035000000 / 0501234567", FlawReason.TOO_LONG),
        ("0501234567 / 0521234567", FlawReason.TOO_LONG),
    ],
)
def test_what_is_no_number_says_why(written: str, reason: FlawReason) -> None:
    assert examined(written) == ("", reason)
    assert dialable(written) is None
    assert not same(written, written)


def test_numbers_are_sent_and_shown_in_the_form_of_their_country() -> None:
    assert (as_sent(MOBILE), national(MOBILE)) == ("0501234567", "0501234567")
    assert (as_sent("97235000000"), national("97235000000")) == ("035000000", "035000000")
    assert (as_sent("9721800123456"), national("9721800123456")) == ("1800123456", "1800123456")
    assert (as_sent("442079460958"), national("442079460958")) == ("442079460958", "+442079460958")


def test_a_vendors_list_holds_the_countrys_code_without_a_plus() -> None:
    assert listed(MOBILE) == listed("0501234567") == listed("+972501234567") == MOBILE
    assert listed("4532123456") == "4532123456"  # shorter than what is taken for a foreign number in a file
    assert dialable("4532123456") is None
    assert listed("anonymous") is None


def test_what_is_meant_for_a_number_is_told_from_words_and_figures() -> None:
    for text in ("0501234567", "050-12345678", "5.0E+08", "+44 20 7946 0958", "'0501234567"):
        assert is_like_number(text), text
    for text in ("phone", "טלפון", "42", "12:30", "a0501234567", ""):
        assert not is_like_number(text), text


@given(st.from_regex(r"0?(5[0-9]|7[1-9])[0-9]{7}", fullmatch=True))
def test_the_plan_of_numbers_agrees_with_the_library(written: str) -> None:
    """It holds more numbers than the library, which lags behind the ranges given out; never others."""
    parsed = phonenumbers.parse(written, "IL")
    assert dialable(written) == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)[1:]
    assert phonenumbers.is_possible_number(parsed)


@given(st.from_regex(r"0?[2-9][0-9]{7,8}", fullmatch=True))
@example("0501234567")
@example("0540000001")
def test_every_israeli_number_that_the_library_knows_is_taken(written: str) -> None:
    parsed = phonenumbers.parse(written, "IL")
    has_its_zero = written.startswith("0")
    if phonenumbers.is_valid_number(parsed) and (has_its_zero or written[1] not in "01"):
        assert dialable(written) == f"972{parsed.national_number}"


@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
def test_numbers_of_every_country_are_taken_with_their_code(region: str) -> None:
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    if number is None:
        return
    digits = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)[1:]
    readings = phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.E164
    assert {dialable(phonenumbers.format_number(number, form)) for form in readings} == {digits}
    assert dialable(f"00{digits}") == listed(digits) == digits


@given(st.text(max_size=120) | st.text("0123456789+-() .eE*#'=\"\u200f", max_size=40))
def test_any_text_is_read_or_refused_and_a_number_stays_itself(written: str) -> None:
    digits, reason = examined(written)
    assert bool(digits) is (reason is None)
    if digits:
        assert digits.isascii()
        assert digits.isdecimal()
        assert (
            dialable(f"+{digits}") == dialable(as_sent(digits) if digits.startswith("972") else f"+{digits}") == digits
        )


def test_twenty_thousand_numbers_are_read_within_seconds() -> None:
    random = Random(4)
    shapes = ["05{:08}", "\u200f05{:08}", "+44 20 {:08}", "03-5{:06}", "5.{:08}E+08"]
    written = [random.choice(shapes).format(random.randrange(10**6)) for _ in range(20_000)]
    dialable("+442079460958")
    began = time.process_time()
    assert None not in [dialable(number) for number in written]
    assert time.process_time() - began < 2.5


def test_the_library_is_loaded_with_the_first_number_that_needs_it_and_not_to_start_the_board() -> None:
    code = (
        "import sys, wallboard.cli.app, wallboard.assembly.board, wallboard.language.phones as phones;"
        "phones.dialable('050-1234567'); print('phonenumbers' in sys.modules);"
        "phones.dialable('+442079460958'); print('phonenumbers' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert done.stdout.split() == ["False", "True"]
