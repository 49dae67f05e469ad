"""What the desk says of the campaign itself: state, figures, pace, and a file on its way into it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from textual.content import Content

from wallboard.domain.campaigns import Burn, Campaign, CampaignKind
from wallboard.domain.faults import Fault
from wallboard.domain.imports import ImportProgress, ImportStage
from wallboard.language.catalog import N_, _
from wallboard.language.format import UNKNOWN, count, duration
from wallboard.language.sending import STAGE_WORDS, left_of, so_far
from wallboard.language.words import FRESHNESS_WORDS, fault_remedy, fault_words
from wallboard.ui.cells import Text
from wallboard.ui.panels.campaigns import priorities_of, state_of
from wallboard.ui.panels.picture import Picture
from wallboard.ui.roles import GLYPH_OF_FRESHNESS, ROLE_OF_FRESHNESS, STYLE_OF_ROLE, Role
from wallboard.ui.text import plain
from wallboard.ui.widgets.progress_bar import progress_bar

GAP = "   "
MOST_AHEAD_SECONDS = 20 * 3600.0  # beyond, an hour of the day says nothing
BAR_WIDTH = 24
_MEANT = {
    CampaignKind.AGENT: N_("agent: rings the agent first"),
    CampaignKind.SMART: N_("smart: calls the target first"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head is made of.

    Args:
        campaign: as it was told of last.
        is_gone: it is not among the campaigns any more.
        member_count: None where it is not known.
        burn: how fast the list burns down; None while too little was seen.
        progress: a file under way into it, or the last one.
        wall: UTC seconds.
        zone: of the times shown; None: the machine's.
    """

    campaign: Campaign
    is_gone: bool
    member_count: int | None
    burn: Burn | None
    progress: ImportProgress | None
    wall: float
    zone: tzinfo | None


def head(facts: Facts, picture: Picture, width: int) -> Content:
    """As many lines as it takes at this width in cells."""
    lines = [_title(facts, picture), *_flowed(_figures(facts), width)]
    if facts.progress is not None and facts.progress.stage is not ImportStage.ENDED:
        lines.append(_import(facts.progress, picture))
    return Content("\n").join(lines)


def trouble(fault: Fault | None, kind: str) -> str:
    """Why the lists are not newer, and what to do about it. `kind`: the source's vendor."""
    return f"▲ {fault_words(fault)}. {fault_remedy(fault, kind)}" if fault else ""


def _title(facts: Facts, picture: Picture) -> Content:
    campaign = facts.campaign
    parts = [plain(picture.shown(campaign.name)).stylize("bold $accent")]
    if facts.is_gone:
        gone = _("gone: the vendor lists it no more; this is what was known last")
        parts.append(Content.styled(gone, "bold $sla-warn"))
    else:
        parts += [_styled(state_of(campaign)), _freshness(campaign, picture)]
    return Content(GAP).join(parts)


def _freshness(campaign: Campaign, picture: Picture) -> Content:
    """How old the campaign's figures are, and whose."""
    status = picture.snapshot.feeds[campaign.feed]
    state = status.freshness(picture.now)
    age = _("{time} old").format(time=duration(status.age(picture.now)))
    words = f"{GLYPH_OF_FRESHNESS[state]} {_(FRESHNESS_WORDS[state])} {age}"
    role = STYLE_OF_ROLE.get(ROLE_OF_FRESHNESS[state], "")
    return Content.assemble(plain(f"{picture.shown(campaign.source)} ").stylize("$muted"), (words, role))


def _figures(facts: Facts) -> Iterable[tuple[str, Text]]:
    campaign = facts.campaign
    is_smart = campaign.kind is CampaignKind.SMART
    yield _("Pending"), Text(count(campaign.pending), Role.STRONG)
    if is_smart or campaign.awaiting is not None:
        yield _("Awaiting"), Text(count(campaign.awaiting), Role.STRONG)
    yield _("Priorities"), Text(priorities_of(campaign))
    yield _("Kind"), Text(_(_MEANT[campaign.kind]) if campaign.kind else UNKNOWN)
    if not is_smart:
        yield _("Members"), Text(count(facts.member_count), Role.STRONG)
    yield _("Pace"), Text(pace_words(facts))


def pace_words(facts: Facts) -> str:
    """How fast the list gets shorter, and when it will be empty."""
    campaign, burn = facts.campaign, facts.burn
    if campaign.is_running is False:
        return _("{unknown} (stopped)").format(unknown=UNKNOWN)
    if burn is None:
        return _("{unknown} (too little seen yet)").format(unknown=UNKNOWN)
    if burn.per_minute <= 0:
        return _("0 a minute: the list gets no shorter")
    rate = f"{burn.per_minute:,.1f}" if burn.per_minute < 10 else count(burn.per_minute)
    if campaign.pending is None:
        return _("{rate} a minute").format(rate=rate)
    seconds = campaign.pending / burn.per_minute * 60
    if seconds > MOST_AHEAD_SECONDS:
        return _("{rate} a minute: empty in {time}").format(rate=rate, time=duration(seconds))
    told = _("{rate} a minute: empty in {time}, at {hour}")
    return told.format(rate=rate, time=duration(seconds), hour=_hour(facts.wall + seconds, facts.zone))


def _hour(at: float, zone: tzinfo | None) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(zone).strftime("%H:%M")


def _import(progress: ImportProgress, picture: Picture) -> Content:
    share = 1.0 - left_of(progress) / progress.total if progress.total else 1.0
    is_well = progress.stage in {ImportStage.SENDING, ImportStage.SETTLING}
    words = f"  {so_far(progress)}  {_(STAGE_WORDS[progress.stage])}  {picture.shown(progress.path.name)}"
    bar = progress_bar(share, BAR_WIDTH, "$accent" if is_well else "$sla-warn", words)
    return Content.assemble((_("Import"), "$heading"), " ", bar, plain(words))


def _flowed(figures: Iterable[tuple[str, Text]], width: int) -> Sequence[Content]:
    """Names and values in lines of this width, none of them torn apart."""
    lines: list[Content] = []
    for name, value in figures:
        part = Content.assemble((f"{name} ", "$heading"), _styled(value))
        if lines and lines[-1].cell_length + len(GAP) + part.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], GAP, part)
        else:
            lines.append(part)
    return lines


def _styled(text: Text) -> Content:
    return Content.styled(plain(text.text).plain, STYLE_OF_ROLE.get(text.role, ""))
