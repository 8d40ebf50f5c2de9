from __future__ import annotations

import random
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest

from kg.graph.measures import Integers, adjacency
from kg.graph.partition import partition
from kg.graph.stability import Stability, by_order, by_resampling
from kg.records import Knowledge
from tests.graph.samples import known, paper


def _parts(graph: nx.Graph) -> Integers:
    return partition(adjacency(graph), 1.0, 10)


def _same(one: Stability, other: Stability) -> bool:
    return (
        np.array_equal(one.jaccard, other.jaccard, equal_nan=True)
        and one.adjusted_rand == other.adjusted_rand
    )


def test_a_network_with_one_best_partition_is_found_again_in_any_order(seed_graph: nx.Graph) -> None:
    found = by_order(adjacency(seed_graph), _parts(seed_graph), 5)
    assert found.jaccard.min() > 0.9, "the seed network is nearly a heap of separate teams"
    assert found.adjusted_rand > 0.99


def test_a_network_without_communities_is_parted_otherwise_each_time() -> None:
    chance = nx.gnp_random_graph(200, 0.05, seed=1)
    found = by_order(adjacency(chance), _parts(chance), 5)
    assert found.adjusted_rand < 0.5
    assert float(np.mean(found.jaccard)) < 0.6


def test_a_team_held_together_by_one_paper_is_less_stable_than_by_many() -> None:
    steady = [paper(f"p{n}", "A", "B", "C", "D") for n in range(12)]
    loose = [paper("q1", "V", "W"), paper("q2", "W", "X"), paper("q3", "X", "Y"), paper("q4", "Y", "Z")]
    knowledge = known(steady + loose)
    communities = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1])
    found = by_resampling(knowledge, communities, 50)
    assert found.jaccard[0] == 1
    assert found.jaccard[1] < 0.9


def test_a_team_of_one_paper_is_found_again_wherever_it_is() -> None:
    knowledge = known([paper("p1", "A", "B"), paper("p2", "C", "D"), paper("p3", "E", "F")])
    assert by_resampling(knowledge, np.array([0, 0, 1, 1, 2, 2]), 20).jaccard.tolist() == [1, 1, 1]


def test_a_community_that_no_resample_has_is_of_unknown_stability() -> None:
    knowledge = known([paper(f"p{n}", f"A{n}") for n in range(9)])
    found = by_resampling(knowledge, np.arange(9), 1).jaccard
    assert np.isnan(found).any() and set(found[~np.isnan(found)].tolist()) == {1.0}


def test_every_community_of_the_seeds_has_a_stability(
    seed_knowledge: Knowledge, seed_graph: nx.Graph
) -> None:
    parts = _parts(seed_graph)
    found = by_resampling(seed_knowledge, parts, 20)
    assert len(found.jaccard) == parts.max() + 1
    assert ((found.jaccard > 0) & (found.jaccard <= 1)).all()
    assert found.jaccard.min() < 1, "papers matter to some"
    assert found.runs == 20


def test_papers_in_another_order_give_the_same_stability(
    seed_knowledge: Knowledge, seed_graph: nx.Graph
) -> None:
    chance = random.Random(5)
    mixed = replace(
        seed_knowledge,
        authors=tuple(chance.sample(seed_knowledge.authors, len(seed_knowledge.authors))),
        authorships=tuple(chance.sample(seed_knowledge.authorships, len(seed_knowledge.authorships))),
    )
    parts = _parts(seed_graph)
    assert _same(by_resampling(mixed, parts, 5), by_resampling(seed_knowledge, parts, 5))


def test_the_seed_decides_the_runs(seed_knowledge: Knowledge, seed_graph: nx.Graph) -> None:
    parts = _parts(seed_graph)
    assert _same(by_resampling(seed_knowledge, parts, 3, 7), by_resampling(seed_knowledge, parts, 3, 7))
    assert not _same(by_resampling(seed_knowledge, parts, 3, 7), by_resampling(seed_knowledge, parts, 3, 8))


@pytest.mark.parametrize(
    "knowledge",
    [known([]), known([paper("p1")]), known([paper("p1", "A")])],
    ids=["none", "no authors", "one"],
)
def test_the_smallest_collections_pass(knowledge: Knowledge) -> None:
    parts = np.arange(len(knowledge.authors))
    assert len(by_resampling(knowledge, parts, 3).jaccard) == len(parts)


def test_no_runs_are_refused(seed_graph: nx.Graph) -> None:
    with pytest.raises(ValueError, match="0 runs tell nothing"):
        by_order(adjacency(seed_graph), _parts(seed_graph), 0)
