"""What a Yemot system does by itself at set times."""

from wallboard.domain.account_actions import DeleteTask, SwitchTask, TaskType
from wallboard.domain.actions import ActionKind
from wallboard.domain.enquiries import Task, TaskDetail, TaskOf, TaskRun, TaskRunsOf, Tasks
from wallboard.language.catalog import N_, _
from wallboard.language.format import UNKNOWN
from wallboard.language.schedule import schedule_words
from wallboard.ui.cells import Cell, Text
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Proposal
from wallboard.ui.roles import Role
from wallboard.ui.toolbox.listing import Deed, ListDesk, Listing
from wallboard.ui.toolbox.new_task import begin_task

MOST_ACTIVE = 10  # the vendor's limit
COLUMNS = (
    Column("description", N_("Task"), least=12, most=44),
    Column("type", N_("Does"), importance=2),
    Column("active", N_("State")),
    Column("next", N_("Next run"), importance=1, least=10, most=19),
    Column("status", N_("Status"), importance=3, least=6, most=20),
    Column("id", N_("Id"), importance=4, is_right=True),
)
RUN_COLUMNS = (
    Column("at", N_("Time"), least=10, most=19),
    Column("succeeded", N_("Outcome")),
    Column("error", N_("Why"), least=12, most=80),
    Column("id", N_("Run"), importance=1, is_right=True),
)
WORDS_OF_TYPE: dict[str, str] = {
    TaskType.SMS: N_("text messages"),
    TaskType.RING: N_("one-ring calls"),
    TaskType.MOVE_FILE: N_("moves files"),
}
_ACTIVE = {True: (N_("● on"), Role.OK), False: (N_("○ off"), Role.MUTED), None: (N_("? unknown"), Role.UNKNOWN)}
_SUCCESS = {True: (N_("● done"), Role.OK), False: (N_("! failed"), Role.BREACH), None: (UNKNOWN, Role.MUTED)}


def type_words(name: str) -> str:
    return _(WORDS_OF_TYPE[name]) if name in WORDS_OF_TYPE else name


def _state_of(task: Task) -> Text:
    words, role = _ACTIVE[task.is_active]
    return Text(_(words), role)


def _outcome_of(run: TaskRun) -> Text:
    words, role = _SUCCESS[run.has_succeeded]
    return Text(_(words), role)


def _cells(task: Task, picture: Picture) -> tuple[Cell, ...]:
    return (
        Text(name_of(task, picture), Role.STRONG),
        Text(type_words(task.type)),
        _state_of(task),
        Text(task.next_run or UNKNOWN),
        Text(task.status, Role.MUTED),
        Text(task.id, Role.MUTED),
    )


def name_of(task: Task, picture: Picture) -> str:
    return picture.shown(task.description) or _("task {id}").format(id=task.id)


def _opened(desk: ListDesk, task: Task) -> None:
    desk.inquire(TaskOf(task.id), lambda detail: _show(desk, detail))


def _show(desk: ListDesk, detail: TaskDetail) -> None:
    task, shown = detail.task, desk.picture.shown
    desk.show_item(
        _("Task: {task}").format(task=name_of(task, desk.picture)),
        (
            (_("Does"), f"{type_words(task.type)} ({task.type})" if task.type in WORDS_OF_TYPE else task.type),
            (_("State"), _state_of(task).text),
            (_("Runs"), schedule_words(detail.schedule)),
            (_("Next run"), task.next_run),
            (_("Last run"), detail.last_run),
            (_("Status"), task.status),
            (_("Mail"), _mail(task)),
            (_("Created"), task.created_at),
            (_("Changed"), detail.updated_at),
            (_("Id"), task.id),
            *((name, shown(value)) for name, value in detail.action),
        ),
    )


def _mail(task: Task) -> str:
    if task.mails_end is None and task.mails_error is None:
        return UNKNOWN
    if task.mails_end and task.mails_error:
        return _("when it has run and when it fails")
    if task.mails_end:
        return _("when it has run")
    return _("when it fails") if task.mails_error else _("never")


def runs_of(task: Task, picture: Picture) -> Listing[tuple[TaskRun, ...], TaskRun]:
    """The log of one task."""
    return Listing(
        title=N_("Runs of {name}"),
        query=TaskRunsOf(task.id),
        items=lambda told: told,
        columns=RUN_COLUMNS,
        key=lambda run: run.id or run.at,
        cells=_run_cells,
        empty=N_("it has not run yet"),
        opened=_run_opened,
        name=name_of(task, picture),
    )


