"""The system's SIP accounts."""

from dataclasses import dataclass, field
from random import Random

from wallboard.simulator.entities import Agent
from wallboard.simulator.floor import Floor
from wallboard.simulator.scenario import Vendor
from wallboard.simulator.system.numbers import MAIN_NUMBER
from wallboard.simulator.system.units import RefusedError

EXTENSIONS = range(200, 10_001)

_SPARE_ACCOUNTS = 6
_FIRST_EXTENSION = 201


@dataclass(slots=True)
class SipAccount:
    """One account; `number` counts in the system, `extension` is chosen. `created_at` is the timeline's moment."""

    number: int
    password: str = field(repr=False)
    created_at: float
    extension: int | None = None
    is_wss: bool = False
    caller_id: str = ""

    @property
    def id(self) -> str:
        return f"{MAIN_NUMBER}={self.number}"


class SipAccounts:
    """The accounts by their numbers. Each agent with a SIP device has one from the start."""

    def __init__(self, floor: Floor, random: Random) -> None:
        self._floor = floor
        self._random = random
        self._agents = {agent.id: agent for agent in floor.at(Vendor.YEMOT)}
        self.by_number: dict[int, SipAccount] = {}
        for agent in self._agents.values():
            if agent.has_sip:
                account = SipAccount(agent.number, self._password(), -30 * 86_400.0, _FIRST_EXTENSION + agent.number)
                self.by_number[agent.number] = account
        self.limit = len(self.by_number) + _SPARE_ACCOUNTS

    def require(self) -> None:
        """See that this server has SIP at all.

        Raises:
            RefusedError: it has not.
        """
        if not self._floor.scenario.quirks.has_sip:
            raise RefusedError("שרת זה אינו תומך במערכת SIP")

    def account(self, number: int | None) -> SipAccount:
        """An account; the first where no number is given.

        Raises:
            RefusedError: there is none, or no SIP.
        """
        self.require()
        wanted = min(self.by_number, default=0) if number is None else number
        if wanted not in self.by_number:
            raise RefusedError("חשבון SIP לא נמצא")
        return self.by_number[wanted]

    def of_extension(self, extension: int | None) -> SipAccount:
        """The account with an extension number.

        Raises:
            RefusedError: there is none, or no SIP.
        """
        self.require()
        found = next((a for a in self.by_number.values() if extension and a.extension == extension), None)
        if found is None:
            raise RefusedError("שלוחת SIP לא נמצאה")
        return found

    def require_place(self, number: str) -> None:
        """See that there is an account or an extension of this number.

        Raises:
            RefusedError: there is none, or no SIP.
        """
        self.require()
        if not any(number in {str(a.number), str(a.extension)} for a in self.by_number.values()):
            raise RefusedError("חשבון SIP לא נמצא")

    def agent_of(self, account: SipAccount) -> Agent | None:
        """Who works with an account."""
        return self._agents.get(f"SIP-{MAIN_NUMBER}-{account.number}")

    def create(self, extension: int | None) -> SipAccount:
        """A further account.

        Raises:
            RefusedError: there are as many as may be, or the extension is taken or none.
        """
        self.require()
        if len(self.by_number) >= self.limit:
            raise RefusedError("הגעת למכסת חשבונות ה-SIP במערכת")
        number = max(self.by_number, default=0) + 1
        account = SipAccount(number, self._password(), self._floor.now)
        if extension is not None:
            self.extend(account, extension)
        self.by_number[number] = account
        return account

    def extend(self, account: SipAccount, extension: int | None) -> None:
        """Give an account an extension number, or take it away.

        Raises:
            RefusedError: it is no extension number, or another account's.
        """
        if extension is not None:
            if extension not in EXTENSIONS:
                raise RefusedError("מספר שלוחה חייב להיות בין 200 ל-10000")
            if any(other.extension == extension for other in self.by_number.values() if other is not account):
                raise RefusedError("מספר השלוחה תפוס")
        account.extension = extension

    def delete(self, numbers: list[int]) -> int:
        """Delete accounts; gives how many there were.

        Raises:
            RefusedError: there is no SIP.
        """
        self.require()
        gone = [number for number in dict.fromkeys(numbers) if self.by_number.pop(number, None)]
        return len(gone)

    def _password(self) -> str:
        return f"{self._random.getrandbits(48):012x}"
