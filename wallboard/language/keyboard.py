"""The standard Hebrew keyboard (SI-1452): which character the same physical key types under it."""

_LATIN = "abcdefghijklmnoprstuvxyz"
_HEBREW = "שנבגקכעיןחלךצמםפרדאוהסטז"
_HEBREW_OF = dict(zip(_LATIN, _HEBREW, strict=True)) | {"w": "'", "/": "."}
_LATIN_OF = dict(zip(_HEBREW, _LATIN, strict=True))


def twin(key: str) -> str | None:
    """The key's character under the Hebrew layout.

    None where there is none, or where it already means something: the physical `q` types `/`, which stays the filter.
    """
    return _HEBREW_OF.get(key)


def latin(key: str) -> str:
    """The Latin letter on the physical key of a letter, small; any other key as it is."""
    return _LATIN_OF.get(key, key.lower() if len(key) == 1 else key)
