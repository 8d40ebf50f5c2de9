"""What a server answers from: read once, before its workers part, and never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.query.store import base_of, load_graph
from kg.serve.index import LabelIndex


@dataclass(frozen=True, slots=True)
class World:
    """A build as the jobs of a server see it.

    Attributes:
        store: the graph.
        base: the IRI under which the graph's instances live, ``https://w3id.org/paperkg/id/`` by default; the
            server gives a page of each at ``/id/`` and the rest of its IRI.
        void: the build's description, ``void.ttl``; empty where there is none.
        index: what is called what in the graph; built with the world.
    """

    store: ox.Store
    base: str
    void: bytes
    index: LabelIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", LabelIndex.build(self.store, self.base))


def open_world(folder: Path) -> World:
    """Read a build.

    Args:
        folder: its folder, or the Turtle file of a graph alone.

    Raises:
        kg.query.store.QueryError: where there is no graph, or one that cannot be read.
    """
    store = load_graph(folder)
    description = (folder if folder.is_dir() else folder.parent) / "void.ttl"
    return World(store, base_of(store), description.read_bytes() if description.is_file() else b"")
