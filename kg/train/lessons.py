"""What the encoder is taught: annotated abstracts, and many more that other models have judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from tokenizers import Tokenizer

from kg.extract.classifier import OUTCOMES
from kg.extract.concepts import described
from kg.extract.encoding import Encoded, encoded
from kg.extract.judges import Judge, Said
from kg.extract.pipeline import read_doc
from kg.extract.roles import ROLES
from kg.records import Kind, Paper
from kg.train.encoder import Lesson, probabilities
from kg.train.examples import UNKNOWN, Example
from kg.train.network import SpanClassifier
from kg.train.recipe import recipe

_Array = np.ndarray[Any, np.dtype[Any]]
_WITH_ROLE = [OUTCOMES.index(Kind.METHOD), OUTCOMES.index(Kind.DATASET)]


def annotated_lessons(examples: Iterable[Example], tokenizer: Tokenizer) -> list[Lesson]:
    """What annotators say, as lessons.

    Args:
        examples: annotated abstracts.
        tokenizer: of the encoder.

    Returns:
        A lesson an example, in their order; what the annotations leave open teaches nothing.
    """
    lessons = []
    for example in examples:
        text = encoded(example.doc, example.groups, example.described, tokenizer)
        outcomes, roles = example.outcomes[text.groups], example.roles[text.groups]
        lessons.append(Lesson(text, _certain(outcomes, len(OUTCOMES)), _certain(roles, len(ROLES))))
    return lessons


def _certain(numbers: _Array, count: int) -> _Array:
    """A row of one and zeros for each number; of zeros alone where it is unknown."""
    return np.asarray(np.eye(count)[numbers] * (numbers != UNKNOWN)[:, None], np.float32)


def judged_lessons(
    papers: Iterable[Paper],
    nlp: Language,
    tokenizer: Tokenizer,
    fast: Judge,
    teachers: Sequence[SpanClassifier],
) -> Iterator[Lesson]:
    """What models say of papers that nobody annotated, as lessons.

    The probabilities themselves are taught, not the likeliest answer (Hinton, Vinyals and Dean, Distilling the
    knowledge in a neural network, 2015).

    Args:
        papers: without annotations.
        nlp: the extraction's pipeline up to its candidates.
        tokenizer: of the encoder.
        fast: the judge by features; it counts as much as the teachers together.
        teachers: trained encoders, one at least.

    Yields:
        A lesson for each paper in which some group of candidates is read.
    """
    for paper in papers:
        doc = nlp(read_doc(paper, nlp))
        groups, features = described(doc)
        text = encoded(doc, groups, features, tokenizer)
        if not len(text.groups):
            continue
        outcomes, roles = (table[text.groups] for table in fast(doc, groups, features))
        said = said_by(teachers, text)
        outcomes, roles = (outcomes + said.outcomes) / 2, (roles + said.roles) / 2
        telling = outcomes[:, _WITH_ROLE].sum(axis=1) > recipe("silver")["with_role"]
        yield Lesson(text, outcomes.astype(np.float32), (roles * telling[:, None]).astype(np.float32))


def said_by(models: Sequence[SpanClassifier], text: Encoded) -> Said:
    """The mean of what several encoders say of a text.

    Args:
        models: one at least.
        text: with one group at least that is read.
    """
    said = [probabilities(model, text) for model in models]
    return Said(
        text.groups,
        np.mean([outcomes for outcomes, _ in said], axis=0),
        np.mean([roles for _, roles in said], axis=0),
    )
