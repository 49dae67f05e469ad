"""The files of the system, by their paths without a leading slash."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wallboard.simulator.floor import Floor
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.system.units import RefusedError

REPORT = "ymgtTest.ymgr"

_PREFIX = re.compile(r"(ivr2:|ivr/)?/*")
_AUDIO = ".wav"
_VOICEMAIL = "9"
_ARCHIVE = "9/1"
_SECONDS_OF_BYTES = 16_000  # of the vendor's recordings


@dataclass(slots=True)
class StoredFile:
    """One file; `made_at` is the timeline's moment."""

    path: str
    size: int
    made_at: float
    phone: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def is_audio(self) -> bool:
        return self.name.endswith(_AUDIO)

    @property
    def seconds(self) -> int:
        return self.size // _SECONDS_OF_BYTES


def plain_path(given: str) -> str:
    """`4/ext.ini`, of all the ways in which it may be written; the root is ""."""
    return _PREFIX.sub("", given.strip(), count=1).strip("/")


class Files:
    """Folders are where files are, and above."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self.types = {"": "menu", _VOICEMAIL: "record", _ARCHIVE: "playfile"}
        paths = ["ext.ini", "PhonesName.ini", "FaxTest.pdf", REPORT, f"{_VOICEMAIL}/ext.ini", f"{_ARCHIVE}/ext.ini"]
        for queue in floor.queues:
            if queue.vendor is Vendor.YEMOT:
                folder = queue.key.strip("/.")
                self.types[folder] = "queue"
                paths += [f"{folder}/ext.ini".strip("/"), f"{folder}/queue.ini".strip("/")]
        self._files = {path: StoredFile(path, 240, -40 * 86_400.0) for path in paths}
        for number in range(6):
            path = f"{_VOICEMAIL}/{number:03d}{_AUDIO}"
            made_at = -7_200.0 + 900 * number
            self._files[path] = StoredFile(
                path, (20 + 9 * number) * _SECONDS_OF_BYTES, made_at, f"0500000{300 + number}"
            )

    def find(self, path: str) -> StoredFile | None:
        """A file, by a path as people write it."""
        return self._files.get(plain_path(path))

    def is_folder(self, folder: str) -> bool:
        """Whether there is such a folder, by its plain path."""
        return folder == "" or any(file.path.startswith(f"{folder}/") for file in self._files.values())

    def inside(self, folder: str) -> list[StoredFile]:
        """The files of a folder, by name."""
        return sorted((file for file in self._files.values() if file.folder == folder), key=lambda file: file.name)

    def folders_inside(self, folder: str) -> set[str]:
        """The names of the folders directly inside."""
        above = f"{folder}/" if folder else ""
        below = (file.path.removeprefix(above) for file in self._files.values() if file.path.startswith(above))
        return {rest.partition("/")[0] for rest in below if "/" in rest}

    def recordings(self, folder: str) -> list[StoredFile]:
        """The audio files of a folder, by name."""
        return [file for file in self.inside(folder) if file.is_audio]

    def move_one(self, folder: str, target: str, which: str, not_after_minutes: int) -> None:
        """Move a folder's newest or oldest recording (`maxFile`, `minFile`) to the end of another folder.

        Raises:
            RefusedError: there is none, or `target` got one within so many minutes.
        """
        recordings, there = self.recordings(plain_path(folder)), self.recordings(plain_path(target))
        if not recordings:
            raise RefusedError("File does Not found")
        if any(file.made_at > self._floor.now - 60 * not_after_minutes for file in there):
            raise RefusedError("Target has a new file")
        file = recordings[-1 if which == "maxFile" else 0]
        number = max(self._numbers(there), default=-1) + 1
        del self._files[file.path]
        file.path = f"{plain_path(target)}/{number:03d}{_AUDIO}".strip("/")
        self._files[file.path] = file

    @staticmethod
    def _numbers(files: list[StoredFile]) -> Iterator[int]:
        return (int(file.name.removesuffix(_AUDIO)) for file in files if file.name.removesuffix(_AUDIO).isdigit())
