"""What papers say of two concepts, each statement with its sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.serve.pages.facts import Facts, Link
from kg.serve.pages.settings import SETTINGS


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as a page shows it.

    Attributes:
        link: to the claim's own page.
        first: the first concept.
        says: what is said of it, in words.
        second: the second concept.
        sentence: where it is said.
        paper: who says so; None where the graph does not know.
        confidence: how sure the reading is, 0 to 1.
    """

    link: Link
    first: Link | None
    says: str
    second: Link | None
    sentence: str
    paper: Link | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Relation:
    """Statements that relate a concept to one other: the other with how many there are, and the surest."""

    other: Link
    surest: Statement


@dataclass(frozen=True, slots=True)
class Relations:
    """Statements of one kind about a concept: its heading, the concepts shown, and how many more there are."""

    heading: str
    shown: tuple[Relation, ...]
    more: tuple[Link, ...]


def statement(facts: Facts, claim: str) -> Statement:
    """A claim with its sentence and paper."""
    first, second = (next(iter(facts.iris(claim, f"kg:{end}")), None) for end in ("subject", "object"))
    paper = next(iter(facts.subjects("kg:claim", claim)), None)
    return Statement(
        facts.link(claim),
        facts.link(first) if first else None,
        _says(facts, claim),
        facts.link(second) if second else None,
        facts.text(claim, "kg:sentence"),
        facts.link(paper) if paper else None,
        _confidence(facts, claim),
    )


def statements(facts: Facts, claims: Sequence[str]) -> tuple[Statement, ...]:
    """Claims, the surest first."""
    found = [statement(facts, claim) for claim in claims]
    return tuple(sorted(found, key=lambda said: (-said.confidence, said.link.iri)))


def relations(facts: Facts, concept: str) -> tuple[Relations, ...]:
    """What papers say of a concept, by kind of statement, the surest and most often told first."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for table, here, there in (("says", "kg:subject", "kg:object"), ("said", "kg:object", "kg:subject")):
        for claim in facts.subjects(here, concept):
            heading = SETTINGS.word(table, _predicate(facts, claim))
            for other in facts.iris(claim, there):
                if other != concept:
                    found[heading][other].append(claim)
    known = [*SETTINGS.words["says"].values(), *SETTINGS.words["said"].values()]
    headings = [*dict.fromkeys(known), *sorted(set(found) - set(known))]
    return tuple(_relations(facts, name, found[name]) for name in headings if name in found)


def _relations(facts: Facts, heading: str, by_concept: dict[str, list[str]]) -> Relations:
    """The concepts of which most statements are to be expected right, by the sum of their confidences, first."""
    most = SETTINGS.limits["claims"]
    expected = {
        other: round(sum(_confidence(facts, claim) for claim in claims), 4)
        for other, claims in by_concept.items()
    }
    ordered = sorted(expected, key=lambda other: (-expected[other], other))[: SETTINGS.limits["unfolded"]]
    links = tuple(replace(facts.link(other), count=len(by_concept[other])) for other in ordered)
    shown = tuple(Relation(link, _surest(facts, by_concept[link.iri])) for link in links[:most])
    return Relations(heading[:1].upper() + heading[1:], shown, links[most:])


def _surest(facts: Facts, claims: Sequence[str]) -> Statement:
    return statement(facts, min(claims, key=lambda claim: (-_confidence(facts, claim), claim)))


def _says(facts: Facts, claim: str) -> str:
    """The outcome of a comparison where there is one, else the predicate."""
    outcome = facts.text(claim, "kg:polarity")
    words = SETTINGS.words["polarity"]
    return words[outcome] if outcome in words else SETTINGS.word("says", _predicate(facts, claim))


def _predicate(facts: Facts, claim: str) -> str:
    return next((iri.rpartition("#")[2] for iri in facts.iris(claim, "kg:predicate")), "")


def _confidence(facts: Facts, claim: str) -> float:
    return float(facts.number(claim, "kg:confidence") or 0.0)
