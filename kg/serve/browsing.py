"""The handlers of what people look at: pages, the editor, the explorer and the files of the build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kg.serve.editor_page import EditorRequest
from kg.serve.pages import PageRequest
from kg.serve.reply import refusal
from kg.serve.requests import accept, origin, response
from kg.serve.search import SearchRequest
from kg.serve.served import paged, served
from kg.serve.services import parameters
from kg.serve.web import web

_NO_FILE = refusal(404, "the build has no such file")
_MOST_PAGE = 100_000


async def home(request: Request) -> Response:
    """The first page."""
    return await paged(request, "start", origin(request))


async def thing(request: Request) -> Response:
    """The page of a thing, or its description in RDF."""
    number = request.query_params.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    asked = PageRequest(
        request.path_params["rest"], accept(request), origin(request), min(max(page, 1), _MOST_PAGE)
    )
    return await paged(request, "page", asked)


async def editor(request: Request) -> Response:
    """The page with the query editor."""
    given = request.query_params
    return await paged(request, "query", EditorRequest(given.get("question", ""), given.get("query", "")))


async def search(request: Request) -> Response:
    """The page of what a search finds."""
    return await paged(request, "search", SearchRequest(parameters(request), accept(request)))


async def explorer(request: Request) -> Response:
    """The page that the build wrote."""
    return _file(served(request).folder / "graph.html", "text/html; charset=utf-8", web().explorer)


async def download(request: Request) -> Response:
    """A file of the build."""
    name = request.path_params["name"]
    kind = web().downloads.get(name)
    return _file(served(request).folder / name, kind, {}) if kind else response(_NO_FILE)


def _file(path: Path, media_type: str, headers: Mapping[str, str]) -> Response:
    return (
        FileResponse(path, media_type=media_type, headers=headers) if path.is_file() else response(_NO_FILE)
    )


class Static(StaticFiles):
    """Style sheets and scripts, kept by browsers for a while."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, or 404."""
        sent = await super().get_response(path, scope)
        sent.headers.setdefault("cache-control", web().cache["static"])
        return sent
