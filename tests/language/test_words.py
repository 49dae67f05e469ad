"""Every code has words; they fit, name the host and leave out what must not be said."""

import pytest

from wallboard.domain.agents import AgentState
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import Freshness, Note, NoteCode
from wallboard.language.words import (
    FRESHNESS_WORDS,
    ISSUED_BY,
    MOST_FAULT_CHARACTERS,
    STATE_WORDS,
    fault_remedy,
    fault_words,
    note_words,
)

LONGEST_HOST = "monapisec.voicenter.co.il"


def test_every_state_has_the_words_of_the_board() -> None:
    assert list(STATE_WORDS) == list(AgentState)
    assert ", ".join(STATE_WORDS.values()) == (
        "available, ringing, dialing, on call, on hold, paused, paused on call, lunch, break, admin, training, "
        "meeting, briefing, other, logged out, unavailable, unknown"
    )


def test_every_freshness_has_words() -> None:
    assert set(FRESHNESS_WORDS) == set(Freshness)


@pytest.mark.parametrize("code", FaultCode)
def test_every_fault_is_said_in_a_cell_with_its_host(code: FaultCode) -> None:
    for fault in (
        Fault(code),
        Fault(code, LONGEST_HOST, 599, "{words} %s"),
        Fault(code, LONGEST_HOST, 418, "x" * 500),
    ):
        words = fault_words(fault)
        assert 0 < len(words) <= MOST_FAULT_CHARACTERS
        assert fault.host in words or code in {FaultCode.INTERNAL, FaultCode.INTERRUPTED}
        assert "None" not in words
        assert "{host}" not in words


WITH_FREE_WORDS = {FaultCode.TLS, FaultCode.VENDOR, FaultCode.REDIRECT, FaultCode.MACHINE}


@pytest.mark.parametrize("code", sorted(set(FaultCode) - WITH_FREE_WORDS))
def test_a_fault_without_free_words_is_never_cut(code: FaultCode) -> None:
    assert not fault_words(Fault(code, LONGEST_HOST, 503, "x" * 500)).endswith("…")


@pytest.mark.parametrize("host", ["www.call2all.co.il", LONGEST_HOST])
@pytest.mark.parametrize("issuer", ["NetFree", "סינון לדוגמה", "Example Content Filtering Ltd"])
@pytest.mark.parametrize(
    ("reason", "end"),
    [
        ("unable to get local issuer certificate", "set ca_file"),
        ("self-signed certificate in certificate chain", "set ca_file"),
        ("certificate has expired", "expired"),
        ("Hostname mismatch, certificate is not valid for 'vendor.example'.", "wrong host"),
    ],
)
def test_a_refused_certificate_names_its_issuer_and_the_cure(host: str, issuer: str, reason: str, end: str) -> None:
    words = fault_words(Fault(FaultCode.TLS, host, words=f"{reason}{ISSUED_BY}{issuer}"))
    assert words.startswith(f"certificate of {host} by {issuer}")
    assert words.endswith(f": {end}")
    assert len(words) <= MOST_FAULT_CHARACTERS or len(issuer) > len("NetFree")


def test_an_endless_issuer_is_cut_and_the_cure_is_not() -> None:
    words = fault_words(Fault(FaultCode.TLS, "vendor.example", words=f"self-signed{ISSUED_BY}{'x' * 500}"))
    assert "x…: set ca_file" in words
    assert len(words) < 80


@pytest.mark.parametrize("kind", ["yemot", "voicenter"])
def test_every_fault_has_a_remedy(kind: str) -> None:
    for code in FaultCode:
        remedy = fault_remedy(Fault(code, "host.example"), kind)
        assert remedy.endswith(".")
        assert "{" not in remedy


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (FaultCode.CREDENTIALS, "yemot", "API key"),
        (FaultCode.CREDENTIALS, "voicenter", "dialer_code"),
        (FaultCode.SESSION, "yemot", "30 idle minutes"),
        (FaultCode.ADDRESS, "yemot", "https://www.call2all.co.il/firewall"),
        (FaultCode.ADDRESS, "voicenter", "CPanel → API Settings"),
        (FaultCode.VENDOR, "yemot", "queues"),
        (FaultCode.TLS, "yemot", "ca_file"),
        (FaultCode.NOT_VENDOR, "voicenter", "NetFree"),
        (FaultCode.RATE, "voicenter", "poll_seconds"),
        (FaultCode.UNREACHABLE, "yemot", "firewall"),
    ],
)
def test_faults_are_told_apart_by_what_mends_them(code: FaultCode, kind: str, words: str) -> None:
    assert words in fault_remedy(Fault(code, "host.example"), kind)


def test_remedies_differ() -> None:
    for kind in ("yemot", "voicenter"):
        remedies = [fault_remedy(Fault(code, "h"), kind) for code in FaultCode]
        assert len(set(remedies)) >= len(remedies) - 2, "only faults of the vendor's own words share one"


@pytest.mark.parametrize("code", NoteCode)
def test_every_note_is_said(code: NoteCode) -> None:
    words = note_words(Note(code, count=7, seconds=-310.4, words="{odd}"))
    assert words
    assert "{count}" not in words


def test_a_note_has_its_particulars() -> None:
    assert note_words(Note(NoteCode.ROWS_DROPPED, count=3)).endswith("3")
    assert "-310 s" in note_words(Note(NoteCode.SKEW, seconds=-310.4))
    assert "6.5 s" in note_words(Note(NoteCode.RATE_STRETCHED, seconds=6.5))
