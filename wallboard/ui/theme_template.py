"""A theme file to begin with: another theme's colours, with what each of them is for."""

from collections.abc import Mapping

from wallboard.ui.theming import ThemeFile

_HEAD = """\
# A theme of your own. Save it, then: wallboard themes check {name}.toml
# and look at it: wallboard demo --theme {name}
# Every key must be there. {colours}
name = "{name}"
description = "{description}"
kind = "{kind}"{kinds}
"""
_WRITTEN = {
    "ansi": "Colours are the terminal's own: ansi_default, ansi_red, ansi_bright_red and so on.",
    "hex": "Colours are written #rrggbb.",
}
_KINDS = {"dark": "  # or light", "light": "  # or dark", "ansi": ""}
_FOR = {
    "primary": "Textual's own emphasis",
    "secondary": "Textual's own second emphasis",
    "accent": "keys, marks, titles of dialogs",
    "foreground": "text",
    "background": "behind the tables",
    "surface": "behind dialogs and the lines that tell of trouble",
    "panel": "behind the header and the footer",
    "success": "edge of a note that says something went well",
    "warning": "edge of a note that warns",
    "error": "edge of a note of a fault",
    "heading": "headings of columns, names of figures",
    "muted": "what matters less: hints, unknown figures",
    "title": "behind the title of a panel",
    "title-focused": "behind the title of the panel that the keys are for",
    "title-text": "on title; sla-warn stands there, too, when its rows are old",
    "title-focused-text": "on title-focused",
    "row-cursor": "behind the cursor's row",
    "figure-old": "figures that are no longer fresh",
    "sla-ok": "all is well",
    "sla-warn": "a threshold is near",
    "sla-breach": "behind what has passed its limit",
    "sla-breach-text": "on sla-breach",
    "state-available": "an agent who can take a call",
    "state-ringing": "rung, or dialling",
    "state-call": "on a call",
    "state-hold": "holding a call",
    "state-paused": "paused",
    "state-away": "logged out, or unreachable",
    "state-unknown": "in a state that wallboard does not know",
}


def template(name: str, base: ThemeFile) -> str:
    """The text of a theme file of that name that looks like `base`."""
    head = _HEAD.format(
        name=name,
        description=f"Like {base.name}, so far.",
        kind=base.kind,
        kinds=_KINDS[base.kind],
        colours=_WRITTEN["ansi" if base.kind == "ansi" else "hex"],
    )
    return "\n".join([head, "[colours]", *_lines(base.colours), "", "[variables]", *_lines(base.variables), ""])


def _lines(table: Mapping[str, str]) -> list[str]:
    written = {key: f'{key} = "{value}"' for key, value in table.items()}
    width = max(map(len, written.values()))
    return [f"{line:{width}}  # {_FOR[key]}" for key, line in written.items()]
