"""The system's own numbers: which may be shown to those who are called, and where the others lead."""

import re
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from wallboard.simulator.floor import Floor
from wallboard.simulator.system.units import RefusedError

MAIN_NUMBER = "0790000100"
VALID_DAYS = 365

_CHOOSABLE = re.compile(r"sip:[0-9]+|goto:/[A-Za-z0-9א-ת/]*")
_RANDOM_PREFIX = "079000"


@dataclass(slots=True)
class SecondaryNumber:
    """A further number of the system, and where it leads."""

    id: int
    number: str
    usage: str


class Numbers:
    """Caller IDs, and the requests to approve further ones."""

    def __init__(self, floor: Floor, random: Random) -> None:
        self._floor = floor
        self._random = random
        self.secondary = [
            SecondaryNumber(100, "0790000001", "goto:/1"),
            SecondaryNumber(101, "0790000002", "goto:/2"),
            SecondaryNumber(102, "0790000003", "fax"),
        ]
        expires_at = floor.started_at + floor.scenario.account.expires_in_days * 86_400
        self.approved: dict[str, float] = {"0790000000": expires_at}  # until when: wall seconds
        self._asked: dict[str, tuple[str, str]] = {}  # by request: the number and its code

    def caller_id(self, asked: str) -> str:
        """What those who are called will see; the main number where nothing is asked.

        Raises:
            RefusedError: it is none of the system's.
        """
        own = {MAIN_NUMBER, *self.approved, *(secondary.number for secondary in self.secondary)}
        if not asked:
            return MAIN_NUMBER
        if asked not in own:
            raise RefusedError("זיהוי יוצא לא מאושר", 120)
        return asked

    def random_caller_id(self) -> str:
        """A number nobody can foresee; its last four digits prove that a call came."""
        return f"{_RANDOM_PREFIX}{self._random.randrange(10_000):04d}"

    def ask(self, number: str) -> str:
        """Have a number approved: gives the request's id. The code that reaches the number is its last four digits."""
        request = f"{self._random.getrandbits(64):016x}"
        self._asked[request] = (number, number[-4:])
        return request

    def approve(self, request: str, code: str) -> bool:
        """Approve a number for a year, if that is its code."""
        number, expected = self._asked.get(request, ("", ""))
        if not number or code != expected:
            return False
        del self._asked[request]
        now = self._floor.local(self._floor.now)
        self.approved[number] = (now + timedelta(days=VALID_DAYS)).timestamp()
        return True

    def lead(self, secondary_id: int | None, usage: str) -> None:
        """Lead a secondary number elsewhere.

        Raises:
            RefusedError: there is no such number, or one of the usages is not for choosing.
        """
        found = next((secondary for secondary in self.secondary if secondary.id == secondary_id), None)
        if found is None:
            raise RefusedError("מספר משנה לא נמצא")
        if not (_CHOOSABLE.fullmatch(usage) and _CHOOSABLE.fullmatch(found.usage)):
            raise RefusedError("לא ניתן לשנות את השימוש של מספר זה")
        found.usage = usage
