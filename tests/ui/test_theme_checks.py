"""What is said against a theme file, and that what one begins with gives no cause."""

from pathlib import Path

import pytest

from wallboard.resources import themes_dir
from wallboard.ui.theme_checks import Finding, check_theme
from wallboard.ui.theme_template import template
from wallboard.ui.theming import load_themes

SHIPPED = sorted(load_themes(None).themes)


def checked(folder: Path, base: str, **colours: str) -> list[Finding]:
    """What is said of a copy of that theme with other colours."""
    lines = (themes_dir() / f"{base}.toml").read_text("utf-8").splitlines()
    for key, colour in colours.items():
        written = key.replace("_", "-")
        place = next(place for place, line in enumerate(lines) if line.startswith(f"{written} ="))
        lines[place] = f'{written} = "{colour}"'
    path = folder / "mine.toml"
    path.write_text("\n".join(lines), "utf-8")
    return check_theme(path)


def test_nothing_is_said_of_a_good_one(tmp_path: Path) -> None:
    assert checked(tmp_path, "night") == []


def test_faint_text_is_told_with_its_ground_and_its_contrast(tmp_path: Path) -> None:
    findings = checked(tmp_path, "night", muted="#444444")
    assert Finding("muted on background: the contrast is 1.94, below 4.5") in findings
    assert {finding.words.split()[0] for finding in findings} == {"muted"}
    assert not any(finding.is_error for finding in findings)


@pytest.mark.parametrize(
    ("colours", "told"),
    [
        ({"sla_ok": "#f2b84b"}, "full colour (0.0), 256 colours (0.0), 16 colours (0.0)"),
        ({"sla_ok": "#c8c070", "sla_warn": "#f0b060"}, "protanopia"),
        ({"sla_ok": "#e0a030", "sla_warn": "#a0c030"}, "deuteranopia"),
        ({"sla_ok": "#e8a0b8", "sla_warn": "#e8a878"}, "tritanopia"),
        ({"sla_ok": "#ffd070", "sla_warn": "#f2d84b"}, "256 colours"),
    ],
)
def test_levels_that_look_alike_are_told_with_where(tmp_path: Path, colours: dict[str, str], told: str) -> None:
    findings = [finding for finding in checked(tmp_path, "night", **colours) if "too much alike" in finding.words]
    assert findings
    assert findings[0].words.startswith("sla-ok and sla-warn")
    assert told in findings[0].words
    assert not findings[0].is_error


def test_without_hue_a_breach_must_have_a_ground_of_its_own(tmp_path: Path) -> None:
    assert checked(tmp_path, "mono", sla_warn="#f2f2f2") == []
    told = [finding.words for finding in checked(tmp_path, "mono", sla_breach="#161616", sla_breach_text="#ffffff")]
    assert any(words.startswith("sla-breach and background: too much alike") for words in told)


def test_of_the_terminals_own_colours_only_the_names_can_be_told(tmp_path: Path) -> None:
    told = [finding.words for finding in checked(tmp_path, "ansi", sla_warn="ansi_green", sla_breach_text="ansi_red")]
    assert told == [
        "sla-breach-text on sla-breach: both are ansi_red",
        "sla-ok, sla-warn, sla-breach: two are the same colour",
    ]


def test_every_fault_of_one_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    text = (themes_dir() / "night.toml").read_text("utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(
        text.replace("sla-warn =", "sla-wran =").replace('accent = "#7fd1ff"', 'accent = "blueish"'), "utf-8"
    )
    findings = check_theme(path)
    assert all(finding.is_error for finding in findings)
    assert {finding.words for finding in findings} == {
        'colours.accent: "blueish" is not a colour; write #rrggbb',
        "variables.sla-warn: is missing",
        'variables.sla-wran: unknown key; the nearest valid one is "sla-warn"',
    }


@pytest.mark.parametrize("base", SHIPPED)
def test_a_new_one_looks_like_the_one_it_was_made_of_and_tells_what_each_colour_is_for(
    tmp_path: Path, base: str
) -> None:
    like = load_themes(None).themes[base]
    path = tmp_path / "mine.toml"
    path.write_text(template("mine", like), "utf-8")
    assert check_theme(path) == []
    made = load_themes(tmp_path).themes["mine"]
    assert (made.kind, made.table) == (like.kind, like.table)
    lines = path.read_text("utf-8").splitlines()
    assert all("  # " in line for line in lines if line.split(" =")[0] in made.table)
