"""The seed graph as other libraries read it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.query.store import load_graph


@pytest.fixture(scope="session")
def seed_store(seed_folder: Path) -> ox.Store:
    """The seed graph in the engine that answers queries; not to be written to."""
    return load_graph(seed_folder)
