"""What the handlers share, and how they have a page made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.serve.lanes import Lane
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.serve.requests import accept, origin, response
from kg.serve.web import web


@dataclass(frozen=True, slots=True)
class Served:
    """What the handlers share.

    Attributes:
        pool: the workers.
        limits: what a client may take.
        folder: of the build, for the explorer and the downloads.
        version: of the graph and of kg; answers to the same request change with it alone.
        base: the IRI under which the graph's instances live.
        size: the number of triples.
        dataset: the description of the data.
        files: the names of the build's files that are given out.
    """

    pool: Pool
    limits: Limits
    folder: Path
    version: str
    base: str
    size: int
    dataset: tuple[ox.Triple, ...]
    files: tuple[str, ...]


def served(request: Request) -> Served:
    """What the application of a request serves."""
    found: Served = request.app.state.served
    return found


async def paged(request: Request, job: str, asked: object) -> Response:
    """A page by a job; the client that has it already is told so, without the job.

    The same request to the same graph has the same answer, so that the request stands for the answer in the
    ETag (RFC 9110, section 8.8.3, https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3).
    """
    here = served(request)
    told = (
        here.version,
        origin(request),
        request.scope["raw_path"],
        request.scope["query_string"],
        accept(request),
    )
    tag = f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'
    kept = {"etag": tag, "cache-control": web().cache["pages"], "vary": "Accept"}
    if tag in (
        part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")
    ):
        return Response(status_code=304, headers=kept)
    sent = response(await here.pool.run(job, asked, Lane.PAGE, gone=request.is_disconnected))
    if sent.status_code == 200:
        for name, value in kept.items():
            sent.headers.setdefault(name, value)
    return sent
