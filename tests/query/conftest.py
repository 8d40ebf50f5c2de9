"""The seed graph, and small graphs of a test's own."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.query.store import load_graph


@pytest.fixture(scope="session")
def seed_store(seed_folder: Path) -> ox.Store:
    """The seed graph in the engine that answers queries; not to be written to."""
    return load_graph(seed_folder)


@pytest.fixture(scope="session")
def seed_rdflib(seed_folder: Path) -> rdflib.Graph:
    """The seed graph in rdflib; not to be written to."""
    return rdflib.Graph().parse(seed_folder / "graph.ttl")
