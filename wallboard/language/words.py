"""Codes in words: whole sentences with places for their particulars, so that they can be translated as they are."""

from wallboard.domain.agents import Agent, AgentState
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import Freshness, Note, NoteCode

MOST_FAULT_CHARACTERS = 64  # a cell of the Feeds panel
YEMOT_SECURITY = "https://www.call2all.co.il/firewall"
VOICENTER_SETTINGS = "CPanel → API Settings"
ISSUED_BY = "; issuer: "  # in a refused certificate's words, between the reason and who issued it

STATE_WORDS: dict[AgentState, str] = {
    AgentState.AVAILABLE: "available",
    AgentState.RINGING: "ringing",
    AgentState.DIALING: "dialing",
    AgentState.ON_CALL: "on call",
    AgentState.ON_HOLD: "on hold",
    AgentState.PAUSED: "paused",
    AgentState.PAUSED_ON_CALL: "paused on call",
    AgentState.LUNCH: "lunch",
    AgentState.BREAK: "break",
    AgentState.ADMIN: "admin",
    AgentState.TRAINING: "training",
    AgentState.MEETING: "meeting",
    AgentState.BRIEFING: "briefing",
    AgentState.OTHER: "other",
    AgentState.LOGGED_OUT: "logged out",
    AgentState.UNAVAILABLE: "unavailable",
    AgentState.UNKNOWN: "unknown",
}

FRESHNESS_WORDS: dict[Freshness, str] = {
    Freshness.LIVE: "LIVE",
    Freshness.CONNECTING: "connecting",
    Freshness.LATE: "LATE",
    Freshness.STALE: "STALE",
    Freshness.DOWN: "DOWN",
    Freshness.AUTH: "AUTH",
}

FAULT_WORDS: dict[FaultCode, str] = {
    FaultCode.TIMEOUT: "no whole answer from {host} in time",
    FaultCode.UNREACHABLE: "{host} cannot be reached",
    FaultCode.NAME: "the name {host} does not resolve",
    FaultCode.TLS: "certificate of {host} refused: {words}",
    FaultCode.NETWORK: "the connection to {host} broke off",
    FaultCode.PROTOCOL: "{host} does not answer in HTTP(S)",
    FaultCode.TRUNCATED: "the answer of {host} was cut off",
    FaultCode.TOO_LARGE: "the answer of {host} is too large",
    FaultCode.ENCODED: "{host} compressed its answer, unasked",
    FaultCode.REDIRECT: "{host} redirects to {words}",
    FaultCode.NOT_VENDOR: "not the vendor's answer (HTML from {host})",
    FaultCode.EMPTY: "{host} sent an empty answer",
    FaultCode.BAD_BODY: "the answer of {host} is not JSON",
    FaultCode.BAD_SHAPE: "the answer of {host} lacks what it must hold",
    FaultCode.SERVER: "{host} failed: HTTP {status}",
    FaultCode.STATUS: "{host} answered HTTP {status}",
    FaultCode.RATE: "{host} asks to slow down",
    FaultCode.CREDENTIALS: "{host} refused the secret",
    FaultCode.SESSION: "the token has expired at {host}",
    FaultCode.MFA: "{host} wants a second factor",
    FaultCode.ADDRESS: "address not allowed at {host} (HTTP 403)",
    FaultCode.VENDOR: "{host} says: {words}",
    FaultCode.INTERRUPTED: "the program ended before it was answered",
    FaultCode.INTERNAL: "a mistake in wallboard itself; see the log",
}

_REMEDIES: dict[FaultCode, str] = {
    FaultCode.TIMEOUT: "Wait for the next attempt. If it stays so, check this machine's connection to {host}.",
    FaultCode.UNREACHABLE: "Check the network, the firewall and the proxy setting: nothing listens at {host}.",
    FaultCode.NAME: "Check the network's name service, and the host's spelling if the URL was configured.",
    FaultCode.TLS: (
        "Somebody between here and {host} signs its certificate anew, as content filters such as NetFree do: "
        "set ca_file to the filter's certificate (PEM). Otherwise check the host's name and this machine's date."
    ),
    FaultCode.NETWORK: "Wait for the next attempt. If it stays so, ask whoever runs the network or the proxy.",
    FaultCode.PROTOCOL: "Check the URL and the port: another service answers there.",
    FaultCode.TRUNCATED: "Wait for the next attempt. If it stays so, a proxy or filter on the way cuts answers.",
    FaultCode.TOO_LARGE: "Check the URL: no such answer is expected of {host}.",
    FaultCode.ENCODED: "A proxy or filter on the way compresses answers: have {host} exempted from it.",
    FaultCode.REDIRECT: (
        "Sign in to the network's portal, or have {host} allowed there. If the URL was configured, check it."
    ),
    FaultCode.NOT_VENDOR: (
        "A login portal, a content filter (NetFree) or the vendor's own guard stands in between: have {host} allowed "
        "there, or sign in to the network."
    ),
    FaultCode.EMPTY: "Wait for the next attempt. If it stays so, check the URL.",
    FaultCode.BAD_BODY: "Check the URL. If it is right, a proxy or filter on the way changes answers.",
    FaultCode.BAD_SHAPE: "Check the URL: this is not the method's answer, or the vendor has changed it.",
    FaultCode.SERVER: "The vendor's trouble: nothing to do here but wait. If it stays so, ask the vendor.",
    FaultCode.STATUS: "Check the URL: {host} does not know this method there.",
    FaultCode.RATE: "Raise poll_seconds, and see whether other programs use the same account.",
    FaultCode.INTERRUPTED: "Look at the board: the next poll shows what came of it.",
    FaultCode.INTERNAL: "The board goes on. Please report it with the lines of the log.",
}

