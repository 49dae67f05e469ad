"""What an outcome says, in one text."""

from wallboard.domain.actions import Outcome


def said_of(outcome: Outcome) -> str:
    """The vendor's words; without them, what its answer lacks."""
    return outcome.words or (outcome.fault.lacking if outcome.fault else "")
