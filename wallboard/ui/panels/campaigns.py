"""Dialer campaigns: running or stopped, and how much is left to dial."""

from wallboard.domain.campaigns import Campaign, CampaignKind
from wallboard.language.catalog import N_, _, pgettext
from wallboard.language.format import UNKNOWN
from wallboard.ui.cells import Cell, Row, Text, figure
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Details, Picture, RowCache, worst_first
from wallboard.ui.roles import Role

COLUMNS = (
    Column("name", N_("Campaign"), least=10, most=30),
    Column("state", N_("State")),
    Column("pending", N_("Pending"), importance=1, is_right=True),
    Column("awaiting", N_("Awaiting"), importance=2, is_right=True),
    Column("priorities", N_("Priorities"), importance=4, is_right=True),
    Column("kind", N_("Kind"), importance=3),
    Column("source", N_("Source"), importance=5, least=6, most=16),
)
_DIALER_WORDS = {CampaignKind.AGENT: N_("agent dialer"), CampaignKind.SMART: N_("smart dialer")}
_ORDER = {None: 0, True: 1, False: 2}


def key_of(campaign: Campaign) -> str:
    return f"{campaign.source}/{campaign.id}"


def rows(picture: Picture, _: RowCache) -> list[Row]:
    """One row a campaign: unknown first, then running ones with the most left to dial, then stopped ones."""
    return worst_first(_row(campaign, picture) for campaign in picture.snapshot.floor.campaigns)


def _row(campaign: Campaign, picture: Picture) -> Row:
    name = picture.shown(campaign.name)
    return Row(
        key=key_of(campaign),
        cells=(
            Text(name, Role.STRONG),
            state_of(campaign),
            figure(campaign.pending),
            figure(campaign.awaiting),
            Text(priorities_of(campaign), Role.MUTED),
            Text(_kind(campaign) or UNKNOWN, Role.MUTED),
            Text(campaign.source, Role.MUTED),
        ),
        feeds=(campaign.feed,),
        as_of=picture.as_of((campaign.feed,)),
        words=f"{name} {campaign.source} {_kind(campaign)}",
        rank=(_ORDER[campaign.is_running], -(campaign.pending or 0), campaign.name, campaign.code),
    )


def state_of(campaign: Campaign) -> Text:
    if campaign.is_running is None:
        raw = campaign.raw_status.rstrip()
        words = _("unknown {status}").format(status=raw) if raw else _("unknown")
        return Text(f"? {words}", Role.UNKNOWN)
    if campaign.is_running:
        return Text("▶ " + _("running"), Role.OK)
    return Text("■ " + _("stopped"), Role.MUTED)


def _kind(campaign: Campaign) -> str:
    """Whom the dialer calls first; "" where that is not known."""
    if campaign.kind is None:
        return ""
    return pgettext("dialer", "agent") if campaign.kind is CampaignKind.AGENT else pgettext("dialer", "smart")


def priorities_of(campaign: Campaign) -> str:
    ends = [UNKNOWN if end is None else str(end) for end in (campaign.min_priority, campaign.max_priority)]
    return ends[0] if ends[0] == ends[1] else "…".join(ends)


def find(picture: Picture, key: str) -> Details | None:
    """All that is known of one row; None when it is gone."""
    campaign = next((each for each in picture.snapshot.floor.campaigns if key_of(each) == key), None)
    if campaign is None:
        return None
    return Details(picture.shown(campaign.name), tuple(_details(campaign, picture)), (campaign.feed,))


def _details(campaign: Campaign, picture: Picture) -> list[tuple[str, Cell]]:
    return [
        (_("Name"), Text(picture.shown(campaign.name), Role.STRONG)),
        (_("Source"), Text(campaign.source)),
        (_("State"), state_of(campaign)),
        (_("Kind"), Text(_(_DIALER_WORDS[campaign.kind]) if campaign.kind else UNKNOWN)),
        (_("Pending targets"), figure(campaign.pending)),
        (_("Awaiting (smart dialer)"), figure(campaign.awaiting)),
        (_("Priorities"), Text(priorities_of(campaign))),
    ]
