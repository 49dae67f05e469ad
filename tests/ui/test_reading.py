"""The filters that put what is drawn in order: cells by themselves, other lines whole, in each mode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.color import Color

from tests.language.bidi_cases import CASES
from tests.ui.boards import board
from wallboard.language.bidi import Direction, shape
from wallboard.language.bidi_levels import levels, reordered
from wallboard.language.catalog import use
from wallboard.ui.reading import by_cells, cell_order, line_order
from wallboard.ui.terminal.direction import TextMode

BLACK = Color(0, 0, 0)
BOLD, RED = Style(bold=True), Style(color="red")
CONTROLS = "\u200e\u202b\u202c"
ALL_MODES: list[TextMode] = ["visual", "words", "logical", "off"]
# Visual order of the same words that stand in the texts below.
SHALOM, OLAM, TOR = "םולש", "םלוע", "רות"


def line(*segments: Segment | str, mode: TextMode = "visual", is_from_right: bool = False) -> list[Segment]:
    given_ = [Segment(each) if isinstance(each, str) else each for each in segments]
    return line_order(mode, is_from_right=is_from_right).apply(given_, BLACK)


def cells(*texts: str, mode: TextMode = "visual") -> list[str]:
    return [segment.text for segment in cell_order(mode).apply([Segment(text) for text in texts], BLACK)]


def text_of(segments: list[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def as_drawn_by_terminal(text: str) -> str:
    """What a terminal shows that takes a whole row for one text from left to right: the embeddings are its matter.

    An embedding is one letter for the row around it, and a row of its own inside.
    """
    inner: list[str] = []
    outer = ""
    for part in text.split("\u202b"):
        embedded, pdf, rest = part.partition("\u202c")
        if pdf:
            inner.append(shape(embedded, "rtl").text)
            outer += "\ue000" + rest
        else:
            outer += part
    shown = shape(outer.replace("\ue000", "א"), "ltr")
    places = [place for place, each in enumerate(outer) if each == "\ue000"]
    whole = dict(zip(places, inner, strict=True))
    return "".join(whole.get(place, each) for each, place in zip(shown.text, shown.order, strict=True))


@pytest.mark.parametrize(("base", "text", "shown"), CASES, ids=[ascii(text) for _, text, _ in CASES])
def test_a_cell_is_turned_within_its_blanks(base: Direction, text: str, shown: str) -> None:
    assert cells("  ", f" {text}   ", "12:30") == ["  ", f" {shown}   ", "12:30"]


def test_neighbouring_cells_do_not_meet() -> None:
    assert cells("שלום", "  ", "5", " ", "עולם") == [SHALOM, "  ", "5", " ", OLAM]


@pytest.mark.parametrize(("base", "text", "shown"), CASES, ids=[ascii(text) for _, text, _ in CASES])
def test_a_terminal_that_turns_rows_shows_each_cell_in_its_place(base: Direction, text: str, shown: str) -> None:
    row = ["  ", text, "   ", "7", "  ", "שלום", "  ", "-5%", " "]
    expected = f"  {shown}   7  {SHALOM}  -5% "
    assert as_drawn_by_terminal("".join(cells(*row, mode="logical"))) == expected


def test_without_being_told_such_a_terminal_moves_columns() -> None:
    row = "שלום  7  עולם"
    assert as_drawn_by_terminal(row) == f"{OLAM}  7  {SHALOM}"
    assert as_drawn_by_terminal(text_of(line(row, mode="logical"))) == f"{SHALOM}  7  {OLAM}"


def test_words_stand_in_their_order_with_their_letters_as_they_are_read() -> None:
    assert cells("שלום עולם (3)", "A1-מכירות", "שָׁלוֹם 5", mode="words") == [
        "(3) עולם שלום",
        "A1-" + "מכירות"[::-1],  # a word that begins with a Latin letter is not turned
        "5 שָׁלוֹם",
    ]
    names = cells("דנה כהן-צדק", "שירות לקו…", "(סניף) חיפה", mode="words")
    assert names == ["כהן-צדק דנה", "לקו… שירות", "חיפה (סניף)"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("הוצאת 0541111110 (/1) מהתור", "רותהמ (/1) 0541111110 תאצוה"),
        ("בתור /2/5, מספר +44", "+44 רפסמ ,/2/5 רותב"),
        ("קובץ /tmp/a_b.csv", "/tmp/a_b.csv ץבוק"),
        ("•••••123 שלום", "םולש •••••123"),
    ],
)
def test_paths_and_numbers_in_a_sentence_stay_as_they_are(words: str, shown: str) -> None:
    assert text_of(line(words, is_from_right=True)) == shown
    pause = "Pause 0500000002 (תמיכה (VIP) 24/7)"
    assert text_of(line(pause)) == "Pause 0500000002 (הכימת (VIP) 24/7)"


@pytest.mark.parametrize("mode", ALL_MODES)
def test_a_line_without_anything_to_turn_is_the_very_same_list(mode: TextMode) -> None:
    segments = [Segment("Sales", BOLD), Segment("  12:30 "), Segment("▁▂▃ é 你好")]
    assert line_order(mode, is_from_right=True).apply(segments, BLACK) is segments
    assert cell_order(mode).apply(segments, BLACK) is segments


def test_off_leaves_everything() -> None:
    segments = [Segment("שלום", BOLD)]
    assert line_order("off", is_from_right=True).apply(segments, BLACK) is segments
    assert cell_order("off").apply(segments, BLACK) is segments


def test_a_text_goes_on_over_segments_and_each_letter_keeps_its_style() -> None:
    assert line(Segment("שלום ", BOLD), Segment("(", RED), Segment("עולם", BOLD), Segment(")", RED), " ") == [
        Segment("(", RED),
        Segment(OLAM, BOLD),
        Segment(")", RED),
        Segment(" " + SHALOM, BOLD),
        Segment(" "),
    ]


@pytest.mark.parametrize("is_from_right", [False, True])
def test_blanks_and_frames_around_a_text_stay(is_from_right: bool) -> None:
    for before, after in [("╭─ ", " ───╮"), ("│  ", "  │"), ("▌ ", "  "), ("  ", "   "), ("▐ ", " ▌")]:
        shown = text_of(line(f"{before}שלום 5{after}", is_from_right=is_from_right))
        assert shown == f"{before}5 {SHALOM}{after}"


def test_columns_stay_in_a_language_from_the_left() -> None:
    assert text_of(line("שלום 1  עולם 2   Sales")) == f"1 {SHALOM}  2 {OLAM}   Sales"
    assert text_of(line("│ שלום │ עולם │")) == f"│ {SHALOM} │ {OLAM} │"
    assert text_of(line("שלום ███░░ 5")) == f"{SHALOM} ███░░ 5"


def test_a_whole_line_is_read_from_the_right_in_such_a_language() -> None:
    assert text_of(line("שלום 1  12:30   Sales", is_from_right=True)) == f"Sales   12:30  1 {SHALOM}"


def test_the_interface_gives_a_line_its_direction_if_a_letter_runs_so() -> None:
    text = "שלום joined Sales"
    assert text_of(line(text)) == f"{SHALOM} joined Sales"
    assert text_of(line(text, is_from_right=True)) == f"joined Sales {SHALOM}"
    assert text_of(line("Sales: שלום", is_from_right=True)) == f"{SHALOM} :Sales"
    assert text_of(line("3 שלום", is_from_right=False)) == f"{SHALOM} 3"


def test_wide_letters_and_marks_stay_whole() -> None:
    shown = text_of(line("你好 שָׁלוֹם", is_from_right=True))
    assert shown == "םוֹלשָׁ 你好"


def test_what_commands_the_terminal_passes() -> None:
    control = Segment("\x1b[1A", None, [(ControlType.CURSOR_UP, 1)])
    assert control in line(control, "שלום", is_from_right=True)
    assert cell_order("visual").apply([control, Segment("שלום")], BLACK) == [control, Segment(SHALOM)]


SEGMENTS = st.lists(
    st.builds(Segment, st.text("אבת 12(-)A│█ש\u05b7你", min_size=1, max_size=8), st.sampled_from([None, BOLD, RED])),
    max_size=6,
)


@given(SEGMENTS, st.sampled_from(ALL_MODES), st.booleans())
def test_a_line_is_as_wide_as_it_was(segments: list[Segment], mode: TextMode, is_from_right: bool) -> None:
    width = cell_len(text_of(segments))
    shown = text_of(line_order(mode, is_from_right=is_from_right).apply(segments, BLACK))
    assert cell_len(shown) == width
    assert cell_len("".join(cells(*(segment.text for segment in segments), mode=mode))) == width
    if mode != "logical":
        assert not set(CONTROLS) & set(shown)


@given(SEGMENTS, st.booleans())
def test_each_character_keeps_its_style(segments: list[Segment], is_from_right: bool) -> None:
    def counted(parts: list[Segment]) -> list[tuple[str, str]]:
        return sorted(
            (each.translate(str.maketrans(")", "(")), str(part.style)) for part in parts for each in part.text
        )

    assert counted(line(*segments, is_from_right=is_from_right)) == counted(segments)


async def test_the_board_reads_by_cells_in_tables_and_whole_lines_elsewhere() -> None:
    async with board(size=(160, 45), text_mode="visual") as shown:
        row = shown.line_with("תוחוקל תוריש")
        assert "שירות לקוחות" not in shown.text
        assert row.index("תוחוקל תוריש") < row.index("02:10")
        assert isinstance(by_cells(shown.app.get_line_filters())[-1], type(cell_order("visual")))
        assert shown.app.get_line_filters()[-1] is line_order("visual", is_from_right=False)
        use("he")
        assert shown.app.get_line_filters()[-1] is line_order("visual", is_from_right=True)


async def test_filters_are_the_same_each_time_so_that_lines_remember() -> None:
    async with board() as shown:
        assert list(map(id, shown.app.get_line_filters())) == list(map(id, shown.app.get_line_filters()))
        assert list(map(id, by_cells(shown.app.get_line_filters()))) == list(
            map(id, by_cells(shown.app.get_line_filters()))
        )


def test_the_levels_of_a_plain_row_are_its_own() -> None:
    """The simulated terminal above rests on the same rules as the filters; these two it rests on are checked alone."""
    assert levels("אב12", 0) == [1, 1, 2, 2]
    assert reordered([1, 1, 2, 2]) == [2, 3, 1, 0]
