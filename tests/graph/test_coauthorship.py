from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import networkx as nx
import pytest

from kg.graph.coauthorship import coauthorship
from kg.graph.limits import limits
from kg.records import Author, Knowledge
from tests.graph.samples import known, paper


def test_the_seeds_join_892_people_in_2446_pairs(seed_knowledge: Knowledge) -> None:
    graph = coauthorship(seed_knowledge)
    assert (len(graph), graph.number_of_edges()) == (892, 2446)
    assert graph.graph["hyperauthored_papers"] == 0


def test_a_person_has_all_co_authors_and_papers_of_the_seeds(seed_knowledge: Knowledge) -> None:
    graph = coauthorship(seed_knowledge)
    theirs = [paper for paper in seed_knowledge.papers if "Sergey Levine" in paper.authors]
    others = {name for paper in theirs for name in paper.authors} - {"Sergey Levine"}
    assert set(graph["Sergey Levine"]) == others
    assert graph.nodes["Sergey Levine"]["paper_count"] == len(theirs) == 7
    shares = sum(1 / len(paper.authors) for paper in theirs)
    assert graph.nodes["Sergey Levine"]["fractional_count"] == pytest.approx(shares, abs=1e-11)


def test_weights_are_newmans() -> None:
    graph = coauthorship(known([paper("p1", "A", "B", "C"), paper("p2", "A", "B")]))
    assert graph["A"]["B"]["weight"] == 1.5
    assert graph["B"]["C"]["weight"] == 0.5


def test_strength_is_the_number_of_papers_written_with_others(seed_knowledge: Knowledge) -> None:
    graph = coauthorship(seed_knowledge)
    together: dict[str, int] = dict.fromkeys(graph, 0)
    for sample in seed_knowledge.papers:
        for name in sample.authors:
            together[name] += len(sample.authors) > 1
    wrong = {
        name: (strength, together[name])
        for name, strength in graph.degree(weight="weight")
        if strength != pytest.approx(together[name])
    }
    assert wrong == {}


def test_an_edge_tells_its_papers_and_years() -> None:
    papers = [
        paper("p2", "B", "A", year=2020),
        paper("p1", "A", "B", year=2021),
        paper("p3", "B", "A", year=2020),
    ]
    edge = coauthorship(known(papers))["A"]["B"]
    assert edge == {"weight": 3.0, "paper_count": 3, "papers": "p1 p2 p3", "years": "2020 2021"}


def test_a_person_has_first_and_last_year() -> None:
    graph = coauthorship(known([paper("p1", "A", year=2022), paper("p2", "A", "B", year=2019)]))
    assert (graph.nodes["A"]["first_year"], graph.nodes["A"]["last_year"]) == (2019, 2022)


def test_unknown_years_are_absent() -> None:
    graph = coauthorship(known([paper("p1", "A", "B", year=None)]))
    assert not {"first_year", "last_year"} & graph.nodes["A"].keys()
    assert "years" not in graph["A"]["B"]


def test_a_paper_with_too_many_authors_counts_but_links_nobody() -> None:
    crowd = [f"Author {number:03}" for number in range(limits().most_authors + 1)]
    graph = coauthorship(known([paper("p1", *crowd), paper("p2", "Author 000", "Author 001")]))
    assert list(graph.edges) == [("Author 000", "Author 001")]
    assert graph.graph["hyperauthored_papers"] == 1
    assert graph.nodes["Author 000"]["paper_count"] == 2


def test_a_paper_at_the_limit_links_all_its_authors() -> None:
    crowd = [f"Author {number:03}" for number in range(limits().most_authors)]
    graph = coauthorship(known([paper("p1", *crowd)]))
    assert graph.number_of_edges() == len(list(combinations(crowd, 2)))


def test_someone_printed_twice_on_a_paper_is_one_author_without_a_loop() -> None:
    graph = coauthorship(known([paper("p1", "A", "A", "B")]))
    assert list(graph.edges) == [("A", "B")]
    assert graph["A"]["B"]["weight"] == 1.0
    assert graph.nodes["A"]["fractional_count"] == 0.5


def test_harmonic_counts_favour_the_first_of_a_paper() -> None:
    graph = coauthorship(known([paper("p1", "A", "B", "C"), paper("p2", "B")]))
    counted = dict(graph.nodes(data="harmonic_count"))
    assert counted == pytest.approx({"A": 6 / 11, "B": 3 / 11 + 1, "C": 2 / 11})


@pytest.mark.parametrize("count", ["fractional_count", "harmonic_count"])
def test_the_shares_of_all_authors_add_up_to_the_papers(count: str, seed_knowledge: Knowledge) -> None:
    graph = coauthorship(seed_knowledge)
    assert sum(share for _, share in graph.nodes(data=count)) == pytest.approx(len(seed_knowledge.papers))


def test_someone_printed_twice_has_the_place_of_the_first() -> None:
    graph = coauthorship(known([paper("p1", "A", "B", "A")]))
    assert dict(graph.nodes(data="harmonic_count")) == pytest.approx({"A": 2 / 3, "B": 1 / 3})


def test_an_author_of_no_paper_counts_nothing() -> None:
    graph = coauthorship(replace(known([]), authors=(Author("a", "A", ("A",)),)))
    assert graph.nodes["a"] == {
        "label": "A",
        "paper_count": 0,
        "fractional_count": 0.0,
        "harmonic_count": 0.0,
    }


def test_nodes_and_edges_stand_in_sorted_order(seed_knowledge: Knowledge) -> None:
    graph = coauthorship(seed_knowledge)
    assert list(graph) == sorted(graph)
    edges = [tuple(sorted(edge)) for edge in graph.edges]
    assert edges == sorted(edges)


def test_no_papers_make_an_empty_graph() -> None:
    assert nx.utils.graphs_equal(coauthorship(known([])), nx.Graph(hyperauthored_papers=0))
