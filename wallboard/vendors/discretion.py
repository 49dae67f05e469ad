"""A vendor's words, fit to be shown: cleaned, and without our secrets, which vendors echo."""

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote, quote_plus

from wallboard.domain.faults import Fault
from wallboard.language.clean import clean

MASK = "***"
LONGEST_WORDS = 160
LEAST_SECRET = 4  # masking shorter ones would garble every text


class Discretion:
    """Knows a source's secrets and takes them out of any text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._known = tuple(secrets)
        forms = {
            form
            for secret in self._known
            for part in (secret, secret.rpartition(":")[2])  # number:password
            for form in (part, quote(part, safe=""), quote_plus(part), clean(part, len(part) or 1))
            if len(form) >= LEAST_SECRET
        }
        longest_first = sorted(forms, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first)) or "(?!)", re.IGNORECASE)

    def including(self, secrets: Iterable[str]) -> "Discretion":
        """One that knows these as well."""
        return Discretion((*self._known, *secrets))

    def of_fault(self, fault: Fault) -> Fault:
        """The fault with its words fit to be shown."""
        return replace(fault, words=self(fault.words), lacking=self(fault.lacking))

    def __call__(self, words: str) -> str:
        # Cleaned first: a zero-width space within a secret would hide it from the search. Cut last, or half of one
        # could stand at the end.
        text = self._secrets.sub(MASK, clean(words, LONGEST_WORDS * 8))
        return clean(text.strip(), LONGEST_WORDS)
