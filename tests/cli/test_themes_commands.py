"""`wallboard themes`: list, check, new."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from wallboard.cli.app import app
from wallboard.ui.theming import load_themes


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's own themes lie."""
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path / "wallboard" / "themes"


def themes(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["themes", *arguments])


def test_a_new_theme_is_written_where_it_is_found_and_nothing_is_wrong_with_it(folder: Path) -> None:
    made = themes("new", "mine", "--from", "day")
    assert (made.exit_code, made.stdout) == (0, f"{folder / 'mine.toml'}\n")
    assert load_themes(folder).themes["mine"].table == load_themes(None).themes["day"].table
    assert themes("check").exit_code == 0
    [line] = [line for line in themes("list").stdout.splitlines() if line.startswith("mine ")]
    assert line.split()[1:3] == ["light", "yours"]


def test_a_new_theme_is_like_night_unless_told(folder: Path) -> None:
    assert themes("new", "mine").exit_code == 0
    assert load_themes(folder).themes["mine"].table == load_themes(None).themes["night"].table


def test_a_file_that_is_there_stays_as_it_is(folder: Path) -> None:
    folder.mkdir(parents=True)
    mine = folder / "mine.toml"
    mine.write_text("# mine\n", "utf-8")
    refused = themes("new", "mine")
    assert refused.exit_code == 1
    assert f"{mine}: is there already" in refused.stderr
    assert mine.read_text("utf-8") == "# mine\n"


def test_a_link_that_leads_nowhere_is_not_written_through(folder: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "mine.toml").symlink_to(tmp_path / "elsewhere")
    assert themes("new", "mine").exit_code == 1
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("name", ["Mine", "../mine", "a b", "1st", "", "מדבר", "mine\n"])
def test_what_cannot_name_a_theme_is_refused(folder: Path, name: str) -> None:
    refused = themes("new", name)
    assert refused.exit_code == 2
    assert "cannot name a theme" in refused.stderr
    assert not folder.exists()


def test_what_is_no_theme_cannot_be_begun_with(folder: Path) -> None:
    refused = themes("new", "mine", "--from", "nigth")
    assert refused.exit_code == 2
    assert "night" in refused.stderr
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    folder.parent.write_text("a file in the way", "utf-8")
    refused = themes("new", "mine")
    assert refused.exit_code == 1
    assert f"{folder / 'mine.toml'}: cannot be written" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_check_tells_warnings_and_goes_on_but_fails_of_errors(folder: Path) -> None:
    themes("new", "faint")
    themes("new", "broken")
    faint, broken = folder / "faint.toml", folder / "broken.toml"
    faint.write_text(faint.read_text("utf-8").replace('muted = "#8e9dae"', 'muted = "#444444"'), "utf-8")
    only_faint = themes("check", str(faint))
    assert only_faint.exit_code == 0
    assert f"{faint}: warning: muted on background: the contrast is 1.94, below 4.5" in only_faint.stdout
    assert only_faint.stderr == "1 usable, 0 not\n"
    broken.write_text(broken.read_text("utf-8").replace("sla-ok =", "sla-okay ="), "utf-8")
    both = themes("check")
    assert both.exit_code == 1
    assert f'{broken}: variables.sla-okay: unknown key; the nearest valid one is "sla-ok"' in both.stdout
    assert f"{broken}: variables.sla-ok: is missing" in both.stdout
    assert str(faint) in both.stdout
    assert both.stderr == "1 usable, 1 not\n"


def test_check_of_a_file_that_is_not_there_fails(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    result = themes("check", str(missing))
    assert result.exit_code == 1
    assert result.stdout == f"{missing}: cannot be read: {os.strerror(2)}\n"


def test_the_list_tells_name_kind_whose_and_what_for(folder: Path) -> None:
    lines = themes("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["ansi", "colour-blind", "day", "mono", "night", "wall"]
    assert next(line for line in lines if line.startswith("ansi")).split(maxsplit=3)[1:] == [
        *("ansi", "shipped", "The terminal's own sixteen colours."),
    ]
