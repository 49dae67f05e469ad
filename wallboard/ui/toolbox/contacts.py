"""Whom a row of the board stands for, as somebody who can be reached by telephone."""

from collections.abc import Iterable
from dataclasses import dataclass

from wallboard.domain.agents import Agent, AgentCall
from wallboard.domain.callers import Caller
from wallboard.language.catalog import N_, _
from wallboard.language.phones import dialable, is_like_number, listed, national
from wallboard.language.words import CALL_WORDS, DIRECTION_WORDS
from wallboard.ui.panels import agents, callers
from wallboard.ui.panels.picture import Picture
from wallboard.ui.proposals import Excluded
from wallboard.ui.screens.choose import Option

WITHHELD = N_("the number is withheld")
NO_NUMBER = N_("no number that can be dialled")


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to be reached; frozen when the key is pressed.

    Args:
        source: where he was seen.
        words: as the board shows him.
        digits: canonical digits of his number; "" where there is none.
        name: his name; "" where nobody tells.
        reason: why there is no number.
    """

    source: str
    words: str
    digits: str
    name: str = ""
    reason: str = ""


def number_words(digits: str, picture: Picture) -> str:
    """Canonical digits as the board shows numbers."""
    return picture.shown(national(digits))


def of_caller(caller: Caller, picture: Picture) -> Contact:
    return _contact(caller.source, callers.phone_of(caller, picture), caller.phone, "")


def of_call(agent: Agent, call: AgentCall, picture: Picture) -> Contact:
    """Whom the agent speaks with."""
    name = call.name or ""  # often the number once more
    return _contact(agent.source, agents.with_whom(call, picture), call.phone, "" if is_like_number(name) else name)


def _contact(source: str, words: str, phone: str | None, name: str) -> Contact:
    digits = (listed(phone) or dialable(phone) or "") if phone else ""
    reason = "" if digits else _(NO_NUMBER if phone else WITHHELD)
    return Contact(source, words, digits, name, reason)


def callers_of(keys: tuple[str, ...], picture: Picture) -> list[Contact]:
    """Those of the rows' callers who still wait."""
    found = {callers.key_of(caller): caller for caller in picture.snapshot.floor.callers}
    return [of_caller(found[key], picture) for key in keys if key in found]


def agents_of(keys: tuple[str, ...], picture: Picture) -> list[Agent]:
    wanted = set(keys)
    return [agent for agent in picture.snapshot.floor.agents if agents.key_of(agent) in wanted]


def spoken_with(chosen: Iterable[Agent], picture: Picture) -> tuple[list[Contact], tuple[Excluded, ...]]:
    """Whom each agent speaks with in his leading call, and the agents who have none."""
    found, idle = [], []
    for agent in chosen:
        call = agents.leading_call(agent)
        if call is None:
            idle.append(Excluded(agents.name_of(agent, picture), _("has no call of which the vendor tells")))
        else:
            found.append(of_call(agent, call, picture))
    return found, tuple(idle)


def calls_of(agent: Agent, picture: Picture) -> list[Option[Contact]]:
    """The agent's calls, to choose from."""
    return [
        Option(contact.words, f"{_(CALL_WORDS[call.status])}, {_(DIRECTION_WORDS[call.direction])}", contact)
        for call in agent.calls
        for contact in (of_call(agent, call, picture),)
    ]


def without_doubles(contacts: Iterable[Contact]) -> tuple[list[Contact], tuple[Excluded, ...]]:
    """Each number once; and those who have none, with the reason."""
    reachable: dict[str, Contact] = {}
    excluded = []
    for contact in contacts:
        if not contact.digits:
            excluded.append(Excluded(contact.words, contact.reason))
        elif contact.digits in reachable:
            excluded.append(Excluded(contact.words, _("the same number as another row")))
        else:
            reachable[contact.digits] = contact
    return list(reachable.values()), tuple(excluded)
