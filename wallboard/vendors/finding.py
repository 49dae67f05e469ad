"""What a good answer says of the very targets that were meant."""

from dataclasses import dataclass

from wallboard.domain.actions import Result


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer's.

    Args:
        words: the vendor's own.
        lacking: the field without which nobody knows, where it is UNKNOWN.
        done: how many of how many, where it was not done to all of several: `1 of 2`.
        remark: what is to be known besides, in our words.
    """

    result: Result
    words: str = ""
    lacking: str = ""
    done: str = ""
    remark: str = ""


DONE = Finding(Result.OK)


def partly(done: int, asked: int) -> str:
    """`1 of 2`, `0 of 2`; "" where it was all, or one alone was asked for."""
    return f"{done:,} of {asked:,}" if done < asked and asked > 1 else ""
