"""The handlers for programs: search as JSON, suggestions, reconciliation, and their description."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.lanes import Lane
from kg.serve.openapi import openapi_reply
from kg.serve.protocol import FORM, BadRequestError, fields_of, media_type_of
from kg.serve.reconcile import BATCHES, ReconcileRequest
from kg.serve.reply import refusal
from kg.serve.requests import BodyError, body, origin, response
from kg.serve.search import JSON, Parameters, SearchRequest, SuggestRequest
from kg.serve.served import paged, served
from kg.serve.web import web


def parameters(request: Request) -> Parameters:
    """The parameters of the address."""
    return tuple(request.query_params.multi_items())


async def search(request: Request) -> Response:
    """What a search finds, as JSON."""
    return await paged(request, "search", SearchRequest(parameters(request), JSON))


async def suggest(request: Request) -> Response:
    """Suggestions for what is typed so far."""
    return await paged(request, "suggest", SuggestRequest(parameters(request)))


async def openapi(request: Request) -> Response:
    """The description of all this."""
    return response(openapi_reply())


async def reconcile(request: Request) -> Response:
    """The reconciliation service; a batch of queries is a stranger's work of any length, the rest is quick."""
    here = served(request)
    try:
        given = [*parameters(request), *await _form(request)]
    except BodyError as error:
        return response(error.reply)
    except BadRequestError as error:
        return response(refusal(error.status, str(error)))
    lane = Lane.QUERY if any(name in BATCHES for name, _ in given) else Lane.PAGE
    asked = ReconcileRequest(request.path_params.get("rest", "").strip("/"), tuple(given), origin(request))
    return response(await here.pool.run("reconcile", asked, lane, gone=request.is_disconnected))


async def _form(request: Request) -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    if media_type_of(request.headers.get("content-type", "")) != FORM:
        raise BadRequestError(415, f"send the queries as {FORM}, in UTF-8")
    content = await body(request, web().batch_bytes, web().connections.body_seconds)
    return fields_of(content, "form")
