"""Graphs to export, and what was read back from an export."""

from __future__ import annotations

import pyoxigraph as ox

from kg.export.formats import FORMATS
from kg.export.source import Source
from kg.query.store import base_of, load_store
from tests.query.small import GRAPH


def source_of(turtle: str = GRAPH) -> Source:
    """The source of a Turtle document."""
    store = load_store(turtle.encode())
    return Source(store, base_of(store))


def exported(source: Source, name: str) -> dict[str, str]:
    """Every file of an export by its name."""
    return {file: "".join(parts) for file, parts in FORMATS[name].files(source)}


def text(source: Source, name: str) -> str:
    """The text of an export with one file."""
    return "".join(FORMATS[name].text(source))


def parsed(content: str, form: ox.RdfFormat) -> ox.Store:
    """A document in the engine."""
    store = ox.Store()
    store.bulk_load(content.encode(), form)
    return store


def triples(store: ox.Store) -> set[str]:
    """The triples of every graph of a store, in N-Triples."""
    return {str(quad.triple) for quad in store}
