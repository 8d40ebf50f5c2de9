"""Knowledge made of papers of which only what a test needs is told."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
from hypothesis import strategies as st

from kg.records import Author, Authorship, Knowledge, Location, Paper


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


@st.composite
def weighted_graphs(draw: st.DrawFn) -> nx.Graph:
    """Small graphs with weights, isolated nodes and several components."""
    size = draw(st.integers(1, 12))
    pairs = [(a, b) for a in range(size) for b in range(a)]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    graph = nx.empty_graph(size)
    for a, b in edges:
        graph.add_edge(a, b, weight=draw(st.floats(0.01, 10)))
    return graph