_VENDOR_REMEDIES: dict[tuple[FaultCode, str], str] = {
    (FaultCode.CREDENTIALS, "yemot"): (
        f"The token is wrong: make an API key at {YEMOT_SECURITY} and put it into token (or its _env, _file, _command)."
    ),
    (FaultCode.CREDENTIALS, "voicenter"): (
        f"The code is wrong: copy it anew from {VOICENTER_SETTINGS}. GetCampaignList may want another one: dialer_code."
    ),
    (FaultCode.SESSION, "yemot"): (
        "The token was one of a session, which ends after 30 idle minutes: use an API key, which does not expire, from "
        f"{YEMOT_SECURITY}."
    ),
    (FaultCode.MFA, "yemot"): (
        f"Use an API key, which needs no second factor, or exempt this machine's address at {YEMOT_SECURITY}."
    ),
    (
        FaultCode.ADDRESS,
        "yemot",
    ): f"Add this machine's public address to the API key's allowed ones at {YEMOT_SECURITY}.",
    (FaultCode.ADDRESS, "voicenter"): f"Add this machine's public address to the allowed ones in {VOICENTER_SETTINGS}.",
    (FaultCode.VENDOR, "yemot"): (
        "If it speaks of a path, an extension or a queue: correct the path in queues; it must be a queue extension."
    ),
}
_ANY_VENDOR = "Ask the vendor what this means, or compare with its documents."

NOTE_WORDS: dict[NoteCode, str] = {
    NoteCode.ROWS_DROPPED: "rows that cannot be read: {count}",
    NoteCode.VALUES_DROPPED: "figures that make no sense, shown as unknown: {count}",
    NoteCode.DUPLICATES: "rows that came twice: {count}",
    NoteCode.ROWS_HIDDEN: "rows too many to show: {count}",
    NoteCode.UNKNOWN_VALUES: "a state this program does not know: {words}",
    NoteCode.SUSPICIOUS_EMPTY: "vendor says 0; a wrong code looks the same",
    NoteCode.FROZEN: "vendor data frozen for {seconds:.0f} s",
    NoteCode.SKEW: "the vendor's clock is {seconds:+.0f} s off",
    NoteCode.CHARSET: "text came in windows-1255 without saying so",
    NoteCode.RATE_STRETCHED: "many queues: each asked every {seconds:.1f} s",
}


_REFUSED_CERTIFICATES = (  # the first that fits
    "certificate of {host} by {issuer} refused: {words}",
    "certificate of {host} by {issuer}: {words}",
)
_LONGEST_ISSUER = 30  # characters
# What is wrong with a certificate whoever issued it, by a word of OpenSSL's; anything else is a matter of trust.
_FLAWS = {"expired": "expired", "not yet valid": "not yet valid", "mismatch": "wrong host"}
_DISTRUSTED = "set ca_file"


def state_words(agent: Agent) -> str:
    """What an agent is doing, with the vendor's own word where it is not known and the queues that have him paused."""
    words = STATE_WORDS[agent.state]
    if agent.state is AgentState.UNKNOWN and agent.raw_state:
        words = f"{words} ({agent.raw_state})"
    if not agent.is_partly_paused:
        return words
    partly = f"paused {len(agent.paused_queues)} of {len(agent.queues)}"
    return partly if agent.state is AgentState.AVAILABLE else f"{words}, {partly}"


def fault_words(fault: Fault) -> str:
    """What happened, short enough for a table's cell."""
    reason, _, issuer = fault.words.partition(ISSUED_BY)
    if fault.code is FaultCode.TLS and issuer:
        return _refused_certificate(fault.host, reason, issuer)
    sentence = FAULT_WORDS[fault.code].format(
        host=fault.host or "the vendor", words=fault.words or "no reason given", status=fault.status or "?"
    )
    return _cut(sentence, MOST_FAULT_CHARACTERS)


def _refused_certificate(host: str, reason: str, issuer: str) -> str:
    """Never cut at its end, which says what to do; with a long host and issuer it takes more room than others."""
    words = next((words for sign, words in _FLAWS.items() if sign in reason), _DISTRUSTED)
    sentences = [
        sentence.format(host=host or "the vendor", issuer=_cut(issuer, _LONGEST_ISSUER), words=words)
        for sentence in _REFUSED_CERTIFICATES
    ]
    return next((sentence for sentence in sentences if len(sentence) <= MOST_FAULT_CHARACTERS), sentences[-1])


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def fault_remedy(fault: Fault, kind: str) -> str:
    """What a person can do about it.

    Args:
        fault: What happened.
        kind: The source's: `yemot` or `voicenter`.
    """
    remedy = _VENDOR_REMEDIES.get((fault.code, kind)) or _REMEDIES.get(fault.code, _ANY_VENDOR)
    return remedy.format(host=fault.host or "the vendor")


def note_words(note: Note) -> str:
    """What was odd about an accepted answer."""
    return NOTE_WORDS[note.code].format(count=note.count, seconds=note.seconds, words=note.words)
