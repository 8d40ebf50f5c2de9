"""Annotated abstracts as examples: the groups of candidates of each, and what the annotator says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.evaluate.gold import GoldConcept, GoldPaper
from kg.evaluate.names import normal_names
from kg.evaluate.predictions import Prediction
from kg.evaluate.roles import GoldRole, annotated
from kg.extract.classifier import OUTCOMES
from kg.extract.concepts import Reading, described, select
from kg.extract.features import vector
from kg.extract.logistic import Features
from kg.extract.pipeline import read_doc
from kg.extract.roles import ROLES
from kg.extract.text import Group

UNKNOWN = -1
"""The number of an outcome or role that the annotations leave open."""

NOTHING = OUTCOMES.index("none")
"""The number of the outcome of a group that is no concept."""

_GOLD_ROLES = tuple(map(annotated, ROLES))
_Array = np.ndarray[Any, np.dtype[Any]]
_Answers = Sequence[tuple[frozenset[str], GoldConcept]]


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated abstract and its groups of candidates.

    Attributes:
        gold: the abstract and its annotations.
        doc: its text, candidates found.
        groups: its groups of candidates, in the order of the text.
        described: the features of each.
        vectors: where the term table places each, groups x dimensions.
        outcomes: for each the number of its outcome, UNKNOWN where the paper but mentions it in passing.
        roles: for each the number of its role, UNKNOWN where it has none.
    """

    gold: GoldPaper
    doc: Doc
    groups: tuple[Group, ...]
    described: tuple[Features, ...]
    vectors: _Array
    outcomes: _Array
    roles: _Array


def examples(papers: Iterable[GoldPaper], nlp: Language) -> Iterator[Example]:
    """Read annotated abstracts.

    Args:
        papers: the annotated papers.
        nlp: the extraction's pipeline up to its candidates.

    Yields:
        An example a paper, in their order.
    """
    for gold in papers:
        doc = nlp(read_doc(gold.paper, nlp))
        groups, features = described(doc)
        answers = [(concept.names, concept) for concept in gold.concepts]
        verdicts = [_verdict(group, answers) for group in groups]
        yield Example(
            gold,
            doc,
            tuple(groups),
            tuple(features),
            np.array([vector(group.name) for group in groups]),
            np.array([outcome for outcome, _ in verdicts], np.int64),
            np.array([role for _, role in verdicts], np.int64),
        )


def _verdict(group: Group, answers: _Answers) -> tuple[int, int]:
    """The numbers of a group's outcome and role, after the first salient concept that shares a name with it."""
    mine = normal_names([group.name, *(span.text for span in group.spans)])
    hits = [concept for names, concept in answers if names & mine]
    salient = [concept for concept in hits if concept.salient]
    if not salient:
        return (UNKNOWN if hits else NOTHING), UNKNOWN
    return OUTCOMES.index(salient[0].kind), _role(salient[0].role)


def _role(role: GoldRole | None) -> int:
    """The number of an annotated role; UNKNOWN for none, and for one that the graph does not have."""
    return _GOLD_ROLES.index(role) if role in _GOLD_ROLES else UNKNOWN


def folds(count: int, number: int) -> Iterator[tuple[list[int], list[int]]]:
    """Examples to train on and examples to judge, so that each is judged once.

    Args:
        count: of examples.
        number: of folds.

    Example:
        >>> list(folds(count=3, number=2))
        [([1], [0, 2]), ([0, 2], [1])]
    """
    for fold in range(number):
        yield [i for i in range(count) if i % number != fold], list(range(fold, count, number))


def predictions(readings: Iterable[Reading]) -> list[Prediction]:
    """What would be said of a paper, the surest first.

    Args:
        readings: what each of its groups is taken for.
    """
    chosen = sorted(select(readings), key=lambda one: -one[0].confidence)
    return [prediction_of(reading, places) for reading, places in chosen]


def prediction_of(reading: Reading, places: Iterable[Span]) -> Prediction:
    """A reading as what is said of its paper.

    Args:
        reading: what a group is taken for.
        places: those of its occurrences that no other reading has.
    """
    role = annotated(reading.role) if reading.role in ROLES else None
    surfaces = tuple(sorted({place.text for place in places}))
    return Prediction(reading.kind, reading.group.name, surfaces, role, reading.confidence)
