"""The table of `check`: what each feed answered, what was seen, what is wrong and how to mend it."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from wallboard.assembly.sources import Probe
from wallboard.domain.agents import StateGroup
from wallboard.domain.feeds import NoteCode
from wallboard.domain.ports import Part
from wallboard.language.clean import clean
from wallboard.language.width import cell_width, padded
from wallboard.language.words import VOICENTER_SETTINGS, fault_remedy, fault_words, note_words

WIDTH = 100
INDENT = "    "
_AGAIN = "the same"
_NO_ROWS = {
    "GetExtensionsCalls": "0 extensions",
    "GetExtensions": "0 extensions",
    "GetQueuesCallers": "0 queues",
    "GetCampaignList": "0 campaigns",
}


def table(probes: Sequence[Probe]) -> str:
    """Plain aligned text; what is wrong stands under its row."""
    rows = [("FEED", "ANSWER", "MS", "SEEN"), *(_row(probe) for probe in probes)]
    feed, answer, milliseconds = (max(cell_width(row[column]) for row in rows) for column in range(3))
    lines: list[str] = []
    said: set[tuple[str, ...]] = set()
    for row, remarks in zip(rows, [(), *map(_remarks, probes)], strict=True):
        start = f"{padded(row[0], feed)}  {padded(row[1], answer)}  {row[2]:>{milliseconds}}"
        line = f"{start}  {row[3]}".rstrip()
        lines += [line] if cell_width(line) <= WIDTH else [start, *_wrapped(row[3])]
        # A wrong token fails each of a hundred queues alike.
        lines += [line for remark in ([_AGAIN] if remarks in said else remarks) for line in _wrapped(remark)]
        said |= {remarks} if remarks else set()
    return "\n".join(clean(line, 2 * WIDTH) for line in lines)


def _row(probe: Probe) -> tuple[str, str, str, str]:
    key = probe.key
    feed = f"{key.source}  {key.method}" + (f" {key.queue}" if key.queue else "")
    milliseconds = "–" if probe.milliseconds is None else f"{probe.milliseconds:,.0f}"
    answer = probe.fault.code.value if probe.fault else "ok"
    return feed, answer, milliseconds, seen(probe.part, key.method) if probe.part else ""


def seen(part: Part, method: str) -> str:
    """What a method's answer held, in a few words."""
    return "; ".join(_seen(part)) or _NO_ROWS.get(method, "nothing")


def _seen(part: Part) -> Iterator[str]:
    if part.agents:
        on_call = Counter(agent.group for agent in part.agents)[StateGroup.ON_CALL]
        yield f"{_plural(len(part.agents), 'agent')}, {on_call} on call"
    if part.queues:
        waiting = sum(queue.waiting or 0 for queue in part.queues)
        yield f"{_plural(len(part.queues), 'queue')}, {waiting} waiting"
    if part.campaigns:
        running = sum(1 for campaign in part.campaigns if campaign.is_running)
        yield f"{_plural(len(part.campaigns), 'campaign')}, {running} running"
    if part.directory:
        yield f"{_plural(len(part.directory), 'extension')} listed"
    if part.account:
        units = "unknown" if part.account.units is None else f"{part.account.units:,.0f}"
        yield f"units {units}, expire {part.account.units_expire_on or 'unknown'}"


def _remarks(probe: Probe) -> tuple[str, ...]:
    return tuple(_remarks_of(probe))


def _remarks_of(probe: Probe) -> Iterator[str]:
    if probe.fault:
        # A table's cell is short; here there is room for all that the vendor said.
        words = f" The answer says: {probe.fault.words}" if probe.fault.words else ""
        yield f"{fault_words(probe.fault)}.{words}"
        yield fault_remedy(probe.fault, probe.kind)
    if probe.part is None:
        return
    for note in probe.part.notes:
        if note.code is not NoteCode.SUSPICIOUS_EMPTY:  # said below with what to do
            yield note_words(note)
    lists_extensions = probe.kind == "voicenter" and probe.key.method in {"GetExtensionsCalls", "GetExtensions"}
    if lists_extensions and not probe.part.agents and not probe.part.directory:
        yield (
            "vendor says 0 extensions; a wrong code looks the same. If there are any, copy the code anew from "
            f"{VOICENTER_SETTINGS}."
        )
    if probe.part.account and probe.part.account.has_expired:
        yield "The account's units have expired: renew them with the vendor."


def _wrapped(remark: str) -> list[str]:
    return textwrap.wrap(
        remark, WIDTH, initial_indent=f"{INDENT}- ", subsequent_indent=f"{INDENT}  ", break_on_hyphens=False
    )


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
