"""A file of targets on its way into a campaign, in words."""

from wallboard.domain.campaigns import Campaign
from wallboard.domain.imports import ImportPlan, ImportProgress, ImportStage
from wallboard.language.format import UNKNOWN, duration

FIELD_WORDS: dict[str, str] = {
    "number": "the number to dial",
    "name": "name",
    "first_name": "first name",
    "last_name": "last name",
    "caller_id": "caller id",
    "priority": "priority",
    "dial_at": "when to dial",
}
ENCODING_WORDS: dict[str, str] = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1255": "Hebrew Windows (cp1255)",
}
DELIMITER_WORDS: dict[str, str] = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
STAGE_WORDS: dict[ImportStage, str] = {
    ImportStage.SENDING: "sending",
    ImportStage.SETTLING: "no answer came for a batch; looking up what the campaign has",
    ImportStage.STOPPING: "stopping: what is on its way comes to its end",
    ImportStage.STOPPED: "stopped; the same file goes on where it was, and adds nobody twice",
    ImportStage.ENDED: "ended; not all could be added, and the report tells which",
}
BATCH_SECONDS = 1.5  # or so, with the rest after it
_VARIABLE = "var_"


def field_words(name: str) -> str:
    """What a column was taken for."""
    return FIELD_WORDS.get(name) or f"data {name.removeprefix(_VARIABLE)}"


def form_words(plan: ImportPlan) -> str:
    """How the file is written."""
    encoding = ENCODING_WORDS.get(plan.encoding, plan.encoding)
    return f"{encoding}, cells set apart by {DELIMITER_WORDS.get(plan.delimiter, f'“{plan.delimiter}”')}"


def targets(count: int) -> str:
    """`1 target`, `4,500 targets`."""
    return f"{count:,} target{'' if count == 1 else 's'}"


def batches_words(count: int, most: int) -> str:
    """How so many targets are sent in batches of at most so many, and how long that takes or so."""
    if count <= most:
        return "in one batch, within seconds"
    batches = -(-count // most)
    seconds = batches * BATCH_SECONDS
    time = "within a minute" if seconds < 50 else f"in {max(1, round(seconds / 60))} min or so"
    return f"in {batches:,} batches of up to {most:,}, {time}"


def calling_words(campaign: Campaign | None) -> str:
    """What becomes of targets that are added to a campaign, by how it stands; None: it is not on the board."""
    if campaign is None or campaign.is_running is None:
        return "Whether the campaign runs is not known. If it does, the dialer calls them at once, and calls cost."
    if campaign.is_running:
        return "The campaign runs: the dialer calls them as soon as they are added, and calls cost."
    return "The campaign is stopped: they wait in its list, and nobody is called before it is started."


def left_of(progress: ImportProgress) -> int:
    """Targets of which nothing is known to have come yet."""
    return max(0, progress.total - progress.added - progress.refused - progress.unsure)


def so_far(progress: ImportProgress) -> str:
    """`4,500 of 19,200 added, 12 refused`."""
    told = [f"{progress.added:,} of {progress.total:,} added"]
    told += [f"{progress.refused:,} refused"] if progress.refused else []
    told += [f"{progress.unsure:,} unsure"] if progress.unsure else []
    return ", ".join(told)


def import_line(progress: ImportProgress) -> str:
    """How far it is, in one line."""
    stage = "" if progress.stage is ImportStage.SENDING else f"; {STAGE_WORDS[progress.stage]}"
    return f"{progress.campaign_words}: {so_far(progress)}{stage}"


def is_whole(progress: ImportProgress) -> bool:
    """Whether all came about as it was meant."""
    is_all = progress.stage is ImportStage.ENDED and progress.added == progress.total
    return is_all and not progress.words


def state_words(progress: ImportProgress) -> str:
    """Where it stands."""
    return "ended; all were added" if is_whole(progress) else STAGE_WORDS[progress.stage]


def verdict(progress: ImportProgress) -> str:
    """What came of it, once nothing more is sent."""
    head = "Ended" if progress.stage is ImportStage.ENDED else "Stopped"
    left = left_of(progress)
    return f"{head}: {so_far(progress)}{f', {left:,} not sent' if left else ''}."


def farewell(progress: ImportProgress) -> str:
    """What is left of an import under way when the board is left."""
    return (
        f"{progress.campaign_words}: {so_far(progress)} when the board was left; more may have been on its way. Start "
        f"{progress.path.name} again: what the campaign has is looked up, the rest is sent, and nobody is added twice."
    )


def pace_words(progress: ImportProgress, now: float) -> str:
    """Targets a second, and the time left at that pace; `now` is the monotonic moment."""
    spent = (now if progress.until is None else progress.until) - progress.since
    left = left_of(progress)
    rate = (progress.total - left) / spent if spent > 0 and left < progress.total else None
    told = UNKNOWN if rate is None else f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
    if not progress.is_under_way:
        return f"{told} targets a second, took {duration(spent)}"
    time_left = None if rate is None else left / rate
    return f"{told} targets a second, {duration(time_left)} left, began {duration(spent)} ago"
