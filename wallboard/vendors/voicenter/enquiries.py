"""What can be asked of a Voicenter account in the moment; pure."""

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from wallboard.domain.enquiries import MembersOf, PendingTargetsOf, Query
from wallboard.domain.targets import Member
from wallboard.vendors.asking import Question, shaped
from wallboard.vendors.tally import Tally
from wallboard.vendors.voicenter.answers import MemberRow, MembersList
from wallboard.vendors.voicenter.methods.campaigns import GET_MEMBERS_LIST
from wallboard.vendors.voicenter.methods.targets import GET_CAMPAIGN_PENDING_CALLS
from wallboard.vendors.voicenter.pending_reader import pending_list
from wallboard.vendors.wire import by_id, pieces

QUERIES: frozenset[type[Query[Any]]] = frozenset({PendingTargetsOf, MembersOf})


def question(query: Query[Any], zone: ZoneInfo) -> Question[Any]:
    """How it is asked.

    Raises:
        LookupError: Voicenter has no answer to it.
    """
    match query:
        case PendingTargetsOf():
            return Question(GET_CAMPAIGN_PENDING_CALLS, {"Campaign": query.code}, partial(pending_list, zone))
        case MembersOf():
            return Question(GET_MEMBERS_LIST, {"Campaign": query.code}, _members)
    raise LookupError(type(query).__name__)


def _members(document: dict[str, Any], tally: Tally) -> tuple[Member, ...]:
    rows = by_id(pieces(MemberRow, shaped(MembersList, document, tally).members, tally), tally)
    return tuple(Member(row.id, row.name) for row in rows.values())
