"""The handlers of the SPARQL endpoint and of the descriptions of service and data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serve import description
from kg.serve.graphs import FORMATS
from kg.serve.lanes import Lane
from kg.serve.negotiation import choose
from kg.serve.protocol import Call, read
from kg.serve.reply import Reply, refusal
from kg.serve.requests import BodyError, accept, body, origin, response
from kg.serve.served import Served, served
from kg.serve.web import web

_ENCODED = 3  # bytes that percent-encoding may make of one
_SPARE = 16 * 1024  # bytes for the other parameters of the protocol


async def endpoint(request: Request) -> Response:
    """SPARQL 1.1 Protocol; without a query, the description of the service, or for a browser the editor."""
    here = served(request)
    parameters: bytes = request.scope["query_string"]
    if request.method != "POST" and not parameters:
        return _introduced(request, here)
    most = here.limits.query_kib * 1024
    try:
        content = await _body(request, most * _ENCODED + _SPARE)
    except BodyError as error:
        return response(error.reply)
    call = Call(request.method, parameters, request.headers.get("content-type", ""), content, accept(request))
    asked = read(call, here.limits.result_bytes)
    if isinstance(asked, Reply):
        return response(asked)
    if len(asked.query.encode()) > most:
        return response(refusal(413, f"the query is larger than {most >> 10} KiB; ask in parts"))
    return response(await here.pool.run("sparql", asked, Lane.QUERY, gone=request.is_disconnected))


def _introduced(request: Request, here: Served) -> Response:
    if choose(accept(request), (*FORMATS, "text/html")) == "text/html":
        return RedirectResponse("/query", 303, {"vary": "Accept"})
    triples = description.service(origin(request), here.base, here.size)
    return response(description.described(triples, accept(request), here.base))


async def void(request: Request) -> Response:
    """The description of the data, where https://www.w3.org/TR/void/#well-known puts it."""
    here = served(request)
    triples = description.located(here.dataset, here.base, origin(request), here.files)
    return response(description.described(triples, accept(request), here.base))


async def _body(request: Request, most: int) -> bytes:
    return await body(request, most, web().connections.body_seconds) if request.method == "POST" else b""
