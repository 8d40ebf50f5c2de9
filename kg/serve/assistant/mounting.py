"""``/mcp`` in ``kg serve``: ready where the extra package ``mcp`` is installed; imported when it is first asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send

from kg.serve.assistant.jobs import warm_assistant
from kg.serve.pool import Pool
from kg.serve.world import World

if TYPE_CHECKING:
    from kg.serve.assistant.endpoint import AssistantEndpoint


class Mounted:
    """An ASGI application that starts the server for assistants at the first request; few servers see one.

    Args:
        world: the graph, for the briefing and the resources.
        pool: workers that have the job ``assistant``.
        names: the hosts whose pages a browser may call it from; empty for any.
    """

    def __init__(self, world: World, pool: Pool, names: Collection[str]) -> None:
        self._given = world, pool, names
        self._starting: asyncio.Future[AssistantEndpoint] | None = None
        self._runner: asyncio.Task[None] | None = None
        self._over = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Requests are answered inside."""
        try:
            yield
        finally:
            self._over.set()
            if self._runner:
                await self._runner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self._starting is None:
            self._starting = asyncio.get_running_loop().create_future()
            self._runner = asyncio.create_task(self._run(self._starting))
        endpoint = await asyncio.shield(self._starting)
        await endpoint(scope, receive, send)

    async def _run(self, starting: asyncio.Future[AssistantEndpoint]) -> None:
        """Hold the endpoint's own tasks, which one task must open and close."""
        try:
            from kg.serve.assistant.endpoint import AssistantEndpoint

            endpoint = AssistantEndpoint(*self._given)
            async with endpoint.running():
                starting.set_result(endpoint)
                await self._over.wait()
        except Exception as error:
            if starting.done():
                raise
            starting.set_exception(error)


def assistant_endpoint(world: World, pool: Pool, names: Collection[str]) -> Mounted | None:
    """What answers at ``/mcp``; None where the package is not installed. Call it before workers are forked.

    Args:
        world: the graph, for the briefing and the resources.
        pool: of the server, with the job ``assistant`` among its jobs.
        names: the names that the server goes by; empty for any.
    """
    if find_spec("mcp") is None:
        return None
    warm_assistant()
    return Mounted(world, pool, names)
