"""What holds for every test."""

import pytest

from wallboard.language.catalog import use


@pytest.fixture(autouse=True)
def in_english() -> None:
    """The language is one for the whole program; no test gets what another one left."""
    use("en")
