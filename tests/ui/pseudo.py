"""A language in which every text of ours is written in Hebrew letters: what stays in Latin ones was not looked up."""

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from string import Formatter, ascii_letters

from wallboard.language import catalog

_WORD = re.compile("[A-Za-z]{2,}")
_LETTERS = dict.fromkeys(map(ord, ascii_letters), "ש")


class _Pseudo(gettext.NullTranslations):
    """As many letters as in English; places stay."""

    def gettext(self, message: str) -> str:
        return "".join(map(_part, Formatter().parse(message)))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


def _part(part: tuple[str, str | None, str | None, str | None]) -> str:
    literal, name, form, _conversion = part
    written = literal.translate(_LETTERS).replace("{", "{{").replace("}", "}}")
    return written if name is None else f"{written}{{{name}{':' + form if form else ''}}}"


@contextmanager
def pseudo_language() -> Iterator[None]:
    """Speak it for a while; the layout stays as it is."""
    current = catalog._Current
    before = current.language, current.texts
    current.language, current.texts = "he", _Pseudo()
    try:
        yield
    finally:
        current.language, current.texts = before


def latin_words(text: str, *known: str) -> list[str]:
    """What is left in Latin letters besides data, keys and names of products, which are `known`."""
    for words in sorted(known, key=len, reverse=True):
        text = text.replace(words, "")
    return sorted(set(_WORD.findall(text)))
