"""The action registry: the one source of keys, footer, palette, help and the README's table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wallboard.language.keyboard import twin


class Group(StrEnum):
    """How help sorts them."""

    PANELS = "Panels"
    MOVING = "Moving"
    ROWS = "Rows"
    ACTING = "Acting"  # on the vendors; not there at all where the board is read-only
    DESK = "Campaign desk"  # enter on a campaign opens it; acting, too
    BOARD = "Board"


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
    Action("focus_queues", ("1",), "queues", "Go to the queues.", Group.PANELS),
    Action("focus_callers", ("2",), "callers", "Go to the callers who wait.", Group.PANELS),
    Action("focus_agents", ("3",), "agents", "Go to the agents.", Group.PANELS),
    Action("focus_campaigns", ("4",), "campaigns", "Go to the dialer campaigns.", Group.PANELS),
    Action("focus_feeds", ("5",), "feeds", "Go to the feeds: how old each source's data are.", Group.PANELS),
    Action("next_panel", ("tab",), "next panel", "Go to the next panel.", Group.PANELS),
    Action("previous_panel", ("shift+tab",), "previous panel", "Go to the panel before.", Group.PANELS),
    Action("maximize", ("z",), "maximise", "Show the focused panel alone, or all again.", Group.PANELS, is_shown=True),
    Action("row_up", ("up",), "up", "One row up.", Group.MOVING),
    Action("row_down", ("down",), "down", "One row down.", Group.MOVING),
    Action("page_up", ("pageup",), "page up", "One page up.", Group.MOVING),
    Action("page_down", ("pagedown",), "page down", "One page down.", Group.MOVING),
    Action("first_row", ("home",), "first row", "To the first row.", Group.MOVING),
    Action("last_row", ("end",), "last row", "To the last row.", Group.MOVING),
    Action("open_detail", ("enter",), "detail", "All that is known of the row, live.", Group.ROWS, is_shown=True),
    Action(
        "filter",
        ("slash",),
        "filter",
        "Narrow the rows as you type.",
        Group.ROWS,
        is_shown=True,
    ),
    Action(
        "sort",
        ("o",),
        "sort",
        "Order by the next column; at last, worst first again.",
        Group.ROWS,
        is_shown=True,
    ),
    Action("reverse_sort", ("O",), "reverse", "Turn the order round.", Group.ROWS),
    Action("mark", ("space",), "mark", "Mark the row; what is done then is done to all marked rows.", Group.ACTING),
    Action(
        "kick_caller",
        ("k",),
        "take out",
        "Take the caller out of the queue; asks first.",
        Group.ACTING,
        panels=("callers",),
    ),
    Action(
        "transfer_caller",
        ("t",),
        "send to",
        "Take the caller out and send him to an extension; asks which.",
        Group.ACTING,
        panels=("callers",),
    ),
    Action(
        "pause_agent",
        ("p",),
        "pause / resume",
        "Pause the agent, or let him work again; it can be taken back for 5 s.",
        Group.ACTING,
        panels=("agents",),
    ),
    Action(
        "toggle_campaign",
        ("s",),
        "stop / start",
        "Stop the campaign when it runs, start it when it is stopped; asks first.",
        Group.ACTING,
        panels=("campaigns",),
    ),
    Action(
        "send_sms",
        ("m",),
        "text message",
        "Send a text message to the caller; shows what it costs, and asks first.",
        Group.ACTING,
        panels=("callers", "agents"),
    ),
    Action(
        "call_back",
        ("b",),
        "call back",
        "Ring an agent, then connect him with the caller; asks whom, shows the cost.",
        Group.ACTING,
        panels=("callers", "agents"),
    ),
    Action(
        "add_to_campaign",
        ("c",),
        "to campaign",
        "Add the caller's number to a campaign; asks which.",
        Group.ACTING,
        panels=("callers", "agents"),
    ),
    Action("add_target", ("a",), "add", "Add a number to the campaign.", Group.DESK, panels=("targets",)),
    Action(
        "import_targets",
        ("i",),
        "add a file",
        "Add a file of targets: checked first, then sent; can be stopped and go on.",
        Group.DESK,
        panels=("targets",),
    ),
    Action(
        "change_target",
        ("e",),
        "change",
        "Change the target's priority, name or data.",
        Group.DESK,
        panels=("targets",),
    ),
    Action(
        "remove_target",
        ("d",),
        "remove",
        "Remove the target's number from the campaign; asks first.",
        Group.DESK,
        panels=("targets",),
    ),
    Action(
        "clear_targets",
        ("D",),
        "empty",
        "Remove all targets of the campaign; its name must be typed.",
        Group.DESK,
        panels=("targets",),
    ),
    Action(
        "add_members",
        ("plus",),
        "add members",
        "Let the campaign ring more extensions; asks which.",
        Group.DESK,
        panels=("members",),
    ),
    Action(
        "remove_member",
        ("minus",),
        "remove member",
        "Let the campaign ring the extension no more; asks first.",
        Group.DESK,
        panels=("members",),
    ),
    Action(
        "set_pace",
        ("g",),
        "pace",
        "Set a smart dialer's queue, how many may wait there, and how fast it dials.",
        Group.DESK,
        panels=("targets",),
    ),
    Action("back", ("escape",), "back", "Take back: what is not sent yet, filter, marks, panel alone, cursor."),
    Action(
        "refresh", ("r",), "refresh", "Ask all sources now, within the vendors' limits.", Group.BOARD, is_shown=True
    ),
    Action("freeze", ("f",), "freeze", "Hold the picture still; data keep arriving behind it.", is_shown=True),
    Action(
        "activity", ("l",), "activity", "What was done, by whom, with what outcome; and what happened.", is_shown=True
    ),
    Action("help", ("question_mark",), "help", "Keys and what they do.", is_shown=True, is_vital=True),
    Action("palette", ("ctrl+p",), "palette", "Everything by name: actions, themes, queues, agents.", is_shown=True),
    Action("quit", ("q", "ctrl+q"), "quit", "Leave the board.", is_shown=True, is_vital=True),
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
