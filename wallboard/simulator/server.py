"""Both vendors on one loopback port, over real HTTP."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from email.utils import formatdate

import anyio
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallboard.simulator import yemot
from wallboard.simulator.faults import Faults
from wallboard.simulator.request_log import ApiCall
from wallboard.simulator.voicenter import VoicenterApi
from wallboard.simulator.wire import Reply, read_call
from wallboard.simulator.world import World

HOST = "127.0.0.1"
_KEEP_ALIVE_SECONDS = 75
_SHUTDOWN_SECONDS = 1


class PortError(OSError):
    """The port cannot be listened on; the text says what to do."""


def application(world: World) -> Starlette:
    """Both vendors' paths over one world."""
    faults, voicenter = Faults(world), VoicenterApi(world)

    def route(path: str, answer: Callable[[ApiCall], Reply]) -> Route:
        async def respond(request: Request) -> Response:
            call = await read_call(request)
            world.requests.add(world.elapsed, call)
            if world.access.is_address_refused:
                response = Response("Forbidden", 403, media_type="text/plain")
            else:
                response = await faults.respond(call, answer)
            # The vendors live by the world's clock, not by the machine's.
            response.headers["date"] = formatdate(world.wall(), usegmt=True)
            return response

        return Route(path + "{method}", respond, methods=["GET", "POST"])

    return Starlette(
        routes=[
            route("/ym/api/", lambda call: yemot.answer(world, call)),
            route("/comet/API/", voicenter.monitor),
            route("/Comet/api/", voicenter.directory),
            route("/ForwardDialer/Dialer/", voicenter.dial),
        ]
    )


@contextlib.asynccontextmanager
async def serve(world: World, port: int = 0) -> AsyncIterator[str]:
    """Serve a world on the loopback in this event loop while the block runs; gives the address.

    Args:
        world: what to serve.
        port: 0 for any free one.

    Raises:
        PortError: the port is taken or not allowed.
    """
    listener = _listen(port)
    config = uvicorn.Config(
        application(world),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        date_header=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    server = _Server(config)
    # Not a task group: a cancelled block must still close the server's sockets in good order.
    running = asyncio.create_task(server.serve([listener]))
    try:
        await server.listening.wait()
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        with anyio.CancelScope(shield=True):
            await running


def _listen(port: int) -> socket.socket:
    # Named as TCP, or asyncio leaves Nagle's delay on and every answer takes 40 ms more.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) else "not a port"
        raise PortError(
            f"The simulator cannot listen on {HOST}:{port} ({reason}). Choose another port, or 0 for any free one."
        ) from None
    return listener


class _Server(uvicorn.Server):
    """uvicorn inside somebody else's program: it leaves the signals alone and does not wait for hanging requests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for task in list(self.server_state.tasks):
            task.cancel()
        await super().shutdown(sockets)
