"""The page of a paper: its abstract with what it names, each statement with its sentence, and its kin."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kg.serve.pages.claims import statements
from kg.serve.pages.facts import Facts, Link, web_only
from kg.serve.pages.listing import PaperLine, authors, paper_line
from kg.serve.pages.settings import SETTINGS
from kg.serve.pages.view import Subject, View

_DOI = "doi:"


@dataclass(frozen=True, slots=True)
class Naming:
    """A place that names a concept.

    Attributes:
        link: to the mention's own page.
        concept: what is named.
        field: ``title`` or ``abstract``.
        start: code points before it.
        end: code points before its end.
        role: the local name of the role.
        sentence: around it.
        confidence: how sure the reading is, 0 to 1.
    """

    link: Link
    concept: Link
    field: str
    start: int
    end: int
    role: str
    sentence: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the abstract: its words, and the concept that they name, if any."""

    text: str
    concept: Link | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Kin:
    """A related paper, and the concepts it shares, the rarest first."""

    paper: PaperLine
    shared: tuple[Link, ...]


def paper(subject: Subject) -> View:
    """The view of a paper."""
    facts, iri = subject.facts, subject.iri
    title, abstract = facts.name(iri), facts.text(iri, "dcterms:abstract")
    writers = authors(subject, iri)
    places = facts.links(facts.iris(iri, "dcterms:isPartOf"))
    namings = tuple(_namings(facts, iri))
    roles = {role: facts.iris(iri, f"kg:{role}") for role in SETTINGS.words["roles"]}
    addresses = [address for address in facts.iris(iri, "foaf:page") if web_only(address)]
    context = {
        "authors": writers,
        "places": places,
        "year": subject.survey.years.get(iri),
        "addresses": addresses,
        "identifiers": (
            *map(_identifier, facts.texts(iri, "dcterms:identifier")),
            *((address, address) for address in facts.iris(iri, "owl:sameAs") if web_only(address)),
        ),
        "published": [facts.link(other) for other in facts.iris(iri, "dcterms:isVersionOf")],
        "preprints": [facts.link(other) for other in facts.subjects("dcterms:isVersionOf", iri)],
        "pieces": tuple(pieces(abstract, [n for n in namings if n.field == "abstract"])),
        "roles": tuple(_roles(facts, roles, namings)),
        "statements": statements(facts, facts.iris(iri, "kg:claim")),
        "kin": tuple(_kin(subject, {concept for found in roles.values() for concept in found})),
    }
    return View(
        "paper.html.j2",
        title,
        context,
        _schema(subject, title, abstract, writers, places, roles),
        authors=tuple(writer.iri for writer in writers),
        collections=tuple(place.iri for place in places),
    )


def pieces(text: str, namings: Sequence[Naming]) -> Iterator[Piece]:
    """A text cut at the places that name something; of those that overlap the first, and its longest, counts.

    Example:
        >>> adam = Link("Adam", "/id/method/adam", "https://example.org/method/adam")
        >>> naming = Naming(adam, adam, "abstract", 0, 4, "uses", "Adam wins.", 0.9)
        >>> [piece.text for piece in pieces("Adam wins.", [naming])]
        ['Adam', ' wins.']
    """
    done = 0
    for naming in sorted(namings, key=lambda n: (n.start, -n.end, -n.confidence, n.link.iri)):
        if not done <= naming.start < naming.end <= len(text):
            continue
        if done < naming.start:
            yield Piece(text[done : naming.start])
        yield Piece(text[naming.start : naming.end], naming.concept, naming.role)
        done = naming.end
    if done < len(text):
        yield Piece(text[done:])


def _namings(facts: Facts, iri: str) -> Iterator[Naming]:
    for mention in facts.iris(iri, "kg:mention"):
        start, end = facts.number(mention, "kg:start"), facts.number(mention, "kg:end")
        concept = next(iter(facts.iris(mention, "kg:concept")), None)
        if concept and isinstance(start, int) and isinstance(end, int):
            role = next(iter(facts.iris(mention, "kg:role")), "")
            yield Naming(
                facts.link(mention),
                facts.link(concept),
                facts.text(mention, "kg:field"),
                start,
                end,
                role.rpartition("#")[2],
                facts.text(mention, "kg:sentence"),
                float(facts.number(mention, "kg:confidence") or 0.0),
            )


def _roles(
    facts: Facts, roles: Mapping[str, Sequence[str]], namings: Sequence[Naming]
) -> Iterator[tuple[str, tuple[tuple[Link, Naming | None], ...]]]:
    """By role: each concept, with the surest place that names it in that role, or at all."""
    for role, concepts in roles.items():
        rows = []
        for concept in facts.links(concepts):
            places = [naming for naming in namings if naming.concept.iri == concept.iri]
            best = min(places, key=lambda n: (n.role != role, -n.confidence, n.link.iri), default=None)
            rows.append((concept, best))
        if rows:
            rows.sort(key=lambda row: -row[1].confidence if row[1] else 0.0)
            yield SETTINGS.words["roles"][role], tuple(rows)


def _identifier(text: str) -> tuple[str, str]:
    """An identifier and where it leads: DOIs to their resolver, https://www.doi.org/doi-handbook/HTML/."""
    if text.startswith(_DOI):
        return text, "https://doi.org/" + quote(text.removeprefix(_DOI), safe="/:;().-_")
    return text, ""


def _kin(subject: Subject, concepts: set[str]) -> Iterator[Kin]:
    """The papers that share most; a concept counts the more, the fewer papers have it."""
    facts, limits = subject.facts, SETTINGS.limits
    weights: dict[str, float] = {}
    shared: dict[str, list[str]] = defaultdict(list)
    for concept in sorted(concepts):
        others = {p for role in SETTINGS.words["roles"] for p in facts.subjects(f"kg:{role}", concept)}
        others.discard(subject.iri)
        if 0 < len(others) <= limits["shared"]:
            weights[concept] = math.log((len(subject.survey.order) + 1) / len(others))
            for other in others:
                shared[other].append(concept)
    scores = {other: sum(sorted(weights[c] for c in found)) for other, found in shared.items()}
    for other in sorted(scores, key=lambda p: (-round(scores[p], 9), p))[: limits["related"]]:
        found = sorted(shared[other], key=lambda concept: (-weights[concept], concept))
        yield Kin(paper_line(subject, other), tuple(map(facts.link, found)))


def _schema(
    subject: Subject,
    title: str,
    abstract: str,
    writers: Sequence[Link],
    places: Sequence[Link],
    roles: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    facts = subject.facts
    terms = facts.links({concept for found in roles.values() for concept in found})
    return {
        "@type": "ScholarlyArticle",
        "name": title,
        "headline": title,
        "abstract": abstract,
        "inLanguage": "en",
        "datePublished": str(subject.survey.years.get(subject.iri, "")),
        "author": [{"@type": "Person", "@id": w.iri, "name": w.text} for w in writers],
        "isPartOf": [{"@type": "PublicationIssue", "@id": p.iri, "name": p.text} for p in places],
        "about": [{"@type": "DefinedTerm", "@id": t.iri, "name": t.text} for t in terms],
        "identifier": facts.texts(subject.iri, "dcterms:identifier"),
        "url": [address for address in facts.iris(subject.iri, "foaf:page") if web_only(address)],
    }
