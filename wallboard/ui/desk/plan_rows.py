"""What a checked file holds, as lists to look through; made outside of the loop, for they are long."""

from dataclasses import dataclass
from operator import attrgetter

from wallboard.domain.imports import ImportPlan
from wallboard.domain.targets import NewTarget
from wallboard.language.catalog import N_, _, pgettext
from wallboard.language.imports import FLAW_WORDS
from wallboard.language.phones import national
from wallboard.ui.cells import Row, Text
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Picture
from wallboard.ui.roles import Role
from wallboard.ui.text import safe

COLUMNS = (
    Column("line", N_("Line"), is_right=True),
    Column("number", N_("Number"), least=12, most=30),
    Column("told", "", least=20, most=120),
)
MOST_WRITTEN = 60  # characters of a cell
_VARIABLE = "var_"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of the lists: its name, how much is in it, what it says while that is nothing."""

    id: str
    title: str
    count: int
    empty: str


def chapters(plan: ImportPlan) -> tuple[Chapter, ...]:
    """The lists in which there is something, and the first four in any case; what is wrong comes first."""
    told = (
        Chapter("bad", _("Bad"), len(plan.bad), _("every row holds a number that can be dialled")),
        Chapter("doubles", _("Double"), len(plan.doubles), _("no number stands in the file twice")),
        Chapter(
            "pending",
            pgettext("file", "Pending"),
            len(plan.already_pending),
            _("the campaign has none of these numbers to dial yet"),
        ),
        Chapter("to_send", _("To add"), len(plan.to_send), _("nothing is left to be added")),
        Chapter("done", _("Added before"), len(plan.done), ""),
        Chapter("refused", _("Refused before"), len(plan.refused), ""),
        Chapter("unsure", _("Unsure"), len(plan.unsure), ""),
    )
    return (*told[:4], *(chapter for chapter in told[4:] if chapter.count))


def rows(plan: ImportPlan, chapter: str, picture: Picture) -> list[Row]:
    """The rows of a list, in the file's order, measured already."""
    made = _made(plan, chapter, picture)
    for row in made:
        row.widths  # noqa: B018 - known from here on, so that the table need not measure thousands in the loop
    return made


def _made(plan: ImportPlan, chapter: str, picture: Picture) -> list[Row]:
    shown = picture.shown
    if chapter == "bad":
        return [_row(f.line, shown(f.written[:MOST_WRITTEN]), _(FLAW_WORDS[f.reason]), Role.WARN) for f in plan.bad]
    if chapter == "doubles":
        same = _("the same number as in line {line}")
        return [_row(d.line, shown(national(d.number)), same.format(line=f"{d.first_line:,}")) for d in plan.doubles]
    if chapter == "pending":
        told = _("the campaign has it to dial already")
        return [_row(t.line, shown(national(t.number)), _joined(told, t, picture)) for t in plan.already_pending]
    if chapter == "to_send":
        return [_row(t.line, shown(national(t.number)), _particulars(t, picture)) for t in plan.to_send]
    lines, told = {
        "done": (plan.done, _("an earlier run has added it")),
        "refused": (plan.refused, _("the vendor refused it in an earlier run; it is not sent again")),
        "unsure": (plan.unsure, _("an earlier run sent it, and it may have been dialled; it is not sent again")),
    }[chapter]
    chosen = sorted((target for target in plan.good if target.line in lines), key=attrgetter("line"))
    return [_row(t.line, shown(national(t.number)), _joined(told, t, picture)) for t in chosen]


def _row(line: int, number: str, told: str, role: Role = Role.MUTED) -> Row:
    place = _("line {line}").format(line=f"{line:,}")
    cells = (Text(f"{line:,}", Role.MUTED, line), Text(safe(number), Role.STRONG), Text(safe(told), role))
    return Row(key=str(line), cells=cells, words=f"{place}   {number}   {told}")


def _joined(told: str, target: NewTarget, picture: Picture) -> str:
    return f"{told}   {_particulars(target, picture)}".rstrip()


def _particulars(target: NewTarget, picture: Picture) -> str:
    """What else stands in the row."""
    told = [picture.shown(target.name)] if target.name else []
    told += [_("priority {priority}").format(priority=target.priority)] if target.priority is not None else []
    told += [_("shows {number}").format(number=picture.shown(target.caller_id))] if target.caller_id else []
    told += [f"{name.removeprefix(_VARIABLE)}: {picture.shown(value[:MOST_WRITTEN])}" for name, value in target.custom]
    return "   ".join(told)
