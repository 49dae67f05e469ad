"""Themes: the shipped ones can be read by everybody, and a broken one of the user's breaks nothing."""

import os
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from tests.ui.behind import Burns, Clerk, Porter
from tests.ui.boards import Stream, board, snapshot
from tests.ui.sinks import NoActivity, Sink
from wallboard.clock import ManualClock
from wallboard.domain.thresholds import DEFAULT_THRESHOLDS
from wallboard.resources import themes_dir
from wallboard.ui.actions import keymap
from wallboard.ui.app import WallboardApp
from wallboard.ui.contrast import Depth, Vision, contrast, distance, is_grey, shown
from wallboard.ui.furniture import Furniture
from wallboard.ui.style import BoardStyle
from wallboard.ui.switchboard import Switchboard
from wallboard.ui.theme_checks import LEAST_DISTANCE, LEVELS, TEXTS_ON, check_names, remarks
from wallboard.ui.theming import FALLBACK, ThemeFile, load_themes, theme_files

SHIPPED = sorted(path.stem for path in themes_dir().glob("*.toml"))
COLOURED = [name for name in SHIPPED if name != "ansi"]
LEAST_WITH_FEW = {Depth.FULL: 4.5, Depth.FEW: 4.5, Depth.LEAST: 3.0}


def shipped(name: str) -> ThemeFile:
    return load_themes(None).themes[name]


def test_those_that_are_promised_are_there_and_all_load() -> None:
    shelf = load_themes(None)
    assert sorted(shelf.themes) == SHIPPED
    assert {"night", "day", "wall", "colour-blind", "ansi", "mono"} <= set(SHIPPED)
    assert not shelf.faults
    assert {theme.kind for theme in shelf.themes.values()} == {"dark", "light", "ansi"}
    assert FALLBACK in shelf.themes


@pytest.mark.parametrize("theme", SHIPPED)
def test_nothing_is_to_be_said_against_those_that_are_shipped(theme: str) -> None:
    """Every text has a contrast of 4.5 on each of its grounds, and the levels are told apart everywhere."""
    assert list(remarks(shipped(theme))) == []


@pytest.mark.parametrize("theme", COLOURED)
@pytest.mark.parametrize("depth", Depth)
def test_levels_stay_apart_with_few_colours_and_can_be_read(theme: str, depth: Depth) -> None:
    table = shipped(theme).table
    ok, warn, breach, text, ground = (
        shown(table[key], depth) for key in ("sla-ok", "sla-warn", "sla-breach", "sla-breach-text", "background")
    )
    assert distance(ok, warn) >= LEAST_DISTANCE
    assert distance(breach, ground) >= LEAST_DISTANCE
    assert min(contrast(ok, ground), contrast(warn, ground), contrast(text, breach)) >= LEAST_WITH_FEW[depth]


@pytest.mark.parametrize("theme", COLOURED)
@pytest.mark.parametrize(("depth", "least"), [(Depth.FEW, 4.5), (Depth.LEAST, 2.8)])
def test_all_text_can_be_read_with_few_colours(theme: str, depth: Depth, least: float) -> None:
    """With sixteen the cursor's line is reversed, so that its ground is that of the table."""
    table = shipped(theme).table
    for ground, texts in TEXTS_ON.items():
        for text in texts:
            if not (depth is Depth.LEAST and ground == "row-cursor"):
                ratio = contrast(shown(table[text], depth), shown(table[ground], depth))
                assert ratio >= least, f"{text} on {ground} is {ratio:.2f}"


@pytest.mark.parametrize("vision", Vision)
@pytest.mark.parametrize("depth", Depth)
def test_the_one_for_the_colour_blind_holds_with_few_colours_too(vision: Vision, depth: Depth) -> None:
    colours = [shown(shipped("colour-blind").table[level], depth) for level in LEVELS]
    assert min(distance(one, other, vision) for one, other in combinations(colours, 2)) > 2 * LEAST_DISTANCE


def test_the_one_without_hue_has_none() -> None:
    assert all(is_grey(colour) for colour in shipped("mono").table.values())


def test_the_one_for_a_tv_has_more_contrast_than_the_others() -> None:
    table = shipped("wall").table
    pairs = [(text, ground) for ground, texts in TEXTS_ON.items() for text in texts]
    assert min(contrast(shown(table[text]), shown(table[ground])) for text, ground in pairs) >= 7.0


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
        (("[variables]", "[variables]\nsla-wran = '#ffffff'"), 'the nearest valid one is "sla-warn"'),
        (('foreground = "#dfe6ee"', 'foreground = "ansi_white"'), 'is not for kind = "dark"'),
        (('kind = "dark"', 'kind = "ansi"'), "ansi_green"),
        (('foreground = "#dfe6ee"', 'foreground = "transparent"'), "shine through"),
        (('foreground = "#dfe6ee"', 'foreground = "#dfe6ee80"'), "shine through"),
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
    assert shelf.themes["night"].variables["sla-ok"] == "#00ff01"
    assert shelf.user_themes == {"night"}
    assert not shelf.faults


def test_no_folder_is_no_fault(tmp_path: Path) -> None:
    assert load_themes(tmp_path / "none") == load_themes(None)


async def test_a_broken_theme_does_not_stop_the_board_and_is_remarked_upon(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(text_of("night").replace('sla-warn = "', 'sla-warn = "no'), "utf-8")
    clock = ManualClock()
    style = BoardStyle("wallboard", clock, DEFAULT_THRESHOLDS, keymap(), {})
    switchboard = Switchboard(Stream(snapshot()), Sink(), NoActivity(), Clerk(), Porter(), Burns())
    app = WallboardApp(Furniture(switchboard, style, load_themes(tmp_path), "mine"))
    async with app.run_test(size=(120, 35), notifications=True) as pilot:
        await pilot.pause()
        remark = next(iter(app._notifications)).message
        assert app.theme == FALLBACK
        assert 'no theme "mine"' in remark
        assert "sla-warn" in remark
        assert app.is_running


async def test_an_unknown_theme_falls_back_with_a_remark() -> None:
    async with board(theme="sunset") as unknown:
        assert unknown.app.theme == FALLBACK
        assert any('"sunset"' in note.message for note in unknown.app._notifications)


def test_two_files_of_one_name_are_told_of_and_the_first_is_worn(tmp_path: Path) -> None:
    mine = text_of("night").replace('name = "night"', 'name = "mine"')
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(mine, "utf-8")
    shelf = load_themes(tmp_path)
    assert shelf.faults == (f'{tmp_path / "b.toml"}: "mine" is the name of a.toml too; give one of them another',)
    assert "mine" in shelf.themes
    assert [(path.name, finding.is_error) for path, finding in check_names(theme_files(tmp_path))] == [("b.toml", True)]


def test_a_pipe_is_not_waited_for_and_hidden_files_are_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / ".mine.toml").write_text("half written", "utf-8")
    [fault] = load_themes(tmp_path).faults
    assert fault == f"{tmp_path / 'pipe.toml'}: is no plain file"
