"""What was odd about an answer that is good enough to show."""

from dataclasses import dataclass

from wallboard.domain.feeds import Note, NoteCode


@dataclass(slots=True)
class Tally:
    """Counts of one answer, or of one row of it."""

    rows_dropped: int = 0
    values_dropped: int = 0
    duplicates: int = 0
    rows_hidden: int = 0
    unknown_values: int = 0
    unknown_word: str = ""
    is_guessed_charset: bool = False

    def unknown(self, word: str) -> None:
        """Count a state this program does not know."""
        self.unknown_values += 1
        self.unknown_word = self.unknown_word or word

    def add(self, row: "Tally") -> None:
        """Count a row's oddities with the answer's."""
        self.rows_dropped += row.rows_dropped
        self.values_dropped += row.values_dropped
        self.duplicates += row.duplicates
        self.rows_hidden += row.rows_hidden
        self.unknown_values += row.unknown_values
        self.unknown_word = self.unknown_word or row.unknown_word

    def notes(self) -> tuple[Note, ...]:
        """A note for each count above zero."""
        counts = (
            (NoteCode.ROWS_DROPPED, self.rows_dropped, ""),
            (NoteCode.VALUES_DROPPED, self.values_dropped, ""),
            (NoteCode.DUPLICATES, self.duplicates, ""),
            (NoteCode.ROWS_HIDDEN, self.rows_hidden, ""),
            (NoteCode.UNKNOWN_VALUES, self.unknown_values, self.unknown_word),
            (NoteCode.CHARSET, int(self.is_guessed_charset), ""),
        )
        return tuple(Note(code, count=count, words=words) for code, count, words in counts if count)
