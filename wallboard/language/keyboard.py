"""The standard Hebrew keyboard (SI-1452): which character the same physical key types under it."""

_LATIN = "abcdefghijklmnoprstuvxyz"
_HEBREW = "שנבגקכעיןחלךצמםפרדאוהסטז"
_HEBREW_OF = dict(zip(_LATIN, _HEBREW, strict=True)) | {"w": "'", "/": "."}
_LATIN_OF = dict(zip(_HEBREW, _LATIN, strict=True))
_TYPED_HEBREW = _HEBREW_OF | {"q": "/", "'": ",", ",": "ת", ";": "ף", ".": "ץ"}
_TYPED_LATIN = {hebrew: latin for latin, hebrew in _TYPED_HEBREW.items()}


def twin(key: str) -> str | None:
    """The key's character under the Hebrew layout.

    None where there is none, or where it already means something: the physical `q` types `/`, which stays the filter.
    """
    return _HEBREW_OF.get(key)


def latin(key: str) -> str:
    """The Latin letter on the physical key of a letter, small; any other key as it is."""
    return _LATIN_OF.get(key, key.lower() if len(key) == 1 else key)


def under_other_layout(text: str) -> str:
    """What the same keys would have typed in the other layout: Latin for Hebrew and the other way; signs alone stay."""
    if not any(character.isalpha() for character in text):
        return text
    typed = _TYPED_LATIN if any(character in _LATIN_OF for character in text) else _TYPED_HEBREW
    return "".join(typed.get(character, character) for character in text.lower())
