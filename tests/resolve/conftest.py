"""What the tests of resolution share: papers by their authors, extractions by their mentions."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.pipeline import Extraction
from kg.extract.words import normal_form
from kg.records import Claim, Field, Kind, Location, Mention, Paper, Polarity, Predicate, Role, Span

SENTENCE = Span(Field.ABSTRACT, 0, 100)


def paper(
    identifier: str,
    *authors: str,
    title: str = "A Title",
    year: int | None = 2021,
    venue: str = "iclr",
    ids: tuple[str, ...] = (),
) -> Paper:
    """A paper of which little but the authors matters."""
    return Paper(identifier, title, authors, "", year, venue, None, None, Location("papers.md", 1), ids)


def mention(
    exact: str,
    kind: Kind = Kind.METHOD,
    *,
    concept: str = "",
    name: str = "",
    role: Role = Role.USES,
    confidence: float = 0.5,
    source: str = "p1",
    start: int = 0,
) -> Mention:
    """A mention as extraction gives it."""
    span = Span(Field.ABSTRACT, start, start + len(exact))
    called = name or normal_form(exact)
    return Mention(source, span, exact, SENTENCE, kind, called, concept, role, confidence)


def claim(
    subject: Mention, predicate: Predicate, target: Mention, polarity: Polarity = Polarity.NEUTRAL
) -> Claim:
    """A claim between two mentions of one paper, as extraction gives it."""
    ends = [f"{end.kind}/{end.name}" for end in (subject, target)]
    return Claim(subject.paper, ends[0], predicate, ends[1], SENTENCE, polarity, 0.4)


def extraction(*mentions: Mention, claims: Sequence[Claim] = ()) -> Extraction:
    """What was read from one paper."""
    return Extraction(mentions, tuple(claims))
