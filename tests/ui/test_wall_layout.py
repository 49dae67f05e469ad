"""The wall's picture at any size: every line whole, big figures, words beside colours."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.cells import cell_len

from tests.ui.boards import QUEUES, REAL_TIME, START, queue, snapshot
from wallboard.domain.snapshot import Floor
from wallboard.domain.thresholds import DEFAULT_THRESHOLDS
from wallboard.language import catalog
from wallboard.ui.panels.picture import Picture
from wallboard.ui.wall.canvas import Area, Canvas, Line, Tone, wrapped
from wallboard.ui.wall.font import ROWS, SHAPES
from wallboard.ui.wall.glyphs import big, can_draw, height_of, width_of
from wallboard.ui.wall.layout import Frame, composed
from wallboard.ui.wall.pages import Alarms, Turn, regular_pages

SIZES = [(60, 16), (80, 24), (100, 30), (120, 35), (160, 45), (200, 50), (400, 100), (80, 60), (300, 24), (61, 100)]
CALM = Floor(queues=(queue("Support", "/1", 2, 35, completed=41, abandoned=3, agents_ready=4),))
MANY = Floor(
    queues=tuple(
        queue(f"תור {number} of a long name", "/1" if number % 2 else f"{number}", 1284 + number, 90_000.0 * number)
        for number in range(40)
    )
)
FLOORS = [CALM, MANY, Floor(), Floor(queues=(queue("A", "/1", None, None), queue("B", "2", 12, 4000)))]


@pytest.fixture(params=["en", "he"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    catalog.use(request.param)
    yield request.param
    catalog.use("en")


def frames(floor: Floor, age: float = 2.0, message: str = "") -> Iterator[Frame]:
    """A frame of every page."""
    picture = Picture(snapshot(floor, ages={REAL_TIME: age, QUEUES: age}), START, DEFAULT_THRESHOLDS)
    troubles = ["! Main line: STALE 00:45, no newer answer yet"] if age > 30 else []
    for page in [*regular_pages(picture), *Alarms().pages(picture)[0]]:
        turn = Turn(page.key, 3, 8, 0.5, False)
        yield Frame("wallboard", "11:22:33", page.content(picture), turn, message, troubles)


def text_of(lines: list[Line]) -> str:
    return "\n".join("".join(piece.text for piece in line) for line in lines)


def in_tone(lines: list[Line], tone: Tone) -> str:
    return " ".join(piece.text for line in lines for piece in line if piece.tone is tone)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("age", [2.0, 45.0, 4000.0])
def test_every_line_is_whole_at_any_size(size: tuple[int, int], age: float, language: str) -> None:
    width, height = size
    for floor in FLOORS:
        for frame in frames(floor, age, "Fire drill at 12:00 — leave by the east stairs. " * 3):
            lines = composed(frame, width, height)
            assert len(lines) == height
            assert {sum(cell_len(piece.text) for piece in line) for line in lines} == {width}


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 35), (160, 45), (200, 50), (400, 100)])
def test_the_main_figure_takes_about_half_of_the_height(size: tuple[int, int]) -> None:
    for frame in frames(CALM):
        lines = composed(frame, *size)
        columns = size[0] // 2  # it stands at the left
        inked = [y for y, line in enumerate(lines) if "██████" in text_of([line])[:columns]]
        assert max(inked) - min(inked) + 1 >= 0.42 * size[1]


def test_digits_keep_their_order_in_a_mirrored_layout_and_the_main_figure_changes_sides() -> None:
    (_, frame, *_) = frames(Floor(queues=(queue("Support", "/1", 12, 35),)))
    left = text_of(composed(frame, 100, 24)).splitlines()
    catalog.use("en", "rtl")
    try:
        right = text_of(composed(frame, 100, 24)).splitlines()
    finally:
        catalog.use("en")
    twelve = next(row for scale in (4, 3) if (row := big("12", scale)[0].strip()) in "".join(left))
    place = next(line.index(twelve) for line in left if twelve in line)
    turned = next(line.index(twelve) for line in right if twelve in line)
    assert place < 30
    assert turned + len(twelve) > 70


def test_a_breach_is_told_by_word_and_glyph_on_its_own_ground() -> None:
    (_, frame, *_) = frames(Floor(queues=(queue("Support", "/1", 7, 35),)))
    lines = composed(frame, 120, 35)
    assert "! BREACH" in in_tone(lines, Tone.BREACH)
    assert "! breach" in in_tone(lines, Tone.BREACH)
    warned = composed(
        next(f for f in frames(Floor(queues=(queue("Support", "/1", 3, 5),))) if f.content.source), 120, 35
    )
    assert "▲ WARNING" in in_tone(warned, Tone.WARN_BAND)
    assert "▲ warning" in in_tone(warned, Tone.WARN)
    assert "✓ OK" in in_tone(composed(list(frames(CALM))[1], 120, 35), Tone.OK)


@pytest.mark.parametrize("size", [(80, 24), (120, 35)])
def test_old_figures_look_old_and_the_wall_says_how_old(size: tuple[int, int]) -> None:
    for frame in frames(CALM, age=45.0):
        lines = composed(frame, *size)
        assert "? UNKNOWN" in in_tone(lines, Tone.UNKNOWN)
        assert "STALE 00:45" in in_tone(lines, Tone.BREACH)
        assert "~ old" in in_tone(lines, Tone.OLD)
        assert "█" in in_tone(lines, Tone.OLD)
        assert "█" not in in_tone(lines, Tone.STRONG)


def test_old_data_are_told_in_big_letters_where_there_is_room() -> None:
    frame = next(frames(CALM, age=45.0))
    assert big("! STALE 00:45", 1)[0].strip() in text_of(composed(frame, 160, 45))


def test_the_age_and_the_place_in_the_round_are_always_there() -> None:
    for frame in frames(CALM):
        last = text_of(composed(frame, 80, 24)).splitlines()[-1]
        assert "data 00:02 old" in last
        assert "3/8  ●●●○○" in last
    held = composed(replace(next(frames(CALM)), turn=Turn("x", 1, 1, 1.0, True)), 80, 24)
    assert "held while in breach" in text_of(held)


def test_a_long_message_is_whole_on_three_lines() -> None:
    message = "word " * 40
    shown = text_of(composed(next(frames(CALM, message=message)), 100, 30))
    assert shown.count("word") == 40


def test_a_figure_in_letters_that_have_no_shape_is_written_as_text() -> None:
    content = next(frames(CALM)).content
    assert content.main is not None
    odd = replace(content, main=replace(content.main, text="七"))
    assert "七" in text_of(composed(replace(next(frames(CALM)), content=odd), 80, 24))


def test_a_hebrew_name_is_big_and_runs_from_right_to_left() -> None:
    (_, frame) = frames(Floor(queues=(queue("גבייה", "/1", 0, None),)))
    assert big("הייבג", 1)[0].rstrip() in text_of(composed(frame, 160, 45))


# Big characters


def test_every_shape_is_whole() -> None:
    for character, rows in SHAPES.items():
        assert len(rows) == ROWS, character
        assert len({len(row) for row in rows}) == 1, character
    assert can_draw("0123456789:,-–+~>/ STALE breach חריגה תקין ץףךםן")


@pytest.mark.parametrize("scale", [1, 2, 3, 4, 8])
def test_a_scale_is_exact(scale: int) -> None:
    rows = big("02:10", scale)
    assert len(rows) == height_of(scale)
    assert {len(row) for row in rows} == {width_of("02:10", scale)}


def test_the_later_patch_lies_above_and_a_mirrored_canvas_turns_both() -> None:
    canvas = Canvas(10, 1, is_mirrored=True)
    canvas.fill(Area(0, 0, 4, 1), Tone.WARN)
    canvas.fill(Area(0, 0, 2, 1), Tone.BREACH)
    canvas.write(1, 0, "ab", Tone.STRONG)
    assert [(piece.text, piece.tone) for piece in canvas.lines()[0]] == [
        ("      ", Tone.PLAIN),
        (" ", Tone.WARN),
        ("ab", Tone.STRONG),
        (" ", Tone.BREACH),
    ]


def test_words_are_broken_between_words_and_cut_at_last() -> None:
    assert wrapped("one two three", 7, 3) == ["one two", "three"]
    assert wrapped("one two three four", 5, 2) == ["one", "two …"]


def test_a_name_too_long_for_big_letters_is_cut_in_big_letters() -> None:
    floor = Floor(queues=(queue("Billing and collections department", "/1", 9, 400),))
    *_, frame = frames(floor)
    assert "Billing" not in text_of(composed(frame, 160, 45))
    assert "Billing" in text_of(composed(frame, 70, 45))  # no room for enough of it
