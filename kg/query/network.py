"""The co-authorship network of a build in tables: facts on the whole, and who comes first by each measure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import networkx as nx

from kg.query.store import QueryError
from kg.query.tables import folder_of

MEASURES: Mapping[str, str] = {
    "paper_count": "papers",
    "fractional_count": "papers, each shared equally among its authors",
    "harmonic_count": "papers, each shared by the order of its authors",
    "degree": "co-authors (degree)",
    "strength": "papers written with others (strength)",
    "pagerank": "PageRank",
    "eigenvector": "eigenvector centrality",
    "katz": "Katz centrality",
    "hits": "HITS",
    "betweenness": "betweenness",
    "harmonic": "harmonic closeness",
    "effective_size": "effective size (contacts who do not know one another)",
    "core": "core number",
    "participation": "participation (contacts in many communities)",
}
"""Attributes of people that rank them, larger first, with their names in words."""

_WORDS = {
    "nodes": "people",
    "edges": "pairs of co-authors",
    "components": "connected components",
    "largest_component": "people of the largest component",
    "giant_share": "share of people in the largest component",
    "density": "density",
    "average_clustering": "average clustering",
    "transitivity": "transitivity",
    "degree_assortativity": "degree assortativity",
    "modularity": "modularity of the communities",
    "partition_adjusted_rand": "communities found again when papers are drawn anew, adjusted Rand index",
    "partition_mutual_information": "likewise, adjusted mutual information",
    "partition_resamples": "draws of papers",
    "diameter": "diameter of the largest component",
    "diameter_at_most": "diameter at most",
    "mean_path_length": "mean path length in the largest component",
    "mean_path_length_error": "its standard error",
    "small_world": "small-world coefficient of the largest component",
    "core_size": "people of the core (core and periphery)",
    "core_periphery": "fit of core and periphery",
    "hyperauthored_papers": "papers of too many authors to link people",
    "betweenness_method": "betweenness and harmonic closeness are",
    "betweenness_error": "largest standard error of betweenness",
    "betweenness_bound": "betweenness is off by at most",
    "harmonic_error": "largest standard error of harmonic closeness",
    "katz_alpha": "attenuation of Katz centrality",
}
_NOT_FACTS = frozenset({"node_default", "edge_default"})  # what networkx adds when it reads GraphML


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that holds of the whole network.

    Attributes:
        name: of the graph's attribute.
        words: what it is, in words.
        value: as the graph has it.
    """

    name: str
    words: str
    value: int | float | str


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place by one measure.

    Attributes:
        rank: 1 for the largest value; people of the same value share the better place.
        id: of the author.
        name: of the author.
        value: of the measure.
        low: the best place of the rank's interval, or None where papers were not resampled.
        high: the worst place, or None.
        error: the standard error of the value, or None where it is exact.
    """

    rank: int
    id: str
    name: str
    value: int | float
    low: int | None
    high: int | None
    error: float | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """A network in tables.

    Attributes:
        facts: on the whole.
        top: the first people by each measure of :data:`MEASURES` that the graph has.
    """

    facts: tuple[Fact, ...]
    top: Mapping[str, tuple[Place, ...]]


def read_coauthors(graph: Path) -> nx.Graph:
    """The co-authorship graph of a build.

    Args:
        graph: the folder of a build, or its ``graph.ttl``.

    Raises:
        QueryError: where the file is missing or is no GraphML.
    """
    folder = folder_of(graph)
    file = folder / "coauthors.graphml"
    try:
        with file.open("rb") as content:
            return nx.read_graphml(content)
    except FileNotFoundError:
        raise QueryError(f"{file}: no graph here; run: kg build SOURCE -o {folder}") from None
    except OSError as error:
        raise QueryError(f"{file}: {error.strerror or error}; name the folder of a build") from None
    except (ParseError, nx.NetworkXError, KeyError, ValueError, TypeError):
        raise QueryError(f"{file}: cannot be read as GraphML; run: kg build SOURCE -o {folder}") from None


def portrait(graph: nx.Graph, top: int) -> Portrait:
    """Facts on a co-authorship graph and its first people.

    Args:
        graph: with the attributes of :func:`kg.graph.analysis.analyse`; what it lacks is left out.
        top: how many people by each measure.

    Example:
        >>> graph = nx.Graph(nodes=2)
        >>> graph.add_node("ann", label="Ann", paper_count=1)
        >>> graph.add_node("bob", label="Bob", paper_count=3)
        >>> found = portrait(graph, 1)
        >>> [(fact.words, fact.value) for fact in found.facts]
        [('people', 2)]
        >>> [(place.rank, place.name, place.value) for place in found.top["paper_count"]]
        [(1, 'Bob', 3)]
    """
    tops = {measure: places(graph, measure, top) for measure in MEASURES}
    return Portrait(tuple(_facts(graph)), {measure: found for measure, found in tops.items() if found})


def places(graph: nx.Graph, measure: str, top: int) -> tuple[Place, ...]:
    """The first people by a measure, those of the same value by id; empty where nobody has it."""
    people: list[tuple[str, Mapping[str, Any]]] = [
        (person, of) for person, of in graph.nodes(data=True) if measure in of
    ]
    rising = sorted(of[measure] for _, of in people)
    first = sorted(people, key=lambda item: (-item[1][measure], item[0]))[:top]
    return tuple(
        Place(
            rank=of.get(f"{measure}_rank", len(rising) - bisect_right(rising, of[measure]) + 1),
            id=person,
            name=str(of.get("label", person)),
            value=of[measure],
            low=of.get(f"{measure}_rank_low"),
            high=of.get(f"{measure}_rank_high"),
            error=of.get(f"{measure}_error"),
        )
        for person, of in first
    )


def _facts(graph: nx.Graph) -> Iterator[Fact]:
    """Those with words first, in the order of the words; others by name."""
    known = [name for name in _WORDS if name in graph.graph]
    others = sorted(set(map(str, graph.graph)) - set(_WORDS) - _NOT_FACTS)
    for name in (*known, *others):
        yield Fact(name, _WORDS.get(name, name.replace("_", " ")), graph.graph[name])
