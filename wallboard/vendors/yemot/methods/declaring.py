"""How a Yemot command is declared in few words, and the forms its parameters share."""

import json
import re
from collections.abc import Mapping
from typing import Any

from wallboard.vendors.answer_fields import AnswerField, fields
from wallboard.vendors.method import Envelope, Method, Pace, PlainAnswer, Verb
from wallboard.vendors.parameter import Parameter, required
from wallboard.vendors.rules import Rule, between
from wallboard.vendors.yemot.envelope import check, check_queue_management

BASE = "base_url"
ANY_VERB = (Verb.GET, Verb.POST_FORM, Verb.POST_JSON)
# In the header it stays out of addresses; raw, without "Bearer".
TOKEN = required("token", is_secret=True, header="authorization")
MAIN_CALLER_ID = "the system's main caller ID"
FIRST_ACCOUNT = "the first account"

CODE_KEYS = ("messageCode", "responseStatus")
SIP_EXTENSION = between(200, 10_000)

_STATUS = "responseStatus"
_NUMBER = re.compile(r"[+*#]?[0-9][0-9*#-]*")


def command(
    name: str,
    description: str,
    *parameters: Parameter,
    answer: str = "",
    is_mutating: bool = False,
    verbs: tuple[Verb, ...] = ANY_VERB,
    **more: Any,
) -> Method[PlainAnswer]:
    """A command that a person calls; its token goes without saying.

    Args:
        answer: the table of its answer's fields.
        more: what else `Method` takes.
    """
    told = fields(answer) if answer else ()
    return Method(
        name=name,
        description=description,
        base=BASE,
        verbs=verbs,
        parameters=(TOKEN, *parameters),
        answer=PlainAnswer,
        envelope=_envelope(told, is_mutating=is_mutating),
        pace=Pace.ON_DEMAND,
        is_mutating=is_mutating,
        code_keys=CODE_KEYS,
        fields=told,
        **more,
    )


def _envelope(told: tuple[AnswerField, ...], *, is_mutating: bool) -> Envelope:
    """Of documented fields without a status, the fields themselves are the success."""
    strict = check_queue_management if is_mutating else check
    own = {field.path for field in told}
    if not own or _STATUS in own:
        return strict

    def check_told(document: dict[str, Any], host: str) -> None:
        if _STATUS in document or own.isdisjoint(document):
            strict(document, host)

    return check_told


def recipients(*kinds: str) -> Rule:
    """A text of numbers with `:` between them, or a list of one of these kinds, as `tpl:17`."""
    told = "".join(f" or {kind}: with a list" for kind in kinds)
    list_of = re.compile(f"({'|'.join(kinds)}):(.+)", re.DOTALL)

    def holds(value: str) -> bool:
        return bool(list_of.fullmatch(value)) or all(map(_NUMBER.fullmatch, value.split(":")))

    return Rule(f"must be numbers with a colon between them{told}", holds)


def is_number(value: Any) -> bool:
    """Whether it is a number that can be dialled, as text."""
    return isinstance(value, str) and bool(_NUMBER.fullmatch(value))


def _is_week(value: str) -> bool:
    """Yemot takes what it does not understand for every day of the week."""
    try:
        days = json.loads(value)
    except (ValueError, RecursionError):
        return False
    is_week = isinstance(days, Mapping) and days.keys() <= set("0123456")
    return is_week and all(type(on) is int and on in {0, 1} for on in days.values())


WEEK = Rule('must be JSON of the days, 0 (Sunday) to 6, each with 0 or 1, as {"0":1,"5":0}', _is_week)
