"""Codes in words: whole sentences with places for their particulars, so that they can be translated as they are.

The tables are in English; whoever shows an entry of one looks it up with `_`.
"""

from wallboard.domain.agents import Agent, AgentState, CallStatus, Direction
from wallboard.domain.faults import Fault, FaultCode
from wallboard.domain.feeds import Freshness, Note, NoteCode
from wallboard.domain.thresholds import Level
from wallboard.language.catalog import N_, _

MOST_FAULT_CHARACTERS = 64  # a cell of the Feeds panel
YEMOT_SECURITY = "https://www.call2all.co.il/firewall"
VOICENTER_SETTINGS = "CPanel → API Settings"
ISSUED_BY = "; issuer: "  # in a refused certificate's words, between the reason and who issued it

STATE_WORDS: dict[AgentState, str] = {
    AgentState.AVAILABLE: N_("available"),
    AgentState.RINGING: N_("ringing"),
    AgentState.DIALING: N_("dialing"),
    AgentState.ON_CALL: N_("on call"),
    AgentState.ON_HOLD: N_("on hold"),
    AgentState.PAUSED: N_("paused"),
    AgentState.PAUSED_ON_CALL: N_("paused on call"),
    AgentState.LUNCH: N_("lunch"),
    AgentState.BREAK: N_("break"),
    AgentState.ADMIN: N_("admin"),
    AgentState.TRAINING: N_("training"),
    AgentState.MEETING: N_("meeting"),
    AgentState.BRIEFING: N_("briefing"),
    AgentState.OTHER: N_("other"),
    AgentState.LOGGED_OUT: N_("logged out"),
    AgentState.UNAVAILABLE: N_("unavailable"),
    AgentState.UNKNOWN: N_("unknown"),
}

CALL_WORDS: dict[CallStatus, str] = {
    CallStatus.TALKING: N_("talking"),
    CallStatus.HOLD: N_("hold"),
    CallStatus.DIALING: N_("dialing"),
    CallStatus.RINGING: N_("ringing"),
    CallStatus.UNKNOWN: N_("unknown"),
}
DIRECTION_WORDS: dict[Direction, str] = {
    Direction.INCOMING: N_("incoming"),
    Direction.OUTGOING: N_("outgoing"),
    Direction.CLICK2CALL: N_("click2call"),
    Direction.SPY: N_("spy"),
    Direction.UNKNOWN: N_("unknown"),
}

FRESHNESS_WORDS: dict[Freshness, str] = {
    Freshness.LIVE: N_("LIVE"),
    Freshness.CONNECTING: N_("connecting"),
    Freshness.LATE: N_("LATE"),
    Freshness.STALE: N_("STALE"),
    Freshness.DOWN: N_("DOWN"),
    Freshness.AUTH: N_("AUTH"),
}

LEVEL_WORDS: dict[Level, str] = {Level.OK: N_("ok"), Level.WARN: N_("warning"), Level.BREACH: N_("breach")}

FAULT_WORDS: dict[FaultCode, str] = {
    FaultCode.TIMEOUT: N_("no whole answer from {host} in time"),
    FaultCode.UNREACHABLE: N_("{host} cannot be reached"),
    FaultCode.MACHINE: N_("this machine cannot ask {host}: {words}"),
    FaultCode.NAME: N_("the name {host} does not resolve"),
    FaultCode.TLS: N_("certificate of {host} refused: {words}"),
    FaultCode.NETWORK: N_("the connection to {host} broke off"),
    FaultCode.PROTOCOL: N_("{host} does not answer in HTTP(S)"),
    FaultCode.TRUNCATED: N_("the answer of {host} was cut off"),
    FaultCode.TOO_LARGE: N_("the answer of {host} is too large"),
    FaultCode.ENCODED: N_("{host} compressed its answer, unasked"),
    FaultCode.REDIRECT: N_("{host} redirects to {words}"),
    FaultCode.NOT_VENDOR: N_("not the vendor's answer (HTML from {host})"),
    FaultCode.EMPTY: N_("{host} sent an empty answer"),
    FaultCode.BAD_BODY: N_("the answer of {host} is not JSON"),
    FaultCode.BAD_SHAPE: N_("the answer of {host} lacks what it must hold"),
    FaultCode.SERVER: N_("{host} failed: HTTP {status}"),
    FaultCode.STATUS: N_("{host} answered HTTP {status}"),
    FaultCode.RATE: N_("{host} asks to slow down"),
    FaultCode.CREDENTIALS: N_("{host} refused the secret"),
    FaultCode.SESSION: N_("the token has expired at {host}"),
    FaultCode.MFA: N_("{host} wants a second factor"),
    FaultCode.ADDRESS: N_("address not allowed at {host} (HTTP 403)"),
    FaultCode.VENDOR: N_("{host} says: {words}"),
    FaultCode.INTERRUPTED: N_("the program ended before it was answered"),
    FaultCode.INTERNAL: N_("a mistake in wallboard itself; see the log"),
}

