"""The catalogs hold every text of the program, translated whole, and the compiled ones are what they were made from."""

import ast
import re
from string import Formatter

import pytest
from babel.messages.catalog import Message

from tests.language import catalogs
from wallboard.language.catalog import N_, _, is_mirrored, language_of, ngettext, reads_from_right, spoken, use
from wallboard.resources import PACKAGE

_HEBREW = re.compile("[\u05d0-\u05ea]")
_LETTERS = re.compile("[A-Za-z]{2,}")


def texts_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations_of(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def places(text: str) -> set[str]:
    return {name for _text, name, *_rest in Formatter().parse(text) if name is not None}


HEBREW = [message for message in catalogs.read("he") if message.id]


def test_the_catalog_holds_what_the_program_says_and_nothing_else() -> None:
    """Otherwise: python -m tests.language.catalogs."""
    said = {(message.context, texts_of(message)) for message in catalogs.extracted() if message.id}
    assert said == {(message.context, texts_of(message)) for message in HEBREW}


def test_no_text_escapes_the_catalog() -> None:
    """As one inside an f-string does, which Babel does not look into under Python 3.11."""
    known = {text for message in catalogs.extracted() if message.id for text in texts_of(message)}
    escaped = [
        (path.name, argument.value)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "N_", "ngettext"}
        for argument in node.args[:2]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value not in known
    ]
    assert escaped == []


def test_the_compiled_catalog_is_made_of_the_readable_one() -> None:
    """Otherwise: python -m tests.language.catalogs."""
    catalog = catalogs.read("he")
    assert catalogs.po_file("he").read_bytes() == catalogs.po_text(catalog)
    assert catalogs.po_file("he").with_suffix(".mo").read_bytes() == catalogs.mo_bytes(catalog)


def test_every_text_is_translated_with_its_places() -> None:
    wrong = []
    for message in HEBREW:
        wanted = set.union(*map(places, texts_of(message)))
        for text in translations_of(message):
            is_lacking = not text or (_LETTERS.search(message_words(message)) and not _HEBREW.search(text))
            # For one and for two the figure is part of the words.
            is_places_wrong = places(text) - wanted or (isinstance(message.id, str) and places(text) != wanted)
            if is_lacking or is_places_wrong or message.fuzzy:
                wrong.append((message.id, text))
    assert not wrong


def message_words(message: Message) -> str:
    """Its words, without places and without what is called the same in both languages."""
    text = " ".join(texts_of(message))
    return re.sub(r"\{[^}]*\}|" + "|".join(catalogs.SAME_IN_BOTH), "", text)


def test_hebrew_counts_one_two_and_many() -> None:
    catalog = catalogs.read("he")
    assert catalog.num_plurals == 3
    plural = [message for message in HEBREW if not isinstance(message.id, str)]
    assert plural
    assert all(len(translations_of(message)) == 3 for message in plural)


def test_the_language_can_be_changed_and_changed_back() -> None:
    text = N_("quit")
    assert (spoken(), _(text), reads_from_right(), is_mirrored()) == ("en", "quit", False, False)
    use("he")
    assert (spoken(), reads_from_right(), is_mirrored()) == ("he", True, True)
    assert _HEBREW.search(_(text))
    use("he", "ltr")
    assert (reads_from_right(), is_mirrored()) == (True, False)
    use("en", "rtl")
    assert (_(text), reads_from_right(), is_mirrored()) == ("quit", False, True)
    assert ngettext("{count} row", "{count} rows", 1) == "{count} row"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "he_IL.UTF-8"}, "he"),
        ({"LANG": "iw_IL"}, "he"),
        ({"LANG": "he_IL.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "he_IL"}, "he"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "he_IL", "LC_ALL": ""}, "he"),
    ],
)
def test_auto_is_the_locales_language(environ: dict[str, str], language: str) -> None:
    assert language_of(environ) == language
