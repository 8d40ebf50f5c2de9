"""Calibration finds how far judges can be believed, and the thresholds that serve best."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.evaluate.gold import GoldConcept, GoldPaper
from kg.evaluate.matching import introductions
from kg.evaluate.roles import GoldRole
from kg.extract.candidates import VOCABULARY
from kg.extract.classifier import OUTCOMES
from kg.extract.concepts import readings
from kg.extract.confidence import Scale
from kg.extract.roles import ROLES
from kg.extract.text import Group
from kg.records import Kind, Role
from kg.train.calibrating import Judged, _thresholds, calibrate, f1_from, predicted, surer
from kg.train.examples import NOTHING, UNKNOWN, Example
from kg.train.recipe import recipe

from .samples import paper, said

KNOWN_LINE, OTHER_LINE = (0.5, 0.2), (2.0, -0.5)  # slope and intercept, in the vocabulary and not
JUDGED = np.linspace(-2.5, 2.5, 11)  # log-odds as judges give them
COPIES = 40
METHOD = OUTCOMES.index(Kind.METHOD)
_VOCAB = Vocab()


def probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def truth(known: bool, odds: float) -> float:
    """How often a group that judges give these odds is right."""
    slope, intercept = KNOWN_LINE if known else OTHER_LINE
    return probability(slope * odds + intercept)


LINES = [(known, float(odds)) for known in (True, False) for odds in JUDGED]
WORDS = [f"w{number}" for number in range(len(LINES))]


def judged_paper(number: int) -> tuple[Example, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """A paper of one word a group, half of them in the vocabulary; over all papers as many right as :func:`truth`.

    What is right is introduced, as judges find likely of it; of all else they do not.
    """
    right = [(number + 0.5) / COPIES < truth(known, odds) for known, odds in LINES]
    doc = Doc(_VOCAB, WORDS)
    groups = tuple(
        Group(word, Kind.METHOD, f"method/{word}" * known, (doc[i : i + 1],), frozenset({VOCABULARY}))
        for i, (word, (known, _)) in enumerate(zip(WORDS, LINES, strict=True))
    )
    concepts = tuple(
        GoldConcept(Kind.METHOD, word, (word,), role=GoldRole.INTRODUCES)
        for word, is_right in zip(WORDS, right, strict=True)
        if is_right
    )
    outcomes, roles = np.zeros((len(LINES), len(OUTCOMES))), np.zeros((len(LINES), len(ROLES)))
    outcomes[:, METHOD] = [probability(odds) for _, odds in LINES]
    outcomes[:, NOTHING] = 1 - outcomes[:, METHOD]
    roles[:, 0] = np.where(right, 0.8, 0.3)
    roles[:, 1] = 1 - roles[:, 0]
    example = Example(
        gold=GoldPaper(paper(f"p{number}", " ".join(WORDS), ""), concepts),
        doc=doc,
        groups=groups,
        described=({},) * len(groups),
        vectors=np.zeros((len(groups), 1)),
        outcomes=np.where(right, METHOD, NOTHING),
        roles=np.where(right, ROLES.index(Role.INTRODUCES), UNKNOWN),
    )
    return example, outcomes, roles


@pytest.fixture(scope="module")
def judged() -> Judged:
    return [judged_paper(number) for number in range(COPIES)]


@pytest.fixture(scope="module")
def scale(judged: Judged) -> Scale:
    return calibrate(judged)


@pytest.mark.parametrize("known", [True, False], ids=["in the vocabulary", "outside it"])
def test_a_confidence_is_the_share_of_such_readings_that_are_right(
    judged: Judged, scale: Scale, known: bool
) -> None:
    example, outcomes, roles = judged[0]
    sure = [reading.confidence for reading in readings(example.groups, outcomes, roles, scale)]
    found = {odds: value for (is_known, odds), value in zip(LINES, sure, strict=True) if is_known == known}
    assert found == pytest.approx({odds: truth(known, odds) for odds in found}, abs=0.03)


def test_no_other_threshold_has_a_better_f1_and_no_higher_one_as_good(judged: Judged, scale: Scale) -> None:
    read = predicted(judged, scale)
    f1 = {step: f1_from(read, step) for step in _thresholds()}
    best = max(f1.values())
    assert scale.threshold == max(step for step in f1 if f1[step] == best)


def test_introductions_are_right_as_often_as_asked_for(judged: Judged, scale: Scale) -> None:
    asserted = [(example.gold, surer(read, scale.threshold)) for example, read in predicted(judged, scale)]
    told = introductions(asserted)
    assert told.precision >= recipe("calibration")["precision"]
    assert told.found > 0


def test_no_introduction_is_said_where_none_is_right(judged: Judged) -> None:
    used = []
    for example, outcomes, roles in judged:
        concepts = tuple(replace(concept, role=GoldRole.USES) for concept in example.gold.concepts)
        other = replace(
            example, gold=replace(example.gold, concepts=concepts), roles=np.ones_like(example.roles)
        )
        used.append((other, outcomes, roles))
    assert calibrate(used).introduced == 1.0


def test_what_is_mentioned_in_passing_is_neither_right_nor_wrong(judged: Judged, scale: Scale) -> None:
    passing = [
        (replace(example, outcomes=np.full_like(example.outcomes, UNKNOWN)), outcomes, roles)
        for example, outcomes, roles in judged
    ]
    assert calibrate([*judged, *passing]).confidence == scale.confidence


def test_the_same_judgements_give_the_same_scale(judged: Judged, scale: Scale) -> None:
    assert calibrate(judged) == scale


def test_the_surest_stand_first(judged: Judged, scale: Scale) -> None:
    for _, read in predicted(judged, scale):
        sure = [prediction.confidence or 0.0 for prediction in read]
        assert sure == sorted(sure, reverse=True)


def test_what_is_as_sure_as_the_threshold_is_asserted() -> None:
    read = [said("a", 0.5), said("b", 0.499), said("c", None)]
    assert [prediction.label for prediction in surer(read, 0.5)] == ["a"]
