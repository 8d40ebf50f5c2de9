"""The server over HTTP, as a part of ``kg serve``: each request for itself, without sessions.

https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#streamable-http
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from kg.serve.assistant.documents import documents, instructions
from kg.serve.assistant.server import assistant_server
from kg.serve.assistant.settings import assistant_settings
from kg.serve.pool import Pool
from kg.serve.world import World


class AssistantEndpoint:
    """An ASGI application for ``/mcp``; ``async with endpoint.running():`` must surround its requests.

    Args:
        world: the graph, for the briefing and the resources.
        pool: workers that have the job ``assistant``.
        names: the hosts whose pages a browser may call it from; empty for any.
    """

    def __init__(self, world: World, pool: Pool, names: Collection[str] = ()) -> None:
        server = assistant_server(pool, instructions(world), documents(world))
        most = 2 * assistant_settings().limits["query"]
        self._manager = StreamableHTTPSessionManager(
            server, json_response=True, stateless=True, max_request_body_size=most
        )
        self._names = frozenset(name.lower() for name in names)
        self.running = self._manager.run

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; the protocol demands that strange origins are refused.

        There are no sessions, so that a stream opened by GET would never say anything: it is refused, as the
        protocol allows.
        """
        if scope["method"] != "POST":
            refused = PlainTextResponse("send messages by POST\n", 405, {"allow": "POST"})
            await refused(scope, receive, send)
            return
        origin = Headers(scope=scope).get("origin")
        if origin is not None and self._names and not self._fits(origin):
            await PlainTextResponse("pages of this origin may not ask here\n", 403)(scope, receive, send)
            return
        await self._manager.asgi_app(scope, receive, send)

    def _fits(self, origin: str) -> bool:
        try:
            host = urlsplit(origin).netloc.rpartition("@")[2]
        except ValueError:
            return False
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        return name.lower() in self._names
