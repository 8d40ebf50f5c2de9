"""The page of a concept: a topic, method, data set or metric."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.serve.pages.chart import by_year
from kg.serve.pages.claims import relations
from kg.serve.pages.facts import Facts, Link
from kg.serve.pages.listing import listed, years_of
from kg.serve.pages.settings import SETTINGS
from kg.serve.pages.view import Subject, View

_NEIGHBOURS = (
    ("Broader", "skos:broader", False),
    ("Narrower", "skos:broader", True),
    ("Data for", "kg:dataOf", False),
    ("Has data sets", "kg:dataOf", True),
)


def concept(subject: Subject) -> View:
    """The view of a concept."""
    facts, iri = subject.facts, subject.iri
    name = facts.name(iri)
    others = [label for label in facts.texts(iri, "skos:altLabel") if label != name]
    by_role = {
        role: subject.survey.sorted(facts.subjects(f"kg:{role}", iri)) for role in SETTINGS.words["papers"]
    }
    headings = {p: _heading(role) for role in reversed(by_role) for p in by_role[role]}
    notes = {p: _tags(p, by_role) for p in headings}
    papers = [p for role, found in by_role.items() for p in found if headings[p] == _heading(role)]
    listing = listed(subject, papers, headings, notes)
    neighbours = tuple(_neighbours(facts, iri))
    people = Counter(author for paper in papers for author in facts.iris(paper, "dcterms:creator"))
    context = {
        "labels": others,
        "curated": bool(facts.iris(iri, "skos:inScheme")),
        "neighbours": neighbours,
        "roles": tuple(
            (words, len(by_role[role])) for role, words in SETTINGS.words["papers"].items() if by_role[role]
        ),
        "groups": facts.links(facts.subjects("kg:distinguishedBy", iri)),
        "chips": SETTINGS.limits["chips"],
        "people": facts.counted(people.items(), SETTINGS.limits["unfolded"]),
        "writers": len(people),
        "chart": by_year(years_of(subject, papers)),
        "relations": relations(facts, iri),
        "related": tuple(_related(subject, papers)),
        "listing": listing,
    }
    schema = _schema(subject, name, others, neighbours)
    return View("concept.html.j2", name, context, schema, items=listing.iris)


def _heading(role: str) -> str:
    return f"Papers that {SETTINGS.words['papers'][role]}"


def _tags(paper: str, by_role: Mapping[str, Sequence[str]]) -> str:
    """All roles of the concept in a paper but for the first, under which the paper stands."""
    roles = [role for role, found in by_role.items() if paper in found]
    return ", ".join(SETTINGS.words["tags"][role] for role in roles[1:])


def _neighbours(facts: Facts, iri: str) -> Iterator[tuple[str, tuple[Link, ...]]]:
    for heading, name, inverse in _NEIGHBOURS:
        found = facts.subjects(name, iri) if inverse else facts.iris(iri, name)
        if found:
            yield heading, facts.links(found)


def _related(subject: Subject, papers: Sequence[str]) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """By kind, the concepts found in the same papers more often than their own frequency lets expect.

    The order is by Salton's cosine, joint papers over the root of the product of each one's papers
    (https://doi.org/10.1002/asi.20130); a concept must share two papers where any does.
    """
    facts = subject.facts
    counts: Counter[str] = Counter()
    for paper in papers:
        found = {c for role in SETTINGS.words["roles"] for c in facts.iris(paper, f"kg:{role}")}
        counts.update(found - {subject.iri})
    least = 2 if any(number > 1 for number in counts.values()) else 1
    likeness = {
        other: number / math.sqrt(max(facts.number(other, "kg:paperCount") or 0, number))
        for other, number in counts.items()
        if number >= least
    }
    for kind in ("Topic", "Method", "Dataset", "Metric"):
        of_kind = [other for other in likeness if facts.path(other).startswith(f"{kind.lower()}/")]
        best = sorted(of_kind, key=lambda other: (-round(likeness[other], 9), other))
        if best:
            heading = SETTINGS.words["plural"][kind]
            links = tuple(
                facts.link(other, counts[other]) for other in best[: 2 * SETTINGS.limits["related"]]
            )
            yield heading[:1].upper() + heading[1:], links


def _schema(
    subject: Subject, name: str, others: Sequence[str], neighbours: Sequence[tuple[str, tuple[Link, ...]]]
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Dataset" if subject.kind == "Dataset" else "DefinedTerm",
        "name": name,
        "alternateName": list(others),
    }
    if subject.kind == "Dataset":
        papers = len(subject.facts.subjects("kg:uses", subject.iri))
        found["description"] = f"The data set {name}, as {papers} papers of this graph use it."
    for heading, links in neighbours:
        if heading in ("Broader", "Data for"):
            found["about"] = [{"@type": "DefinedTerm", "@id": link.iri, "name": link.text} for link in links]
    return found