_REMEDIES: dict[FaultCode, str] = {
    FaultCode.TIMEOUT: N_("Wait for the next attempt. If it stays so, check this machine's connection to {host}."),
    FaultCode.UNREACHABLE: N_("Check the network, the firewall and the proxy setting: nothing listens at {host}."),
    FaultCode.MACHINE: N_("Raise the limits (ulimit -n, ulimit -u), or end what has used them up."),
    FaultCode.NAME: N_("Check the network's name service, and the host's spelling if the URL was configured."),
    FaultCode.TLS: N_(
        "Somebody between here and {host} signs its certificate anew, as content filters such as NetFree do: "
        "set ca_file to the filter's certificate (PEM). Otherwise check the host's name and this machine's date."
    ),
    FaultCode.NETWORK: N_("Wait for the next attempt. If it stays so, ask whoever runs the network or the proxy."),
    FaultCode.PROTOCOL: N_("Check the URL and the port: another service answers there."),
    FaultCode.TRUNCATED: N_("Wait for the next attempt. If it stays so, a proxy or filter on the way cuts answers."),
    FaultCode.TOO_LARGE: N_("Check the URL: no such answer is expected of {host}."),
    FaultCode.ENCODED: N_("A proxy or filter on the way compresses answers: have {host} exempted from it."),
    FaultCode.REDIRECT: N_(
        "Sign in to the network's portal, or have {host} allowed there. If the URL was configured, check it."
    ),
    FaultCode.NOT_VENDOR: N_(
        "A login portal, a content filter (NetFree) or the vendor's own guard stands in between: have {host} allowed "
        "there, or sign in to the network."
    ),
    FaultCode.EMPTY: N_("Wait for the next attempt. If it stays so, check the URL."),
    FaultCode.BAD_BODY: N_("Check the URL. If it is right, a proxy or filter on the way changes answers."),
    FaultCode.BAD_SHAPE: N_("Check the URL: this is not the method's answer, or the vendor has changed it."),
    FaultCode.SERVER: N_("The vendor's trouble: nothing to do here but wait. If it stays so, ask the vendor."),
    FaultCode.STATUS: N_("Check the URL: {host} does not know this method there."),
    FaultCode.RATE: N_("Raise poll_seconds, and see whether other programs use the same account."),
    FaultCode.INTERRUPTED: N_("Look at the board: the next poll shows what came of it."),
    FaultCode.INTERNAL: N_("The board goes on. Please report it with the lines of the log."),
}

_VENDOR_REMEDIES: dict[tuple[FaultCode, str], str] = {
    (FaultCode.CREDENTIALS, "yemot"): N_(
        "The token is wrong: make an API key at {security} and put it into token (or its _env, _file, _command)."
    ),
    (FaultCode.CREDENTIALS, "voicenter"): N_(
        "The code is wrong: copy it anew from {settings}. GetCampaignList may want another one: dialer_code."
    ),
    (FaultCode.SESSION, "yemot"): N_(
        "The token was one of a session, which ends after 30 idle minutes: use an API key, which does not expire, from "
        "{security}."
    ),
    (FaultCode.MFA, "yemot"): N_(
        "Use an API key, which needs no second factor, or exempt this machine's address at {security}."
    ),
    (FaultCode.ADDRESS, "yemot"): N_("Add this machine's public address to the API key's allowed ones at {security}."),
    (FaultCode.ADDRESS, "voicenter"): N_("Add this machine's public address to the allowed ones in {settings}."),
    (FaultCode.VENDOR, "yemot"): N_(
        "If it speaks of a path, an extension or a queue: correct the path in queues; it must be a queue extension."
    ),
}
_ANY_VENDOR = N_("Ask the vendor what this means, or compare with its documents.")

