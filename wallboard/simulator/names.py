"""Which scenarios there are; none of them is read."""

from pathlib import Path

FOLDER = Path(__file__).parent / "scenarios"
SCENARIO_NAMES: tuple[str, ...] = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))
