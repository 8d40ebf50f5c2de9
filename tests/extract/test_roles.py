from __future__ import annotations

import math

import numpy as np
import pytest
from spacy.language import Language

from kg.extract.classifier import OUTCOMES
from kg.extract.roles import ROLES, fitted_roles, likely_roles, role_features, role_of, shipped_roles
from kg.extract.words import data
from kg.records import Kind, Role

from .conftest import blank, group

# introduces, uses, compares with, studies: weights with which decisions can be made in the head
FITTED = fitted_roles(
    {
        "announced": [1.0, 0.0, 0.0, 0.0],
        "cue uses": [0.0, 1.0, 0.0, 0.0],
        "cue comparesWith": [0.0, 0.0, 1.0, 0.0],
    }
)
CERTAIN = np.eye(len(ROLES))
SENTENCES: Language = blank("kg_sentences")
DOC = SENTENCES("CLIP wins. It uses CLIP. It is better than CLIP.")
BARE, USED, COMPARED = (DOC[i : i + 1] for i, token in enumerate(DOC) if token.text == "CLIP")


def outcomes(*kinds: Kind) -> np.ndarray:
    """A certain outcome for each group."""
    return np.eye(len(OUTCOMES))[[OUTCOMES.index(kind) for kind in kinds]]


@pytest.mark.parametrize("introduced", [True, False])
@pytest.mark.parametrize("likely", list(CERTAIN))
def test_a_topic_is_a_topic_and_a_metric_measures(likely: np.ndarray, introduced: bool) -> None:
    assert role_of(Kind.TOPIC, likely, introduced) is Role.HAS_TOPIC
    assert role_of(Kind.METRIC, likely, introduced) is Role.EVALUATES_WITH


@pytest.mark.parametrize("kind", [Kind.METHOD, Kind.DATASET])
def test_what_is_introduced_has_that_role_whatever_else_is_likely(kind: Kind) -> None:
    assert {role_of(kind, likely, True) for likely in CERTAIN} == {Role.INTRODUCES}


@pytest.mark.parametrize("kind", [Kind.METHOD, Kind.DATASET])
def test_what_is_not_introduced_has_the_likeliest_other_role(kind: Kind) -> None:
    assert [role_of(kind, likely, False) for likely in CERTAIN[1:]] == list(ROLES[1:])
    assert role_of(kind, np.array([0.6, 0.1, 0.3, 0.0]), False) is Role.COMPARES_WITH


def test_equal_roles_are_parted_the_same_way_every_time() -> None:
    assert role_of(Kind.METHOD, np.full(4, 0.25), False) is Role.USES
    assert role_of(Kind.METHOD, CERTAIN[0], False) is Role.USES


def test_probabilities_follow_the_weights_of_the_features() -> None:
    announced, used, both = likely_roles(
        [group(BARE), group(USED), group(USED, COMPARED)],
        [{"announced": 3.0}, {}, {}],
        outcomes(Kind.METHOD, Kind.METHOD, Kind.DATASET),
        FITTED,
    )
    assert announced.argmax() == ROLES.index(Role.INTRODUCES)
    assert used.argmax() == ROLES.index(Role.USES)
    assert both[1] == both[2] > both[0]
    assert announced[0] == pytest.approx(math.exp(3) / (math.exp(3) + 3))


@pytest.mark.parametrize("kind", [Kind.TOPIC, Kind.METRIC])
def test_what_is_hardly_a_method_or_data_set_is_not_asked(kind: Kind) -> None:
    described = [{"announced": 3.0}]
    (row,) = likely_roles([group(USED)], described, outcomes(kind), FITTED)
    assert row == pytest.approx(np.full(4, 0.25))
    unsure = outcomes(kind)
    unsure[0, OUTCOMES.index(Kind.DATASET)] = data("roles")["asked_from"]
    (row,) = likely_roles([group(USED)], described, unsure, FITTED)
    assert row.argmax() == ROLES.index(Role.INTRODUCES)


def test_features_without_a_weight_tell_nothing() -> None:
    (row,) = likely_roles([group(BARE)], [{"never fitted": 9.0}], outcomes(Kind.METHOD), FITTED)
    assert row == pytest.approx(np.full(4, 0.25))


def test_asking_changes_neither_the_weights_nor_what_is_described() -> None:
    described = [{"announced": 3.0, "name=clip": 1.0}]
    first = likely_roles([group(USED)], described, outcomes(Kind.METHOD), FITTED)
    again = likely_roles([group(USED)], described, outcomes(Kind.METHOD), FITTED)
    assert first.tolist() == again.tolist()
    assert described == [{"announced": 3.0, "name=clip": 1.0}]
    assert FITTED["announced"].tolist() == [1.0, 0.0, 0.0, 0.0]


def test_the_roles_of_nothing_are_an_empty_table() -> None:
    assert likely_roles([], [], np.zeros((0, len(OUTCOMES))), FITTED).shape == (0, len(ROLES))


def test_the_shipped_weights_are_finite_and_one_for_each_role() -> None:
    table = np.array(list(shipped_roles().values()))
    assert table.shape[1] == len(ROLES)
    assert np.isfinite(table).all()


def test_the_name_itself_tells_no_role() -> None:
    values = {
        "name=adam": 1.0,
        "concept=method/adam": 1.0,
        "first=adam": 1.0,
        "head=adam": 1.0,
        "heads=the adam": 1.0,
        "inner=adam": 1.0,
        "in title": 1.0,
    }
    assert role_features(group(BARE), values) == {"in title": 1.0}
    shipped = dict.fromkeys(shipped_roles(), 1.0)
    assert role_features(group(BARE), shipped).keys() == shipped.keys()


def test_the_cue_before_each_place_is_told_once() -> None:
    found = role_features(group(BARE, USED, COMPARED, USED), {})
    assert list(found.items()) == [("cue comparesWith", 1.0), ("cue uses", 1.0)]
