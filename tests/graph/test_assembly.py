from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest

from kg.graph.analysis import analyse
from kg.graph.assembly import everything
from kg.records import (
    Assertion,
    Claim,
    Concept,
    Field,
    Kind,
    Knowledge,
    Polarity,
    Predicate,
    Role,
    Span,
)
from tests.graph.samples import known, paper

SENTENCE = Span(Field.ABSTRACT, 0, 10)


def _claim(identifier: str, confidence: float) -> Claim:
    return Claim(
        identifier,
        "method/detr",
        Predicate.USED_FOR,
        "topic/detection",
        SENTENCE,
        Polarity.NEUTRAL,
        confidence,
    )


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    papers = [paper("p1", "B", "A"), paper("p2", "A", "C", year=None), paper("p3", venue=None)]
    knowledge = replace(
        known(papers),
        concepts=(
            Concept("detr", Kind.METHOD, "DETR", broader=("transformer",)),
            Concept("transformer", Kind.METHOD, "Transformer"),
            Concept("detection", Kind.TOPIC, "object detection"),
        ),
        assertions=(
            Assertion("p1", "method/detr", Role.INTRODUCES, 0.951),
            Assertion("p2", "method/detr", Role.USES, 0.8),
        ),
        claims=(_claim("p1", 0.7), _claim("p1", 0.91), _claim("p2", 0.6)),
    )
    return everything(*analyse(knowledge))


@pytest.fixture(scope="module")
def seed_everything(seed_analysis: tuple[Knowledge, nx.Graph]) -> nx.MultiDiGraph:
    return everything(*seed_analysis)


def _edge(graph: nx.MultiDiGraph, tail: str, head: str, name: str) -> dict[str, Any]:
    return dict(graph.edges[tail, head, name])


def test_every_node_has_the_kind_of_its_name_and_a_label(seed_everything: nx.MultiDiGraph) -> None:
    for node, attributes in seed_everything.nodes(data=True):
        assert attributes["kind"] == node.split("/")[0]
        assert attributes["label"], node


def test_the_seeds_have_their_papers_people_and_venue(seed_everything: nx.MultiDiGraph) -> None:
    kinds = Counter(kind for _, kind in seed_everything.nodes(data="kind"))
    assert kinds == {"paper": 200, "author": 892, "community": 148, "venue": 1, "edition": 1}


def test_an_edge_names_its_property(seed_everything: nx.MultiDiGraph) -> None:
    names = Counter(key for _, _, key in seed_everything.edges(keys=True))
    assert names == {"creator": 964, "coauthor": 2446, "community": 892, "isPartOf": 201}
    assert all(key == name for _, _, key, name in seed_everything.edges(keys=True, data="property"))


def test_nodes_and_edges_are_inserted_in_sorted_order(seed_everything: nx.MultiDiGraph) -> None:
    assert list(seed_everything) == sorted(seed_everything)
    edges = list(seed_everything.edges(keys=True))
    assert edges == sorted(edges)


def test_people_keep_their_measures(seed_everything: nx.MultiDiGraph, seed_graph: nx.Graph) -> None:
    person = seed_everything.nodes["author/Sergey Levine"]
    assert person == {"kind": "author", **seed_graph.nodes["Sergey Levine"]}


def test_authors_keep_their_places(graph: nx.MultiDiGraph) -> None:
    assert _edge(graph, "paper/p1", "author/A", "creator") == {"property": "creator", "position": 2}


def test_of_an_author_printed_twice_the_first_place_stays() -> None:
    twice = everything(*analyse(known([paper("p1", "A", "B", "A")])))
    assert _edge(twice, "paper/p1", "author/A", "creator")["position"] == 1


def test_a_pair_of_co_authors_is_one_edge(graph: nx.MultiDiGraph) -> None:
    edge = _edge(graph, "author/A", "author/B", "coauthor")
    assert edge == {"property": "coauthor", "weight": 1.0, "paper_count": 1}
    assert not graph.has_edge("author/B", "author/A")


def test_a_role_is_an_edge_with_its_confidence(graph: nx.MultiDiGraph) -> None:
    edge = _edge(graph, "paper/p1", "method/detr", "introduces")
    assert edge == {"property": "introduces", "confidence": 0.95}


def test_claims_of_several_papers_are_one_edge_as_sure_as_the_surest(graph: nx.MultiDiGraph) -> None:
    edge = _edge(graph, "method/detr", "topic/detection", "usedFor")
    assert edge == {"property": "usedFor", "paper_count": 2, "confidence": 0.91}


def test_a_concept_leads_to_what_is_broader(graph: nx.MultiDiGraph) -> None:
    assert graph.has_edge("method/detr", "method/transformer", "broader")
    assert graph.nodes["method/detr"]["paper_count"] == 2


def test_a_paper_is_part_of_its_edition_and_that_of_its_venue(graph: nx.MultiDiGraph) -> None:
    assert graph.has_edge("paper/p1", "edition/iclr-2021", "isPartOf")
    assert graph.has_edge("edition/iclr-2021", "venue/iclr", "isPartOf")
    assert graph.nodes["edition/iclr-2021"] == {"kind": "edition", "label": "iclr 2021", "year": 2021}


def test_a_paper_without_year_is_part_of_its_venue_alone(graph: nx.MultiDiGraph) -> None:
    assert graph.has_edge("paper/p2", "venue/iclr", "isPartOf")
    assert "year" not in graph.nodes["paper/p2"]


def test_a_paper_without_venue_and_authors_stands_alone(graph: nx.MultiDiGraph) -> None:
    assert graph.degree["paper/p3"] == 0


def test_every_attribute_can_be_written_to_any_format(graph: nx.MultiDiGraph) -> None:
    values = [a for _, a in graph.nodes(data=True)] + [a for _, _, a in graph.edges(data=True)]
    assert {type(value) for attributes in values for value in attributes.values()} == {str, int, float}
