"""Yemot's units: what is left of them, how fast they fall, when that deserves a warning, and what messages cost."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from wallboard.domain.campaigns import Account
from wallboard.domain.feeds import Subject
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.thresholds import Level

CHARACTERS_A_PART = 70  # of a text message
PARTS_A_UNIT = 10  # a part costs a tenth
HOUR, DAY = 3_600.0, 86_400.0
WINDOW_SECONDS = 6 * HOUR
LEAST_SECONDS = HOUR  # of watching, before a pace is told
FEW, HARDLY_ANY = 20.0, 5.0  # units
SOON_SECONDS, AT_ONCE_SECONDS = DAY, 2 * HOUR  # until they end, at their pace
EXPIRES_SOON_SECONDS, EXPIRES_AT_ONCE_SECONDS = 7 * DAY, DAY

Reading = tuple[float, float]  # one good poll of one account: its monotonic moment, and the units
Readings = Mapping[str, tuple[Reading, ...]]  # by source, oldest first


class UnitsTrouble(StrEnum):
    """Why the units of an account deserve a warning."""

    EXPIRED = "expired"
    EXPIRING = "expiring"
    ENDING = "ending"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class UnitsLeft:
    """How an account's units stand. `trouble` is the worst there is; `seconds` are left until that comes about."""

    source: str
    units: float | None
    level: Level = Level.OK
    trouble: UnitsTrouble | None = None
    seconds: float | None = None


def parts_of(message: str) -> int:
    """How many text messages the vendor charges for this one."""
    return math.ceil(len(message) / CHARACTERS_A_PART)


def sms_cost(message: str, numbers: int) -> float:
    """Units for sending it to so many numbers."""
    return parts_of(message) * numbers / PARTS_A_UNIT


def noted(readings: Readings, snapshot: Snapshot) -> Readings:
    """The readings with what this snapshot's polls told of the accounts; of the last hours alone."""
    since = snapshot.at - WINDOW_SECONDS
    return {account.source: _noted(readings.get(account.source, ()), account, snapshot, since)
            for account in snapshot.floor.accounts}  # fmt: skip


def _noted(known: tuple[Reading, ...], account: Account, snapshot: Snapshot, since: float) -> tuple[Reading, ...]:
    status = snapshot.feeds.get(account.feed)
    if account.units is None or status is None or status.succeeded_at is None:
        return known
    if known and known[-1][0] >= status.succeeded_at:
        return known
    return (*(reading for reading in known if reading[0] >= since), (status.succeeded_at, account.units))


def pace(readings: tuple[Reading, ...]) -> float | None:
    """Units a second; None while too little was seen. What they rise was bought, and says nothing of it."""
    seconds = readings[-1][0] - readings[0][0] if readings else 0.0
    if seconds < LEAST_SECONDS:
        return None
    return sum(max(0.0, before - after) for (_, before), (_, after) in pairwise(readings)) / seconds


def units_left(snapshot: Snapshot, readings: Readings, wall: float) -> list[UnitsLeft]:
    """Of every account that has units, known or not; what is worst first, then the fewest. `wall`: UTC seconds."""
    sources = dict.fromkeys(key.source for key, status in snapshot.feeds.items() if Subject.ACCOUNT in status.subjects)
    accounts = {account.source: account for account in snapshot.floor.accounts}
    found = [
        _judged(accounts[source], readings.get(source, ()), wall) if source in accounts else UnitsLeft(source, None)
        for source in sources
    ]
    return sorted(found, key=lambda left: (-left.level, math.inf if left.units is None else left.units))


def _judged(account: Account, readings: tuple[Reading, ...], wall: float) -> UnitsLeft:
    """With the worst trouble; of equals the first of their kind."""
    source, units = account.source, account.units
    troubles = [UnitsLeft(source, units)]
    expires_in = None if account.units_expire_at is None else account.units_expire_at - wall
    if account.has_expired or (expires_in is not None and expires_in <= 0):
        troubles.append(UnitsLeft(source, units, Level.BREACH, UnitsTrouble.EXPIRED))
    elif expires_in is not None and expires_in <= EXPIRES_SOON_SECONDS:
        level = Level.BREACH if expires_in <= EXPIRES_AT_ONCE_SECONDS else Level.WARN
        troubles.append(UnitsLeft(source, units, level, UnitsTrouble.EXPIRING, expires_in))
    if units is not None:
        per_second = pace(readings)
        ends_in = units / per_second if per_second else None
        if ends_in is not None and ends_in <= SOON_SECONDS:
            level = Level.BREACH if ends_in <= AT_ONCE_SECONDS else Level.WARN
            troubles.append(UnitsLeft(source, units, level, UnitsTrouble.ENDING, ends_in))
        if units < FEW:
            level = Level.BREACH if units < HARDLY_ANY else Level.WARN
            troubles.append(UnitsLeft(source, units, level, UnitsTrouble.FEW))
    return max(troubles, key=lambda trouble: trouble.level)
