"""What the papers speak of and the vocabulary lacks: concepts for a person to review, with likely parents.

A parent is guessed in one of two ways. The head of an English compound stands last, so that a concept whose name
ends in the name of another is most likely narrower ("graph transformer", "transformer"). Failing that, the concept
of the vocabulary that shares most papers with it is told as related: co-occurrence by normalised pointwise mutual
information (Bouma, Normalized (pointwise) mutual information in collocation extraction, GSCL 2009).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import log

from kg.extract.vocabulary import is_exact
from kg.extract.words import has_capital_inside, normal_form, singular
from kg.graph.limits import SuggestionLimits
from kg.records import Concept, Field, Kind, Knowledge, Mention

_BETWEEN_WORDS = re.compile(r"[\s\-‐‑–]+")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that names a concept.

    Attributes:
        paper: the id of its paper.
        sentence: the sentence on one line.
    """

    paper: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Related:
    """A concept of the vocabulary that shares papers with another.

    Attributes:
        key: its key.
        papers: how many papers are about both.
        association: normalised pointwise mutual information of the two over all papers, -1 to 1.
    """

    key: str
    papers: int
    association: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A concept that the vocabulary lacks.

    Attributes:
        concept: the concept as the papers name it.
        papers: how many papers are about it.
        examples: the surest sentences, each from a paper of its own.
        parent: key of the concept of the vocabulary in whose name its name ends, or None.
        related: the concept of the vocabulary of its kind that it is most associated with, where it has no
            such parent; None where nothing is associated enough.
    """

    concept: Concept
    papers: int
    examples: tuple[Example, ...]
    parent: str | None
    related: Related | None


def suggest(
    knowledge: Knowledge, vocabulary: Sequence[Concept], limits: SuggestionLimits
) -> tuple[Suggestion, ...]:
    """The concepts that enough papers are about and that no vocabulary holds, by key.

    Args:
        knowledge: what was read, with the assertions that are sure enough.
        vocabulary: the curated concepts.
        limits: how many papers make a suggestion, how many examples it has, what counts as associated.
    """
    about: dict[str, set[str]] = defaultdict(set)
    for assertion in knowledge.assertions:
        about[assertion.concept].add(assertion.paper)
    wanted = [c for c in knowledge.concepts if not c.curated and len(about[c.key]) >= limits.papers]
    examples = _examples(knowledge, {c.key: about[c.key] for c in wanted}, limits.examples)
    names = _Names(vocabulary)
    curated = _by_paper(about, {concept.key for concept in vocabulary})
    suggestions = []
    for concept in sorted(wanted, key=lambda concept: concept.key):
        parent = names.parent(concept)
        related = None if parent else _related(concept, about, curated, len(knowledge.papers), limits)
        suggestions.append(
            Suggestion(concept, len(about[concept.key]), examples[concept.key], parent, related)
        )
    return tuple(suggestions)


def association(together: int, one: int, other: int, total: int) -> float:
    """Normalised pointwise mutual information: 1 for two that never occur apart, 0 for independent ones.

    Args:
        together: papers about both, above 0.
        one: papers about the first.
        other: papers about the second.
        total: papers in all.

    Example:
        >>> association(5, 5, 5, 100), round(association(1, 10, 10, 100), 6)
        (1.0, 0.0)
    """
    if together == total:
        return 1.0
    return log(together * total / (one * other)) / -log(together / total)


class _Names:
    """The concepts of the vocabulary by kind and name; names of several concepts of a kind are left out."""

    def __init__(self, vocabulary: Sequence[Concept]) -> None:
        owners: dict[tuple[Kind, str], set[str]] = defaultdict(set)
        for concept in vocabulary:
            for name in (concept.pref_label, *concept.alt_labels):
                owners[concept.kind, _form(name)].add(concept.key)
        self._owners: Mapping[tuple[Kind, str], str] = {
            name: key for name, (key, *others) in ((n, sorted(k)) for n, k in owners.items()) if not others
        }

    def parent(self, concept: Concept) -> str | None:
        """The concept whose name is the longest proper ending of one of the names, the label's first."""
        for name in (concept.pref_label, *concept.alt_labels):
            for ending in _endings(name):
                for form in _forms(ending):
                    if key := self._owners.get((concept.kind, form)):
                        return key
        return None


def _form(name: str) -> str:
    """The name as names are compared: acronyms and the like by exact case, in the singular."""
    return singular(name) if is_exact(name) else normal_form(name)


def _forms(ending: str) -> tuple[str, ...]:
    """The forms to look an ending up by; the capital of a title's word may be no part of the name."""
    form = _form(ending)
    return (form,) if has_capital_inside(ending) else (form, normal_form(ending))


def _endings(name: str) -> Iterator[str]:
    """What is left of a name as words are taken from its front, the longest first."""
    for gap in _BETWEEN_WORDS.finditer(name):
        if gap.start() and gap.end() < len(name):
            yield name[gap.end() :]


def _by_paper(about: Mapping[str, Set[str]], keys: Set[str]) -> dict[str, list[str]]:
    """The concepts of the vocabulary that each paper is about."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys & about.keys()):
        for paper in about[key]:
            found[paper].append(key)
    return found


def _related(
    concept: Concept,
    about: Mapping[str, Set[str]],
    curated: Mapping[str, Sequence[str]],
    total: int,
    limits: SuggestionLimits,
) -> Related | None:
    papers = about[concept.key]
    together = Counter(
        key for paper in papers for key in curated.get(paper, ()) if key.startswith(f"{concept.kind}/")
    )
    candidates = [
        Related(key, count, association(count, len(papers), len(about[key]), total))
        for key, count in together.items()
        if count >= limits.together
    ]
    best = min(candidates, key=lambda found: (-found.association, -found.papers, found.key), default=None)
    return best if best is not None and best.association >= limits.association else None


def _examples(
    knowledge: Knowledge, wanted: Mapping[str, Set[str]], most: int
) -> dict[str, tuple[Example, ...]]:
    """The sentence of the surest mention of each paper, the surest papers first; each sentence once."""
    best: dict[tuple[str, str], Mention] = {}
    for mention in knowledge.mentions:
        place = (mention.concept, mention.paper)
        if mention.paper in wanted.get(mention.concept, ()):
            held = best.get(place)
            if held is None or _surest(mention) < _surest(held):
                best[place] = mention
    texts = {paper.id: paper for paper in knowledge.papers}
    found: dict[str, dict[str, Example]] = {key: {} for key in wanted}
    for mention in sorted(best.values(), key=lambda m: (m.concept, _surest(m), m.paper)):
        whole = texts[mention.paper].text(mention.sentence.field)
        sentence = " ".join(whole[mention.sentence.start : mention.sentence.end].split())
        found[mention.concept].setdefault(sentence, Example(mention.paper, sentence))
    return {key: tuple(examples.values())[:most] for key, examples in found.items()}


def _surest(mention: Mention) -> tuple[float, bool, int, int]:
    """Sureness first; a sentence of the abstract tells more than a title."""
    return -mention.confidence, mention.span.field is Field.TITLE, mention.span.start, mention.span.end
