"""A page on a screen of any size: heading, state, figures, message, and how old the data are."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from wallboard.domain.feeds import Freshness
from wallboard.domain.thresholds import Level
from wallboard.language.bidi import shape
from wallboard.language.catalog import _, is_mirrored, pgettext
from wallboard.language.format import duration
from wallboard.language.words import LEVEL_WORDS, freshness_words
from wallboard.ui.roles import GLYPH_OF_FRESHNESS, GLYPH_OF_LEVEL
from wallboard.ui.wall.arrangement import PAD, Place, arranged
from wallboard.ui.wall.canvas import Area, Canvas, Line, Tone, fitted, wrapped
from wallboard.ui.wall.figures import STATE_SIGNS, STATE_WORDS, Content, Figure, State
from wallboard.ui.wall.glyphs import can_draw, height_of, width_of
from wallboard.ui.wall.pages import Turn

DOTS = 5  # of the time that is left to a page
LEAST_LETTERS = 8  # of a name cut to big letters; fewer tell less than the whole name in small ones
TALL, VERY_TALL = 40, 90  # rows from which on the state is told in big letters, in bigger ones
PADDED = 28  # rows from which on it has a blank row above and below
MOST_MESSAGE_LINES = 3

TONE_OF_STATE = {
    State.OK: Tone.OK,
    State.UNKNOWN: Tone.UNKNOWN,
    State.WARNING: Tone.WARN_BAND,
    State.BREACH: Tone.BREACH,
}
_TONE_OF_LEVEL = {Level.OK: Tone.STRONG, Level.WARN: Tone.WARN, Level.BREACH: Tone.BREACH}


@dataclass(frozen=True, slots=True)
class Frame:
    """All that one picture of the wall is made of. `troubles`: what is wrong with feeds, the worst first."""

    title: str
    time: str
    content: Content
    turn: Turn
    message: str
    troubles: Sequence[str]


def composed(frame: Frame, width: int, height: int) -> list[Line]:
    """The picture, line by line."""
    canvas = Canvas(width, height, is_mirrored=is_mirrored())
    _head(canvas, frame)
    top = 1 + _band(canvas, frame.content, 1) + (1 if height >= TALL else 0)
    bottom = _foot(canvas, frame)
    body = Area(0, top, width, bottom - top)
    for place in arranged(frame.content.main, frame.content.figures, body, height):
        _figure(canvas, place, is_main=place.figure is frame.content.main)
    return canvas.lines()


def _head(canvas: Canvas, frame: Frame) -> None:
    """What board it is, which source the page is of, and the clock."""
    canvas.fill(Area(0, 0, canvas.width, 1), Tone.HEAD)
    clock_at = canvas.width - cell_len(frame.time) - 1
    canvas.write(clock_at, 0, frame.time, Tone.HEAD)
    x = 1 + canvas.write(1, 0, frame.title, Tone.HEAD, clock_at - 2)
    canvas.write(x + 3, 0, frame.content.source, Tone.HEAD, clock_at - x - 4)


def _band(canvas: Canvas, content: Content, top: int) -> int:
    """The page's name and how the service stands, on the state's colour; the rows it takes."""
    scale = _word_scale(canvas)
    tone = TONE_OF_STATE[content.state]
    pad = 1 if canvas.height >= PADDED else 0
    rows = (height_of(scale) if scale else 1) + 2 * pad
    canvas.fill(Area(0, top, canvas.width, rows), tone)
    word = _(STATE_WORDS[content.state])
    taken = _words(
        canvas, f"{STATE_SIGNS[content.state]} {word}", Area(0, top + pad, canvas.width, 1), scale, tone, True
    )
    _words(canvas, content.title, Area(0, top + pad, canvas.width - taken - PAD, 1), scale, tone, False)
    return rows


def _word_scale(canvas: Canvas) -> int:
    return 2 if canvas.height >= VERY_TALL else 1 if canvas.height >= TALL else 0


def _words(canvas: Canvas, text: str, area: Area, scale: int, tone: Tone, is_at_end: bool) -> int:
    """Words in big letters where they fit and all have a shape, else as text half way down; the columns they take."""
    room = area.width - 2 * PAD
    while scale and (not can_draw(text) or width_of(text, scale) > room):
        scale -= 1
        if scale == 0 and can_draw(text) and len(cut := _cut(text, room)) > LEAST_LETTERS:
            text, scale = cut, 1
    if not scale:
        row = area.y + height_of(_word_scale(canvas)) // 2 if _word_scale(canvas) else area.y
        text = fitted(text, room)
        canvas.write(area.x + (area.width - PAD - cell_len(text) if is_at_end else PAD), row, text, tone)
        return cell_len(text) + PAD
    width = width_of(text, scale)
    x = area.x + (area.width - PAD - width if is_at_end else PAD)
    canvas.write_big(x, area.y, shape(text).text, scale, tone)
    return width + PAD


def _cut(text: str, room: int) -> str:
    """As much as has room in the smallest big letters, with an ellipsis."""
    return next((cut for end in range(len(text), 0, -1) if width_of(cut := f"{text[:end].rstrip()}…", 1) <= room), "")


def _figure(canvas: Canvas, place: Place, *, is_main: bool) -> None:
    """A figure in the middle of its area, below its name and the word for its level."""
    figure, area, scale = place
    tone = Tone.OLD if figure.is_old else _TONE_OF_LEVEL[figure.level]
    if tone is Tone.BREACH:
        canvas.fill(_ground_of(place, canvas), tone)
    label_rows = _name(canvas, place, tone, may_be_big=is_main)
    if not scale:
        canvas.write(area.x + PAD, area.y + 1, figure.text, tone, area.width - 2 * PAD)
        return
    spare = area.height - label_rows - height_of(scale)
    x = area.x + ((area.width - width_of(figure.text, scale)) // 2 if is_main else PAD)
    y = area.y + label_rows + (spare // 2 if is_main else min(1, spare // 2))
    canvas.write_big(x, y, shape(figure.text).text, scale, tone)


def _name(canvas: Canvas, place: Place, tone: Tone, *, may_be_big: bool) -> int:
    """A figure's name, big where that costs its digits nothing, and the word for its level; the rows it takes."""
    figure, area, scale = place
    label_tone = tone if tone is Tone.BREACH else Tone.STRONG if figure.is_name else Tone.LABEL
    remark = _remark(figure)
    room = area.width - 2 * PAD - (cell_len(remark) + 2 if remark else 0)
    big_rows = height_of(1) + 1
    is_big = (
        may_be_big
        and canvas.height >= TALL
        and area.height >= height_of(scale) + big_rows
        and can_draw(figure.label)
        and width_of(figure.label, 1) <= room
    )
    if is_big:
        taken = canvas.write_big(area.x + PAD, area.y, shape(figure.label).text, 1, label_tone)
    else:
        taken = canvas.write(area.x + PAD, area.y, figure.label, label_tone, room)
    canvas.write(area.x + PAD + taken + 2, area.y + (1 if is_big else 0), remark, tone)
    return big_rows if is_big else 1


