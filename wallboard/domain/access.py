"""Who may act at this terminal, as the ui sees it."""

from typing import Protocol


class Lock(Protocol):
    """Keeps others from acting at a keyboard that its operator has left."""

    @property
    def is_locked(self) -> bool:
        """Whether nobody may act until the PIN is given."""
        ...

    @property
    def unlock_wait(self) -> float:
        """Seconds until another try counts."""
        ...

    def touch(self) -> None:
        """Somebody used the keyboard; never unlocks."""
        ...

    async def unlock(self, pin: str) -> float | None:
        """Try a PIN: None when it is open now, else seconds until the next try counts.

        A try that comes too early is not even looked at.
        """
        ...
