"""The two extractors: who weighs the groups of candidates of a text.

The fast one weighs features; the accurate one averages it with an encoder that reads the whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.tokens import Doc

from kg.extract.classifier import shipped_classifier
from kg.extract.features import vector
from kg.extract.logistic import Features
from kg.extract.roles import likely_roles
from kg.extract.text import Group

FAST, ACCURATE = "fast", "accurate"
EXTRACTORS = (FAST, ACCURATE)

_Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """What an encoder says of a text.

    Attributes:
        groups: the numbers of the groups that it speaks of; the others stand further back than it reads.
        outcomes: the probability of each outcome, one row a group of ``groups``.
        roles: the probability of each role, were the group a method or a data set.
    """

    groups: _Array
    outcomes: _Array
    roles: _Array


Judge = Callable[[Doc, Sequence[Group], Sequence[Features]], tuple[_Array, _Array]]
"""For each group the probabilities of its outcomes and of its roles, were it a method or a data set."""


def judge_of(extractor: str) -> Judge:
    """The judge of an extractor.

    Raises:
        ValueError: where there is no extractor of that name.
    """
    if extractor == FAST:
        return fast
    if extractor == ACCURATE:
        return accurate
    raise ValueError(f"no extractor {extractor!r}; use {' or '.join(EXTRACTORS)}")


def fast(doc: Doc, groups: Sequence[Group], described: Sequence[Features]) -> tuple[_Array, _Array]:
    """Weigh the features."""
    outcomes = shipped_classifier().probabilities(described, [vector(group.name) for group in groups])
    return outcomes, likely_roles(groups, described, outcomes)


def accurate(doc: Doc, groups: Sequence[Group], described: Sequence[Features]) -> tuple[_Array, _Array]:
    """Average the features' word with the encoder's, where the encoder reads that far."""
    from kg.extract.encoder import shipped_encoder  # its libraries take time to load: only who needs it waits

    return averaged(fast(doc, groups, described), shipped_encoder().read(doc, groups, described))


def averaged(judged: tuple[_Array, _Array], said: Said) -> tuple[_Array, _Array]:
    """What features tell, averaged with what an encoder says of the groups that it reads."""
    outcomes, roles = (table.copy() for table in judged)
    outcomes[said.groups] = (outcomes[said.groups] + said.outcomes) / 2
    roles[said.groups] = (roles[said.groups] + said.roles) / 2
    return outcomes, roles
