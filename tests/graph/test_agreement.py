from __future__ import annotations

from math import comb, isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.agreement import adjusted_rand, best_jaccard, normalised_mutual_information

PAIRS = st.integers(1, 12).flatmap(
    lambda n: st.tuples(*(st.lists(st.integers(0, 4), min_size=n, max_size=n).map(np.array) for _ in "ab"))
)
Labels = np.ndarray


def _rand_by_pairs(one: Labels, other: Labels) -> float:
    """The definition, pair by pair."""
    n = len(one)
    pairs = [(a, b) for a in range(n) for b in range(a)]
    same_one = {p for p in pairs if one[p[0]] == one[p[1]]}
    same_other = {p for p in pairs if other[p[0]] == other[p[1]]}
    expected = len(same_one) * len(same_other) / comb(n, 2) if n > 1 else 0
    largest = (len(same_one) + len(same_other)) / 2
    return 1.0 if largest == expected else (len(same_one & same_other) - expected) / (largest - expected)


@given(pair=PAIRS)
def test_the_adjusted_rand_index_is_that_of_its_definition(pair: tuple[Labels, Labels]) -> None:
    assert adjusted_rand(*pair) == pytest.approx(_rand_by_pairs(*pair))


@given(pair=PAIRS)
def test_both_indices_treat_the_two_partitions_alike(pair: tuple[Labels, Labels]) -> None:
    for index in (adjusted_rand, normalised_mutual_information):
        assert index(*pair) == pytest.approx(index(*pair[::-1])), index.__name__


@given(pair=PAIRS)
def test_a_partition_agrees_with_itself_under_any_numbers(pair: tuple[Labels, Labels]) -> None:
    one = pair[0]
    renamed = 4 - one
    assert adjusted_rand(one, renamed) == pytest.approx(1)
    assert normalised_mutual_information(one, renamed) == pytest.approx(1)
    assert all(isnan(j) or j == 1 for j in best_jaccard(one, renamed).tolist())


def test_independent_partitions_agree_by_chance_alone() -> None:
    chance = np.random.default_rng(1)
    one, other = chance.integers(10, size=(2, 5000))
    assert adjusted_rand(one, other) == pytest.approx(0, abs=0.01)


@given(pair=PAIRS)
def test_the_best_match_is_the_best_of_all(pair: tuple[Labels, Labels]) -> None:
    one, other = pair
    for part, found in enumerate(best_jaccard(one, other).tolist()):
        here = set(np.flatnonzero(one == part))
        there = [set(np.flatnonzero(other == number)) for number in set(other.tolist())]
        best = max(len(here & those) / len(here | those) for those in there)
        assert (isnan(found) and not here) or found == pytest.approx(best)
