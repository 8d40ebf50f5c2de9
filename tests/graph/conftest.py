"""The seed papers with one author a printed name, read without the rest of the program."""

from __future__ import annotations

import re
from pathlib import Path

import networkx as nx
import pytest

from kg.graph.analysis import analyse
from kg.records import Knowledge, Location, Paper
from tests.graph.samples import known

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "iclr-2021.md"
_HEADING = re.compile(r"^## \[(\d+)\] (.*)$", re.MULTILINE)
_AUTHORS = re.compile(r"^\*\*Authors\*\*: \*(.*)\*$", re.MULTILINE)


def read_seeds() -> tuple[Paper, ...]:
    """The seed papers without their abstracts."""
    text = SEEDS.read_text(encoding="utf-8")
    sections = zip(_HEADING.finditer(text), _AUTHORS.finditer(text), strict=True)
    return tuple(
        Paper(
            f"iclr-2021-{int(heading[1]):04}",
            heading[2],
            tuple(authors[1].split(", ")),
            "",
            2021,
            "iclr",
            None,
            None,
            Location("iclr-2021.md", 1),
        )
        for heading, authors in sections
    )


@pytest.fixture(scope="session")
def seed_knowledge() -> Knowledge:
    return known(read_seeds())


@pytest.fixture(scope="session")
def seed_analysis(seed_knowledge: Knowledge) -> tuple[Knowledge, nx.Graph]:
    return analyse(seed_knowledge)


@pytest.fixture(scope="session")
def seed_graph(seed_analysis: tuple[Knowledge, nx.Graph]) -> nx.Graph:
    return seed_analysis[1]
