"""Cards: what a graph knows of one person, concept, paper, venue or group, on one screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

import pyoxigraph as ox

from kg.query.about import About, Card, papers, sections
from kg.query.author_card import author_card
from kg.query.store import answer

_NAMED = """
SELECT ?id (STR(?name) AS ?label) ?class WHERE {
  ?id foaf:name|kg:nameVariant|skos:prefLabel|skos:altLabel|dcterms:title|rdfs:label ?name ; a ?class .
  FILTER(?class IN (kg:Author, kg:Topic, kg:Method, kg:Dataset, kg:Metric, kg:Paper, kg:Venue, kg:Edition,
    kg:Community))
}
ORDER BY ?id ?label"""
_ROLES = (
    ("Topics", "kg:hasTopic"),
    ("Introduces", "kg:introduces"),
    ("Uses", "kg:uses"),
    ("Compares with", "kg:comparesWith"),
    ("Studies", "kg:studies"),
    ("Evaluates with", "kg:evaluatesWith"),
)
_ABOUT = "|".join(role for _, role in _ROLES)
_KINDS = {
    "Author": "author",
    "Topic": "topic",
    "Method": "method",
    "Dataset": "data set",
    "Metric": "metric",
    "Paper": "paper",
    "Venue": "venue",
    "Edition": "edition",
    "Community": "group",
}


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Something that a graph has under a name: its kind in English, its IRI, and that name."""

    kind: str
    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Matches:
    """What a name may mean: everything called exactly so but for case and accents, else what is near."""

    exact: tuple[Found, ...]
    near: tuple[Found, ...]


def find(store: ox.Store, name: str) -> Matches:
    """What is called so in a graph: by any of its names, by its id (``iclr-2021-0036``) or by its IRI."""
    wanted = _folded(name)
    exact: dict[str, Found] = {}
    labels: dict[str, Found] = {}
    for row in answer(store, _NAMED).rows:
        found = Found(_KINDS[str(row["class"]).rpartition("#")[2]], str(row["id"]), str(row["label"]))
        labels.setdefault(_folded(found.label), found)
        if wanted == _folded(found.label) or name in {found.iri, found.iri.rpartition("/")[2]}:
            exact.setdefault(found.iri, found)
    return Matches(tuple(sorted(exact.values())), _near(wanted, labels))


def _near(wanted: str, labels: dict[str, Found]) -> tuple[Found, ...]:
    """Names that hold the wanted words, the shortest first, then names spelt alike."""
    holding = sorted(
        (label for label in labels if wanted and wanted in label), key=lambda label: (len(label), label)
    )
    alike = get_close_matches(wanted, sorted(labels), 5, 0.75)
    return tuple(labels[label] for label in dict.fromkeys([*holding[:5], *alike]))


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace("-", " ").split())


def card(store: ox.Store, iri: str) -> Card:
    """The card of something in the graph.

    Raises:
        KeyError: where the graph has nothing with this IRI that a card can be made of.
    """
    about = About(store, iri)
    (kind,) = about.column("SELECT (STRAFTER(STR(?c), '#') AS ?x) { ?it a ?c }")[:1] or [""]
    makers: dict[str, Callable[[About, str], Card]] = {
        "Author": author_card,
        "Paper": _paper,
        "Community": _community,
        "Venue": _venue,
        "Edition": _venue,
    }
    if kind not in _KINDS:
        raise KeyError(iri)
    return makers.get(kind, _concept)(about, _KINDS[kind])


def _concept(about: About, kind: str) -> Card:
    (label,) = about.column("SELECT (STR(?l) AS ?x) { ?it skos:prefLabel ?l }")[:1]
    people = (
        f"SELECT (STR(?l) AS ?x) (COUNT(DISTINCT ?p) AS ?n) {{ ?p {_ABOUT} ?it ; dcterms:creator ?a ."
        " ?a foaf:name ?l } GROUP BY ?a ?l ?it ORDER BY DESC(?n) ?x"
    )
    facts = [
        *about.fact("papers", "kg:paperCount"),
        *about.fact("also called", "skos:altLabel"),
        *about.fact("broader", "skos:broader/skos:prefLabel"),
        *about.fact("narrower", "^skos:broader/skos:prefLabel"),
        *about.fact("used for", "kg:usedFor/skos:prefLabel"),
        *about.fact("based on", "kg:basedOn/skos:prefLabel"),
    ]
    listed = sections(
        ("Introduced by", papers(about, "kg:introduces")),
        ("Papers", papers(about, "kg:hasTopic|kg:uses|kg:studies|kg:evaluatesWith")),
        ("Compared with in", papers(about, "kg:comparesWith")),
        ("People (papers)", about.counted(people)),
        ("Said of it", _claims(about)),
    )
    return Card(label, kind, about.iri, tuple(facts), listed)


