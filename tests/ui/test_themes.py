"""Themes: the shipped ones can be read by everybody, and a broken one of the user's breaks nothing."""

import tomllib
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet

from tests.ui.behind import Burns, Clerk, Porter
from tests.ui.boards import Stream, board, snapshot
from tests.ui.sinks import NoActivity, Sink
from wallboard.clock import ManualClock
from wallboard.domain.thresholds import DEFAULT_THRESHOLDS
from wallboard.resources import themes_dir
from wallboard.ui.actions import keymap
from wallboard.ui.app import WallboardApp
from wallboard.ui.roles import Role
from wallboard.ui.style import BoardStyle
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.theming import FALLBACK, ThemeFile, load_themes
from wallboard.ui.widgets.panel import Panel

SHIPPED = sorted(path.stem for path in themes_dir().glob("*.toml"))
LEAST_CONTRAST = 4.5
_TABLE_TEXT = [
    "foreground",
    "muted",
    "accent",
    "heading",
    "figure-old",
    "sla-ok",
    "sla-warn",
    "state-available",
    "state-ringing",
    "state-call",
    "state-hold",
    "state-paused",
    "state-away",
    "state-unknown",
]
# What carries text, and every ground it stands on: tables and tiles, the cursor's line, overlays, edges, titles.
GROUNDS: dict[str, tuple[str, ...]] = {
    "background": (*_TABLE_TEXT,),
    "row-cursor": (*_TABLE_TEXT,),
    "surface": (*_TABLE_TEXT,),
    "panel": ("foreground", "muted", "accent"),
    "title": ("title-text", "sla-warn"),
    "title-focused": ("title-focused-text",),
    "sla-breach": ("sla-breach-text",),
    "sla-warn": ("background",),  # the banner of a frozen picture
}
PAIRS = [(theme, text, ground) for theme in SHIPPED for ground, texts in GROUNDS.items() for text in texts]


def shipped(name: str) -> ThemeFile:
    return load_themes(None).themes[name]


def colours(theme: ThemeFile) -> dict[str, str]:
    return {**theme.colours.model_dump(), **theme.variables.model_dump(by_alias=True)}


def luminance(colour: ColorTriplet) -> float:
    """By WCAG 2."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted(luminance(Color.parse(colour).get_truecolor()) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def test_there_are_a_dark_and_a_light_one_and_all_load() -> None:
    shelf = load_themes(None)
    assert sorted(shelf.themes) == SHIPPED
    assert not shelf.faults
    assert {theme.kind for theme in shelf.themes.values()} == {"dark", "light"}
    assert FALLBACK in shelf.themes


@pytest.mark.parametrize(("theme", "text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(theme: str, text: str, ground: str) -> None:
    table = colours(shipped(theme))
    ratio = contrast(table[text], table[ground])
    assert ratio >= LEAST_CONTRAST, f"{theme}: {text} on {ground} is {ratio:.2f}"


@pytest.mark.parametrize("theme", SHIPPED)
@pytest.mark.parametrize("system", [ColorSystem.EIGHT_BIT, ColorSystem.STANDARD])
def test_levels_stay_apart_with_few_colours(theme: str, system: ColorSystem) -> None:
    table = colours(shipped(theme))
    levels = [Color.parse(table[name]).downgrade(system).number for name in ("sla-ok", "sla-warn", "sla-breach")]
    assert len(set(levels)) == 3
    ground = Color.parse(table["background"]).downgrade(system).number
    assert ground not in levels


@pytest.mark.parametrize("theme", SHIPPED)
async def test_the_board_is_drawn_in_every_theme(theme: str) -> None:
    async with board(theme=theme) as shown:
        table = shown.screen.query_one("#queues", Panel).table
        drawn = {role: table.get_component_rich_style(f"role--{role}", partial=True).color for role in Role}
        expected = colours(shipped(theme))
        for role, name in ((Role.WARN, "sla-warn"), (Role.AVAILABLE, "state-available"), (Role.MUTED, "muted")):
            colour = drawn[role]
            assert colour is not None
            assert colour.get_truecolor().hex == expected[name]
        assert "02:10" in shown.text


def text_of(name: str) -> str:
    return (themes_dir() / f"{name}.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("[variables]", "[variables]\nsla-okay = '#ffffff'"), "sla-okay"),
        (('sla-warn = "', 'sla-warn = "nocolour'), "sla-warn"),
        (('kind = "dark"', 'kind = "dim"'), "kind"),
        (('foreground = "#dfe6ee"\n', ""), "foreground"),
        (('name = "night"', 'name = "No Name"'), "name"),
        (("[colours]", "[colours"), "not TOML"),
    ],
)
def test_a_broken_theme_is_told_by_file_and_key(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    path = tmp_path / "mine.toml"
    broken = text_of("night").replace(*change)
    assert broken != text_of("night")
    path.write_text(broken, "utf-8")
    (tmp_path / "other.toml").write_text(text_of("day").replace('name = "day"', 'name = "noon"'), "utf-8")
    shelf = load_themes(tmp_path)
    assert len(shelf.faults) == 1
    assert str(path) in shelf.faults[0]
    assert told in shelf.faults[0]
    assert set(shelf.themes) == {*SHIPPED, "noon"}


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"name = 3"])
def test_whatever_lies_in_the_folder_the_shipped_ones_load(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mine.toml").write_bytes(content)
    (tmp_path / "folder.toml").mkdir()
    shelf = load_themes(tmp_path)
    assert len(shelf.faults) == 2
    assert sorted(shelf.themes) == SHIPPED


def test_of_the_same_name_the_users_wins(tmp_path: Path) -> None:
    own = tomllib.loads(text_of("night"))["variables"]["sla-ok"]
    (tmp_path / "night.toml").write_text(text_of("night").replace(own, "#00ff01"), "utf-8")
    shelf = load_themes(tmp_path)
    assert shelf.themes["night"].variables.sla_ok == "#00ff01"
    assert shelf.user_themes == {"night"}
    assert not shelf.faults


def test_no_folder_is_no_fault(tmp_path: Path) -> None:
    assert load_themes(tmp_path / "none") == load_themes(None)


async def test_a_broken_theme_does_not_stop_the_board_and_is_remarked_upon(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(text_of("night").replace('sla-warn = "', 'sla-warn = "no'), "utf-8")
    clock = ManualClock()
    style = BoardStyle("wallboard", clock, DEFAULT_THRESHOLDS, keymap(), {})
    switchboard = Switchboard(Stream(snapshot()), Sink(), NoActivity(), Clerk(), Porter(), Burns())
    app = WallboardApp(switchboard, style, load_themes(tmp_path), "mine")
    async with app.run_test(size=(120, 35), notifications=True) as pilot:
        await pilot.pause()
        remark = next(iter(app._notifications)).message
        assert app.theme == FALLBACK
        assert 'no theme "mine"' in remark
        assert "sla-warn" in remark
        assert app.is_running


async def test_an_unknown_theme_falls_back_with_a_remark() -> None:
    async with board(theme="sunset") as shown:
        assert shown.app.theme == FALLBACK
        assert any('"sunset"' in note.message for note in shown.app._notifications)
