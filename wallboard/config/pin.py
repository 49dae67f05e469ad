"""The PIN that unlocks a board: what may be one, its hash, and whether a text is it."""

import hashlib
import hmac
import re
import secrets

SHORTEST_PIN, LONGEST_PIN = 4, 32

# scrypt with these takes 32 MB and a tenth of a second: much for whoever tries all PINs, little for who knows it.
_COST, _BLOCK_SIZE, _PARALLELISM = 2**15, 8, 1
_SALT_BYTES, _HASH_BYTES = 16, 32
# Only costs that are neither weak nor fill the memory. Colons, for a shell would take a $ for a variable.
_FORMAT = re.compile(
    rf"scrypt:(16384|32768|65536|131072):{_BLOCK_SIZE}:{_PARALLELISM}"
    rf":([0-9a-f]{{{2 * _SALT_BYTES}}}):([0-9a-f]{{{2 * _HASH_BYTES}}})"
)


class PinError(ValueError):
    """This cannot be a PIN; says why to a person, without the PIN."""


def hash_pin(pin: str) -> str:
    """What to keep in place of a PIN: `scrypt:n:r:p:salt:hash`, each time with another salt.

    Raises:
        PinError: it is too short, too long, or holds what cannot be typed.
    """
    if not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
        raise PinError(f"A PIN has {SHORTEST_PIN} to {LONGEST_PIN} characters; this has {len(pin)}.")
    if not pin.isprintable():
        raise PinError("A PIN holds digits, letters and signs; this holds a character that cannot be seen.")
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"scrypt:{_COST}:{_BLOCK_SIZE}:{_PARALLELISM}:{salt.hex()}:{_scrypt(pin, salt, _COST).hex()}"


def is_pin_hash(text: str) -> bool:
    """Whether `hash_pin` could have made this."""
    return _FORMAT.fullmatch(text) is not None


def matches(pin: str, pin_hash: str) -> bool:
    """Whether this is the PIN of that hash; whatever is no hash has none. Takes long, so call it in a thread."""
    parts = _FORMAT.fullmatch(pin_hash)
    if parts is None:
        return False
    cost, salt, expected = parts.groups()
    return hmac.compare_digest(_scrypt(pin, bytes.fromhex(salt), int(cost)), bytes.fromhex(expected))


def _scrypt(pin: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(
        pin.encode("utf-8", "surrogatepass"),  # broken input is a wrong PIN, not an error
        salt=salt,
        n=cost,
        r=_BLOCK_SIZE,
        p=_PARALLELISM,
        maxmem=2 * 128 * _BLOCK_SIZE * cost,  # twice what it needs by its definition
        dklen=_HASH_BYTES,
    )
