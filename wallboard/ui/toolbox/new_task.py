"""Scheduling something new: a form for each type of task."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from wallboard.domain.account_actions import CreateTask, Schedule, TaskType
from wallboard.domain.units import sms_cost
from wallboard.language.catalog import N_, _, pgettext
from wallboard.language.clean import clean
from wallboard.language.schedule import date_of, days_of, schedule_of, schedule_words, time_of
from wallboard.language.units import units_words
from wallboard.ui.proposals import Proposal
from wallboard.ui.screens.form import Field
from wallboard.ui.toolbox.listing import ListDesk
from wallboard.ui.toolbox.proposals import MOST_QUOTED, length_words

Values = Mapping[str, str]
_YES, _NO = frozenset({"yes", "y", "כן"}), frozenset({"no", "n", "לא", ""})


def _needed(what: str) -> Callable[[str], str]:
    """`what`: the sentence that says so."""
    return lambda text: "" if text else what


def _one_of(*choices: str) -> Callable[[str], str]:
    return lambda text: "" if text in choices else _("one of {choices}").format(choices=", ".join(choices))


def _check_time(text: str) -> str:
    return "" if time_of(text) else _("a time of the day as 14:30")


def _check_days(text: str) -> str:
    is_right = days_of(text) is not None or date_of(text)
    return "" if is_right else _("days as sun-thu or 0-4, or a date as 24/12/2026")


def _check_yes(text: str) -> str:
    return "" if text.lower() in _YES | _NO else _("yes or no")


def _at_each_run(values: Values) -> str:
    message = values["smsMessage"]
    cost = units_words(sms_cost(message, 1))
    told = _("{length}: {cost} for each number of the list, at each run")
    return told.format(length=length_words(message), cost=cost)


def _ring_cost(values: Values) -> str:
    if values["typeList"] == "tzl":
        return _("A one-ring call to this list: costs nothing")
    return _("A one-ring call to this list: {cost} for each number, at each run").format(cost=units_words(0.1))


def _no_cost(_values: Values) -> str:
    return _("Moving files costs nothing")


@dataclass(frozen=True, slots=True)
class _Type:
    """What there is to be said of a type; its fields have the vendor's names.

    Args:
        words: what it does, in the menu.
        title: stands above its form.
        fields: makes them, in the language in use.
        cost: what it costs, by what was typed.
    """

    words: str
    title: str
    fields: Callable[[], tuple[Field, ...]]
    cost: Callable[[Values], str]


def _of_message() -> tuple[Field, ...]:
    return (
        Field("smsMessage", _("Message"), check=_needed(_("a message is needed")), is_long=True),
        Field("smsList", _("To"), hint=_("id of a distribution list"), check=_needed(_("a list is needed"))),
    )


def _of_ring() -> tuple[Field, ...]:
    kinds = _("tzl: free one-ring list; tpl: distribution list")
    return (
        Field("toList", _("List"), hint=_("its name or id"), check=_needed(_("a list is needed"))),
        Field("typeList", _("Kind of list"), "tzl", kinds, _one_of("tzl", "tpl")),
    )


def _of_move() -> tuple[Field, ...]:
    path, needed = _("an extension’s path as in {path}"), _needed(_("a path is needed"))
    which = _("maxFile: the highest number; minFile: the lowest")
    return (
        Field("folder", pgettext("path", "From"), hint=path.format(path="1/2"), check=needed),
        Field("target", _("To"), hint=path.format(path="1/3"), check=needed),
        Field("moveFileType", _("Which file"), "maxFile", which, _one_of("maxFile", "minFile")),
    )


_TYPES = {
    TaskType.SMS: _Type(N_("send text messages"), N_("A new task: send text messages"), _of_message, _at_each_run),
    TaskType.RING: _Type(N_("ring a list once"), N_("A new task: ring a list once"), _of_ring, _ring_cost),
    TaskType.MOVE_FILE: _Type(N_("move a file"), N_("A new task: move a file"), _of_move, _no_cost),
}


def _when() -> tuple[Field, ...]:
    days = _("sun-thu, or a date as 24/12/2026; empty: every day")
    return (
        Field("time", _("Time"), hint="14:30", check=_check_time),
        Field("days", _("Days"), hint=days, check=_check_days),
        Field("holidays", _("On Sabbath"), _("no"), _("yes: also on Sabbaths and holidays"), _check_yes),
    )


def begin_task(desk: ListDesk) -> None:
    """Ask what the new task is to do, then when."""
    options = {_(each.words): kind for kind, each in _TYPES.items()}
    desk.choose(_("A new task, to …"), options, partial(_fill_in, desk))


def _fill_in(desk: ListDesk, kind: TaskType) -> None:
    needed = _needed(_("a description is needed"))
    described = Field("description", _("Description"), hint=_("what people call it"), check=needed)

    def remark(values: Values) -> str:
        schedule = _schedule(values)
        cost = f"{_TYPES[kind].cost(values)}."
        if schedule is None:
            return cost
        return _("Runs {schedule}. {cost}").format(schedule=schedule_words(schedule), cost=cost)

    fields = (described, *_TYPES[kind].fields(), *_when())
    desk.fill_in(_(_TYPES[kind].title), fields, partial(_filled_in, desk, kind), remark)


def _schedule(values: Values) -> Schedule | None:
    return schedule_of(values["time"], values["days"])


def _filled_in(desk: ListDesk, kind: TaskType, values: dict[str, str]) -> None:
    schedule = _schedule(values)
    if schedule is None:  # the fields were checked, so it never is
        return
    spares_holidays = values["holidays"].lower() not in _YES
    fields = _TYPES[kind].fields()
    settings = tuple((field.id, values[field.id]) for field in fields)
    command = CreateTask(
        source=desk.source,
        target=values["description"],
        words=desk.picture.shown(values["description"]),
        feed=desk.feed,
        type=kind,
        schedule=schedule,
        settings=settings,
        spares_holidays=spares_holidays,
    )
    told = [(field.label, clean(values[field.id], MOST_QUOTED)) for field in fields]
    holidays = _("it does not run") if spares_holidays else _("it runs, too")
    desk.ask(
        Proposal(
            question=_("Create this task?"),
            verb=_("create"),
            effect=_("It is switched on at once. It can be switched off or deleted again."),
            commands=(command,),
            lines=(
                (_("Task"), command.words),
                *told,
                (_("Runs"), schedule_words(schedule)),
                (_("Sabbath and holidays"), holidays),
                (_("Cost"), _TYPES[kind].cost(values)),
                (_("Mail"), _("when it fails")),
                (_("System"), desk.source),
            ),
        )
    )
