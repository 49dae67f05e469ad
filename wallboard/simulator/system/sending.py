"""What the system sends and rings: text messages, one-ring calls, spoken messages; each with its report."""

import math
import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from wallboard.simulator.floor import Floor
from wallboard.simulator.system.lists import Lists, RingList
from wallboard.simulator.system.numbers import MAIN_NUMBER, Numbers
from wallboard.simulator.system.units import Ledger, RefusedError

UNITS_PER_RING = 0.1
UNITS_PER_TEXT = 0.1
CHARACTERS_PER_TEXT = 70
BLOCKED = "0500000666"  # asked not to be rung

_NUMBER = re.compile(r"\+?[0-9]{6,15}")
_CAMPAIGNS_KEPT = 500
_CHARACTERS_PER_SECOND = 12
_ANSWERS_SHARE = 0.75
_RINGS_SECONDS = (3, 15)


@dataclass(slots=True)
class Campaign:
    """One sending: what became of each number."""

    id: str
    kind: str
    moment: float
    report: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent at once: to whom, and to whom not and why."""

    campaign: Campaign
    numbers: tuple[str, ...]
    errors: dict[str, str]
    units: float


@dataclass(frozen=True, slots=True)
class RingRequest:
    """A one-ring call: numbers each with the caller ID they see, or lists."""

    recipients: Sequence[tuple[str, str]]
    lists: Sequence[str] = ()
    is_random: bool = False


class Sending:
    """Sends on the system's account."""

    def __init__(self, floor: Floor, ledger: Ledger, numbers: Numbers, lists: Lists, random: Random) -> None:
        self._floor = floor
        self._ledger = ledger
        self._numbers = numbers
        self._lists = lists
        self._random = random
        self._last_stamp = 0
        self._campaigns: deque[Campaign] = deque(maxlen=_CAMPAIGNS_KEPT)

    def campaign(self, asked: str) -> Campaign:
        """A campaign by its id, with or without what billing puts before it.

        Raises:
            RefusedError: nothing of that id was sent.
        """
        wanted = asked.removeprefix("Start-").removeprefix("YA-")
        found = next((c for c in self._campaigns if c.id.removeprefix("YA-") == wanted), None)
        if found is None:
            raise RefusedError("Campaign Id does Not found in customer", 100)
        return found

    def text(self, sender: str, message: str, phones: Iterable[str], who: str = "API") -> Sent:
        """Send a text message.

        Raises:
            RefusedError: nobody can get it, the sender is not the system's, or there are too few units.
        """
        self._numbers.caller_id(sender)
        good, errors = _sifted(phones)
        characters = len(message.encode("utf-16-le", "surrogatepass")) // 2
        units = UNITS_PER_TEXT * math.ceil(characters / CHARACTERS_PER_TEXT) * len(good)
        campaign = self._begin("SMS", f"SMS-3-{MAIN_NUMBER}-Yemot-{self._stamp()}", good, units, who)
        for phone in good:
            campaign.report[phone] = {"Phone": phone, "Status": "DELIVERED", "Message": message}
        return Sent(campaign, good, errors, units)

    def ring(self, request: RingRequest, who: str = "API") -> Sent:
        """Ring numbers once, or those who are on lists; the lists are free.

        Raises:
            RefusedError: nobody can be rung, a caller ID is not the system's, or there are too few units.
        """
        lists: list[RingList] = [self._lists.ring_list(name) for name in request.lists]
        for _, caller_id in request.recipients:
            if not request.is_random:
                self._numbers.caller_id(caller_id)
        phones = [phone for phone, _ in request.recipients]
        if lists:
            # Whoever is on several lists is rung once, and that is no error.
            phones = list(dict.fromkeys(phone for ring in lists for phone in ring.subscribers))
        good, errors = _sifted(phones[:1] if request.is_random else phones)
        units = 0.0 if lists else UNITS_PER_RING * len(good)
        campaign = self._begin("Tzintuk", f"YA-3-{MAIN_NUMBER}-Yemot-{self._stamp()}", good, units, who)
        for phone in good:
            campaign.report[phone] = {"Phone": phone, "Status": "DONE"}
        for ring in lists:
            self._lists.log(ring, "RunTzintuk")
        return Sent(campaign, good, errors, units)

    def speak(self, caller_id: str, message: str, repeats: int, phones: Iterable[str]) -> Sent:
        """Call numbers and read a text to them; what became of each call is in the report soon after.

        Raises:
            RefusedError: as of `text`.
        """
        self._numbers.caller_id(caller_id)
        good, errors = _sifted(phones)
        seconds = max(2.0, len(message) / _CHARACTERS_PER_SECOND) * max(1, repeats)
        units = round(max(1.0, seconds / 60) * len(good), 2)
        campaign = self._begin("TTS", f"YA-3-{MAIN_NUMBER}-Yemot-{self._stamp()}", good, units, "API")
        for phone in good:
            campaign.report[phone] = {"Phone": phone, "Status": "WAIT"}
            self._call(campaign.report[phone], seconds)
        return Sent(campaign, good, errors, units)

    def new_line_id(self) -> str:
        """The id of a bridge or a fax."""
        made = self._floor.local(self._floor.now)
        return f"WSOC-LC-{made:%Y-%m-%d-%H-%M-%S}-{self._stamp() % 1_000:03d}"

    def _call(self, line: dict[str, Any], seconds: float) -> None:
        after, rings = self._floor.timeline.after, self._random.uniform(*_RINGS_SECONDS)
        if self._random.random() < _ANSWERS_SHARE:
            after(rings, lambda: line.update(Status="UP"))
            after(rings + seconds, lambda: line.update(Status="DOWN", CallTimeMS=round(seconds * 1_000)))
        else:
            after(rings, lambda: line.update(Status="FAILD", FailReason="5"))

    def _begin(self, kind: str, campaign_id: str, phones: Sequence[str], units: float, who: str) -> Campaign:
        if not phones:
            raise RefusedError("No valid phones", 102)
        self._ledger.require(units)
        self._ledger.charge(units, f"Start-YA-{campaign_id.removeprefix('YA-')}", who)
        campaign = Campaign(campaign_id, kind, self._floor.now)
        self._campaigns.append(campaign)
        return campaign

    def _stamp(self) -> int:
        """The wall time in milliseconds, never twice the same."""
        self._last_stamp = max(self._last_stamp + 1, int(self._floor.wall(self._floor.now) * 1_000))
        return self._last_stamp


def _sifted(phones: Iterable[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The numbers that can be reached, each once, and why the others cannot."""
    good: dict[str, None] = {}
    errors: dict[str, str] = {}
    for phone in phones:
        if phone in good:
            errors[phone] = "double"
        elif not _NUMBER.fullmatch(phone):
            errors[phone] = "notValid"
        elif phone == BLOCKED:
            errors[phone] = "blocked"
        else:
            good[phone] = None
    return tuple(good), errors
