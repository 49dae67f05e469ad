"""What comes faster than anybody types is no typing."""

from wallboard.ui.terminal.flood import FLOOD, Flood


def test_typing_passes() -> None:
    flood = Flood()
    assert [flood.sift(each) for each in ("k", "y", "\x1b[A", "שלום")] == ["k", "y", "\x1b[A", "שלום"]


def test_a_flood_is_thrown_away_until_the_line_is_silent() -> None:
    flood = Flood()
    assert flood.sift("ky\r" * FLOOD) == ""
    assert flood.sift("ky\r") == ""
    flood.after_silence()
    assert flood.sift("k") == "k"


def test_what_is_marked_as_pasted_passes_however_it_is_cut() -> None:
    flood = Flood()
    text = "\x1b[200~" + "a" * 5000 + "\x1b[201~"
    pieces = [text[:3], text[3:4000], text[4000:5008], text[5008:]]
    assert "".join(flood.sift(piece) for piece in pieces) == text
    assert flood.sift("b" * FLOOD) == ""


def test_a_paste_that_ends_does_not_open_the_door() -> None:
    flood = Flood()
    flood.sift("\x1b[200~a\x1b[201~")
    assert flood.sift("b" * FLOOD) == ""
