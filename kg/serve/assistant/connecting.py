"""The chain of papers between two people, found in the graph itself; the rules are those of :mod:`kg.query.chain`."""

from __future__ import annotations

from itertools import pairwise

from kg.graph.limits import limits
from kg.serve.assistant.answers import PathLink
from kg.serve.assistant.things import Known


def links(known: Known, start: str, end: str) -> tuple[PathLink, ...] | None:
    """The shortest chain from one author to another, by number of papers.

    Of several that are as short, the one that follows those who wrote most together, from its beginning on.

    Args:
        known: the graph.
        start: the IRI of an author.
        end: likewise.

    Returns:
        its links; None where there is no chain.
    """
    left = _distances(known, start, end)
    if start not in left:
        return None
    people = [start]
    while people[-1] != end:
        here = people[-1]
        nearer = [
            other for other in known.facts.iris(here, "kg:coauthor") if left.get(other) == left[here] - 1
        ]
        people.append(min(nearer, key=lambda other: (-len(_joint(known, here, other)), other)))
    return tuple(_link(known, one, other) for one, other in pairwise(people))


def _distances(known: Known, start: str, end: str) -> dict[str, int]:
    """How far people are from the end, up to the distance of the start."""
    found, edge = {end: 0}, [end]
    while edge and start not in found:
        further = {}
        for person in edge:
            for other in known.facts.iris(person, "kg:coauthor"):
                if other not in found:
                    further[other] = found[person] + 1
        found |= further
        edge = list(further)
    return found


def _joint(known: Known, one: str, other: str) -> list[str]:
    """The papers that link two people: not those with too many authors to mean that they know each other."""
    facts, most = known.facts, limits().most_authors
    both = set(facts.subjects("dcterms:creator", one)) & set(facts.subjects("dcterms:creator", other))
    return sorted(paper for paper in both if len(facts.iris(paper, "dcterms:creator")) <= most)


def _link(known: Known, one: str, other: str) -> PathLink:
    papers = _joint(known, one, other)
    latest = min(papers, key=lambda paper: (-(known.facts.number(paper, "dcterms:issued") or 0), paper))
    return PathLink(known.thing(one), known.thing(other), known.thing(latest), len(papers))
