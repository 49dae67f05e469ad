"""What a Yemot system does by itself at set times."""

from wallboard.domain.account_actions import DeleteTask, SwitchTask, TaskType
from wallboard.domain.actions import ActionKind
from wallboard.domain.enquiries import Task, TaskDetail, TaskOf, TaskRun, TaskRunsOf, Tasks
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
    Column("description", "Task", least=12, most=44),
    Column("type", "Does", importance=2),
    Column("active", "State"),
    Column("next", "Next run", importance=1, least=10, most=19),
    Column("status", "Status", importance=3, least=6, most=20),
    Column("id", "Id", importance=4, is_right=True),
)
RUN_COLUMNS = (
    Column("at", "Time", least=10, most=19),
    Column("succeeded", "Outcome"),
    Column("error", "Why", least=12, most=80),
    Column("id", "Run", importance=1, is_right=True),
)
WORDS_OF_TYPE: dict[str, str] = {
    TaskType.SMS: "text messages",
    TaskType.RING: "one-ring calls",
    TaskType.MOVE_FILE: "moves files",
}
_ACTIVE = {True: Text("● on", Role.OK), False: Text("○ off", Role.MUTED), None: Text("? unknown", Role.UNKNOWN)}
_SUCCESS = {True: Text("● done", Role.OK), False: Text("! failed", Role.BREACH), None: Text(UNKNOWN, Role.MUTED)}


def type_words(name: str) -> str:
    return WORDS_OF_TYPE.get(name, name)


def _cells(task: Task, picture: Picture) -> tuple[Cell, ...]:
    return (
        Text(name_of(task, picture), Role.STRONG),
        Text(type_words(task.type)),
        _ACTIVE[task.is_active],
        Text(task.next_run or UNKNOWN),
        Text(task.status, Role.MUTED),
        Text(task.id, Role.MUTED),
    )


def name_of(task: Task, picture: Picture) -> str:
    return picture.shown(task.description) or f"task {task.id}"


def _opened(desk: ListDesk, task: Task) -> None:
    desk.inquire(TaskOf(task.id), lambda detail: _show(desk, detail))


def _show(desk: ListDesk, detail: TaskDetail) -> None:
    task, shown = detail.task, desk.picture.shown
    desk.show_item(
        f"Task: {name_of(task, desk.picture)}",
        (
            ("Does", f"{type_words(task.type)} ({task.type})" if task.type in WORDS_OF_TYPE else task.type),
            ("State", _ACTIVE[task.is_active].text),
            ("Runs", schedule_words(detail.schedule)),
            ("Next run", task.next_run),
            ("Last run", detail.last_run),
            ("Status", task.status),
            ("Mail", _mail(task)),
            ("Created", task.created_at),
            ("Changed", detail.updated_at),
            ("Id", task.id),
            *((name, shown(value)) for name, value in detail.action),
        ),
    )


def _mail(task: Task) -> str:
    flags = ((task.mails_end, "when it has run"), (task.mails_error, "when it fails"))
    if all(is_on is None for is_on, _ in flags):
        return UNKNOWN
    return " and ".join(words for is_on, words in flags if is_on) or "never"


def runs_of(task: Task, picture: Picture) -> Listing[tuple[TaskRun, ...], TaskRun]:
    """The log of one task."""
    return Listing(
        title=f"Runs of {name_of(task, picture)}",
        query=TaskRunsOf(task.id),
        items=lambda told: told,
        columns=RUN_COLUMNS,
        key=lambda run: run.id or run.at,
        cells=_run_cells,
        empty="it has not run yet",
        opened=_run_opened,
    )


def _run_cells(run: TaskRun, picture: Picture) -> tuple[Cell, ...]:
    return (
        Text(run.at or UNKNOWN),
        _SUCCESS[run.has_succeeded],
        Text(picture.shown(run.error)),
        Text(run.id, Role.MUTED),
    )


def _run_opened(desk: ListDesk, run: TaskRun) -> None:
    lines = (
        ("Time", run.at),
        ("Outcome", _SUCCESS[run.has_succeeded].text),
        ("Why", desk.picture.shown(run.error)),
        ("Run", run.id),
    )
    desk.show_item("Run of a task", lines)


def _log(desk: ListDesk, task: Task) -> None:
    desk.go_on(runs_of(task, desk.picture))


def _new(desk: ListDesk, _: Task) -> None:
    if _is_full(desk):
        desk.tell(_FULL)
    else:
        begin_task(desk)


def _is_full(desk: ListDesk) -> bool:
    return sum(1 for task in desk.items if task.is_active) >= MOST_ACTIVE


_FULL = f"{MOST_ACTIVE} tasks are on already, the vendor’s limit: switch one off or delete it first"


def _switch(desk: ListDesk, task: Task) -> None:
    """The vendor forgets what is not sent again, so all of the task is asked for first."""
    if task.is_active is not True and _is_full(desk):
        desk.tell(_FULL)
    else:
        desk.inquire(TaskOf(task.id), lambda detail: _ask_to_switch(desk, detail))


def _ask_to_switch(desk: ListDesk, detail: TaskDetail) -> None:
    task, name = detail.task, name_of(detail.task, desk.picture)
    if task.is_active is None:
        desk.tell(f"{name}: the vendor does not tell whether it is on")
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
    lines = [("Task", name), ("Does", type_words(task.type)), ("Runs", schedule_words(detail.schedule))]
    if task.mails_end is None or task.mails_error is None:
        lines.append(("Mail", "what the vendor does not tell of it is switched off"))
    desk.ask(
        Proposal(
            question=f"Switch the task {'on' if will_be_on else 'off'}?",
            names=("", ""),
            verb=f"switch {'on' if will_be_on else 'off'}",
            effect=(
                "It runs at its times from now on, and what it sends costs units."
                if will_be_on
                else "It does not run any more. It can be switched on again."
            ),
            commands=(command,),
            lines=(*lines, ("System", desk.source)),
        )
    )


def _delete(desk: ListDesk, task: Task) -> None:
    name = name_of(task, desk.picture)
    desk.ask(
        Proposal(
            question="Delete the task?",
            names=("", ""),
            verb="delete",
            effect="It never runs again, and its log is lost. It cannot be brought back.",
            commands=(DeleteTask(source=desk.source, target=task.id, words=name, feed=desk.feed),),
            lines=(
                ("Task", name),
                ("Does", type_words(task.type)),
                ("State", _ACTIVE[task.is_active].text),
                ("Next run", task.next_run or UNKNOWN),
                ("System", desk.source),
            ),
        )
    )


def _remark(told: tuple[Task, ...]) -> str:
    return f"{sum(1 for task in told if task.is_active)} of {MOST_ACTIVE} on"


TASKS = Listing(
    title="Scheduled tasks",
    query=Tasks(),
    items=lambda told: told,
    columns=COLUMNS,
    key=lambda task: task.id,
    cells=_cells,
    empty="no tasks are scheduled",
    opened=_opened,
    deeds=(
        Deed("n", "new", _new, ActionKind.CREATE_TASK, needs_row=False),
        Deed("s", "on/off", _switch, ActionKind.SWITCH_TASK),
        Deed("x", "delete", _delete, ActionKind.DELETE_TASK),
        Deed("l", "log", _log),
    ),
    remark=_remark,
)
