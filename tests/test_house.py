"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from wallboard.ui.actions import ACTING, ACTIONS, AT_DESK, actions_by_key, key_table, keymap
from wallboard.ui.app import WallboardApp
from wallboard.ui.moving import MOVES
from wallboard.ui.screens.board import PANEL_OF_ACTION, BoardScreen

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "wallboard"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES = 300, 45
# Named as scripts, [keys] and people know them.
FIXED_ACTION_IDS = [
    "focus_queues",
    "focus_callers",
    "focus_agents",
    "focus_campaigns",
    "focus_feeds",
    "open_detail",
    "back",
    "maximize",
    "filter",
    "sort",
    "mark",
    "kick_caller",
    "transfer_caller",
    "pause_agent",
    "toggle_campaign",
    "activity",
    "refresh",
    "freeze",
    "help",
    "palette",
    "quit",
]
# Written apart, so that this file does not hold what it looks for.
REGISTRY_HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}\b|\bxox[bap]-\w+|\beyJ\w{20,}\.eyJ\w+"
    r"|\bsk-[A-Za-z0-9]{32,}\b"
)


def tracked() -> list[Path]:
    """Text files that git keeps, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a checkout")
    paths = [ROOT / line for line in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("wallboard", {"textual", "rich", "httpx", "pydantic", "typer", "anyio"}),
        ("wallboard.engine.engine", {"textual", "rich", "httpx", "pydantic", "typer"}),
        ("wallboard.domain.merging", {"textual", "rich", "httpx", "pydantic", "typer", "anyio"}),
        ("wallboard.vendors.yemot.source", {"textual", "typer", "uvicorn"}),
        ("wallboard.ui.app", {"httpx", "typer", "uvicorn", "starlette"}),
        ("wallboard.cli.app", {"textual", "httpx", "uvicorn"}),
    ],
)
def test_a_room_loads_only_what_is_its_own(module: str, forbidden: set[str]) -> None:
    code = f"import sys, {module}; print(*sorted({forbidden!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert done.stdout.split() == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_small_and_says_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "no docstring"
    assert text.count("\n") <= MOST_LINES
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MOST_FUNCTION_LINES, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_has_a_vague_name(path: Path) -> None:
    for word in ("util", "helper", "manager", "misc"):
        assert word not in path.stem
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                assert word not in node.name.lower()


def test_nothing_kept_names_a_registry_or_holds_a_secret() -> None:
    for path in tracked():
        text = path.read_text("utf-8", errors="replace")
        assert not [host for host in REGISTRY_HOSTS if host in text], path
        assert not SECRETS.search(text), path


def test_nothing_kept_belongs_to_one_machine() -> None:
    names = {path.name for path in tracked()}
    assert not names & {"wallboard.toml", "audit.jsonl", ".env", ".DS_Store"}
    assert not [name for name in names if name.endswith((".pyc", ".log", ".pem", ".key"))]


def test_the_actions_keep_their_names_and_each_does_something() -> None:
    ids = [action.id for action in ACTIONS]
    assert len(ids) == len(set(ids))
    assert set(FIXED_ACTION_IDS) <= set(ids)
    for action_id in ids:
        known = {*PANEL_OF_ACTION, *MOVES, *ACTING, *AT_DESK}
        assert action_id in known or f"action_{action_id}" in {*dir(BoardScreen), *dir(WallboardApp)}, action_id


def test_keys_of_the_board_are_bound_in_the_registry_alone() -> None:
    """Elsewhere only what belongs to lines of text: to leave one, keep it, mend it, copy from it, go to the next."""
    found: list[str] = []
    for path in (PACKAGE / "ui").rglob("*.py"):
        if path.name != "actions.py":
            text = path.read_text("utf-8")
            found += re.findall(r'Binding\(\s*"([^"]+)"', text) + re.findall(r'BINDINGS[^=]*= \[\(\s*"([^"]+)"', text)
            found += re.findall(r'event\.key (?:==|in) \W*"([^"]+)"', text)
            found += re.findall(r"def (key_(?!of)\w+)\(", text)
    assert set(found) <= {"ctrl+c", "escape", "enter", "backspace", "tab", "up"}


def test_no_two_actions_share_a_key() -> None:
    keys = [key for chosen in keymap().values() for key in chosen]
    assert len(keys) == len(set(keys))
    assert set(keys) <= set(actions_by_key(keymap()))


def test_the_readme_has_the_table_of_keys_as_it_is_generated() -> None:
    assert key_table(keymap()) in (ROOT / "README.md").read_text("utf-8")


def test_a_read_only_board_has_no_acting_key_at_all() -> None:
    acting = {"kick_caller", "transfer_caller", "pause_agent", "toggle_campaign", "mark"}
    acting |= {"send_sms", "call_back", "add_to_campaign", "add_target", "import_targets", "change_target"}
    acting |= {"remove_target", "clear_targets", "add_members", "remove_member", "set_pace"}
    offered = keymap(is_read_only=True)
    assert offered.keys() == keymap().keys() - acting
    assert (
        not {"k", "t", "p", "s", "m", "b", "c", "a", "i", "e", "d", "D", "ל", "א", "פ", "ד", "צ", "נ", "ב"}
        & actions_by_key(offered).keys()
    )
