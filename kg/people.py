"""The nouns of authorship: people, their printed names, and what was decided of these.

Part of :mod:`kg.records`, from where every room takes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Authorship:
    """One author of one paper.

    Attributes:
        paper: the paper's id.
        position: 1 for the first author.
        author: the author's id.
        name_as_printed: the name on the paper.
    """

    paper: str
    position: int
    author: str
    name_as_printed: str


class Verdict(StrEnum):
    """What was decided of names."""

    MERGED = "merged"
    PARTED = "parted"


@dataclass(frozen=True, slots=True)
class IdentityDecision:
    """Why several printed names are one person, or one printed name is several people.

    Attributes:
        verdict: which of the two.
        names: the printed names, sorted.
        reason: the evidence, in words.
        confidence: that the decision is right, 0 to 1.
    """

    verdict: Verdict
    names: tuple[str, ...]
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Author:
    """A person as the printed names were resolved; not a claim about a legal person.

    Attributes:
        id: the slug of the author's IRI, ``[a-z0-9-]+``.
        name: the name printed most often, the fullest of those.
        variants: every printed name, sorted.
        decisions: what was decided of the names, the least sure first; empty for someone of one name that is
            nobody else's.
        identifiers: what sources identify the person by, sorted.
    """

    id: str
    name: str
    variants: tuple[str, ...]
    decisions: tuple[IdentityDecision, ...] = ()
    identifiers: tuple[str, ...] = ()

    @property
    def confidence(self) -> float:
        """That all decisions are right as far as the least sure tells, 0 to 1; 1 where nothing was to decide."""
        return min((decision.confidence for decision in self.decisions), default=1.0)


@dataclass(frozen=True, slots=True)
class PossibleIdentity:
    """Two authors that may be one person, though the evidence does not suffice to merge them.

    Attributes:
        one: the id of the author whose id comes first.
        other: the id of the other.
        score: the probability that they are one, 0 to 1.
        reason: the evidence, in words.
    """

    one: str
    other: str
    score: float
    reason: str
