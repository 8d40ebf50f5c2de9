from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
import typer

from kg.build import Build
from kg.commands.network import Of, network
from kg.graph.example import few_papers
from kg.query.chain import chain
from kg.query.network import MEASURES, places, portrait, read_coauthors
from kg.query.people import author_called, ids_called, names
from kg.query.store import QueryError
from kg.query.tables import read_knowledge
from kg.records import Author, Knowledge

HOSTILE = "[red]\x1b[31mEve"


def test_the_tables_give_back_the_records(seed_build: Build, seed_folder: Path) -> None:
    built, read = seed_build.knowledge, read_knowledge(seed_folder)
    assert [(p.id, p.title, p.abstract, p.year, p.venue, p.authors) for p in read.papers] == [
        (p.id, p.title, p.abstract, p.year, p.venue, p.authors) for p in built.papers
    ]
    assert read.assertions == built.assertions
    assert read.authorships == built.authorships
    assert [(a.id, a.name, a.variants) for a in read.authors] == [
        (a.id, a.name, a.variants) for a in built.authors
    ]
    assert [(c.key, c.pref_label, c.broader, c.curated) for c in read.concepts] == [
        (c.key, c.pref_label, c.broader, c.curated) for c in built.concepts
    ]


def test_tables_that_are_missing_or_none_are_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="run: kg build"):
        read_knowledge(tmp_path)
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "authorships.parquet").write_bytes(b"no table")
    with pytest.raises(QueryError, match=r"authorships\.parquet: not a table .*kg build"):
        read_knowledge(tmp_path)


def test_a_broken_graph_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "coauthors.graphml").write_text("<graphml", encoding="utf-8")
    with pytest.raises(QueryError, match=r"coauthors\.graphml: cannot be read"):
        read_coauthors(tmp_path)


def test_the_facts_are_those_of_the_graph(seed_build: Build, seed_folder: Path) -> None:
    told = {fact.name: fact.value for fact in portrait(read_coauthors(seed_folder), 1).facts}
    assert told == seed_build.coauthors.graph


def test_people_of_the_same_value_share_the_better_rank() -> None:
    graph = nx.Graph()
    for person, papers in (("a", 2), ("b", 5), ("c", 2), ("d", 1)):
        graph.add_node(person, label=person.upper(), paper_count=papers)
    assert [(p.rank, p.name) for p in places(graph, "paper_count", 4)] == [
        (1, "B"),
        (2, "A"),
        (2, "C"),
        (4, "D"),
    ]
    assert places(graph, "pagerank", 4) == ()


def test_intervals_and_errors_are_told_where_the_build_has_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = nx.Graph(nodes=1)
    graph.add_node("eve", label="Eve", degree=3, degree_rank=1, degree_rank_low=1, degree_rank_high=4)
    graph.add_node("bob", label="Bob", betweenness=0.5, betweenness_error=0.125)
    nx.write_graphml(graph, tmp_path / "coauthors.graphml")
    network(tmp_path)
    printed = " ".join(capsys.readouterr().out.split())
    assert "1 1 to 4 Eve 3" in printed
    assert "1 Bob 0.5 0.125" in printed


def test_hostile_names_do_not_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = nx.Graph()
    graph.add_node("eve", label=HOSTILE.replace("\x1b", "\x9b"), degree=1)
    nx.write_graphml(graph, tmp_path / "coauthors.graphml")
    network(tmp_path)
    printed = capsys.readouterr().out
    assert "[red]" in printed
    assert "\x9b" not in printed


def test_every_measure_of_the_seed_build_has_a_list(
    seed_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network(seed_folder, top=2, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert set(told["top"]) == set(MEASURES)
    assert {len(found) for found in told["top"].values()} == {2}
    assert told["top"]["paper_count"][0]["name"] == "Sergey Levine"


@pytest.mark.parametrize("of", [of for of in Of if of is not Of.PEOPLE])
def test_concepts_have_tables_or_a_line_that_says_why_not(
    seed_folder: Path, of: Of, capsys: pytest.CaptureFixture[str]
) -> None:
    network(seed_folder / "graph.ttl", of, top=3)
    printed = capsys.readouterr().out
    assert "Trends" in printed
    assert "no bursts" in printed  # the seeds are of one year
    assert "papers of two years or more are needed" in printed


def test_themes_stand_on_the_map(seed_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network(seed_folder, Of.TOPICS, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["kind"] == "topic"
    assert {theme["quadrant"] for theme in told["themes"]} <= {
        "motor",
        "basic",
        "niche",
        "emerging or declining",
    }
    assert told["trends"][0]["papers"] == max(trend["papers"] for trend in told["trends"])


def test_a_folder_without_a_build_ends_with_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for of in (Of.PEOPLE, Of.TOPICS):
        with pytest.raises(typer.Exit):
            network(tmp_path, of)
        assert "kg build" in capsys.readouterr().err


def test_a_chain_takes_the_fewest_papers() -> None:
    found = chain(few_papers(), "bob", "cyd")
    assert [(link.one.id, link.other.id, link.paper, link.year) for link in found.path] == [
        ("bob", "ann", "p1", 2020), ("ann", "cyd", "p2", 2021),
    ]  # fmt: skip
    assert found.connected


def test_a_chain_is_the_same_backwards_and_whatever_the_order() -> None:
    known = few_papers()
    turned = Knowledge(
        known.papers[::-1],
        known.concepts,
        (),
        known.assertions,
        (),
        known.authors[::-1],
        known.authorships[::-1],
    )
    assert chain(turned, "bob", "cyd") == chain(known, "bob", "cyd")
    assert [link.paper for link in chain(known, "cyd", "bob").path] == ["p2", "p1"]


def test_nobody_between_and_oneself_give_empty_chains() -> None:
    assert chain(few_papers(), "ann", "dee").path == chain(few_papers(), "ann", "ann").path == ()
    assert not chain(few_papers(), "ann", "dee").connected
    assert chain(few_papers(), "ann", "ann").connected


def test_an_id_means_one_person_where_the_name_means_two() -> None:
    known = few_papers()
    two = (Author("wei-wang", "Wei Wang", ("Wei Wang",)), Author("wei-wang-2", "Wei Wang", ("Wei Wang",)))
    store = names(Knowledge((), known.concepts, (), (), (), two, ()))
    assert author_called(store, "wei-wang") == "wei-wang"
    assert author_called(store, "https://w3id.org/paperkg/id/author/wei-wang-2") == "wei-wang-2"
    assert ids_called(store, "wei WANG") == ("wei-wang", "wei-wang-2")
    with pytest.raises(QueryError, match="2 people are called .*give the id of one: wei-wang, wei-wang-2"):
        author_called(store, "Wei Wang")
    with pytest.raises(QueryError, match='"adam" is a method; give the name of a person'):
        author_called(store, "adam")
    with pytest.raises(QueryError, match='did you mean "Wei Wang"'):
        author_called(store, "Wei Wan")
