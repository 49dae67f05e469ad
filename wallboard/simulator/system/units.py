"""The system's units: one ledger for whatever costs something."""

from collections import deque
from dataclasses import dataclass
from datetime import timedelta

from wallboard.simulator.floor import Floor

TRANSACTIONS_KEPT = 2_000

_LOADED_SECONDS_AGO = 86_400


class RefusedError(Exception):
    """A command cannot be carried out; nothing was. `code` is the vendor's messageCode, where it has one."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


@dataclass(frozen=True, slots=True)
class Transaction:
    """One booking. `amount` and `balance` are in units, the amount of a charge below 0; `moment` is the timeline's."""

    moment: float
    amount: float
    description: str
    balance: float
    who: str


class Ledger:
    """What is left: the scenario's units, less the calls that always go on, less what was charged here."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._plan = floor.scenario.account
        self._charged = 0  # hundredths of a unit
        self.transactions: deque[Transaction] = deque(maxlen=TRANSACTIONS_KEPT)
        before = self._balance_at(-_LOADED_SECONDS_AGO)
        self.transactions.append(Transaction(-_LOADED_SECONDS_AGO, 5_000.0, "טעינת יחידות", before, "credit"))

    @property
    def balance(self) -> float:
        """Units, never below 0."""
        return max(0.0, self._balance_at(self._floor.now))

    @property
    def expires_on(self) -> str:
        """The date on which the units expire, in Israel."""
        return f"{self._floor.local(0) + timedelta(days=self._plan.expires_in_days):%Y-%m-%d}"

    def require(self, units: float, spare: float = 0.0) -> None:
        """See that this much could be paid, with more than `spare` left over.

        Raises:
            RefusedError: there is too little.
        """
        left = round(self.balance - units, 6)
        if left < 0 or (spare and left <= spare):
            raise RefusedError("אין מספיק יחידות במערכת", 103)

    def charge(self, units: float, description: str, who: str = "API") -> None:
        """Take units off; of a call that costs more than there is, all that there is."""
        hundredths = min(round(units * 100), int(round(self.balance * 100, 3)))
        if hundredths:
            self._charged += hundredths
            self.transactions.append(
                Transaction(self._floor.now, -hundredths / 100, description, round(self.balance, 2), who)
            )

    def _balance_at(self, moment: float) -> float:
        return self._plan.units - self._plan.units_per_hour * moment / 3600 - self._charged / 100
