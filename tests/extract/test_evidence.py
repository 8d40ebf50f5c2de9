"""What a group's rivals tell of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract.classifier import OUTCOMES
from kg.extract.evidence import evidence, introduction_evidence, kinds_of, log_odds
from kg.extract.roles import ROLES
from kg.extract.text import Group

from .conftest import blank, group

TOPIC, METHOD, DATASET, METRIC = range(1, len(OUTCOMES))
WORDS: Doc = blank()("a purple graph neural network sings and a neural network hums")
LONG, SHORT = WORDS[2:5], WORDS[3:5]  # graph neural network, neural network
ALONE = WORDS[8:10]  # neural network


def methods(*sure: float) -> np.ndarray:
    """Groups that a judge takes for methods, as surely as is told."""
    outcomes = np.zeros((len(sure), len(OUTCOMES)))
    outcomes[:, METHOD] = sure
    outcomes[:, 0] = 1 - outcomes[:, METHOD]
    return outcomes


def column(name: str, groups: Sequence[Group], *sure: float) -> list[float]:
    """One column of the evidence on groups that a judge takes for methods."""
    return [float(value) for value in evidence(groups, methods(*sure))[name]]


def test_log_odds_are_finite_at_certainty_and_zero_at_even_chances() -> None:
    none, even, all_ = log_odds(np.array([0.0, 0.5, 1.0]))
    assert np.isfinite(none) and none == pytest.approx(-all_)
    assert even == 0.0


def test_a_known_concept_has_its_kind_and_any_other_the_likeliest() -> None:
    outcomes = np.array([[0.1, 0.7, 0.1, 0.1, 0.0], [0.9, 0.0, 0.02, 0.08, 0.0], [0.1, 0.7, 0.1, 0.1, 0.0]])
    known = group(SHORT, concept="method/neural-network")
    assert kinds_of([known, group(LONG), group(ALONE)], outcomes).tolist() == [METHOD, DATASET, TOPIC]


def test_a_known_concept_is_as_sure_as_being_any_concept_and_another_as_its_kind() -> None:
    outcomes = np.array([[0.4, 0.4, 0.2, 0.0, 0.0]] * 2)
    found = evidence([group(SHORT, concept="method/neural-network"), group(ALONE)], outcomes)
    assert found["sure"] == pytest.approx(log_odds(np.array([0.6, 0.4])))
    assert found["known"].tolist() == [1.0, 0.0]
    assert found["known and sure"] == pytest.approx(log_odds(np.array([0.6, 0.5])))


def test_a_longer_name_over_a_shorter_is_its_rival_as_sure_as_it_is() -> None:
    both = [group(LONG), group(SHORT)]
    assert column("longer rival", both, 0.8, 0.6) == pytest.approx([0.0, 0.8])
    assert column("shorter rival", both, 0.8, 0.6) == pytest.approx([0.6, 0.0])


def test_the_surer_of_two_rivals_is_told() -> None:
    both = [group(LONG), group(SHORT)]
    assert column("longer is surer", both, 0.8, 0.6) == [0.0, 1.0]
    assert column("shorter is surer", both, 0.8, 0.6) == [0.0, 0.0]
    assert column("longer is surer", both, 0.6, 0.8) == [0.0, 0.0]
    assert column("shorter is surer", both, 0.6, 0.8) == [1.0, 0.0]


def test_an_uncontested_place_frees_a_name_from_its_longer_rival() -> None:
    both = [group(LONG), group(SHORT, ALONE)]
    assert column("longer rival", both, 0.9, 0.6) == [0.0, 0.0]
    assert column("longer is surer", both, 0.9, 0.6) == [0.0, 0.0]


def test_the_least_contested_place_counts_where_every_one_is() -> None:
    three = [group(LONG), group(WORDS[7:10]), group(SHORT, ALONE)]
    assert column("longer rival", three, 0.9, 0.3, 0.6) == pytest.approx([0.0, 0.0, 0.3])


def test_the_surest_of_several_rivals_counts() -> None:
    three = [group(LONG), group(WORDS[1:5]), group(SHORT)]
    assert column("longer rival", three, 0.3, 0.9, 0.6) == pytest.approx([0.9, 0.0, 0.9])
    assert column("shorter rival", three, 0.3, 0.9, 0.6) == pytest.approx([0.6, 0.6, 0.0])


def test_names_that_overlap_by_a_word_are_rivals_and_those_beside_one_another_are_not() -> None:
    overlapping = [group(WORDS[1:4]), group(SHORT)]
    assert column("longer rival", overlapping, 0.8, 0.6) == pytest.approx([0.0, 0.8])
    beside = [group(WORDS[1:3]), group(WORDS[3:4])]
    assert column("longer rival", beside, 0.8, 0.6) == [0.0, 0.0]


def test_equally_long_names_are_no_rivals() -> None:
    assert column("longer rival", [group(WORDS[2:4]), group(SHORT)], 0.8, 0.6) == [0.0, 0.0]
    assert column("shorter rival", [group(WORDS[2:4]), group(SHORT)], 0.8, 0.6) == [0.0, 0.0]


def test_the_more_likely_names_a_text_holds_the_larger_their_column_in_all_groups() -> None:
    few = column("likely names", [group(LONG), group(ALONE)], 0.5, 0.1)
    many = column("likely names", [group(LONG), group(ALONE)], 0.9, 0.8)
    assert few[0] == few[1] == pytest.approx(np.log(1.6))
    assert many[0] == many[1] > few[0]


def test_a_text_without_names_has_evidence_of_nothing() -> None:
    assert [name for name, values in evidence([], methods()).items() if values.size] == []


@given(
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.integers(1, 3),
            st.booleans(),
            st.lists(st.floats(0, 1), min_size=5, max_size=5),
        ),
        max_size=6,
    )
)
def test_every_column_is_finite_whatever_the_judge_says(
    given_groups: list[tuple[int, int, bool, list[float]]],
) -> None:
    groups = [
        group(WORDS[start : min(start + length, len(WORDS))], concept="method/clip" * known)
        for start, length, known, _ in given_groups
    ]
    table = np.array([row for *_, row in given_groups]).reshape(-1, len(OUTCOMES))
    outcomes = table / np.maximum(table.sum(axis=1, keepdims=True), 1.0)
    columns = evidence(groups, outcomes)
    assert {name: values.shape for name, values in columns.items()} == dict.fromkeys(columns, (len(groups),))
    assert [name for name, values in columns.items() if not np.isfinite(values).all()] == []


@pytest.mark.parametrize("outcome", range(len(OUTCOMES)))
@pytest.mark.parametrize("concept", ["", "method/clip"])
def test_every_column_is_finite_at_certainty(outcome: int, concept: str) -> None:
    groups = [group(LONG, concept=concept), group(SHORT)]
    outcomes = np.eye(len(OUTCOMES))[[outcome, 0]]
    columns = evidence(groups, outcomes)
    kinds = kinds_of(groups, outcomes)
    for confidences in (np.zeros(2), np.ones(2)):
        for role in np.eye(len(ROLES)):
            introducing = introduction_evidence(kinds, confidences, np.tile(role, (2, 1)))
            for name, values in [*columns.items(), *introducing.items()]:
                assert np.isfinite(values).all(), name


def introducing(
    kinds: Sequence[int], sure: Sequence[float], introduced: Sequence[float]
) -> dict[str, list[float]]:
    """The evidence on introductions, by column."""
    roles = np.array([[likely, 1 - likely, 0.0, 0.0] for likely in introduced]).reshape(-1, len(ROLES))
    found = introduction_evidence(np.array(kinds, int), np.array(sure, float), roles)
    return {name: values.tolist() for name, values in found.items()}


def test_the_likeliest_introduction_of_a_paper_stands_out() -> None:
    found = introducing([METHOD, DATASET, METHOD], [0.9, 0.9, 0.2], [0.3, 0.6, 0.9])
    assert found["first"] == [0.0, 1.0, 0.0]
    first, second = log_odds(np.array([0.54, 0.27]))
    assert found["rival"] == pytest.approx([first, second, first])


def test_equally_likely_introductions_are_rivals_of_one_another() -> None:
    found = introducing([METHOD, METHOD], [0.8, 0.8], [0.5, 0.5])
    assert found["first"] == [1.0, 1.0]
    assert found["rival"] == pytest.approx(log_odds(np.array([0.4, 0.4])).tolist())


def test_an_only_method_is_the_first_and_has_no_rival() -> None:
    found = introducing([METHOD, TOPIC], [0.8, 0.9], [0.4, 0.9])
    assert found["first"] == [1.0, 0.0]
    assert found["rival"][0] == pytest.approx(float(log_odds(np.zeros(1))[0]))


def test_topics_and_metrics_are_not_introduced() -> None:
    found = introducing([TOPIC, METRIC, METHOD], [1.0, 0.9, 0.1], [1.0, 0.9, 0.1])
    for name, values in found.items():
        assert values[:2] == [0.0, 0.0], name
    assert found["bias"] == [0.0, 0.0, 1.0]
    assert found["first"] == [0.0, 0.0, 1.0]


def test_a_paper_without_names_introduces_nothing() -> None:
    assert [name for name, values in introducing([], [], []).items() if values] == []
