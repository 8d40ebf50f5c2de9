"""What every request passes before it is answered: the name it calls the server by, and its client's share.

The Host header is checked against DNS rebinding: a page of a stranger whose name is made to point at this
machine could otherwise read a server that listens on loopback alone (RFC 9110, section 7.4,
https://www.rfc-editor.org/rfc/rfc9110#section-7.4).
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.clients import Clients, TooManyError

_HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?\Z")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


def host_name(host: str) -> str | None:
    """The name in a Host header, in small letters and without the port; None where it is no name.

    Example:
        >>> host_name("[::1]:8000"), host_name("LOCALHOST"), host_name("a b")
        ('[::1]', 'localhost', None)
    """
    found = _HOST.match(host)
    return found["name"].lower() if found else None


class FrontDoor:
    """ASGI middleware: refuses strange hosts and greedy clients, and puts the fixed header fields on answers.

    Args:
        app: what answers.
        headers: header fields for answers that do not set them themselves.
        names: the names that Host may call the server by; empty for any.
        clients: the accounts of the clients.
    """

    def __init__(
        self, app: ASGIApp, headers: Mapping[str, str], names: Collection[str], clients: Clients
    ) -> None:
        self.app = app
        self.headers = headers
        self.names = frozenset(name.lower() for name in names)
        self.clients = clients

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                fields = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    fields.setdefault(name, value)
            await send(message)

        hosts = Headers(scope=scope).getlist("host")
        name = host_name(hosts[0]) if len(hosts) == 1 else None
        if name is None or (self.names and name not in self.names):
            line = "this server does not go by that name; use its address, or start it with --allow-host\n"
            await PlainTextResponse(line, 421 if name else 400)(scope, receive, dressed)
            return
        client = scope["client"][0] if scope.get("client") else ""
        try:
            with self.clients.admitted(client, time.monotonic()):
                await self.app(scope, receive, dressed)
        except TooManyError as error:
            refused = PlainTextResponse(f"{error}\n", 429, {"retry-after": str(error.wait)})
            await refused(scope, receive, dressed)
