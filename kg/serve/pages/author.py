"""The page of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.serve.pages.chart import by_year
from kg.serve.pages.facts import Link, web_only
from kg.serve.pages.listing import listed, years_of
from kg.serve.pages.settings import SETTINGS
from kg.serve.pages.view import Subject, View

_WORK = (
    ("Topics", "hasTopic", "topic"),
    ("Methods introduced", "introduces", "method"),
    ("Methods used", "uses", "method"),
    ("Data sets", "uses", "dataset"),
    ("Data sets introduced", "introduces", "dataset"),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of someone's names: verdict, names in print, why, and how surely."""

    link: Link
    verdict: str
    names: tuple[str, ...]
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """Someone who may be the same person: who, how probably, and why."""

    other: Link
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of a person in figures, with their place among all who have one, and that place's interval in words."""

    name: str
    shown: str
    rank: int
    of: int
    interval: str


def author(subject: Subject) -> View:
    """The view of a person."""
    facts, iri = subject.facts, subject.iri
    papers = subject.survey.sorted(facts.subjects("dcterms:creator", iri))
    name = facts.name(iri)
    variants = facts.texts(iri, "kg:nameVariant")
    confidence = facts.number(iri, "kg:identityConfidence")
    groups = facts.links(facts.iris(iri, "kg:community"))
    listing = listed(subject, papers)
    same = tuple(address for address in facts.iris(iri, "owl:sameAs") if web_only(address))
    coauthors = _coauthors(subject, papers)
    years = years_of(subject, papers)
    context = {
        "variants": variants,
        "identifiers": facts.texts(iri, "dcterms:identifier"),
        "same": same,
        "confidence": confidence,
        "sureness": SETTINGS.told("confidence", float(confidence)) if confidence is not None else "",
        "decisions": tuple(_decisions(subject)),
        "likenesses": tuple(_likenesses(subject)),
        "measures": tuple(_measures(subject)),
        "groups": groups,
        "span": (min(years), max(years)) if years else None,
        "chart": by_year(years),
        "listing": listing,
        "lists": (("Co-authors", coauthors, "papers together"), *_work(subject, papers)),
        "collaborators": len(facts.iris(iri, "kg:coauthor")) or len(coauthors),
    }
    schema: dict[str, Any] = {
        "@type": "Person",
        "name": name,
        "alternateName": variants,
        "sameAs": list(same),
        "colleague": [{"@type": "Person", "@id": link.iri, "name": link.text} for link in coauthors[:10]],
    }
    return View("author.html.j2", name, context, schema, collections=tuple(g.iri for g in groups))


def _coauthors(subject: Subject, papers: Sequence[str]) -> tuple[Link, ...]:
    counts = Counter(other for paper in papers for other in subject.facts.iris(paper, "dcterms:creator"))
    counts.pop(subject.iri, None)
    return subject.facts.counted(counts.items(), SETTINGS.limits["unfolded"])


def _work(subject: Subject, papers: Sequence[str]) -> Iterator[tuple[str, tuple[Link, ...], str]]:
    facts = subject.facts
    for heading, role, kind in _WORK:
        counts = Counter(concept for paper in papers for concept in facts.iris(paper, f"kg:{role}"))
        chosen = [(c, n) for c, n in counts.items() if facts.path(c).startswith(f"{kind}/")]
        if chosen:
            yield heading, facts.counted(chosen, SETTINGS.limits["unfolded"]), "papers"


def _decisions(subject: Subject) -> Iterator[Decision]:
    facts = subject.facts
    found = [d for d in facts.subjects("kg:author", subject.iri) if facts.kind(d) == "IdentityDecision"]
    sure = {d: float(facts.number(d, "kg:confidence") or 0.0) for d in found}
    for decision in sorted(found, key=lambda d: (sure[d], d)):
        yield Decision(
            facts.link(decision),
            SETTINGS.word("verdicts", facts.text(decision, "kg:verdict")),
            tuple(facts.texts(decision, "kg:nameAsPrinted")),
            facts.text(decision, "kg:reason"),
            sure[decision],
        )


def _likenesses(subject: Subject) -> Iterator[Likeness]:
    facts, found = subject.facts, []
    told: set[str] = set()
    for identity in facts.subjects("kg:person", subject.iri):
        for other in facts.iris(identity, "kg:person"):
            if other != subject.iri:
                told.add(other)
                score = float(facts.number(identity, "kg:score") or 0.0)
                found.append(Likeness(facts.link(other), score, facts.text(identity, "kg:reason")))
    for other in facts.iris(subject.iri, "kg:mayBeSameAs"):
        if other not in told:
            found.append(Likeness(facts.link(other), 0.0, ""))
    yield from sorted(found, key=lambda likeness: (-likeness.score, likeness.other.iri))


def _measures(subject: Subject) -> Iterator[Measure]:
    """Zeros rank nobody."""
    facts, iri = subject.facts, subject.iri
    for measure, words in SETTINGS.words["measures"].items():
        number = facts.number(iri, f"kg:{measure}")
        if number:
            by = f"kg:rankBy{measure[0].upper()}{measure[1:]}"
            rank = facts.number(iri, by)
            low, high = (facts.number(iri, by + end) for end in ("Low", "High"))
            interval = f"{low} to {high} when drawn anew" if low and high else ""
            yield Measure(
                words,
                figures(number),
                int(rank) if rank else subject.survey.rank(measure, float(number)),
                len(subject.survey.measures[measure]),
                interval,
            )


def figures(number: float) -> str:
    """A number as a person reads it, whatever the locale: three significant digits where it is not whole.

    Example:
        >>> figures(7), figures(0.00537028630567), figures(1234.5)
        ('7', '0.00537', '1,234')
    """
    if float(number).is_integer():
        return f"{int(number):,}"
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"
