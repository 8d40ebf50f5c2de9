"""The server as a Starlette application: paths to handlers, handlers to jobs.

Handlers read the request and write the answer; the work is done by jobs in the workers
(:mod:`kg.serve.jobs`), strangers' queries in one lane, pages and search in another, so that neither waits for
the other.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, nullcontext
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Mount, Route

from kg.serve import browsing, description, endpoint, services
from kg.serve.assistant.jobs import ASSISTANT_JOBS
from kg.serve.assistant.mounting import assistant_endpoint
from kg.serve.clients import Clients
from kg.serve.frontdoor import FrontDoor
from kg.serve.jobs import JOBS, warm
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.serve.served import Served
from kg.serve.web import web
from kg.serve.world import World


def application(
    world: World, folder: Path, version: str, limits: Limits, names: Collection[str] = ()
) -> Starlette:
    """The server of a build.

    Args:
        world: what the jobs answer from.
        folder: of the build.
        version: a text that changes when the graph or the code changes, for ETags.
        limits: what a client may take.
        names: the names that Host may call the server by; empty for any.
    """
    warm(world)
    size = len(world.store)
    served = Served(
        Pool(world, {**JOBS, **ASSISTANT_JOBS}, limits),
        limits,
        folder,
        version,
        world.base,
        size,
        description.dataset(world.void, world.base, size),
        tuple(name for name in sorted(web().downloads) if (folder / name).is_file()),
    )

    assistant = assistant_endpoint(world, served.pool, names)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with served.pool, assistant.running() if assistant else nullcontext():
            yield

    clients = Clients(limits.client_per_minute, limits.client_at_once, web().remembered)
    app = Starlette(
        routes=[*_routes(), *([Route("/mcp", assistant)] if assistant else [])],
        lifespan=lifespan,
        middleware=[
            Middleware(FrontDoor, headers=web().headers, names=names, clients=clients),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["*"],
                expose_headers=["ETag", "Link", "Retry-After"],
            ),
        ],
    )
    app.state.served = served
    return app


def _routes() -> list[BaseRoute]:
    return [
        Route("/", browsing.home),
        Route("/sparql", endpoint.endpoint, methods=["GET", "POST"]),
        Route("/.well-known/void", endpoint.void),
        Route("/id/{rest:path}", browsing.thing),
        Route("/query", browsing.editor),
        Route("/search", browsing.search),
        Route("/api/search", services.search),
        Route("/api/suggest", services.suggest),
        Route("/api/openapi.json", services.openapi),
        Route("/reconcile", services.reconcile, methods=["GET", "POST"]),
        Route("/reconcile/{rest:path}", services.reconcile, methods=["GET", "POST"]),
        Route("/explorer", browsing.explorer),
        Route("/data/{name}", browsing.download),
        Mount("/static", browsing.Static(directory=str(files("kg.serve").joinpath("static")))),
    ]
