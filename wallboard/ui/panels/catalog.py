"""The board's panels, one entry each: a new panel is a module beside this one and a line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wallboard.domain.feeds import Subject
from wallboard.language.catalog import N_
from wallboard.ui.cells import Row
from wallboard.ui.columns import Column
from wallboard.ui.panels import agents, callers, campaigns, feeds, queues
from wallboard.ui.panels.picture import Details, Picture, RowCache


@dataclass(frozen=True, slots=True)
class PanelKind:
    """What a panel is made of.

    Args:
        id: its widget's id; `focus_<id>` is the action that goes there.
        title: what stands above it, in English; whoever shows it looks it up.
        number: the key that stands beside the title.
        columns: of its table.
        rows: its rows for a picture, the worst first.
        find: all that is known of one row by its key.
        subject: what its feeds tell about, for the freshness in the title; None: its rows tell that themselves.
        empty: what to say when there is nothing, in English as well.
    """

    id: str
    title: str
    number: str
    columns: Sequence[Column]
    rows: Callable[[Picture, RowCache], list[Row]]
    find: Callable[[Picture, str], Details | None]
    subject: Subject | None
    empty: str


QUEUES = PanelKind(
    "queues", N_("Queues"), "1", queues.COLUMNS, queues.rows, queues.find, Subject.QUEUES, N_("there are no queues")
)
CALLERS = PanelKind(
    "callers", N_("Callers"), "2", callers.COLUMNS, callers.rows, callers.find, Subject.QUEUES, N_("nobody is waiting")
)
AGENTS = PanelKind(
    "agents", N_("Agents"), "3", agents.COLUMNS, agents.rows, agents.find, Subject.AGENTS, N_("no agents")
)
CAMPAIGNS = PanelKind(
    "campaigns",
    N_("Campaigns"),
    "4",
    campaigns.COLUMNS,
    campaigns.rows,
    campaigns.find,
    Subject.CAMPAIGNS,
    N_("no campaigns"),
)
FEEDS = PanelKind(
    "feeds", N_("Feeds"), "5", feeds.COLUMNS, feeds.rows, feeds.find, None, N_("no sources are configured")
)
PANELS = (QUEUES, CALLERS, AGENTS, CAMPAIGNS, FEEDS)
