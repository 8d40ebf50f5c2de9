from __future__ import annotations

import json

import networkx as nx
import numpy as np
import pytest

from kg.graph.recommendation.features import NAMES, features
from kg.graph.recommendation.learning import (
    last_edition,
    learn,
    new_pairs,
    other_than,
    pairs_at,
    random_pairs,
    split,
)
from kg.graph.recommendation.model import Model, read_model, regimes, shipped_model
from kg.graph.recommendation.network import network
from kg.records import Knowledge
from tests.graph.recommending_samples import corpus, growing, shuffled, written


@pytest.fixture(scope="module")
def halves() -> tuple[Knowledge, Knowledge]:
    return split(growing(), 2022.0)


@pytest.fixture(scope="module")
def learnt(halves: tuple[Knowledge, Knowledge]) -> Model:
    return learn(*halves)


def test_a_corpus_is_split_by_year_and_venue() -> None:
    whole = corpus(
        written("a", "x", venue="iclr"), written("b", "y", venue="nips"), written("c", "z", year=None)
    )
    before, after = split(whole, last_edition(whole))
    assert [p.id for p in before.papers] == ["a"]
    assert [p.id for p in after.papers] == ["b"]
    assert [a.id for a in before.authors] == ["x"]


def test_without_years_there_is_no_last_edition() -> None:
    with pytest.raises(ValueError, match="no paper has a year"):
        last_edition(corpus(written("a", "x", year=None)))


def test_a_new_pair_was_present_and_did_not_write_together() -> None:
    before = network(corpus(written("a", "x y"), written("b", "z"), written("c", "w")))
    later = corpus(written("d", "x y z new"), written("e", "w z"), written("f", "x z"))
    found = new_pairs(before, later)
    names = [tuple(before.people[row] for row in pair) for pair in found.pairs.tolist()]
    assert names == [("w", "z"), ("x", "z"), ("y", "z")]
    assert found.papers.tolist() == [1, 0, 0]


def test_pairs_at_a_distance_are_those_of_networkx() -> None:
    people = network(growing())
    graph = nx.from_scipy_sparse_array(people.links)
    lengths = dict(nx.all_pairs_shortest_path_length(graph, cutoff=3))
    for edges in (2, 3):
        expected = sorted((a, b) for a in lengths for b, d in lengths[a].items() if d == edges and a < b)
        assert list(map(tuple, pairs_at(people, edges).tolist())) == expected


def test_random_pairs_are_distinct_strangers() -> None:
    people = network(growing())
    pairs = random_pairs(people, 3000, np.random.default_rng(1))
    assert len({tuple(pair) for pair in pairs.tolist()}) == len(pairs) > 1000
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert not np.asarray(people.links[pairs[:, 0], pairs[:, 1]]).any()


def test_pairs_can_be_taken_from_others() -> None:
    pairs = np.array([[0, 1], [0, 2], [1, 2]])
    assert other_than(pairs, np.array([[0, 2]]), 3).tolist() == [[0, 1], [1, 2]]


def test_probabilities_add_up_to_the_new_pairs_of_each_regime(
    halves: tuple[Knowledge, Knowledge], learnt: Model
) -> None:
    # the score equation of the intercept, where all pairs at that distance were held against the new ones
    people = network(halves[0])
    new = new_pairs(people, halves[1]).pairs
    for regime, edges in enumerate((2, 3)):
        pairs = pairs_at(people, edges)
        expected = len(pairs) - len(other_than(pairs, new, len(people.people)))
        found = features(people, pairs[:, 0], pairs[:, 1])
        assert set(regimes(found).tolist()) == {regime}
        assert learnt.probability(found).sum() == pytest.approx(expected, rel=1e-3)


def test_learning_does_not_depend_on_the_order_of_records(
    halves: tuple[Knowledge, Knowledge], learnt: Model
) -> None:
    assert learn(shuffled(halves[0], 3), shuffled(halves[1], 4)) == learnt


def test_a_model_can_be_written_and_read(learnt: Model) -> None:
    assert read_model(learnt.as_json()) == learnt


def test_the_shipped_model_weighs_every_feature() -> None:
    assert shipped_model().features == NAMES


@pytest.mark.parametrize(
    "content", [{}, {"features": [], "regressions": []}, {"features": ["x"], "regressions": 3}]
)
def test_anything_else_is_no_model(content: object) -> None:
    with pytest.raises(ValueError, match="recommendation model"):
        read_model(json.dumps(content))


def test_nothing_is_learnt_where_nobody_writes_with_somebody_new() -> None:
    with pytest.raises(ValueError, match="writes together for the first time later"):
        learn(corpus(written("a", "x y")), corpus(written("b", "x y")))
