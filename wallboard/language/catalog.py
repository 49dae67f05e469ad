"""The language of the interface: one for the whole program, changed while it runs.

Texts are looked up when they are shown, never when a module is loaded; a constant is marked with `N_` and looked up
where it is used. Sentences are whole, with named places: `_("{count} marked").format(count=count)`.
"""

import gettext
import os
from collections.abc import Mapping
from typing import Literal

from wallboard.resources import locale_dir

Language = Literal["en", "he"]
Direction = Literal["auto", "rtl", "ltr"]
LANGUAGES: tuple[Language, ...] = ("en", "he")
NAMES: Mapping[Language, str] = {"en": "English", "he": "עברית"}
DOMAIN = "wallboard"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_RIGHT_TO_LEFT = frozenset({"he"})
_HEBREW_CODES = ("he", "iw")  # the second is the older code of the same language


class _Current:
    """What is spoken now."""

    language: Language = "en"
    direction: Direction = "auto"
    texts: gettext.NullTranslations = gettext.NullTranslations()


def use(language: Language, direction: Direction = "auto") -> None:
    """Speak this language from now on.

    Args:
        language: which.
        direction: of the layout; `auto`: the language's own.
    """
    _Current.language = language
    _Current.texts = gettext.translation(DOMAIN, locale_dir(), [language], fallback=True)
    _Current.direction = direction


def change(language: Language) -> None:
    """Speak another language; the layout is as it was asked for."""
    use(language, _Current.direction)


def spoken() -> Language:
    """The language in use."""
    return _Current.language


def reads_from_right() -> bool:
    """Whether the sentences of the language in use run from right to left."""
    return _Current.language in _RIGHT_TO_LEFT


def is_mirrored() -> bool:
    """Whether the layout runs from right to left: the first column is the rightmost."""
    return reads_from_right() if _Current.direction == "auto" else _Current.direction == "rtl"


def language_of(environ: Mapping[str, str] = os.environ) -> Language:
    """The language that the locale asks for: Hebrew or English."""
    locale = next((environ[name] for name in _LOCALE_VARIABLES if environ.get(name)), "")
    return "he" if locale.casefold().startswith(_HEBREW_CODES) else "en"


def _(text: str) -> str:
    """The text in the language in use."""
    return _Current.texts.gettext(text) if text else ""  # gettext's own answer to "" is the catalog's head


def ngettext(one: str, many: str, count: int) -> str:
    """The text for so many; Hebrew has one for two as well."""
    return _Current.texts.ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """The text where the same English has two meanings."""
    return _Current.texts.pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """The text as it is, marked for the catalogs; looked up where it is shown."""
    return text
