"""The README's pictures: drawn twice they are the same, and they are those in the repository."""

from importlib.metadata import version
from pathlib import Path

import pytest

from wallboard.assembly.pictures import take_screenshots
from wallboard.ui.screenshots import SCENES

KEPT = Path(__file__).parents[2] / "screenshots"
PINNED = {"textual": "8.2.8", "rich": "15.0.0"}
has_pinned = all(version(name) == pinned for name, pinned in PINNED.items())


@pytest.mark.skipif(not has_pinned, reason="other versions draw other pictures")
async def test_pictures_are_the_same_each_time_and_those_that_are_kept(tmp_path: Path) -> None:
    names = {f"{scene.name}.svg" for scene in SCENES}
    assert set(await take_screenshots(tmp_path, check=False)) == names
    assert await take_screenshots(tmp_path, check=True) == []
    assert {path.name for path in KEPT.iterdir()} == names
    for name in names:
        drawn = (tmp_path / name).read_text("utf-8")
        assert drawn == (KEPT / name).read_text("utf-8"), f"{name}: run `wallboard screenshots`"
        assert "@font-face" not in drawn  # nothing is fetched to look at it
        assert "demo-token" not in drawn
