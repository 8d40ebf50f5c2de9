from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.classifier import OUTCOMES
from kg.extract.confidence import Scale, default_threshold, floor, scale, weighed
from kg.extract.evidence import evidence, introduction_evidence, kinds_of, log_odds
from kg.extract.judges import EXTRACTORS
from kg.extract.roles import ROLES
from kg.records import Role

from .conftest import blank, group

_PROBABILITIES = st.floats(0, 1)
_WEIGHTS = st.floats(-1e9, 1e9)


def sure(*probabilities: float) -> np.ndarray:
    """What judges say, as the logarithms of odds."""
    return log_odds(np.array(probabilities))


@given(_WEIGHTS, _WEIGHTS, _PROBABILITIES)
def test_whatever_the_weights_a_confidence_is_a_probability(bias: float, slope: float, said: float) -> None:
    (found,) = weighed({"bias": bias, "sure": slope}, {"bias": np.ones(1), "sure": sure(said)})
    assert 0.0 <= found <= 1.0


@given(st.floats(0, 20), st.floats(-20, 20), _PROBABILITIES, _PROBABILITIES)
def test_a_confidence_grows_with_what_speaks_for_it(
    slope: float, bias: float, one: float, other: float
) -> None:
    columns = {"bias": np.ones(2), "sure": sure(*sorted((one, other)))}
    low, high = weighed({"bias": bias, "sure": slope}, columns)
    assert low <= high


def test_a_weight_of_one_on_the_odds_leaves_a_probability_as_it_is() -> None:
    said = [0.001, 0.25, 0.5, 0.999]
    assert weighed({"sure": 1.0}, {"sure": sure(*said)}).tolist() == said


def test_a_smaller_weight_brings_the_overconfident_down() -> None:
    columns = {"bias": np.ones(1), "sure": sure(0.9)}
    assert 0.5 < weighed({"sure": 0.5}, columns)[0] < 0.9
    assert weighed({"sure": 1.0, "bias": -1.0}, columns)[0] < 0.9


def test_a_column_without_a_weight_and_a_weight_without_a_column_change_nothing() -> None:
    plain = weighed({"sure": 1.0}, {"sure": sure(0.3, 0.7)})
    more = weighed({"sure": 1.0, "gone": 5.0}, {"sure": sure(0.3, 0.7), "new": np.array([9.0, -9.0])})
    assert plain.tolist() == more.tolist()


def test_a_confidence_has_three_digits() -> None:
    assert weighed({"sure": 1.0}, {"sure": sure(0.123456)}).tolist() == [0.123]


def test_of_no_groups_there_are_no_confidences() -> None:
    assert weighed({"sure": 1.0}, {"sure": sure()}).tolist() == []


@pytest.fixture(params=EXTRACTORS)
def shipped(request: pytest.FixtureRequest) -> Scale:
    """The scale of each extractor."""
    return scale(request.param)


def test_what_is_asserted_is_surer_than_what_is_mentioned(shipped: Scale) -> None:
    assert 0.0 < floor() <= shipped.threshold < 1.0


def test_shipped_weights_are_for_the_columns_that_there_are(shipped: Scale) -> None:
    doc = blank()("CLIP wins")
    groups, outcomes = [group(doc[0:1])], np.full((1, len(OUTCOMES)), 0.2)
    columns = evidence(groups, outcomes)
    introducing = introduction_evidence(kinds_of(groups, outcomes), np.ones(1), np.full((1, 4), 0.25))
    assert shipped.confidence.keys() == columns.keys()
    assert shipped.introduction.keys() == introducing.keys()


def test_the_surer_a_shipped_judge_the_surer_the_reading(shipped: Scale) -> None:
    assert shipped.confidence["sure"] > 0
    assert shipped.confidence["sure"] + shipped.confidence["known and sure"] > 0


def test_a_surer_longer_name_speaks_against_one_inside_it(shipped: Scale) -> None:
    assert shipped.confidence["longer rival"] + shipped.confidence["longer is surer"] < 0


def test_the_likelier_an_introduction_to_a_shipped_judge_the_sooner_it_is_said(shipped: Scale) -> None:
    assert shipped.introduction["role"] > 0
    assert 0.0 < shipped.introduced < 1.0


def test_only_other_roles_than_use_and_introduction_have_a_line_of_their_own(shipped: Scale) -> None:
    assert shipped.roles.keys() <= {str(role) for role in ROLES} - {Role.USES, Role.INTRODUCES}
    assert all(0.0 < line <= 1.0 for line in shipped.roles.values())


def test_the_default_threshold_is_that_of_the_accurate_extractor() -> None:
    assert default_threshold() == scale("accurate").threshold
    assert default_threshold("fast") == scale("fast").threshold
