"""Finds what the program brings with it, in a wheel as in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def themes_dir() -> Path:
    """The shipped themes: inside the package when installed, beside it in a checkout or an editable install."""
    packaged = PACKAGE / "themes"
    return packaged if packaged.is_dir() else PACKAGE.parent / "themes"


def locale_dir() -> Path:
    """The compiled catalogs, `<language>/LC_MESSAGES/wallboard.mo`."""
    return PACKAGE / "language" / "locale"
