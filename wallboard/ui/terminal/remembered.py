"""What is remembered of terminals: the self-test's answers, and which users have been told what to do."""

import json
from pathlib import Path
from typing import Any, get_args

from wallboard.config.file import read_bytes, write_private
from wallboard.ui.terminal.direction import TextMode

MOST_TERMINALS = 100


class Remembered:
    """A small file, `{"answers": {identity: mode}, "told": [identity]}`; one that cannot be read is an empty one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        content = _content(path)
        answers, told = content.get("answers"), content.get("told")
        self._answers: dict[str, TextMode] = {
            identity: mode
            for identity, mode in (answers.items() if isinstance(answers, dict) else ())
            if mode in get_args(TextMode)
        }
        self._told = [each for each in (told if isinstance(told, list) else ()) if isinstance(each, str)]

    def mode(self, identity: str) -> TextMode | None:
        """The answer of the self-test in this terminal."""
        return self._answers.get(identity)

    def is_told(self, identity: str) -> bool:
        return identity in self._told

    def keep(self, identity: str, mode: TextMode) -> None:
        """Remember the self-test's answer.

        Raises:
            OSError: it cannot be written.
        """
        self._answers.pop(identity, None)
        self._answers[identity] = mode
        self._write()

    def forget(self, identity: str) -> bool:
        """Forget everything of this terminal; False when there was nothing.

        Raises:
            OSError: it cannot be written.
        """
        is_known = identity in self._answers or identity in self._told
        self._answers.pop(identity, None)
        self._told = [each for each in self._told if each != identity]
        if is_known:
            self._write()
        return is_known

    def tell(self, identity: str) -> None:
        """Its user has been told.

        Raises:
            OSError: it cannot be written.
        """
        self._told.append(identity)
        self._write()

    def _write(self) -> None:
        content = {
            "answers": dict(list(self._answers.items())[-MOST_TERMINALS:]),
            "told": self._told[-MOST_TERMINALS:],
        }
        write_private(self._path, json.dumps(content, indent=2) + "\n")


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(read_bytes(path)[0])
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
