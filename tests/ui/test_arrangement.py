"""What a filter takes for the same, and what it finds."""

import pytest

from tests.ui.boards import board
from wallboard.language.keyboard import under_other_layout
from wallboard.ui.panels.arrangement import folded_once


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("שָׁלוֹם", "שלום"),
        ("\ufb2aלום", "שלום"),  # a letter and its mark in one character
        ("צה״ל", 'צה"ל'),
        ("צה”ל", 'צה"ל'),
        ("טל׳", "טל'"),
        ("טל’", "טל'"),
        ("בן־גוריון", "בן-גוריון"),
        ("ךםןףץ", "כמנפצ"),
        ("\u200fתור\u200e \u202bא\u202c", "תור א"),
        ("\u2067תור\u2069\u061c", "תור"),
        ("Élan VIP", "elan vip"),
    ],
    ids=ascii,
)
def test_what_reads_the_same_is_the_same(written: str, sought: str) -> None:
    assert folded_once(written) == folded_once(sought)


def test_other_letters_are_others() -> None:
    assert folded_once("שלום") != folded_once("שלומ א")
    assert folded_once("תור-א") != folded_once("תורא")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("akuo", "שלום"), ("דשךקד", "sales"), (",ur", "תור"), ("Akuo 1", "שלום 1"), ("12 - .", "12 - .")],
)
def test_the_same_keys_under_the_other_layout(typed: str, meant: str) -> None:
    assert under_other_layout(typed) == meant


@pytest.mark.parametrize("typed", ["sales", "דשךקד"])
async def test_a_filter_typed_under_the_wrong_layout_finds_what_was_meant(typed: str) -> None:
    async with board(size=(160, 45)) as shown:
        await shown.press("1", "/", *typed)
        assert len(shown.screen.panel.table.rows) == 1
        assert "Sales" in shown.text


async def test_the_other_layout_is_tried_only_where_nothing_fits() -> None:
    async with board(size=(160, 45)) as shown:
        await shown.press("1", "/", *"zzz")
        assert shown.screen.panel.table.rows == ()
