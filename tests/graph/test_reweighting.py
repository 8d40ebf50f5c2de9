from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.coauthorship import coauthorship
from kg.graph.limits import limits
from kg.graph.measures import adjacency
from kg.graph.reweighting import weighted_papers
from kg.records import Knowledge, Paper
from tests.graph.samples import known, paper

_TEAMS = st.lists(st.lists(st.sampled_from("ABCDE"), max_size=4, unique=True), min_size=1, max_size=6)


def _papers(teams: list[list[str]], times: list[int]) -> list[Paper]:
    """Each team's paper as often as told."""
    return [
        paper(f"p{n}-{copy}", *team)
        for n, (team, count) in enumerate(zip(teams, times, strict=True))
        for copy in range(count)
    ]


def test_with_each_paper_once_the_network_is_that_of_the_seeds(
    seed_knowledge: Knowledge, seed_graph: nx.Graph
) -> None:
    papers = weighted_papers(seed_knowledge)
    found = papers.adjacency(papers.ones())
    assert list(papers.authors) == list(seed_graph)
    assert abs(found - adjacency(seed_graph)).max() < 1e-10, "weights are stored to twelve digits"
    counts = [count for _, count in seed_graph.nodes(data="paper_count")]
    assert (papers.wrote @ papers.ones()).tolist() == counts


@given(teams=_TEAMS, data=st.data())
def test_a_weight_is_as_good_as_copies_of_the_paper(teams: list[list[str]], data: st.DataObject) -> None:
    teams = [team for team in teams if team] or [["A"]]
    times = data.draw(st.lists(st.integers(0, 3), min_size=len(teams), max_size=len(teams)))
    weighted = weighted_papers(known(_papers(teams, [1] * len(teams))))
    copied = coauthorship(known(_papers(teams, times)))
    order = [author for author in weighted.authors if author in copied]
    rows = [weighted.authors.index(author) for author in order]
    ours = weighted.adjacency(np.array(times, dtype=float)).toarray()[np.ix_(rows, rows)]
    theirs = nx.to_numpy_array(copied, nodelist=order) if order else np.zeros((0, 0))
    np.testing.assert_allclose(ours, theirs, atol=1e-10)


def test_a_paper_of_too_many_people_counts_but_links_nobody() -> None:
    crowd = [f"A{n:03}" for n in range(limits().most_authors + 1)]
    papers = weighted_papers(known([paper("p1", *crowd)]))
    assert papers.adjacency(papers.ones()).nnz == 0
    assert set((papers.wrote @ papers.ones()).tolist()) == {1.0}


def test_a_resample_has_as_many_papers_as_there_are(seed_knowledge: Knowledge) -> None:
    papers = weighted_papers(seed_knowledge)
    draws = list(papers.resamples(3, 1))
    assert [draw.sum() for draw in draws] == [len(papers.papers)] * 3
    assert draws[0].tolist() != draws[1].tolist()
    assert [d.tolist() for d in papers.resamples(3, 1)] == [d.tolist() for d in draws]
