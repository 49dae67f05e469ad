"""A board over which another version was installed says so, and goes on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import pytest

from wallboard import __version__
from wallboard.clock import ManualClock
from wallboard.config.upgrade import EVERY_SECONDS, Upgrade
from wallboard.resources import PACKAGE


@asynccontextmanager
async def watched(file: Path, clock: ManualClock) -> AsyncIterator[Upgrade]:
    watch = Upgrade(clock, file, "1.0.0")
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(watch.run)
        yield watch
        tasks.cancel_scope.cancel()


async def look(clock: ManualClock, watch: Upgrade, expected: str) -> None:
    with anyio.fail_after(5):
        while watch.installed != expected:
            await clock.advance(EVERY_SECONDS)
            await anyio.sleep(0.005)


async def test_another_version_is_seen_and_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file, clock = tmp_path / "__init__.py", ManualClock()
    file.write_text('"""It."""\n\n__version__ = "1.0.0"\n')
    async with watched(file, clock) as watch:
        await clock.advance(EVERY_SECONDS)
        assert watch.installed == ""
        file.write_text('"""It."""\n\n__version__ = "1.1.0"\n')
        await look(clock, watch, "1.1.0")
        for _ in range(5):
            await clock.advance(EVERY_SECONDS)
            await anyio.sleep(0.005)
        assert caplog.text.count("version 1.1.0 was installed over the running 1.0.0: restart to update") == 1
        file.write_text('"""It."""\n\n__version__ = "1.0.0"\n')
        await look(clock, watch, "")


async def test_a_file_that_is_not_there_or_says_nothing_is_no_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, clock = tmp_path / "__init__.py", ManualClock()
    looks: list[str] = []
    before = Upgrade._version

    def counted(self: Upgrade) -> str:
        looks.append("looked")
        return before(self)

    monkeypatch.setattr(Upgrade, "_version", counted)
    async with watched(file, clock) as watch:
        for content in (None, "", '__version__ = "'):
            if content is not None:
                file.write_text(content)
            seen = len(looks)
            with anyio.fail_after(5):
                while len(looks) < seen + 2:
                    await clock.advance(EVERY_SECONDS)
                    await anyio.sleep(0.005)
            assert watch.installed == ""


def test_the_programs_own_file_says_the_running_version() -> None:
    watch = Upgrade(ManualClock())
    assert watch._version() == __version__
    assert f'__version__ = "{__version__}"' in (PACKAGE / "__init__.py").read_text()
