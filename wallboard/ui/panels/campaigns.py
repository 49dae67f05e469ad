"""Dialer campaigns: running or stopped, and how much is left to dial."""

from wallboard.domain.campaigns import Campaign
from wallboard.language.format import UNKNOWN
from wallboard.ui.cells import Cell, Row, Text, figure
from wallboard.ui.columns import Column
from wallboard.ui.panels.picture import Details, Picture, RowCache, worst_first
from wallboard.ui.roles import Role

COLUMNS = (
    Column("name", "Campaign", least=10, most=30),
    Column("state", "State"),
    Column("pending", "Pending", importance=1, is_right=True),
    Column("awaiting", "Awaiting", importance=2, is_right=True),
    Column("priorities", "Priorities", importance=4, is_right=True),
    Column("kind", "Kind", importance=3),
    Column("source", "Source", importance=5, least=6, most=16),
)
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
            Text(campaign.kind or UNKNOWN, Role.MUTED),
            Text(campaign.source, Role.MUTED),
        ),
        feeds=(campaign.feed,),
        as_of=picture.as_of((campaign.feed,)),
        words=f"{name} {campaign.source} {campaign.kind or ''}",
        rank=(_ORDER[campaign.is_running], -(campaign.pending or 0), campaign.name, campaign.code),
    )


def state_of(campaign: Campaign) -> Text:
    if campaign.is_running is None:
        return Text(f"? unknown {campaign.raw_status}".rstrip(), Role.UNKNOWN)
    return Text("▶ running", Role.OK) if campaign.is_running else Text("■ stopped", Role.MUTED)


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
        ("Name", Text(picture.shown(campaign.name), Role.STRONG)),
        ("Source", Text(campaign.source)),
        ("State", state_of(campaign)),
        ("Kind", Text(f"{campaign.kind} dialer" if campaign.kind else UNKNOWN)),
        ("Pending targets", figure(campaign.pending)),
        ("Awaiting (smart dialer)", figure(campaign.awaiting)),
        ("Priorities", Text(priorities_of(campaign))),
    ]