def _claims(about: About) -> list[str]:
    """What sentences say of a concept and another, the surest reading first."""
    rows = about.rows(
        "SELECT DISTINCT (STR(?s) AS ?x) (STR(?l) AS ?left) (STR(?r) AS ?right) (STRAFTER(STR(?p), '#') AS ?said)"
        " ?sure { ?c kg:subject|kg:object ?it ; kg:subject/skos:prefLabel ?l ; kg:object/skos:prefLabel ?r ;"
        " kg:predicate ?p ; kg:sentence ?s ; kg:confidence ?sure } ORDER BY DESC(?sure) ?x ?left ?right"
    )
    return [f"{row['left']} {row['said']} {row['right']}: {row['x']}" for row in rows]


def _paper(about: About, kind: str) -> Card:
    (title,) = about.column("SELECT (STR(?t) AS ?x) { ?it dcterms:title ?t }")[:1]
    authors = about.column(
        "SELECT ?x { ?it kg:authorship ?a . ?a kg:nameAsPrinted ?x ; kg:position ?n } ORDER BY ?n"
    )
    facts = [
        ("authors", ", ".join(authors)),
        *about.fact("in", "dcterms:isPartOf/rdfs:label"),
        *about.fact("page", "foaf:page"),
        *about.fact("identifier", "dcterms:identifier"),
        *about.fact("same as", "owl:sameAs"),
        *about.fact("published as", "dcterms:isVersionOf/dcterms:title"),
        *about.fact("preprint", "^dcterms:isVersionOf/dcterms:title"),
    ]
    return Card(
        title, kind, about.iri, tuple(facts), sections(*((h, _evidence(about, r)) for h, r in _ROLES))
    )


def _evidence(about: About, role: str) -> list[str]:
    """A line a concept: its name, how sure the reading is, and the surest sentence that names it."""
    rows = about.rows(
        "SELECT (STR(?s) AS ?x) (STR(?l) AS ?concept) (MAX(?sure) AS ?confidence)"
        f" {{ ?it {role} ?c ; kg:mention ?m . ?m kg:concept ?c ; kg:sentence ?s ; kg:confidence ?sure ."
        " ?c skos:prefLabel ?l } GROUP BY ?it ?c ?l ?s ORDER BY ?concept DESC(?confidence) ?x"
    )
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(str(row["concept"]), f"{row['concept']} ({row['confidence']:.2f}): {row['x']}")
    return list(first.values())


def _community(about: About, kind: str) -> Card:
    (label,) = about.column("SELECT (STR(?l) AS ?x) { ?it rdfs:label ?l }")[:1]
    people = "SELECT ?x { ?a kg:community ?it ; foaf:name ?x ; kg:pageRank ?r } ORDER BY DESC(?r) ?x"
    facts = [
        *about.fact("people", "kg:memberCount"),
        *about.fact("papers", "kg:paperCount"),
        *about.fact("stability when papers are drawn anew (0 to 1)", "kg:stability"),
    ]
    topics = "SELECT (STR(?l) AS ?x) { ?it kg:distinguishedBy/skos:prefLabel ?l } ORDER BY ?x"
    listed = sections(("People", about.column(people)), ("Set apart by", about.column(topics)))
    return Card(label, kind, about.iri, tuple(facts), listed)


def _venue(about: About, kind: str) -> Card:
    (label,) = about.column("SELECT (STR(?l) AS ?x) { ?it rdfs:label ?l }")[:1]
    topics = (
        "SELECT (STR(?l) AS ?x) (COUNT(DISTINCT ?p) AS ?n)"
        " { ?p dcterms:isPartOf/dcterms:isPartOf? ?it ; kg:hasTopic ?c . ?c skos:prefLabel ?l }"
        " GROUP BY ?c ?l ?it ORDER BY DESC(?n) ?x"
    )
    count = (
        "SELECT (COUNT(DISTINCT ?p) AS ?x) { ?p a kg:Paper ; dcterms:isPartOf/dcterms:isPartOf? ?it }"
        " GROUP BY ?it"
    )
    facts = [("papers", number) for number in about.column(count)[:1]]
    return Card(label, kind, about.iri, tuple(facts), sections(("Topics (papers)", about.counted(topics))))
