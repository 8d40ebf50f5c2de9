from __future__ import annotations

import random
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.resampling import CHEAP, Measure, bootstrap, rank_attributes, ranks
from kg.graph.uncertainty import uncertainty_settings
from kg.records import Knowledge
from tests.graph.samples import known, paper


@given(values=st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_a_rank_is_one_more_than_the_number_of_larger_values(values: list[int]) -> None:
    expected = [1 + sum(other > value for other in values) for value in values]
    assert ranks(np.array(values, dtype=float) / 7).tolist() == expected


def test_the_last_bits_of_a_sum_part_nobody() -> None:
    assert ranks(np.array([0.1 + 0.2, 0.3])).tolist() == [1, 1]


def test_numbers_that_differ_visibly_differ_in_rank() -> None:
    assert ranks(np.array([1e-7, 1.001e-7, 0, 3e5])).tolist() == [3, 2, 4, 1]


@pytest.mark.parametrize("measure", list(Measure))
def test_the_rank_is_that_of_the_stored_measure(
    measure: Measure, seed_knowledge: Knowledge, seed_graph: nx.Graph
) -> None:
    stored = np.array([float(number) for _, number in seed_graph.nodes(data=str(measure))])
    expected = dict(zip(seed_graph, ranks(stored).tolist(), strict=True))
    found = {author: place.rank for author, place in bootstrap(seed_knowledge, [measure], 1)[measure].items()}
    wrong = {author: (found[author], rank) for author, rank in expected.items() if found[author] != rank}
    assert not wrong, f"{measure}: resampled and stored ranks differ"


def test_every_interval_holds_its_rank(seed_knowledge: Knowledge) -> None:
    for measure, places in bootstrap(seed_knowledge, CHEAP, 20).items():
        for author, place in places.items():
            assert 1 <= place.low <= place.rank <= place.high <= len(places), (measure, author, place)


def test_many_papers_make_a_first_place_surer_than_few() -> None:
    many = [paper(f"p{n}", "Ann", f"x{n}") for n in range(30)]
    few = [paper(f"q{n}", "Bob") for n in range(3)] + [paper(f"r{n}", "Cyd") for n in range(3)]
    found = bootstrap(known(many + few), [Measure.PAPER_COUNT], 200)[Measure.PAPER_COUNT]
    assert (found["Ann"].low, found["Ann"].high) == (1, 1)
    assert found["Bob"].high - found["Bob"].low > 3, "three papers may as well have been none"


def test_papers_in_another_order_give_the_same_intervals(seed_knowledge: Knowledge) -> None:
    chance = random.Random(4)
    mixed = replace(
        seed_knowledge,
        papers=tuple(chance.sample(seed_knowledge.papers, len(seed_knowledge.papers))),
        authors=tuple(chance.sample(seed_knowledge.authors, len(seed_knowledge.authors))),
        authorships=tuple(chance.sample(seed_knowledge.authorships, len(seed_knowledge.authorships))),
    )
    assert bootstrap(mixed, tuple(reversed(Measure)), 5) == bootstrap(seed_knowledge, tuple(Measure), 5)


def test_another_seed_gives_other_resamples(seed_knowledge: Knowledge) -> None:
    assert bootstrap(seed_knowledge, CHEAP, 5, 1) != bootstrap(seed_knowledge, CHEAP, 5, 2)


def test_betweenness_of_a_large_network_is_refused() -> None:
    people = [f"A{n}" for n in range(uncertainty_settings().ranks.betweenness_up_to + 1)]
    with pytest.raises(ValueError, match="betweenness is resampled for 2000 people at most, not for 2001"):
        bootstrap(known([paper(f"p{name}", name) for name in people]), [Measure.BETWEENNESS], 1)


def test_no_resamples_are_refused() -> None:
    with pytest.raises(ValueError, match="0 resamples give no interval"):
        bootstrap(known([paper("p", "A")]), CHEAP, 0)


@pytest.mark.parametrize(
    "knowledge",
    [known([]), known([paper("p1")]), known([paper("p1", "A")])],
    ids=["none", "no authors", "one"],
)
def test_the_smallest_collections_have_intervals(knowledge: Knowledge) -> None:
    found = bootstrap(knowledge, tuple(Measure), 3)
    assert {len(places) for places in found.values()} == {len(knowledge.authors)}


def test_attributes_name_measure_and_end(seed_knowledge: Knowledge, seed_graph: nx.Graph) -> None:
    graph = seed_graph.copy()
    nx.set_node_attributes(graph, rank_attributes(bootstrap(seed_knowledge, [Measure.PAGERANK], 3)))
    for node, attributes in graph.nodes(data=True):
        ends = [attributes[f"pagerank_rank{end}"] for end in ("_low", "", "_high")]
        assert ends == sorted(ends) and {type(end) for end in ends} == {int}, node
