"""A campaign's list: who is still to be dialled, in which order, and who is being dialled now."""

import heapq
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

from wallboard.simulator.people import full_names

_LOADED_SECONDS_AGO = 3 * 86_400
_LOADING_SECONDS = 0.04  # for one target
_NAMED_SHARE = 0.8
_AT_ONCE = float("-inf")


@dataclass(slots=True, eq=False)
class Target:
    """Somebody to be dialled; `number` counts from 1 in the campaign. Moments are the timeline's."""

    number: int
    phone: str  # international digits
    inserted_at: float
    priority: int = 1
    customer_name: str = ""
    caller_id: str = ""
    custom: Any = None
    due_at: float = _AT_ONCE
    told_time: tuple[int, bool] | None = None  # of dialling, as it was told: an epoch, and whether a local one
    last_called_at: float | None = None


class Targets:
    """The list of one campaign: the highest priority is dialled first, of equal ones the oldest.

    A scenario's list is not written down before somebody looks at it or changes it: until then it is a count, and
    whom the dialer takes from it has no number yet.
    """

    def __init__(self, loaded: int, pending: int, priorities: tuple[int, int], random: Random) -> None:
        self._loaded = loaded
        self._unwritten = pending
        self._planned = priorities
        self._random = random  # its own, so that who looks at the list leaves the day the same
        self._loaded_at = -float(_LOADED_SECONDS_AGO)
        self._last_number = loaded - pending
        self._pending: dict[int, Target] = {}
        self._dialled: dict[int, Target] = {}
        self._by_phone: dict[str, dict[int, Target]] = {}
        self._priorities: Counter[int] = Counter()
        self._ready: list[tuple[int, int]] = []  # a heap of -priority and number; also of some who are gone
        self._later: list[tuple[float, int]] = []  # a heap of due_at and number; the same
        self.is_renewed = True  # by the scenario, when it is burnt; not what a person took away

    def __len__(self) -> int:
        return self._unwritten + len(self._pending)

    @property
    def priorities(self) -> tuple[int, int]:
        """The lowest and the highest; 0 and 0 of an empty list."""
        if self._unwritten:
            return self._planned
        return min(self._priorities, default=0), max(self._priorities, default=0)

    def newest_first(self) -> list[Target]:
        """Everybody who is pending."""
        self._write()
        return sorted(self._pending.values(), key=lambda target: -target.number)

    def renew(self, now: float) -> None:
        """Load the scenario's list anew."""
        self._unwritten, self._loaded_at = self._loaded, now

    def add(self, phone: str, now: float, **details: Any) -> Target:
        """Let somebody be dialled; whoever stands in the list already does so once more."""
        self._write()
        return self._put(self._new(phone, now, **details))

    def update(self, phone: str, now: float, **details: Any) -> None:
        """Change everybody of a number, or add him where he is not pending."""
        self._write()
        known = list(self._by_phone.get(phone, {}).values())
        if not known:
            self.add(phone, now, **details)
        for target in known:
            self._forget(target)
            for name, value in details.items():
                setattr(target, name, value)
            self._put(target)

    def remove(self, phone: str) -> None:
        """Take a number out wherever it stands; who is being dialled is not dialled again."""
        self._write()
        for target in list(self._by_phone.get(phone, {}).values()):
            self._forget(target)
            self.is_renewed = False
        for target in [target for target in self._dialled.values() if target.phone == phone]:
            del self._dialled[target.number]

    def clear(self) -> None:
        """Take everybody out."""
        self._unwritten = 0
        self.is_renewed = False
        for forgotten in (self._pending, self._dialled, self._by_phone, self._priorities, self._ready, self._later):
            forgotten.clear()

    def due_at(self, now: float) -> float | None:
        """When there is somebody to dial: `now` or later; None if nobody is pending."""
        if self._unwritten or self.first(now) is not None:
            return now
        return self._later[0][0] if self._later else None

    def first(self, now: float) -> Target | None:
        """Who is dialled next, of those who are written down and due."""
        while self._later and (self._later[0][0] <= now or self._later[0][1] not in self._pending):
            due_at, number = heapq.heappop(self._later)
            target = self._pending.get(number)
            if target is not None and target.due_at == due_at:
                heapq.heappush(self._ready, (-target.priority, number))
        while self._ready:
            lowest, number = self._ready[0]
            target = self._pending.get(number)
            if target is not None and (target.priority, target.due_at <= now) == (-lowest, True):
                return target
            heapq.heappop(self._ready)
        return None

    def take(self, now: float) -> Target:
        """Dial the next. One who was not written down has no phone yet.

        Raises:
            LookupError: nobody is due.
        """
        if self._unwritten:
            self._unwritten -= 1
            target = self._new("", self._loaded_at, priority=self._planned[1])
        elif (found := self.first(now)) is not None:
            target = found
            self._forget(target)
        else:
            raise LookupError("nobody is due")
        self._dialled[target.number] = target
        return target

    def drop(self, target: Target) -> None:
        """He was reached, or is not called again."""
        self._dialled.pop(target.number, None)

    def put_back(self, target: Target, now: float, rest_seconds: float) -> None:
        """Call him again later, unless he was taken out while he was being dialled."""
        if self._dialled.pop(target.number, None) is None:
            return
        target.phone = target.phone or _made_up_phone(target.number)
        target.last_called_at, target.due_at = now, now + rest_seconds
        self._put(target)

    def _write(self) -> None:
        """Write down what was only counted: the first has the highest priority, the last the lowest."""
        count, self._unwritten = self._unwritten, 0
        if not count:
            return
        lowest, highest = self._planned
        names = full_names(count, self._random)
        for place, name in enumerate(names):
            priority = self._random.randint(lowest, highest)
            priority = highest if place == 0 else lowest if place == count - 1 else priority
            named = name if self._random.random() < _NAMED_SHARE else ""
            target = self._new("", self._loaded_at, priority=priority, customer_name=named)
            target.phone = _made_up_phone(target.number)
            target.inserted_at += target.number * _LOADING_SECONDS
            self._put(target)

    def _new(self, phone: str, now: float, **details: Any) -> Target:
        self._last_number += 1
        return Target(self._last_number, phone, now, **details)

    def _put(self, target: Target) -> Target:
        self._pending[target.number] = target
        self._by_phone.setdefault(target.phone, {})[target.number] = target
        self._priorities[target.priority] += 1
        if target.due_at == _AT_ONCE:
            heapq.heappush(self._ready, (-target.priority, target.number))
        else:
            heapq.heappush(self._later, (target.due_at, target.number))
        return target

    def _forget(self, target: Target) -> None:
        del self._pending[target.number]
        of_phone = self._by_phone[target.phone]
        del of_phone[target.number]
        if not of_phone:
            del self._by_phone[target.phone]
        self._priorities[target.priority] -= 1
        if not self._priorities[target.priority]:
            del self._priorities[target.priority]


def _made_up_phone(number: int) -> str:
    """Nobody's, and each target's own."""
    return f"972500{number % 1_000_000:06d}"
