"""What is to be sent to one account: from the words of a command line, checked before anything goes out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from wallboard.config.model import Settings, SourceSettings, VoicenterSource, YemotSource
from wallboard.domain.campaigns import Campaign
from wallboard.domain.feeds import FeedKey
from wallboard.language.clean import clean
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.checking import check
from wallboard.vendors.discretion import MASK
from wallboard.vendors.loss import Loss
from wallboard.vendors.method import Method
from wallboard.vendors.values import CREDENTIALS, Given, ValuesError, given, named

CAMPAIGN = "Campaign"
LEAST_LIKENESS = 0.7  # of two names, for one to be suggested for the other
MOST_LINES = 20  # of what is wrong with a long list

# What a call is about, in the audit: the first of these that it has.
_TARGETS = (
    "callIds",
    "agent",
    "phones",
    "phone",
    "BridgePhones",
    "TaskId",
    "accountNumber",
    "TzintukimList",
    "secondaryDidId",
    "callerId",
    "reId",
    "description",
)


class OrderError(Exception):
    """`lines`: why it cannot be sent, a line each, without a secret."""

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines[:MOST_LINES]))
        more = len(lines) - MOST_LINES
        self.lines = (*lines[:MOST_LINES], *([f"and {more:,} more of the kind"] if more > 0 else []))


@dataclass(frozen=True, slots=True)
class Order:
    """A method with its values, at one account. `name` is like `yemot.SendSms`."""

    name: str
    method: Method[Any]
    source: SourceSettings
    given: Given
    campaign: str = ""  # its name, where the vendor has told it
    pending: int | None = None  # how many targets it has left, where the vendor has told that

    @property
    def is_consequential(self) -> bool:
        """Whether it changes something or costs units, and so is confirmed and audited."""
        return self.method.changes(self.given.values) or bool(self.method.cost(self.given.values))

    @property
    def loss(self) -> Loss | None:
        """What it destroys."""
        return self.method.loss(self.given.values)

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the campaigns it is about, each once; they are secrets."""
        bodies = (self.given.values, *(self.given.rows or ()))
        return tuple(dict.fromkeys(str(b[CAMPAIGN]) for b in bodies if isinstance(b, Mapping) and CAMPAIGN in b))

    @property
    def parameters(self) -> dict[str, str]:
        """What is sent, as text, without secrets: of a campaign its digest."""
        shown = {name: self._shown(name, value) for name, value in self.given.values.items()}
        rows = self.given.rows
        if rows is None:
            return shown
        targets = (row.get("Target") for row in rows if isinstance(row, Mapping))
        digests = {CAMPAIGN: ", ".join(map(_digest, self.codes))} if self.codes else {}
        return shown | digests | {"rows": str(len(rows)), "Target": ", ".join(map(_text, targets))}

    @property
    def target(self) -> tuple[str, str]:
        """What it is about: the vendor's id, or a campaign's digest, and for people."""
        parameters = self.parameters
        if CAMPAIGN in parameters:
            return parameters[CAMPAIGN], self.campaign or parameters[CAMPAIGN]
        told = next((parameters[name] for name in _TARGETS if name in parameters), self.source.name)
        return told, clean(told)

    def _shown(self, name: str, value: Any) -> str:
        if name == CAMPAIGN:
            return _digest(value)
        declared = next((parameter for parameter in self.method.parameters if parameter.name == name), None)
        return MASK if declared is not None and declared.is_secret else _text(value)


def find_method(name: str) -> tuple[str, Method[Any]]:
    """A method's vendor and declaration, by the name people call it.

    Raises:
        OrderError: there is none.
    """
    if name in METHODS:
        return name.partition(".")[0], METHODS[name]
    # By the method's own name alone: with the vendor's before it any two look alike.
    known = {full.partition(".")[2].lower(): full for full in METHODS}
    asked = name.rpartition(".")[2].lower()
    nearest = get_close_matches(asked, known, n=1, cutoff=LEAST_LIKENESS)
    meant = known[nearest[0]] if nearest else ""
    advice = f"did you mean {meant}?" if meant else "`wallboard call --list` names them all"
    raise OrderError(f"{clean(name, 60)!r} is no method: {advice}")


def order(settings: Settings, name: str, words: Sequence[str], source: str | None, *, has_campaign: bool) -> Order:
    """What is to be sent.

    Args:
        settings: whose accounts there are.
        name: of the method.
        words: `key=value`, `key:=json`, `key=@file`.
        source: the account's name; None: the only one of its vendor.
        has_campaign: whether `Campaign` is to be found by its name; see `with_campaign`.

    Raises:
        OrderError: it cannot be sent as it is.
    """
    vendor, method = find_method(name)
    account = _source(settings, vendor, source)
    try:
        method = named(method, account)
        told = given(vendor, method, words)
    except ValuesError as error:
        raise OrderError(*error.lines) from None
    except ValueError as error:
        raise OrderError(str(error)) from None
    if has_campaign and not any(parameter.name == CAMPAIGN for parameter in method.parameters):
        raise OrderError(f"{method.name}: is about no campaign: leave --campaign out")
    if has_campaign and any(CAMPAIGN in row for row in (told.values, *(told.rows or ())) if isinstance(row, Mapping)):
        raise OrderError(f"{method.name}: {CAMPAIGN} is given twice: by its code and by --campaign")
    supplied = CREDENTIALS[vendor] | ({CAMPAIGN} if has_campaign else frozenset())
    if problems := check(method, _body(method, told), supplied):
        raise OrderError(*problems)
    return Order(name, method, account, told)


def with_code(unfinished: Order, campaign: Campaign) -> Order:
    """The order, to this campaign.

    Raises:
        OrderError: it cannot be sent even so.
    """
    told = replace(unfinished.given, values={**unfinished.given.values, CAMPAIGN: campaign.code})
    if problems := check(unfinished.method, _body(unfinished.method, told), CREDENTIALS["voicenter"]):
        raise OrderError(*problems)
    return replace(unfinished, given=told, campaign=campaign.name, pending=campaign.pending)


def _source(settings: Settings, vendor: str, name: str | None) -> SourceSettings:
    kind = YemotSource if vendor == "yemot" else VoicenterSource
    sources = [source for source in settings.source if isinstance(source, kind)]
    names = ", ".join(source.name for source in sources)
    if not sources:
        raise OrderError(f"the configuration has no source of kind {vendor!r}: `wallboard init` adds one")
    if name is None and len(sources) > 1:
        raise OrderError(f"there are several sources of kind {vendor!r}: say which with --source: {names}")
    found = [source for source in sources if name in {None, source.name}]
    if not found:
        raise OrderError(f"no source of kind {vendor!r} is named {clean(name or '', 60)!r}; there are: {names}")
    return found[0]


def _body(method: Method[Any], told: Given) -> dict[str, Any] | list[Any]:
    """As `check` reads it."""
    if not method.most_rows:
        return told.values
    rows = [{}] if told.rows is None else told.rows
    return [{**told.values, **row} if isinstance(row, Mapping) else row for row in rows]


def _digest(code: Any) -> str:
    return Campaign(source="", name="", feed=FeedKey("", ""), code=_text(code)).id


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, Path) else json.dumps(value, ensure_ascii=False)
