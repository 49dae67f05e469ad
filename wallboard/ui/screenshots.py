"""Pictures of the real board, for the README: seeded, on a manual clock, so that they can be compared."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from wallboard.domain.ports import Unsubscribe
from wallboard.domain.snapshot import Snapshot, SnapshotListener
from wallboard.ui.app import WallboardApp

# Fonts that hold Hebrew; none is fetched from anywhere.
FONTS = "Cousine, FreeMono, 'Miriam Mono CLM', 'Courier New', monospace"
_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its file's name, the theme, the size in cells, and the keys pressed before it is taken."""

    name: str
    theme: str
    width: int
    height: int
    keys: tuple[str, ...] = ()


SCENES = (
    Scene("board", "night", 200, 50),
    Scene("board-day", "day", 120, 35),
    Scene("board-small", "night", 80, 24),
    Scene("confirm", "night", 120, 35, ("2", "home", "k")),
    Scene("desk", "night", 120, 35, ("4", "home", "enter")),
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
    """Local fonts only: a picture in a repository must look the same without a network."""
    svg = _FONT_FACES.sub("", svg)
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {FONTS}")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"
