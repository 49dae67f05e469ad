"""Where the board sits: in a terminal of its own, or in a tmux to which one comes and goes."""

import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tests.e2e.terminal import ENTER_ALTERNATE, HIDE_CURSOR, LEAVE_ALTERNATE, SHOW_CURSOR, environment
from tests.programs import Program

USUAL_SIZE = (200, 50)
# What puts something back, and what it undoes.
_PUT_BACK = {
    "alternate screen": (LEAVE_ALTERNATE, ENTER_ALTERNATE),
    "cursor hidden": (SHOW_CURSOR, HIDE_CURSOR),
    "paste": (b"\x1b[?2004l", b"\x1b[?2004h"),
    "focus": (b"\x1b[?1004l", b"\x1b[?1004h"),
    "lines not wrapped": (b"\x1b[?7h", b"\x1b[?7l"),
}


class Seat(Protocol):
    """A terminal with the board in it."""

    program: Program  # what one looks at

    @property
    def exit_code(self) -> int | None:
        """The board's, when it has ended."""
        ...

    def leftovers(self) -> list[str]:
        """What the board that has ended did not put back."""
        ...

    def close(self) -> None: ...


class Desk:
    """A terminal of its own."""

    def __init__(self, argv: Sequence[str], home: Path) -> None:
        self.program = Program(argv, environment(home), size=USUAL_SIZE)
        self._before = self.program.settings  # Python takes longer to start than this

    @property
    def exit_code(self) -> int | None:
        return self.program.process.poll()

    def leftovers(self) -> list[str]:
        raw = self.program.raw
        found = [name for name, (undo, do) in _PUT_BACK.items() if raw.rfind(undo) <= raw.rfind(do)]
        is_mouse_on = raw.rfind(b"\x1b[?1000l") < raw.rfind(b"\x1b[?1000h")
        return found + ["mouse"] * is_mouse_on + ["line settings"] * (self.program.settings != self._before)

    def close(self) -> None:
        self.program.__exit__()


class Tmux:
    """A tmux server of its own; somebody is attached to it, mostly."""

    def __init__(self, argv: Sequence[str], home: Path) -> None:
        self._environ = {name: value for name, value in environment(home).items() if not name.startswith("TMUX")}
        self._tmux = ["tmux", "-u", "-S", str(home / "tmux"), "-f", "/dev/null"]
        self._code = home / "exit-code"
        columns, lines = map(str, USUAL_SIZE)
        # It stays a while after the board, to be asked how that left it.
        command = f"{shlex.join(argv)}; echo $? >{self._code}; sleep 60"
        self._tell("new-session", "-d", "-s", "soak", "-x", columns, "-y", lines, command)
        self._tell("set", "-g", "status", "off")
        self.program = self._attached()

    def _tell(self, *command: str) -> str:
        done = subprocess.run([*self._tmux, *command], env=self._environ, check=True, capture_output=True, timeout=20)
        return done.stdout.decode()

    def _attached(self) -> Program:
        return Program([*self._tmux, "attach", "-t", "soak"], self._environ, size=USUAL_SIZE)

    def detach(self) -> None:
        self._tell("detach-client", "-s", "soak")
        self.program.process.wait(10)
        self.program.__exit__()

    def attach(self) -> None:
        self.program = self._attached()

    @property
    def exit_code(self) -> int | None:
        told = self._code.read_text().strip() if self._code.exists() else ""
        return int(told) if told else None

    def leftovers(self) -> list[str]:
        names = ("alternate screen", "mouse", "cursor shown")
        told = self._tell("display", "-p", "#{alternate_on} #{mouse_any_flag} #{cursor_flag}").split()
        found = {name for name, is_on in zip(names, told, strict=True) if is_on == "1"}
        return sorted(found ^ {"cursor shown"})

    def close(self) -> None:
        self._tell("kill-server")
        self.program.__exit__()
