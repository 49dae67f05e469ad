"""Distribution lists, and the lists of those who want a one-ring call."""

from collections import deque
from dataclasses import dataclass, field

from wallboard.simulator.floor import Floor
from wallboard.simulator.system.numbers import MAIN_NUMBER
from wallboard.simulator.system.units import RefusedError

_EVENTS_KEPT = 1_000
_NAMES = ("משפחת אלון", "משפחת ביטון", "משפחת כהן-צדק", "משפחת מזרחי", "")


@dataclass(frozen=True, slots=True)
class ListEvent:
    """One line of a list's log; `moment` is the timeline's."""

    moment: float
    operation: str
    by: str
    on: str = ""


@dataclass(slots=True)
class RingList:
    """A list of the free one-ring module: the names of its subscribers by number, some of them empty."""

    name: str
    folder: str
    subscribers: dict[str, str]
    events: deque[ListEvent] = field(default_factory=lambda: deque(maxlen=_EVENTS_KEPT))


class Lists:
    """All lists of the system."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self.distribution = {
            "17": [f"0500000{number:03d}" for number in range(101, 109)],
            "18": [f"0520000{number:03d}" for number in range(201, 204)],
        }
        sizes = (("100", 7), ("200", 4), ("בית ספר, כיתה ג", 5), ("משרד, מזכירות", 2))
        self.ring = {name: _ring_list(name, place, size) for place, (name, size) in enumerate(sizes)}
        for ring in self.ring.values():
            for place, phone in enumerate(ring.subscribers):
                ring.events.append(ListEvent(-86_400.0 + 60 * place, "AddToListTzintuk", phone, phone))

    def numbers_of(self, list_id: str) -> list[str]:
        """A distribution list's numbers.

        Raises:
            RefusedError: there is none of that id.
        """
        if list_id not in self.distribution:
            raise RefusedError("Campaign Id does Not found in customer", 100)
        return self.distribution[list_id]

    def ring_list(self, name: str) -> RingList:
        """A one-ring list.

        Raises:
            RefusedError: there is none of that name.
        """
        if name not in self.ring:
            raise RefusedError("רשימת הצינתוקים לא נמצאה")
        return self.ring[name]

    def log(self, ring: RingList, operation: str) -> None:
        """Note what was done with a list by way of the interface."""
        ring.events.append(ListEvent(self._floor.now, operation, MAIN_NUMBER))

    def reset(self, name: str) -> RingList:
        """Empty a one-ring list.

        Raises:
            RefusedError: there is none of that name.
        """
        ring = self.ring_list(name)
        ring.subscribers.clear()
        self.log(ring, "ResetToListTzintuk")
        return ring


def _ring_list(name: str, place: int, size: int) -> RingList:
    phones = [f"05800{place:02d}{number:03d}" for number in range(1, size + 1)]
    named = {phone: _NAMES[number % len(_NAMES)] for number, phone in enumerate(phones)}
    return RingList(name, str(3 + place), named)
