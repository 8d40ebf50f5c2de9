"""Papers, people, concepts, venues and communities in one networkx graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import networkx as nx

from kg.records import Claim, Concept, Knowledge, Paper
from kg.slugs import slug

_Node = tuple[str, dict[str, Any]]
_Edge = tuple[str, str, str, dict[str, Any]]


def everything(knowledge: Knowledge, coauthors: nx.Graph) -> nx.MultiDiGraph:
    """The graph of all things and how they hang together, for network tools.

    Nodes are ``kind/id`` (``paper/iclr-2021-0036``, ``author/bin-li``, ``method/adam``), with ``kind`` and
    ``label`` and what else is known of each; a fact that is unknown is absent. An edge's key and attribute
    ``property`` is the local name of the property in the ontology; a claim's edge has the number of papers
    that state it and the confidence of the surest. ``coauthor`` holds both ways and stands once, from the
    smaller id. Nodes and edges are inserted in sorted order.

    Args:
        knowledge: all records.
        coauthors: the co-authorship graph with its measures as node attributes.
    """
    graph = nx.MultiDiGraph()
    for node, attributes in sorted(_nodes(knowledge, coauthors), key=lambda n: n[0]):
        graph.add_node(node, **{name: value for name, value in attributes.items() if value is not None})
    edges = {(tail, head, name): attributes for tail, head, name, attributes in _edges(knowledge, coauthors)}
    for (tail, head, name), attributes in sorted(edges.items(), key=lambda edge: edge[0]):
        graph.add_edge(tail, head, key=name, property=name, **attributes)
    return graph


def _nodes(knowledge: Knowledge, coauthors: nx.Graph) -> Iterator[_Node]:
    for paper in knowledge.papers:
        yield f"paper/{paper.id}", _paper(paper)
    for author, attributes in coauthors.nodes(data=True):
        yield f"author/{author}", {"kind": "author", **attributes}
    papers = _papers_by_concept(knowledge)
    for concept in knowledge.concepts:
        yield concept.key, _concept(concept, len(papers[concept.key]))
    yield from _venues(knowledge.papers)
    for community in knowledge.communities:
        counts = {"member_count": len(community.members), "paper_count": len(community.papers)}
        yield f"community/{community.id}", {"kind": "community", "label": community.label, **counts}


def _paper(paper: Paper) -> dict[str, Any]:
    known = {"year": paper.year, "venue": paper.venue, "url": paper.url, "doi": paper.doi}
    return {"kind": "paper", "label": paper.title, **known}


def _concept(concept: Concept, paper_count: int) -> dict[str, Any]:
    return {"kind": concept.kind.value, "label": concept.pref_label, "paper_count": paper_count}


def _papers_by_concept(knowledge: Knowledge) -> dict[str, set[str]]:
    papers: dict[str, set[str]] = defaultdict(set)
    for assertion in knowledge.assertions:
        papers[assertion.concept].add(assertion.paper)
    return papers


def _venues(papers: tuple[Paper, ...]) -> Iterator[_Node]:
    """Venues, named as the first of their spellings, and their editions."""
    names: dict[str, str] = {}
    editions: dict[str, tuple[str, int]] = {}
    for paper in papers:
        if paper.venue:
            venue = slug(paper.venue)
            names[venue] = min(paper.venue, names.get(venue, paper.venue))
            if paper.year is not None:
                editions[f"{venue}-{paper.year}"] = (venue, paper.year)
    for venue, name in names.items():
        yield f"venue/{venue}", {"kind": "venue", "label": name}
    for edition, (venue, year) in editions.items():
        yield f"edition/{edition}", {"kind": "edition", "label": f"{names[venue]} {year}", "year": year}


def _edges(knowledge: Knowledge, coauthors: nx.Graph) -> Iterator[_Edge]:
    for paper in knowledge.papers:
        yield from _containers(paper)
    for authorship in reversed(knowledge.authorships):  # of someone printed twice, the first place stays
        position = {"position": authorship.position}
        yield f"paper/{authorship.paper}", f"author/{authorship.author}", "creator", position
    for one, other, edge in coauthors.edges(data=True):
        tail, head = sorted((one, other))
        joint = {"weight": edge["weight"], "paper_count": edge["paper_count"]}
        yield f"author/{tail}", f"author/{head}", "coauthor", joint
    for community in knowledge.communities:
        for member in community.members:
            yield f"author/{member}", f"community/{community.id}", "community", {}
    yield from _about(knowledge)
    yield from _between_concepts(knowledge.claims)


def _containers(paper: Paper) -> Iterator[_Edge]:
    """From a paper to its edition and on to the venue, or to the venue where no year is known."""
    if not paper.venue:
        return
    venue = slug(paper.venue)
    if paper.year is None:
        yield f"paper/{paper.id}", f"venue/{venue}", "isPartOf", {}
    else:
        edition = f"edition/{venue}-{paper.year}"
        yield f"paper/{paper.id}", edition, "isPartOf", {}
        yield edition, f"venue/{venue}", "isPartOf", {}


def _about(knowledge: Knowledge) -> Iterator[_Edge]:
    for assertion in knowledge.assertions:
        sureness = {"confidence": round(assertion.confidence, 2)}
        yield f"paper/{assertion.paper}", assertion.concept, assertion.role.value, sureness
    for concept in knowledge.concepts:
        for broader in concept.broader:
            yield concept.key, f"{concept.kind}/{broader}", "broader", {}


def _between_concepts(claims: tuple[Claim, ...]) -> Iterator[_Edge]:
    stated: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        stated[claim.subject, claim.object, claim.predicate.value].append(claim)
    for (subject, other, predicate), statements in stated.items():
        confidence = round(max(claim.confidence for claim in statements), 2)
        papers = len({claim.paper for claim in statements})
        yield subject, other, predicate, {"paper_count": papers, "confidence": confidence}
