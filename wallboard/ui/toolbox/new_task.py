"""Scheduling something new: a form for each type of task."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from wallboard.domain.account_actions import CreateTask, Schedule, TaskType
from wallboard.domain.units import sms_cost
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
    return lambda text: "" if text else f"{what} is needed"


def _one_of(*choices: str) -> Callable[[str], str]:
    return lambda text: "" if text in choices else f"one of {', '.join(choices)}"


def _check_time(text: str) -> str:
    return "" if time_of(text) else "a time of the day as 14:30"


def _check_days(text: str) -> str:
    return "" if days_of(text) is not None or date_of(text) else "days as sun-thu or 0-4, or a date as 24/12/2026"


def _check_yes(text: str) -> str:
    return "" if text.lower() in _YES | _NO else "yes or no"


def _at_each_run(values: Values) -> str:
    message = values["smsMessage"]
    cost = units_words(sms_cost(message, 1))
    return f"{length_words(message)}: {cost} for each number of the list, at each run"


def _ring_cost(values: Values) -> str:
    free = "costs nothing" if values["typeList"] == "tzl" else f"{units_words(0.1)} for each number, at each run"
    return f"A one-ring call to this list: {free}"


def _no_cost(_: Values) -> str:
    return "Moving files costs nothing"


@dataclass(frozen=True, slots=True)
class _Type:
    """What there is to be said of a type; its fields have the vendor's names."""

    words: str
    fields: tuple[Field, ...]
    cost: Callable[[Values], str]


_TYPES = {
    TaskType.SMS: _Type(
        "send text messages",
        (
            Field("smsMessage", "Message", check=_needed("a message"), is_long=True),
            Field("smsList", "To", hint="id of a distribution list", check=_needed("a list")),
        ),
        _at_each_run,
    ),
    TaskType.RING: _Type(
        "ring a list once",
        (
            Field("toList", "List", hint="its name or id", check=_needed("a list")),
            Field("typeList", "Kind of list", "tzl", "tzl: free one-ring list; tpl: distribution list",
                  _one_of("tzl", "tpl")),
        ),
        _ring_cost,
    ),
    TaskType.MOVE_FILE: _Type(
        "move a file",
        (
            Field("folder", "From", hint="an extension’s path as in 1/2", check=_needed("a path")),
            Field("target", "To", hint="an extension’s path as in 1/3", check=_needed("a path")),
            Field("moveFileType", "Which file", "maxFile", "maxFile: the highest number; minFile: the lowest",
                  _one_of("maxFile", "minFile")),
        ),
        _no_cost,
    ),
}  # fmt: skip
_WHEN = (
    Field("time", "Time", hint="14:30", check=_check_time),
    Field("days", "Days", hint="sun-thu, or a date as 24/12/2026; empty: every day", check=_check_days),
    Field("holidays", "On Sabbath", "no", "yes: also on Sabbaths and holidays", _check_yes),
)


def begin_task(desk: ListDesk) -> None:
    """Ask what the new task is to do, then when."""
    desk.choose("A new task, to …", {each.words: kind for kind, each in _TYPES.items()}, partial(_fill_in, desk))


def _fill_in(desk: ListDesk, kind: TaskType) -> None:
    described = Field("description", "Description", hint="what people call it", check=_needed("a description"))

    def remark(values: Values) -> str:
        schedule = _schedule(values)
        when = f"Runs {schedule_words(schedule)}. " if schedule else ""
        return f"{when}{_TYPES[kind].cost(values)}."

    fields = (described, *_TYPES[kind].fields, *_WHEN)
    desk.fill_in(f"A new task: {_TYPES[kind].words}", fields, partial(_filled_in, desk, kind), remark)


def _schedule(values: Values) -> Schedule | None:
    return schedule_of(values["time"], values["days"])


def _filled_in(desk: ListDesk, kind: TaskType, values: dict[str, str]) -> None:
    schedule = _schedule(values)
    if schedule is None:  # the fields were checked, so it never is
        return
    spares_holidays = values["holidays"].lower() not in _YES
    settings = tuple((field.id, values[field.id]) for field in _TYPES[kind].fields)
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
    told = [(field.label, clean(values[field.id], MOST_QUOTED)) for field in _TYPES[kind].fields]
    holidays = "it does not run" if spares_holidays else "it runs, too"
    desk.ask(
        Proposal(
            question="Create this task?",
            names=("", ""),
            verb="create",
            effect="It is switched on at once. It can be switched off or deleted again.",
            commands=(command,),
            lines=(
                ("Task", command.words),
                *told,
                ("Runs", schedule_words(schedule)),
                ("Sabbath and holidays", holidays),
                ("Cost", _TYPES[kind].cost(values)),
                ("Mail", "when it fails"),
                ("System", desk.source),
            ),
        )
    )
