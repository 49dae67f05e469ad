"""The action registry: the one source of keys, footer, palette, help and the README's table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wallboard.language.catalog import N_
from wallboard.language.keyboard import twin


class Group(StrEnum):
    """How help sorts them."""

    PANELS = N_("Panels")
    MOVING = N_("Moving")
    ROWS = N_("Rows")
    ACTING = N_("Acting")  # on the vendors; not there at all where the board is read-only
    DESK = N_("Campaign desk")  # enter on a campaign opens it; acting, too
    BOARD = N_("Board")


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do by key.

    Args:
        id: stable name; `action_<id>` on the board does it.
        keys: default keys, in Textual's names.
        label: a word or two for the footer and the palette.
        help: a sentence for the help screen.
        group: where help lists it.
        is_shown: whether it stands in the footer.
        is_vital: it stands there however narrow the screen.
        panels: of an acting one, the panels whose rows it acts on; there it stands in the footer.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: Group = Group.BOARD
    is_shown: bool = False
    is_vital: bool = False
    panels: tuple[str, ...] = ()


ACTIONS: tuple[Action, ...] = (
    Action("focus_queues", ("1",), N_("queues"), N_("Go to the queues."), Group.PANELS),
    Action("focus_callers", ("2",), N_("callers"), N_("Go to the callers who wait."), Group.PANELS),
    Action("focus_agents", ("3",), N_("agents"), N_("Go to the agents."), Group.PANELS),
    Action("focus_campaigns", ("4",), N_("campaigns"), N_("Go to the dialer campaigns."), Group.PANELS),
    Action("focus_feeds", ("5",), N_("feeds"), N_("Go to the feeds: how old each source's data are."), Group.PANELS),
    Action("next_panel", ("tab",), N_("next panel"), N_("Go to the next panel."), Group.PANELS),
    Action("previous_panel", ("shift+tab",), N_("previous panel"), N_("Go to the panel before."), Group.PANELS),
    Action(
        "maximize",
        ("z",),
        N_("maximise"),
        N_("Show the focused panel alone, or all again."),
        Group.PANELS,
        is_shown=True,
    ),
    Action("row_up", ("up",), N_("up"), N_("One row up."), Group.MOVING),
    Action("row_down", ("down",), N_("down"), N_("One row down."), Group.MOVING),
    Action("page_up", ("pageup",), N_("page up"), N_("One page up."), Group.MOVING),
    Action("page_down", ("pagedown",), N_("page down"), N_("One page down."), Group.MOVING),
    Action("first_row", ("home",), N_("first row"), N_("To the first row."), Group.MOVING),
    Action("last_row", ("end",), N_("last row"), N_("To the last row."), Group.MOVING),
    Action(
        "open_detail", ("enter",), N_("detail"), N_("All that is known of the row, live."), Group.ROWS, is_shown=True
    ),
    Action("filter", ("slash",), N_("filter"), N_("Narrow the rows as you type."), Group.ROWS, is_shown=True),
    Action(
        "sort",
        ("o",),
        N_("sort"),
        N_("Order by the next column; at last, worst first again."),
        Group.ROWS,
        is_shown=True,
    ),
    Action("reverse_sort", ("O",), N_("reverse"), N_("Turn the order round."), Group.ROWS),
    Action(
        "mark", ("space",), N_("mark"), N_("Mark the row; what is done then is done to all marked rows."), Group.ACTING
    ),
    Action(
        "kick_caller",
        ("k",),
        N_("take out"),
        N_("Take the caller out of the queue; asks first."),
        Group.ACTING,
        panels=("callers",),
    ),
    Action(
        "transfer_caller",
        ("t",),
        N_("send to"),
        N_("Take the caller out and send him to an extension; asks which."),
        Group.ACTING,
        panels=("callers",),
    ),
    Action(
        "pause_agent",
        ("p",),
        N_("pause / resume"),
        N_("Pause the agent, or let him work again; it can be taken back for 5 s."),
        Group.ACTING,
        panels=("agents",),
    ),
    Action(
        "toggle_campaign",
        ("s",),
        N_("stop / start"),
        N_("Stop the campaign when it runs, start it when it is stopped; asks first."),
        Group.ACTING,
        panels=("campaigns",),
    ),
    Action(
        "send_sms",
        ("m",),
        N_("text message"),
        N_("Send a text message to the caller; shows what it costs, and asks first."),
        Group.ACTING,
        panels=("callers", "agents"),
    ),
    Action(
        "call_back",
        ("b",),
        N_("call back"),
        N_("Ring an agent, then connect him with the caller; asks whom, shows the cost."),
        Group.ACTING,
        panels=("callers", "agents"),
    ),
    Action(
        "add_to_campaign",
        ("c",),
        N_("to campaign"),
        N_("Add the caller's number to a campaign; asks which."),
        Group.ACTING,
        panels=("callers", "agents"),
    ),
    Action("add_target", ("a",), N_("add"), N_("Add a number to the campaign."), Group.DESK, panels=("targets",)),
    Action(
        "import_targets",
        ("i",),
        N_("add a file"),
        N_("Add a file of targets: checked first, then sent; can be stopped and go on."),
        Group.DESK,
        panels=("targets",),
    ),
    Action(
        "change_target",
        ("e",),
        N_("change"),
        N_("Change the target's priority, name or data."),
        Group.DESK,
        panels=("targets",),
    ),
    Action(
        "remove_target",
        ("d",),
        N_("remove"),
        N_("Remove the target's number from the campaign; asks first."),
        Group.DESK,
        panels=("targets",),
    ),
    Action(
        "clear_targets",
        ("D",),
        N_("empty"),
        N_("Remove all targets of the campaign; its name must be typed."),
        Group.DESK,
        panels=("targets",),
    ),
    Action(
        "add_members",
        ("plus",),
        N_("add members"),
        N_("Let the campaign ring more extensions; asks which."),
        Group.DESK,
        panels=("members",),
    ),
    Action(
        "remove_member",
        ("minus",),
        N_("remove member"),
        N_("Let the campaign ring the extension no more; asks first."),
        Group.DESK,
        panels=("members",),
    ),
    Action(
        "set_pace",
        ("g",),
        N_("pace"),
        N_("Set a smart dialer's queue, how many may wait there, and how fast it dials."),
        Group.DESK,
        panels=("targets",),
    ),
    Action("back", ("escape",), N_("back"), N_("Take back: what is not sent yet, filter, marks, panel alone, cursor.")),
    Action(
        "refresh",
        ("r",),
        N_("refresh"),
        N_("Ask all sources now, within the vendors' limits."),
        Group.BOARD,
        is_shown=True,
    ),
    Action(
        "wall", ("w",), N_("wall"), N_("TV mode: big figures, page after page; again, or escape: back."), is_shown=True
    ),
    Action("freeze", ("f",), N_("freeze"), N_("Hold the picture still; data keep arriving behind it."), is_shown=True),
    Action(
        "activity",
        ("l",),
        N_("activity"),
        N_("What was done, by whom, with what outcome; and what happened."),
        is_shown=True,
    ),
    Action("help", ("question_mark",), N_("help"), N_("Keys and what they do."), is_shown=True, is_vital=True),
    Action(
        "palette", ("ctrl+p",), N_("palette"), N_("Everything by name: actions, themes, queues, agents."), is_shown=True
    ),
    Action("redraw", ("ctrl+l",), N_("redraw"), N_("Draw the whole screen anew, if others have written on it.")),
    Action("quit", ("q", "ctrl+q"), N_("quit"), N_("Leave the board."), is_shown=True, is_vital=True),
)
PANEL_ACTIONS = frozenset(action.id for action in ACTIONS if action.id.startswith("focus_"))
ACTING = {action.id: action for action in ACTIONS if action.panels and action.group is Group.ACTING}
AT_DESK = {action.id: action for action in ACTIONS if action.group is Group.DESK}
_NOT_IN_READ_ONLY = frozenset({Group.ACTING, Group.DESK})
# Textual's names of keys that people write as a character.
_NAMES = {"/": "slash", "?": "question_mark", ".": "full_stop", "'": "apostrophe", "+": "plus", "-": "minus"}
_CHARACTERS = {name: character for character, name in _NAMES.items()}
_SHORT_NAMES = {"escape": "esc", "pageup": "page up", "pagedown": "page down"}


class KeyClashError(ValueError):
    """The configured keys cannot all be had; says which and why."""


def keymap(configured: Mapping[str, str] | None = None, *, is_read_only: bool = False) -> dict[str, tuple[str, ...]]:
    """Keys of each action that is offered: the defaults, replaced where the config says so.

    Raises:
        KeyClashError: an unknown action id, or one key for two actions.
    """
    keys = {action.id: action.keys for action in ACTIONS}
    for action_id, text in (configured or {}).items():
        if action_id not in keys:
            raise KeyClashError(f'[keys] names no action: "{action_id}"; the actions are {", ".join(sorted(keys))}')
        keys[action_id] = tuple(_NAMES.get(key, key) for key in text.replace(",", " ").split()) or ("space",)
    owner: dict[str, str] = {}
    for action_id, chosen in keys.items():
        for key in chosen:
            if key in owner:
                raise KeyClashError(f'[keys] gives "{shown(key)}" to both {owner[key]} and {action_id}: change one')
            owner[key] = action_id
    return {
        action.id: keys[action.id] for action in ACTIONS if not (is_read_only and action.group in _NOT_IN_READ_ONLY)
    }


def actions_by_key(keys: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Which action each key does; each letter also on the same physical key under the Hebrew layout."""
    by_key = {key: action_id for action_id, chosen in keys.items() for key in chosen}
    for key, action_id in tuple(by_key.items()):
        other = twin(_CHARACTERS.get(key, key))
        if other:
            by_key.setdefault(_NAMES.get(other, other), action_id)
    return by_key


def shown(key: str) -> str:
    """A key as people call it."""
    return _CHARACTERS.get(key) or _SHORT_NAMES.get(key, key)


def key_table(keys: Mapping[str, tuple[str, ...]]) -> str:
    """The keys as a table in Markdown, as the README has it."""
    lines = ["| Key | Action | Does |", "|---|---|---|"]
    for action in ACTIONS:
        if action.id in keys:
            told = " ".join(f"`{shown(key)}`" for key in keys[action.id])
            lines.append(f"| {told} | `{action.id}` | {action.help} |")
    return "\n".join(lines)
