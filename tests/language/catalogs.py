"""Keeps the catalogs: `python -m tests.language.catalogs` takes in the program's texts and compiles what is translated.

A new or changed text is left empty in the `.po`; a test says so until somebody has translated it.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from wallboard.language.catalog import DOMAIN
from wallboard.resources import PACKAGE, locale_dir

_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_WIDTH = 120
# Patterns of what stands as it is in both languages: keys, names of products, methods and settings.
SAME_IN_BOTH = (
    r"wallboard",
    r"`[^`]*`",
)
# Of the head: what changes by itself, and what names persons.
_LEFT_OUT = tuple(
    f'"{name}: '.encode()
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Report-Msgid-Bugs-To",
        "Last-Translator",
        "Language-Team",
    )
)


def po_file(language: str) -> Path:
    return locale_dir() / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def extracted() -> Catalog:
    """All texts of the program, with the files they stand in."""
    catalog = Catalog(domain=DOMAIN, project=DOMAIN, charset="utf-8")
    found = extract_from_dir(PACKAGE, keywords=_KEYWORDS, comment_tags=("Translators:",))
    for name, _line, message, comments, context in found:
        catalog.add(message, locations=[(f"wallboard/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def po_text(catalog: Catalog) -> bytes:
    """Sorted, and without line numbers, which change by themselves."""
    file = io.BytesIO()
    write_po(file, catalog, width=_WIDTH, sort_output=True, omit_header=False, include_lineno=False)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_LEFT_OUT))


def mo_bytes(catalog: Catalog) -> bytes:
    """The same for the same texts, whenever it is made."""
    file = io.BytesIO()
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(file, catalog)
    return file.getvalue()


def update(language: str) -> None:
    """Take in the program's texts and compile; nothing is guessed from texts that are alike."""
    catalog = read(language)
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    po_file(language).write_bytes(po_text(catalog))
    po_file(language).with_suffix(".mo").write_bytes(mo_bytes(read(language)))


if __name__ == "__main__":
    update("he")
