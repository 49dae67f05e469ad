"""What was asked of a vendor in the moment: the answer kept last, its age, and what stood in the way since."""

from dataclasses import replace
from typing import Generic, TypeVar

from wallboard.domain.faults import Fault
from wallboard.domain.feeds import FeedKey, FeedStatus, Freshness, is_old
from wallboard.language.catalog import _
from wallboard.language.format import duration
from wallboard.language.words import FRESHNESS_WORDS
from wallboard.ui.panels.feeds import words_of
from wallboard.ui.roles import GLYPH_OF_FRESHNESS

ASK_EVERY_SECONDS = 30.0
LEAST_SECONDS = 5.0  # between two questions, whoever wants it
Answer = TypeVar("Answer")


class Asked(Generic[Answer]):
    """One question, asked again and again; old answers look old by the rules of every feed.

    Args:
        source, method: what is asked.
        nothing: the answer that stands for none yet.
    """

    def __init__(self, source: str, method: str, nothing: Answer) -> None:
        self.answer = nothing
        self.status = FeedStatus(FeedKey(source, method), ASK_EVERY_SECONDS, frozenset())
        self.is_asking = False
        self._asked_at: float | None = None
        self._is_wanted = True

    def want(self) -> None:
        """Have it asked as soon as may be."""
        self._is_wanted = True

    def is_due(self, now: float) -> bool:
        """Whether it is time to ask."""
        pause = LEAST_SECONDS if self._is_wanted else ASK_EVERY_SECONDS
        return not self.is_asking and (self._asked_at is None or now >= self._asked_at + pause)

    def begin(self, now: float) -> None:
        """It is being asked."""
        self.is_asking, self._is_wanted, self._asked_at = True, False, now

    def keep(self, answer: Answer, now: float) -> None:
        """It was answered."""
        self.is_asking, self.answer = False, answer
        self.status = replace(self.status, succeeded_at=now, fault=None)

    def fail(self, fault: Fault) -> None:
        """It was not; what was known stays."""
        self.is_asking = False
        self.status = replace(self.status, fault=fault)

    @property
    def is_answered(self) -> bool:
        """Whether there ever was an answer."""
        return self.status.succeeded_at is not None

    def is_old(self, now: float) -> bool:
        """Whether its rows must look old."""
        return is_old(self.status.freshness(now))

    def is_troubled(self, now: float) -> bool:
        """Whether a person should know of it."""
        return self.status.fault is not None or self.status.freshness(now) in {Freshness.LATE, Freshness.STALE}

    def words(self, now: float) -> str:
        """`00:12 old`, `asking …`, `! STALE 03:10: why`."""
        age = self.status.age(now)
        parts = [] if age is None else [_("{time} old").format(time=duration(age))]
        freshness = self.status.freshness(now)
        if age is not None and freshness is not Freshness.LIVE:
            parts.insert(0, f"{GLYPH_OF_FRESHNESS[freshness]} {_(FRESHNESS_WORDS[freshness])}")
        if self.is_asking:
            parts.append(_("asking …"))
        elif trouble := words_of(self.status):
            parts.append(f"▲ {trouble}")
        return "  ".join(parts)
