"""Values that this program does not know: each is logged once a day, for whoever will teach it to the program."""

import logging

from wallboard.clock import Clock
from wallboard.domain.feeds import FeedKey, NoteCode
from wallboard.domain.snapshot import Snapshot

DAY_SECONDS = 86_400.0
MOST_KNOWN = 500  # a vendor that tells ever new nonsense fills neither the memory nor the log

_log = logging.getLogger(__name__)


class UnknownValues:
    """Looks at the notes of each snapshot's feeds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._logged_at: dict[tuple[str, str, str], float] = {}  # by source, method and value

    def look(self, snapshot: Snapshot) -> None:
        """Log what is new, or was last logged a day ago."""
        now = self._clock.monotonic()
        for key, status in snapshot.feeds.items():
            for note in status.notes:
                if note.code is NoteCode.UNKNOWN_VALUES and self._is_due(key, note.words, now):
                    words = "%s %s told the value %r, which is not known and is shown as it came"
                    particulars = {"source": key.source, "feed": key.method}
                    _log.warning(words, key.source, key.method, note.words, extra=particulars)

    def _is_due(self, key: FeedKey, value: str, now: float) -> bool:
        which = (key.source, key.method, value)
        if now - self._logged_at.get(which, -DAY_SECONDS) < DAY_SECONDS:
            return False
        self._logged_at = {known: at for known, at in self._logged_at.items() if now - at < DAY_SECONDS}
        if len(self._logged_at) >= MOST_KNOWN:
            return False
        self._logged_at[which] = now
        return True
