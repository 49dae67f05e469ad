"""A person's questions to the vendors, within each account's pace."""

from collections.abc import Sequence
from typing import Any, TypeVar

import anyio

from wallboard.domain.enquiries import Query
from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.domain.ports import Source
from wallboard.engine.engine import Engine

MOST_SECONDS = 30.0  # a list of a hundred thousand rows takes its time
Told = TypeVar("Told")


class EnquiryDesk:
    """Implements `domain.ports.Enquiries`."""

    def __init__(self, engine: Engine, sources: Sequence[Source]) -> None:
        self._engine = engine
        self._sources = {source.name: source for source in sources}

    def can_ask(self, source: str, query: type[Query[Any]]) -> bool:
        return source in self._sources and query in self._sources[source].answers

    async def ask(self, source: str, query: Query[Told]) -> Told:
        """Ask once; a question nobody waits for any more is given up with whoever asked."""
        with anyio.move_on_after(MOST_SECONDS):
            async with self._engine.paces[source].turn():
                return await self._sources[source].ask(query)
        raise VendorFault(Fault(FaultCode.TIMEOUT, source))
