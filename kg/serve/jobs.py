"""What the workers can do, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kg.serve.editor_page import EditorRequest, editor_page
from kg.serve.pages import page, start, survey
from kg.serve.reconcile import ReconcileRequest, reconcile
from kg.serve.search import SearchRequest, search, suggest
from kg.serve.sparql import sparql
from kg.serve.worker import Job
from kg.serve.world import World

JOBS: Mapping[str, Job] = MappingProxyType(
    {
        "sparql": sparql,
        "page": page,
        "start": start,
        "query": editor_page,
        "search": search,
        "suggest": suggest,
        "reconcile": reconcile,
    }
)
"""Pure functions ``(World, request) -> Reply``; each runs in a worker, without files and network."""


def warm(world: World) -> None:
    """Have everything read that the jobs keep, since workers can open no file; call it before they are forked."""
    survey(world)
    start(world, "")
    editor_page(world, EditorRequest())
    search(world, SearchRequest((("q", "a"),)))
    reconcile(world, ReconcileRequest())