def _ground_of(place: Place, canvas: Canvas) -> Area:
    """The figure's area, but for a line between it and the next where there is one to spare."""
    area = place.area
    spare = area.height - 1 - (height_of(place.scale) if place.scale else 1)
    is_last = area.x + area.width == canvas.width
    return Area(area.x, area.y, area.width - (0 if is_last else 1), area.height - (1 if spare > 1 else 0))


def _remark(figure: Figure) -> str:
    """In words what the tone of a figure means."""
    if figure.is_old:
        return f"~ {pgettext('wall', 'old')}"
    return f"{GLYPH_OF_LEVEL[figure.level]} {_(LEVEL_WORDS[figure.level])}" if figure.level else ""


def _foot(canvas: Canvas, frame: Frame) -> int:
    """Message, what is wrong, age of the data and what comes next; the first row it takes."""
    y = canvas.height - 1
    _last_line(canvas, frame, y)
    lines = wrapped(frame.message, canvas.width - 2 * PAD, MOST_MESSAGE_LINES if canvas.height >= PADDED else 1)
    y -= len(lines)
    for at, line in enumerate(lines):
        canvas.write(PAD, y + at, line, Tone.STRONG)
    return _alarm_strip(canvas, frame, y) if canvas.height >= PADDED else y


def _alarm_strip(canvas: Canvas, frame: Frame, bottom: int) -> int:
    """On a screen with room: how old the page's data are, big, and what is wrong; the first row it takes."""
    if not frame.content.is_old and not frame.troubles:
        return bottom
    words = "   ".join(frame.troubles)
    if not frame.content.is_old:
        canvas.write(PAD, bottom - 1, words, Tone.WARN, canvas.width - 2 * PAD)
        return bottom - 1
    scale = _word_scale(canvas)
    rows = height_of(scale) if scale else 1
    top = bottom - rows
    canvas.fill(Area(0, top, canvas.width, rows), Tone.BREACH)
    age = f"{GLYPH_OF_FRESHNESS[frame.content.freshness]} {_age_words(frame.content)}"
    taken = _words(canvas, age, Area(0, top, canvas.width, 1), scale, Tone.BREACH, False)
    left = taken + 2 * PAD
    lines = wrapped(words, canvas.width - left - PAD, rows)
    for y, line in enumerate(lines, top + (rows - len(lines)) // 2):
        canvas.write(left, y, line, Tone.BREACH)
    return top


def _last_line(canvas: Canvas, frame: Frame, y: int) -> None:
    """How old the data are; which page it is, and how long it stays."""
    content, turn = frame.content, frame.turn
    told = _turn_words(turn)
    canvas.write(canvas.width - PAD - cell_len(told), y, told, Tone.MUTED)
    room = canvas.width - cell_len(told) - 3 * PAD
    if content.is_old:  # on a larger screen it is said above, big
        if canvas.height < PADDED:
            words = f"{GLYPH_OF_FRESHNESS[content.freshness]} {_age_words(content)}"
            canvas.write(PAD, y, "   ".join([words, *frame.troubles]), Tone.BREACH, room)
    elif content.freshness is Freshness.LATE:
        canvas.write(PAD, y, f"▲ {_age_words(content)}", Tone.WARN, room)
    elif content.age is None:
        canvas.write(PAD, y, f"{GLYPH_OF_FRESHNESS[content.freshness]} {_age_words(content)}", Tone.MUTED, room)
    else:
        words = _("data {age} old").format(age=duration(content.age))
        taken = canvas.write(PAD, y, words, Tone.MUTED, room)
        if canvas.height < PADDED:
            canvas.write(2 * PAD + taken, y, "   ".join(frame.troubles), Tone.WARN, room - taken - PAD)


def _age_words(content: Content) -> str:
    word = freshness_words(content.freshness)
    return word if content.age is None else f"{word} {duration(content.age)}"


def _turn_words(turn: Turn) -> str:
    """The how manieth page, and a dot for each fifth of its time that is left; nothing moves between two of them."""
    if turn.is_held and turn.total == 1:
        return _("held while in breach")
    if turn.total < 2:
        return ""
    lit = min(DOTS, int(turn.left * DOTS) + 1)
    dots = "●" * lit + "○" * (DOTS - lit)
    place = f"{turn.place}/{turn.total}"
    return f"{dots[::-1]}  {place}" if is_mirrored() else f"{place}  {dots}"
