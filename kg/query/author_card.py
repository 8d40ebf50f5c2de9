"""The card of a person: names and what was decided of them, place in the network, work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.query.about import About, Card, papers, sections
from kg.query.store import Value

# The local names of properties, in words. By those of the second kind nobody is ranked: less may be more.
_RANKED = {
    "paperCount": "papers",
    "fractionalPaperCount": "papers, shared among their authors",
    "collaboratorCount": "collaborators",
    "collaborationStrength": "strength of collaboration",
    "pageRank": "PageRank",
    "eigenvectorCentrality": "eigenvector centrality",
    "betweenness": "betweenness",
    "harmonicCloseness": "harmonic closeness",
}
_UNRANKED = {
    "clustering": "clustering",
    "constraint": "constraint",
    "effectiveSize": "effective size",
    "participation": "participation in other groups",
}
_DIGITS = 3
_NUMBERS = (
    "SELECT (STRAFTER(STR(?p), '#') AS ?name) ?x { ?it ?p ?x"
    " FILTER(isNumeric(?x) && STRSTARTS(STR(?p), STR(kg:))) } ORDER BY ?name"
)


def author_card(about: About, kind: str) -> Card:
    """The card of an author.

    Args:
        about: the author.
        kind: what an author is called.
    """
    (name,) = about.column("SELECT ?x { ?it foaf:name ?x }")[:1]
    coauthors = (
        "SELECT (STR(?l) AS ?x) (COUNT(DISTINCT ?p) AS ?n)"
        " { ?p dcterms:creator ?it, ?o . ?o foaf:name ?l FILTER(?o != ?it) }"
        " GROUP BY ?o ?l ?it ORDER BY DESC(?n) ?x"
    )
    facts = (
        *about.fact("papers", "kg:paperCount"),
        *about.fact("collaborators", "kg:collaboratorCount"),
        *about.fact("group", "kg:community/rdfs:label"),
        *about.fact("also printed as", "kg:nameVariant"),
        *about.fact("identified by", "owl:sameAs|dcterms:identifier"),
        *_sureness(about),
    )
    listed = sections(
        ("Decisions on the names (confidence)", _decisions(about)),
        ("May be the same person as (probability)", _possible_identities(about)),
        ("Papers", papers(about, "dcterms:creator")),
        ("Collaborators (joint papers)", about.counted(coauthors)),
        ("Topics (papers)", _worked_with(about, "kg:hasTopic", "kg:Topic")),
        ("Methods introduced", _worked_with(about, "kg:introduces", "kg:Method")),
        ("Methods used (papers)", _worked_with(about, "kg:uses", "kg:Method")),
        ("Data sets (papers)", _worked_with(about, "kg:uses|kg:introduces|kg:studies", "kg:Dataset")),
        ("Place in the network", _measures(about)),
    )
    return Card(name, kind, about.iri, facts, listed)


def _sureness(about: About) -> list[tuple[str, str]]:
    sure = about.rows("SELECT ?x { ?it kg:identityConfidence ?x FILTER(?x < 1) }")
    return [("one person with a probability of", f"{row['x']:.2f}") for row in sure[:1]]


def _decisions(about: About) -> Iterator[str]:
    """A line a decision, the least sure first: the verdict, the names and why."""
    rows = about.rows(
        "SELECT ?d ?verdict ?reason ?sure (STR(?name) AS ?x) { ?d kg:author ?it ; a kg:IdentityDecision ;"
        " kg:verdict ?verdict ; kg:nameAsPrinted ?name ; kg:reason ?reason ; kg:confidence ?sure }"
        " ORDER BY ?sure ?d ?x"
    )
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(str(row["d"]), []).append(str(row["x"]))
    told = {str(row["d"]): row for row in rows}
    for decision, row in told.items():
        yield f"{row['verdict']}: {' and '.join(names[decision])}, {row['reason']} ({row['sure']:.2f})"


def _possible_identities(about: About) -> Iterator[str]:
    """A line each, the likeliest first; with its id, for the other may have the same name."""
    rows = about.rows(
        "SELECT (STR(?o) AS ?other) (STR(?name) AS ?x) ?score ?reason { ?i kg:person ?it, ?o ;"
        " kg:score ?score ; kg:reason ?reason . ?o foaf:name ?name FILTER(?o != ?it) }"
        " ORDER BY DESC(?score) ?x ?other"
    )
    for row in rows:
        identifier = str(row["other"]).rpartition("/")[2]
        yield f"{row['x']} ({row['score']:.2f}): {row['reason']}; {identifier}"


def _measures(about: About) -> Iterator[str]:
    """A line a measure: its value, and the rank with its interval where there is one; zeros rank nobody."""
    numbers = {str(row["name"]): row["x"] for row in about.rows(_NUMBERS)}
    people = about.column("SELECT (COUNT(?o) AS ?x) { ?it a kg:Author . ?o a kg:Author } GROUP BY ?it")[0]
    for name, words in _RANKED.items():
        if numbers.get(name):
            rank, interval = _rank(about, name, numbers)
            yield f"{words} {_rounded(numbers[name])}: rank {rank} of {people}{interval}"
    for name, words in _UNRANKED.items():
        if name in numbers:
            yield f"{words} {_rounded(numbers[name])}"


def _rank(about: About, measure: str, numbers: Mapping[str, Value]) -> tuple[Value, str]:
    """The place by a measure, 1 for the largest, as the build tells it or counted here; the interval in words."""
    by = f"rankBy{measure[0].upper()}{measure[1:]}"
    low, high = numbers.get(f"{by}Low"), numbers.get(f"{by}High")
    interval = f" ({low} to {high} when papers are drawn anew)" if low and high else ""
    if by in numbers:
        return numbers[by], interval
    (larger,) = about.column(
        f"SELECT (COUNT(?o) AS ?x) {{ ?it kg:{measure} ?mine"
        f" OPTIONAL {{ ?o a kg:Author ; kg:{measure} ?theirs FILTER(?theirs > ?mine) }} }} GROUP BY ?it"
    )
    return int(larger) + 1, interval


def _rounded(number: Value) -> str:
    """Whole numbers as they are, others with a few significant digits."""
    return f"{number:.{_DIGITS}g}" if isinstance(number, float) else str(number)


def _worked_with(about: About, role: str, class_name: str) -> tuple[str, ...]:
    """Concepts of an author's papers, with their numbers of papers."""
    return about.counted(
        "SELECT (STR(?l) AS ?x) (COUNT(DISTINCT ?p) AS ?n)"
        f" {{ ?p dcterms:creator ?it ; {role} ?c . ?c a {class_name} ; skos:prefLabel ?l }}"
        " GROUP BY ?c ?l ?it ORDER BY DESC(?n) ?x"
    )
