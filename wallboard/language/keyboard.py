"""The standard Hebrew keyboard (SI-1452): which character the same physical key types under it."""

_LATIN = "abcdefghijklmnoprstuvxyz"
_HEBREW = "שנבגקכעיןחלךצמםפרדאוהסטז"
_HEBREW_OF = dict(zip(_LATIN, _HEBREW, strict=True)) | {"w": "'", "/": "."}


def twin(key: str) -> str | None:
    """The key's character under the Hebrew layout.

    None where there is none, or where it already means something: the physical `q` types `/`, which stays the filter.
    """
    return _HEBREW_OF.get(key)
