"""Calls a declared method of a simulated account over real HTTP."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.contract.cases import Case
from tests.simulator.worlds import make_patient_world
from wallboard.config.model import Settings, SourceBase
from wallboard.simulator.configuration import configuration
from wallboard.simulator.server import serve
from wallboard.simulator.world import World
from wallboard.vendors.body import opened, parsed
from wallboard.vendors.catalogue import METHODS
from wallboard.vendors.checking import check
from wallboard.vendors.http import Answer, HttpSession
from wallboard.vendors.method import Method, Request
from wallboard.vendors.parameter import Upload
from wallboard.vendors.tally import Tally


@dataclass
class Account:
    """A served world, and the source of one vendor that looks at it."""

    world: World
    settings: SourceBase
    session: HttpSession

    def method(self, name: str) -> Method[Any]:
        method = METHODS[name]
        if not method.command_setting:
            return method
        return method.named(getattr(self.settings, method.command_setting))

    def url(self, method: Method[Any]) -> str:
        return str(getattr(self.settings, method.base))

    def secrets(self, method: Method[Any]) -> dict[str, str]:
        """What the account adds by itself."""
        access = self.world.access
        known = {"token": access.token, "code": access.code, "Code": access.dialer_code}
        return {p.name: known[p.name] for p in method.parameters if p.name in known and p.is_secret and p.is_required}

    async def call(self, name: str, case: Case) -> Answer:
        """The answer to a case that is checked before it is sent."""
        method = self.method(name)
        return await self.session.post(self.request(method, self.values(method, case), case))

    def values(self, method: Method[Any], case: Case) -> dict[str, Any]:
        return {**self.secrets(method), **case.values, **case.prepare(self.world)}

    def request(self, method: Method[Any], values: Mapping[str, Any], case: Case) -> Request:
        url = self.url(method)
        if case.rows:
            rows = [{**values, **row} for row in case.rows]
            assert check(method, rows) == ()
            return method.request_of_rows(url, rows)
        named = {key: Path(value.name) if isinstance(value, Upload) else value for key, value in values.items()}
        assert check(method, named) == ()
        return method.request(url, **values)


@asynccontextmanager
async def account_of(name: str) -> AsyncIterator[Account]:
    """The account that has a method, at a busy call centre."""
    world = make_patient_world()
    async with serve(world) as address:
        yemot, voicenter = Settings.model_validate(configuration(world, address)).source
        settings = yemot if name.startswith("yemot.") else voicenter
        session = HttpSession(settings, world.clock, [])
        try:
            yield Account(world, settings, session)
        finally:
            await session.aclose()


def document_of(method: Method[Any], answer: Answer) -> dict[str, Any]:
    """The answer's object, with an envelope that the declaration accepts."""
    document = parsed(answer, Tally())
    method.envelope(document, answer.host)
    opened(method, document, answer.host, Tally())
    return document
