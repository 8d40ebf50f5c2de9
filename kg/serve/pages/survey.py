"""What the pages need of a graph as a whole, gone through once: the order of papers, counts, ranks."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg.namespaces import STANDARD
from kg.query.store import answer, value
from kg.serve.pages.facts import Facts
from kg.serve.pages.settings import SETTINGS
from kg.serve.world import World

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a venue or an edition holds: its papers in the order of lists, topics and people with papers."""

    papers: tuple[str, ...]
    topics: Counts
    people: Counts


@dataclass(frozen=True, slots=True)
class Survey:
    """A graph gone through once.

    Attributes:
        counts: instances by class.
        triples: how many.
        order: the place of each paper in a list: the latest first, then by title.
        years: the year of each paper and edition that has one.
        holdings: by venue and edition.
        measures: the values of each measure of people, from the smallest.
        topics: with papers, the largest first.
        people: with collaborators, the largest first.
        groups: with members, the largest first.
    """

    counts: Mapping[str, int]
    triples: int
    order: Mapping[str, int]
    years: Mapping[str, int]
    holdings: Mapping[str, Holdings]
    measures: Mapping[str, tuple[float, ...]]
    topics: Counts
    people: Counts
    groups: Counts

    def sorted(self, papers: Iterable[str]) -> list[str]:
        """Papers, each once, in the order of lists."""
        last = len(self.order)
        return sorted(set(papers), key=lambda paper: (self.order.get(paper, last), paper))

    def rank(self, measure: str, number: float) -> int:
        """The place of a value of a measure, 1 for the largest."""
        return len(self.measures[measure]) - bisect_right(self.measures[measure], number) + 1


def survey(world: World) -> Survey:
    """The survey of a world's graph; made at the first call, some seconds for ten thousand papers."""
    return _survey(world.store, world.base)


@lru_cache(maxsize=2)
def _survey(store: ox.Store, base: str) -> Survey:
    facts = Facts(store, base)
    years = _years(facts)
    order = _order(facts, facts.subjects("rdf:type", STANDARD["kg"] + "Paper"), years)
    authors = facts.subjects("rdf:type", STANDARD["kg"] + "Author")
    most = SETTINGS.limits["unfolded"]
    sizes = _numbers(facts, "kg:paperCount")
    return Survey(
        counts=_counts(store),
        triples=len(store),
        order=order,
        years=years,
        holdings=_holdings(facts, order),
        measures={
            measure: tuple(sorted(_numbers(facts, f"kg:{measure}", authors).values()))
            for measure in SETTINGS.words["measures"]
        },
        topics=_largest(
            {topic: sizes.get(topic, 0.0) for topic in facts.subjects("rdf:type", STANDARD["kg"] + "Topic")},
            most,
        ),
        people=_largest(_numbers(facts, "kg:collaboratorCount"), most),
        groups=_largest(_numbers(facts, "kg:memberCount"), most),
    )


_THINGS = "SELECT ?class (COUNT(?thing) AS ?things) { ?thing a ?class } GROUP BY ?class"
_CONCEPTS = """SELECT ?class (COUNT(?thing) AS ?things) {
  VALUES ?class { kg:Topic kg:Method kg:Dataset kg:Metric }
  ?thing a ?class ; kg:paperCount ?papers FILTER(?papers > 0) } GROUP BY ?class"""


def _counts(store: ox.Store) -> dict[str, int]:
    """How many things each class has, of concepts those that papers are about; the engine counts fastest."""
    found = {
        str(row["class"]).removeprefix(STANDARD["kg"]): int(str(row["things"]))
        for query in (_THINGS, _CONCEPTS)
        for row in answer(store, query).rows
    }
    return dict(sorted(found.items()))


def _years(facts: Facts) -> dict[str, int]:
    found = ((thing, value(year)) for thing, year in facts.pairs("dcterms:issued"))
    return {thing: year for thing, year in sorted(found, key=str) if isinstance(year, int)}


def _order(facts: Facts, papers: Iterable[str], years: Mapping[str, int]) -> dict[str, int]:
    titles = {paper: title.value.casefold() for paper, title in facts.pairs("dcterms:title")}
    ordered = sorted(papers, key=lambda paper: (-years.get(paper, 0), titles.get(paper, ""), paper))
    return {paper: place for place, paper in enumerate(ordered)}


def _numbers(facts: Facts, name: str, things: Iterable[str] | None = None) -> dict[str, float]:
    wanted = None if things is None else set(things)
    found = {}
    for thing, term in facts.pairs(name):
        number = value(term)
        if isinstance(number, int | float) and (wanted is None or thing in wanted):
            found[thing] = float(number)
    return found


def _largest(numbers: Mapping[str, float], most: int) -> Counts:
    ordered = sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((thing, int(number)) for thing, number in ordered[:most] if number > 0)


def _holdings(facts: Facts, order: Mapping[str, int]) -> dict[str, Holdings]:
    """An edition's papers are its venue's too."""
    within: dict[str, list[str]] = defaultdict(list)
    for part, whole in facts.pairs("dcterms:isPartOf"):
        within[part].append(whole.value)
    places = {
        paper: {place for whole in within.get(paper, ()) for place in (whole, *within.get(whole, ()))}
        for paper in order
    }
    topics, people = (_tally(facts, name, places) for name in ("kg:hasTopic", "dcterms:creator"))
    papers: dict[str, list[str]] = defaultdict(list)
    for paper in order:
        for place in sorted(places[paper]):
            papers[place].append(paper)
    most = SETTINGS.limits["unfolded"]
    return {
        place: Holdings(tuple(found), _largest(topics[place], most), _largest(people[place], most))
        for place, found in papers.items()
    }


def _tally(facts: Facts, name: str, places: Mapping[str, Iterable[str]]) -> Mapping[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for paper, thing in facts.pairs(name):
        for place in places.get(paper, ()):
            found[place][thing.value] += 1
    return found
