"""Pictures of the real board, for the README: seeded, on a manual clock, so that they can be compared."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from rich.cells import cell_len

from wallboard.domain.ports import Unsubscribe
from wallboard.domain.snapshot import Snapshot, SnapshotListener
from wallboard.language.catalog import Language
from wallboard.ui.app import WallboardApp

# Fonts that hold Hebrew; none is fetched from anywhere.
FONTS = "Cousine, FreeMono, 'Miriam Mono CLM', 'Courier New', monospace"
# The text of a picture is in the order of a screen already; whoever shows it must not turn it again.
_AS_IT_STANDS = "text { direction: ltr; unicode-bidi: bidi-override; }"
_BEGINS_WITH_BLANKS = re.compile(r'x="([\d.]+)"( y="[\d.]+") textLength="([\d.]+)"([^>]*)>((?:&#160;)+)([^<]+)<')
_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its file's name, the theme, the size in cells, the keys pressed before it is taken, the language."""

    name: str
    theme: str
    width: int
    height: int
    keys: tuple[str, ...] = ()
    language: Language = "en"


SCENES = (
    Scene("board", "night", 200, 50),
    Scene("board-day", "day", 120, 35),
    Scene("board-colour-blind", "colour-blind", 120, 35),
    Scene("board-ansi", "ansi", 120, 35),
    Scene("board-mono", "mono", 120, 35),
    Scene("board-small", "night", 80, 24),
    Scene("board-hebrew", "night", 160, 45, language="he"),
    Scene("detail", "night", 120, 35, ("1", "home", "enter")),
    Scene("confirm", "night", 120, 35, ("2", "home", "k")),
    Scene("confirm-hebrew", "day", 120, 35, ("2", "home", "k"), language="he"),
    Scene("desk", "night", 120, 35, ("4", "home", "enter")),
    Scene("wall", "wall", 160, 45, ("w",)),
    Scene("wall-hebrew", "wall", 160, 45, ("w",), language="he"),
)


class StillStream:
    """A stream that holds one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def snapshot(self) -> Snapshot:
        return self._snapshot

    def subscribe(self, listener: SnapshotListener) -> Unsubscribe:
        return lambda: None

    def refresh(self) -> float:
        return 0.0


async def draw(make_app: Callable[[Scene], WallboardApp], scene: Scene) -> str:
    """The scene as SVG text."""
    app = make_app(scene)
    async with app.run_test(size=(scene.width, scene.height)) as pilot:
        await pilot.press(*scene.keys)
        await app.workers.wait_for_complete()  # what a scene asks the vendors for
        await pilot.pause()
        svg = app.export_screenshot(title="wallboard")
    return _local(svg)


def _local(svg: str) -> str:
    """Local fonts only, and Hebrew as it stands: a picture in a repository must look the same everywhere."""
    svg = svg.replace("<style>", f"<style>\n    {_AS_IT_STANDS}", 1)
    svg = _BEGINS_WITH_BLANKS.sub(_without_blanks, _FONT_FACES.sub("", svg))
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {FONTS}")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def _without_blanks(match: re.Match[str]) -> str:
    """A text that begins where its first letter stands: some programs leave out blanks before it."""
    x, y, length, more, blanks, text = match.groups()
    count = len(unescape(blanks))
    room = float(length) * count / (count + cell_len(unescape(text)))
    return f'x="{float(x) + room:g}"{y} textLength="{float(length) - room:g}"{more}>{text}<'
