"""What users hold: the networkx graphs and the RDF graph of one build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import networkx as nx
import pyoxigraph as ox

from kg.query.store import Answer, answer, load_store


class NotABuildError(Exception):
    """A folder does not hold the files of a build."""


@dataclass(frozen=True)
class KnowledgeGraph:
    """A knowledge graph of papers.

    Attributes:
        coauthors: who wrote with whom; nodes are author ids with their measures, edges carry Newman's
            ``weight``, ``paper_count`` and ``years``.
        everything: papers, people, concepts, venues and communities; nodes are ``kind/id``, edge keys are the
            properties of the ontology.
        turtle: gives the RDF graph as Turtle, in UTF-8.
    """

    coauthors: nx.Graph
    everything: nx.MultiDiGraph
    turtle: Callable[[], bytes] = field(repr=False)

    @cached_property
    def store(self) -> ox.Store:
        """The RDF graph in memory; loaded when first asked for."""
        return load_store(self.turtle())

    def query(self, sparql: str, parameters: Mapping[str, str] | None = None) -> Answer:
        """Ask the RDF graph.

        Args:
            sparql: a SPARQL 1.1 query; the prefixes of graph.ttl are known.
            parameters: strings by the name of the variable that each is bound to; never pasted into the text.

        Returns:
            Rows for SELECT, a truth value for ASK, triples for CONSTRUCT and DESCRIBE.

        Raises:
            kg.query.store.QueryError: where the query is wrong or reaches outside the graph.
        """
        return answer(self.store, sparql, parameters or {})


def load(folder: str | Path) -> KnowledgeGraph:
    """The knowledge graph that ``kg build`` wrote into a folder.

    Raises:
        NotABuildError: where a file is missing or cannot be read.
    """
    path = Path(folder)
    names = ("coauthors.graphml", "graph.graphml", "graph.ttl")
    missing = [name for name in names if not (path / name).is_file()]
    if missing:
        raise NotABuildError(f"{path}: no {missing[0]} here; run: kg build SOURCE -o {path}")
    try:
        coauthors = nx.read_graphml(path / "coauthors.graphml")
        everything = nx.read_graphml(path / "graph.graphml", force_multigraph=True)
    except Exception as error:  # networkx lets through whatever its XML parser raises
        raise NotABuildError(f"{path}: its GraphML cannot be read ({error}); build it anew") from None
    return KnowledgeGraph(coauthors, everything, (path / "graph.ttl").read_bytes)
