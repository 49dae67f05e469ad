"""A file of targets on its way into a campaign, in words.

The tables are in English; whoever shows an entry of one looks it up with `_`.
"""

from wallboard.domain.campaigns import Campaign
from wallboard.domain.imports import ImportPlan, ImportProgress, ImportStage
from wallboard.language.catalog import N_, _, ngettext
from wallboard.language.format import UNKNOWN, duration

FIELD_WORDS: dict[str, str] = {
    "number": N_("the number to dial"),
    "name": N_("name"),
    "first_name": N_("first name"),
    "last_name": N_("last name"),
    "caller_id": N_("caller id"),
    "priority": N_("priority"),
    "dial_at": N_("when to dial"),
}
ENCODING_WORDS: dict[str, str] = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1255": N_("Hebrew Windows (cp1255)"),
}
DELIMITER_WORDS: dict[str, str] = {
    ",": N_("commas"),
    ";": N_("semicolons"),
    "\t": N_("tabs"),
    "|": N_("bars"),
}
STAGE_WORDS: dict[ImportStage, str] = {
    ImportStage.SENDING: N_("sending"),
    ImportStage.SETTLING: N_("no answer came for a batch; looking up what the campaign has"),
    ImportStage.STOPPING: N_("stopping: what is on its way comes to its end"),
    ImportStage.STOPPED: N_("stopped; the same file goes on where it was, and adds nobody twice"),
    ImportStage.ENDED: N_("ended; not all could be added, and the report tells which"),
}
BATCH_SECONDS = 1.5  # or so, with the rest after it
_VARIABLE = "var_"


def field_words(name: str) -> str:
    """What a column was taken for."""
    known = FIELD_WORDS.get(name)
    return _(known) if known else _("data {name}").format(name=name.removeprefix(_VARIABLE))


def form_words(plan: ImportPlan) -> str:
    """How the file is written."""
    delimiter = DELIMITER_WORDS.get(plan.delimiter)
    return _("{encoding}, cells set apart by {delimiter}").format(
        encoding=_(ENCODING_WORDS.get(plan.encoding, plan.encoding)),
        delimiter=_(delimiter) if delimiter else f"“{plan.delimiter}”",
    )


def targets(count: int) -> str:
    """`1 target`, `4,500 targets`."""
    return ngettext("{count} target", "{count} targets", count).format(count=f"{count:,}")


def batches_words(count: int, most: int) -> str:
    """How so many targets are sent in batches of at most so many, and how long that takes or so."""
    if count <= most:
        return _("in one batch, within seconds")
    batches = -(-count // most)
    seconds = batches * BATCH_SECONDS
    if seconds < 50:
        words = _("in {count} batches of up to {most}, within a minute")
    else:
        words = _("in {count} batches of up to {most}, in {minutes} min or so")
    return words.format(count=f"{batches:,}", most=f"{most:,}", minutes=max(1, round(seconds / 60)))


def calling_words(campaign: Campaign | None) -> str:
    """What becomes of targets that are added to a campaign, by how it stands; None: it is not on the board."""
    if campaign is None or campaign.is_running is None:
        return _("Whether the campaign runs is not known. If it does, the dialer calls them at once, and calls cost.")
    if campaign.is_running:
        return _("The campaign runs: the dialer calls them as soon as they are added, and calls cost.")
    return _("The campaign is stopped: they wait in its list, and nobody is called before it is started.")


def left_of(progress: ImportProgress) -> int:
    """Targets of which nothing is known to have come yet."""
    return max(0, progress.total - progress.added - progress.refused - progress.unsure)


def so_far(progress: ImportProgress) -> str:
    """`4,500 of 19,200 added, 12 refused`."""
    told = [_("{count} of {total} added").format(count=f"{progress.added:,}", total=f"{progress.total:,}")]
    told += [_("{count} refused").format(count=f"{progress.refused:,}")] if progress.refused else []
    told += [_("{count} unsure").format(count=f"{progress.unsure:,}")] if progress.unsure else []
    return ", ".join(told)


def import_line(progress: ImportProgress) -> str:
    """How far it is, in one line."""
    stage = "" if progress.stage is ImportStage.SENDING else f"; {_(STAGE_WORDS[progress.stage])}"
    return f"{progress.campaign_words}: {so_far(progress)}{stage}"


def is_whole(progress: ImportProgress) -> bool:
    """Whether all came about as it was meant."""
    is_all = progress.stage is ImportStage.ENDED and progress.added == progress.total
    return is_all and not progress.words


def state_words(progress: ImportProgress) -> str:
    """Where it stands."""
    return _("ended; all were added") if is_whole(progress) else _(STAGE_WORDS[progress.stage])


def verdict(progress: ImportProgress) -> str:
    """What came of it, once nothing more is sent."""
    left, has_ended = left_of(progress), progress.stage is ImportStage.ENDED
    if left:
        words = _("Ended: {told}, {count} not sent.") if has_ended else _("Stopped: {told}, {count} not sent.")
    else:
        words = _("Ended: {told}.") if has_ended else _("Stopped: {told}.")
    return words.format(told=so_far(progress), count=f"{left:,}")


def farewell(progress: ImportProgress) -> str:
    """What is left of an import under way when the board is left."""
    return _(
        "{campaign}: {told} when the board was left; more may have been on its way. Start {file} again: what the "
        "campaign has is looked up, the rest is sent, and nobody is added twice."
    ).format(campaign=progress.campaign_words, told=so_far(progress), file=progress.path.name)


def pace_words(progress: ImportProgress, now: float) -> str:
    """Targets a second, and the time left at that pace; `now` is the monotonic moment."""
    spent = (now if progress.until is None else progress.until) - progress.since
    left = left_of(progress)
    rate = (progress.total - left) / spent if spent > 0 and left < progress.total else None
    told = UNKNOWN if rate is None else f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
    if not progress.is_under_way:
        return _("{rate} targets a second, took {time}").format(rate=told, time=duration(spent))
    time_left = None if rate is None else left / rate
    return _("{rate} targets a second, {left} left, began {time} ago").format(
        rate=told, left=duration(time_left), time=duration(spent)
    )