NOTE_WORDS: dict[NoteCode, str] = {
    NoteCode.ROWS_DROPPED: N_("rows that cannot be read: {count}"),
    NoteCode.VALUES_DROPPED: N_("figures that make no sense, shown as unknown: {count}"),
    NoteCode.DUPLICATES: N_("rows that came twice: {count}"),
    NoteCode.ROWS_HIDDEN: N_("rows too many to show: {count}"),
    NoteCode.UNKNOWN_VALUES: N_("a state this program does not know: {words}"),
    NoteCode.SUSPICIOUS_EMPTY: N_("vendor says 0; a wrong code looks the same"),
    NoteCode.FROZEN: N_("vendor data frozen for {seconds:.0f} s"),
    NoteCode.SKEW: N_("the vendor's clock is {seconds:+.0f} s off"),
    NoteCode.CHARSET: N_("text came in windows-1255 without saying so"),
    NoteCode.RATE_STRETCHED: N_("many queues: each asked every {seconds:.1f} s"),
}


_REFUSED_CERTIFICATES = (  # the first that fits
    N_("certificate of {host} by {issuer} refused: {words}"),
    N_("certificate of {host} by {issuer}: {words}"),
)
_LONGEST_ISSUER = 30  # characters
# What is wrong with a certificate whoever issued it, by a word of OpenSSL's; anything else is a matter of trust.
_FLAWS = {"expired": N_("expired"), "not yet valid": N_("not yet valid"), "mismatch": N_("wrong host")}
_DISTRUSTED = N_("set ca_file")


def freshness_words(freshness: Freshness) -> str:
    """How far a feed's figures can be trusted, in a word or two."""
    return _(FRESHNESS_WORDS[freshness])


def state_words(agent: Agent) -> str:
    """What an agent is doing, with the vendor's own word where it is not known and the queues that have him paused."""
    words = _(STATE_WORDS[agent.state])
    if agent.state is AgentState.UNKNOWN and agent.raw_state:
        words = f"{words} ({agent.raw_state})"
    if not agent.is_partly_paused:
        return words
    partly = _("paused {count} of {total}").format(count=len(agent.paused_queues), total=len(agent.queues))
    return partly if agent.state is AgentState.AVAILABLE else f"{words}, {partly}"


def fault_words(fault: Fault) -> str:
    """What happened, short enough for a table's cell."""
    reason, _sign, issuer = fault.words.partition(ISSUED_BY)
    if fault.code is FaultCode.TLS and issuer:
        return _refused_certificate(fault.host, reason, issuer)
    sentence = _(FAULT_WORDS[fault.code]).format(
        host=fault.host or _("the vendor"), words=fault.words or _("no reason given"), status=fault.status or "?"
    )
    return _cut(sentence, MOST_FAULT_CHARACTERS)


def _refused_certificate(host: str, reason: str, issuer: str) -> str:
    """Never cut at its end, which says what to do; with a long host and issuer it takes more room than others."""
    words = next((words for sign, words in _FLAWS.items() if sign in reason), _DISTRUSTED)
    sentences = [
        _(sentence).format(host=host or _("the vendor"), issuer=_cut(issuer, _LONGEST_ISSUER), words=_(words))
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
    return _(remedy).format(host=fault.host or _("the vendor"), security=YEMOT_SECURITY, settings=VOICENTER_SETTINGS)


def note_words(note: Note) -> str:
    """What was odd about an accepted answer."""
    return _(NOTE_WORDS[note.code]).format(count=note.count, seconds=note.seconds, words=note.words)
