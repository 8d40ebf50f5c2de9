"""What handlers read of a request, and how a reply is sent."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from kg.serve.reply import Reply, refusal


class BodyError(Exception):
    """A body that is not read to its end.

    Attributes:
        reply: what the client is told.
    """

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.content.decode())
        self.reply = reply


def origin(request: Request) -> str:
    """The server's address as the client wrote it, such as ``http://127.0.0.1:8000``.

    The front door (:mod:`kg.serve.frontdoor`) lets only well-formed Host headers in.
    """
    return f"{request.url.scheme}://{request.headers['host']}"


def accept(request: Request) -> str | None:
    """The Accept header, its lines joined; None where there is none."""
    return ", ".join(request.headers.getlist("accept")) or None


async def body(request: Request, most: int, seconds: float) -> bytes:
    """The body of a request; no more of it is read than is allowed.

    Args:
        request: the request.
        most: how large it may be, in bytes.
        seconds: how long the client may take to send it.

    Raises:
        BodyError: where it is larger (413), too slow (408) or cut off (400).
    """
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise BodyError(_too_large(most))
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise BodyError(_too_large(most))
                parts.append(part)
    except TimeoutError:
        raise BodyError(_last(408, f"the request took longer than {seconds:g} s to arrive")) from None
    except ClientDisconnect:
        raise BodyError(refusal(400, "the request was cut off")) from None
    return b"".join(parts)


def response(reply: Reply) -> Response:
    """A reply as Starlette sends it."""
    sent = Response(reply.content, reply.status)
    sent.headers["content-type"] = reply.media_type
    for name, value in reply.headers:
        sent.headers.append(name, value)
    return sent


def _too_large(most: int) -> Reply:
    return _last(413, f"the request is larger than {most >> 10} KiB; send less at a time")


def _last(status: int, line: str) -> Reply:
    """A refusal after which the connection ends, since the rest of the body is not read."""
    refused = refusal(status, line)
    return Reply(refused.status, refused.media_type, refused.content, (("connection", "close"),))
