"""Members of an agent dialer's campaign: whom it rings, and what each does now."""

from collections.abc import Sequence

from wallboard.domain.agents import Agent
from wallboard.domain.targets import Member
from wallboard.language.catalog import N_, _
from wallboard.language.format import UNKNOWN
from wallboard.ui.cells import NOTHING, Cell, Row, Text
from wallboard.ui.columns import Column
from wallboard.ui.panels import agents
from wallboard.ui.panels.picture import Picture
from wallboard.ui.roles import Role

COLUMNS = (
    Column("name", N_("Member"), least=10, most=26),
    Column("number", N_("Number"), importance=3),
    Column("state", N_("Does now"), least=12, most=26),
    Column("since", N_("In state"), importance=1, is_right=True),
    Column("with", N_("With"), importance=2, least=10, most=22),
    Column("id", N_("SIP id"), importance=4, least=6, most=20),
)


def rows(members: Sequence[Member], source: str, picture: Picture) -> list[Row]:
    """One row a member, by name."""
    known = {agent.id: agent for agent in picture.snapshot.floor.agents if agent.source == source}
    made = [_row(member, known.get(member.id), picture) for member in members]
    return sorted(made, key=lambda row: row.rank)


def name_of(member: Member, agent: Agent | None, picture: Picture) -> str:
    """As the campaign's list names him, else as the floor does, else by his id."""
    name = picture.shown(member.name) if member.name else agents.name_of(agent, picture) if agent else ""
    return name or member.id


def _row(member: Member, agent: Agent | None, picture: Picture) -> Row:
    name = name_of(member, agent, picture)
    call = agents.leading_call(agent) if agent else None
    cells: tuple[Cell, ...] = (
        Text(name, Role.STRONG),
        Text(picture.shown(agent.number) if agent else UNKNOWN, Role.MUTED),
        agents.state_of(agent) if agent else Text(_("not on the board"), Role.MUTED),
        agents.age_of(agent, picture) if agent else Text(UNKNOWN, Role.MUTED),
        Text(agents.with_whom(call, picture)) if call else NOTHING,
        Text(member.id, Role.MUTED),
    )
    return Row(
        key=member.id,
        cells=cells,
        feeds=agent.feeds if agent else (),
        as_of=picture.as_of(agent.feeds) if agent else None,
        words=f"{name} {member.id} {agent.number if agent else ''}",
        rank=(name.casefold(), member.id),
    )
