"""Things related to a thing, along property paths such as ``^dcterms:creator/kg:hasTopic``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.serve.assistant.answers import Related
from kg.serve.assistant.settings import assistant_settings
from kg.serve.assistant.things import Known


def related(known: Known, iri: str) -> tuple[Related, ...]:
    """Everything related to a thing that its kind's relations name, the weightiest of each first."""
    kind = known.facts.path(iri).partition("/")[0]
    found = (_relation(known, iri, name, path) for name, path in assistant_settings().relations(kind))
    return tuple(relation for relation in found if relation.total)


def ends(known: Known, iri: str, path: str) -> Counter[str]:
    """Where a property path leads from a thing, and along how many ways; the thing itself is left out."""
    here = Counter({iri: 1})
    for step in path.split("/"):
        there: Counter[str] = Counter()
        for place, ways in here.items():
            for other in _step(known, place, step):
                there[other] += ways
        here = there
    here.pop(iri, None)
    return here


def _step(known: Known, iri: str, step: str) -> list[str]:
    return known.facts.subjects(step[1:], iri) if step.startswith("^") else known.facts.iris(iri, step)


def _relation(known: Known, iri: str, name: str, path: str) -> Related:
    found = ends(known, iri, path)
    counted = "/" in path and path.startswith("^")
    if path == "kg:authorship/kg:author":
        order = list(_byline(known, iri))
    else:
        weights = found if counted else {other: _weight(known, other) for other in found}
        order = sorted(found, key=lambda other: (-weights[other], other))
    shown = order[: assistant_settings().limits["things"]]
    return Related(
        name,
        tuple(known.thing(other, found[other] if counted else _papers(known, other)) for other in shown),
        len(order),
    )


def _byline(known: Known, paper: str) -> Iterator[str]:
    """The authors of a paper, each once, in the order of print."""
    facts = known.facts
    places = sorted(
        (facts.number(place, "kg:position") or 0, place) for place in facts.iris(paper, "kg:authorship")
    )
    yield from dict.fromkeys(author for _, place in places for author in facts.iris(place, "kg:author"))


def _papers(known: Known, iri: str) -> int | None:
    hit = known.world.index.get(known.facts.path(iri))
    return hit.papers if hit is not None and hit.kind != "paper" else None


def _weight(known: Known, iri: str) -> float:
    """By which related things are ordered: the year of a paper, else the number of papers."""
    if known.facts.path(iri).startswith("paper/"):
        return float(known.facts.number(iri, "dcterms:issued") or 0)
    return float(_papers(known, iri) or 0)
