"""The program's one event loop."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from wallboard.config.hooks import loop_failed

Result = TypeVar("Result")


def run_to_end(function: Callable[..., Awaitable[Result]], *arguments: object) -> Result:
    """Run the program's one event loop, without waiting at the end for name look-ups that hang."""

    async def impatiently() -> Result:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(_ImpatientExecutor())
        loop.set_exception_handler(loop_failed)
        return await function(*arguments)

    return asyncio.run(impatiently())


class _ImpatientExecutor(ThreadPoolExecutor):
    """The loop waits for its threads before it closes; a resolver may take half a minute."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait=False, cancel_futures=True)
