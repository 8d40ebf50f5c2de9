"""The seed papers with one author a printed name, read without the rest of the program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import networkx as nx
import pytest

from kg.graph import analyse
from kg.records import Author, Authorship, Knowledge, Location, Paper

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "iclr-2021.md"
_HEADING = re.compile(r"^## \[(\d+)\] (.*)$", re.MULTILINE)
_AUTHORS = re.compile(r"^\*\*Authors\*\*: \*(.*)\*$", re.MULTILINE)


def known(papers: Sequence[Paper]) -> Knowledge:
    """The knowledge of papers on nothing, a printed name being a person's id."""
    ordered = tuple(sorted(papers, key=lambda p: p.id))
    names = sorted({name for paper in ordered for name in paper.authors})
    return Knowledge(
        papers=ordered,
        concepts=(),
        mentions=(),
        assertions=(),
        claims=(),
        authors=tuple(Author(name, name, (name,)) for name in names),
        authorships=tuple(
            Authorship(paper.id, position, name, name)
            for paper in ordered
            for position, name in enumerate(paper.authors, start=1)
        ),
    )


def paper(identifier: str, *authors: str, year: int | None = 2021, venue: str | None = "iclr") -> Paper:
    """A paper of which nothing but the authors matters."""
    here = Location("papers.md", 1)
    return Paper(identifier, f"On {identifier}", authors, "", year, venue, None, None, here)


@pytest.fixture(scope="session")
def seed_papers() -> tuple[Paper, ...]:
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
def seed_knowledge(seed_papers: tuple[Paper, ...]) -> Knowledge:
    return known(seed_papers)


@pytest.fixture(scope="session")
def seed_analysis(seed_knowledge: Knowledge) -> tuple[Knowledge, nx.Graph]:
    return analyse(seed_knowledge)


@pytest.fixture(scope="session")
def seed_graph(seed_analysis: tuple[Knowledge, nx.Graph]) -> nx.Graph:
    return seed_analysis[1]