def _run_cells(run: TaskRun, picture: Picture) -> tuple[Cell, ...]:
    return (
        Text(run.at or UNKNOWN),
        _outcome_of(run),
        Text(picture.shown(run.error)),
        Text(run.id, Role.MUTED),
    )


def _run_opened(desk: ListDesk, run: TaskRun) -> None:
    lines = (
        (_("Time"), run.at),
        (_("Outcome"), _outcome_of(run).text),
        (_("Why"), desk.picture.shown(run.error)),
        (_("Run"), run.id),
    )
    desk.show_item(_("Run of a task"), lines)


def _log(desk: ListDesk, task: Task) -> None:
    desk.go_on(runs_of(task, desk.picture))


def _new(desk: ListDesk, _task: Task) -> None:
    if _is_full(desk):
        desk.tell(_full_words())
    else:
        begin_task(desk)


def _is_full(desk: ListDesk) -> bool:
    return sum(1 for task in desk.items if task.is_active) >= MOST_ACTIVE


def _full_words() -> str:
    words = _("{count} tasks are on already, the vendor’s limit: switch one off or delete it first")
    return words.format(count=MOST_ACTIVE)


def _switch(desk: ListDesk, task: Task) -> None:
    """The vendor forgets what is not sent again, so all of the task is asked for first."""
    if task.is_active is not True and _is_full(desk):
        desk.tell(_full_words())
    else:
        desk.inquire(TaskOf(task.id), lambda detail: _ask_to_switch(desk, detail))


def _ask_to_switch(desk: ListDesk, detail: TaskDetail) -> None:
    task, name = detail.task, name_of(detail.task, desk.picture)
    if task.is_active is None:
        desk.tell(_("{task}: the vendor does not tell whether it is on").format(task=name))
        return
    will_be_on = not task.is_active
    command = SwitchTask(
        source=desk.source,
        target=task.id,
        words=name,
        feed=desk.feed,
        is_active=will_be_on,
        description=task.description,
        schedule=detail.schedule,
        mails_end=bool(task.mails_end),
        mails_error=bool(task.mails_error),
    )
    lines = [(_("Task"), name), (_("Does"), type_words(task.type)), (_("Runs"), schedule_words(detail.schedule))]
    if task.mails_end is None or task.mails_error is None:
        lines.append((_("Mail"), _("what the vendor does not tell of it is switched off")))
    desk.ask(
        Proposal(
            question=_("Switch the task on?") if will_be_on else _("Switch the task off?"),
            verb=_("switch on") if will_be_on else _("switch off"),
            effect=(
                _("It runs at its times from now on, and what it sends costs units.")
                if will_be_on
                else _("It does not run any more. It can be switched on again.")
            ),
            commands=(command,),
            lines=(*lines, (_("System"), desk.source)),
        )
    )


def _delete(desk: ListDesk, task: Task) -> None:
    name = name_of(task, desk.picture)
    desk.ask(
        Proposal(
            question=_("Delete the task?"),
            verb=_("delete"),
            effect=_("It never runs again, and its log is lost. It cannot be brought back."),
            commands=(DeleteTask(source=desk.source, target=task.id, words=name, feed=desk.feed),),
            lines=(
                (_("Task"), name),
                (_("Does"), type_words(task.type)),
                (_("State"), _state_of(task).text),
                (_("Next run"), task.next_run or UNKNOWN),
                (_("System"), desk.source),
            ),
        )
    )


def _remark(told: tuple[Task, ...]) -> str:
    active = sum(1 for task in told if task.is_active)
    return _("{count} of {most} on").format(count=active, most=MOST_ACTIVE)


TASKS = Listing(
    title=N_("Scheduled tasks"),
    query=Tasks(),
    items=lambda told: told,
    columns=COLUMNS,
    key=lambda task: task.id,
    cells=_cells,
    empty=N_("no tasks are scheduled"),
    opened=_opened,
    deeds=(
        Deed("n", N_("new"), _new, ActionKind.CREATE_TASK, needs_row=False),
        Deed("s", N_("on/off"), _switch, ActionKind.SWITCH_TASK),
        Deed("x", N_("delete"), _delete, ActionKind.DELETE_TASK),
        Deed("l", N_("log"), _log),
    ),
    remark=_remark,
)
