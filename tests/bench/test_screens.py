"""The replay shows what a terminal would, and gathers a log into frames."""

from tests.bench.screens import Frame, Replay, Style, frames, pages, text_of
from tests.programs import Chunk

SIZE = (20, 5)


def shown(*writings: bytes) -> list[str]:
    replay = Replay(SIZE)
    for written in writings:
        replay.feed(written)
    return text_of(replay.page())


def test_movements_and_erasing() -> None:
    assert shown(b"\x1b[2;5Hab\x1b[3dc\x1b[2Gd\x1b[1;1H12345\x1b[3G\x1b[2X") == ["12  5", "    ab", " d    c", "", ""]


def test_lines_are_moved_within_margins() -> None:
    lines = b"1\r\n2\r\n3\r\n4\r\n5"
    assert shown(lines, b"\x1b[2;4r\x1b[2H\x1b[M\x1b[r") == ["1", "3", "4", "", "5"]
    assert shown(lines, b"\x1b[2;4r\x1b[2H\x1b[L\x1b[r") == ["1", "", "2", "3", "5"]
    assert shown(lines, b"\x1b[2;4r\x1b[S\x1b[r") == ["1", "3", "4", "", "5"]
    assert shown(lines, b"\x1b[2;4r\x1b[2T\x1b[r") == ["1", "", "", "2", "5"]


def test_a_letter_is_repeated() -> None:
    assert shown(b"ab\x1b[3bc")[0] == "abbbbc"


def test_what_no_screen_shows_is_not_shown() -> None:
    assert shown(b"\x1b[>1ua\x1b[?2026$p\x1b[8$pb\x1bP+q544e\x1b\\c\x1b[?2026hd", b"\x1b[?20", b"26le\x1b[=1u") == [
        "abcde",
        *[""] * 4,
    ]


def test_colours_of_both_spellings_are_one() -> None:
    replay = Replay(SIZE)
    replay.feed(b"\x1b[38:2::255:128:0ma\x1b[m\x1b[38;2;255;128;0mb\x1b[48;5;16mc")
    row = replay.page()[0]
    assert row[0].style == row[1].style == Style("ff8000")
    assert row[2].style == Style("ff8000", "000000")


def test_half_of_a_wide_letter_is_none() -> None:
    replay = Replay(SIZE)
    replay.feed("李 a\x1b[1;2Hx".encode())
    assert [cell.text for cell in replay.page()[0][:4]] == [" ", "x", " ", "a"]


def test_a_blank_has_only_a_ground() -> None:
    replay = Replay(SIZE)
    replay.feed(b"\x1b[31m \x1b[;1m \x1b[;41m ")
    assert [cell.style for cell in replay.page()[0][:3]] == [Style(), Style(), Style(background="red")]


def test_chunks_close_together_are_a_frame() -> None:
    chunks = [Chunk(0.0, 5), Chunk(0.01, 9), Chunk(1.0, 12), Chunk(2.0, 20)]
    assert frames(chunks, 0, 12) == [Frame(0.0, 0.01, 0, 9), Frame(1.0, 1.0, 9, 12)]
    assert frames(chunks, 9) == [Frame(1.0, 1.0, 9, 12), Frame(2.0, 2.0, 12, 20)]


def test_pages_are_before_the_first_frame_and_after_each() -> None:
    raw = b"one\x1b[Htwo\x1b[Hsix"
    shown_pages = list(pages(raw, frames([Chunk(0.0, 3), Chunk(1.0, 9), Chunk(2.0, 15)], 3), SIZE))
    assert [text_of(page)[0] for page in shown_pages] == ["one", "two", "six"]
