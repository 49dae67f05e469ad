"""The world's secrets, and what the vendors hold against a client at the moment."""

import hashlib
from dataclasses import dataclass, field


@dataclass(slots=True)
class Access:
    """Who may ask. The two switches are for tests and training: an expired token, an address that is not allowed."""

    token: str = field(repr=False)
    code: str = field(repr=False)
    dialer_code: str = field(repr=False)
    is_session_expired: bool = False
    is_address_refused: bool = False


def access_of(world_key: str) -> Access:
    """The secrets of a world: invented, and the same for the same scenario and seed."""
    digest = hashlib.sha256(world_key.encode()).hexdigest()
    return Access(f"demo-token-{digest[:12]}", f"demo-code-{digest[12:28]}", f"demo-dialer-{digest[28:44]}")
