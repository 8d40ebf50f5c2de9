from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.namespaces import BASE
from kg.query.store import Answer, QueryError, answer, ask, base_of, load_graph, load_store, value

from .small import GRAPH

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def small() -> ox.Store:
    return load_store(GRAPH.encode())


def test_the_prefixes_of_the_graph_are_known(small: ox.Store) -> None:
    assert answer(small, "SELECT ?name { author:ada-lovelace foaf:name ?name }").rows == [
        {"name": "Ada Lovelace"}
    ]


def test_the_prefixes_follow_the_base_of_the_graph() -> None:
    store = load_store(GRAPH.replace(BASE, "https://example.org/").encode())
    assert base_of(store) == "https://example.org/"
    assert answer(store, "SELECT ?name { author:ada-lovelace foaf:name ?name }").rows == [
        {"name": "Ada Lovelace"}
    ]


def test_a_graph_without_a_run_has_the_usual_base() -> None:
    assert base_of(ox.Store()) == BASE


def test_rows_have_values_of_python(small: ox.Store) -> None:
    rows = answer(
        small,
        """SELECT ?name ?papers ?rank ?year (?papers > 0 AS ?some) ?nothing {
             ?a foaf:name ?name ; kg:paperCount ?papers ; kg:pageRank ?rank . ?p dcterms:creator ?a ; dcterms:issued ?year
           } ORDER BY ?name LIMIT 1""",
    ).rows
    assert rows == [
        {"name": "Ada Lovelace", "papers": 1, "rank": 0.5, "year": 2021, "some": True, "nothing": None}
    ]


@pytest.mark.parametrize(
    ("text", "datatype", "expected"),
    [
        ("7", "integer", 7),
        ("0.50", "decimal", 0.5),
        ("1e3", "double", 1000.0),
        ("2021", "gYear", 2021),
        ("2021Z", "gYear", "2021Z"),
        ("true", "boolean", True),
        ("false", "boolean", False),
        ("9" * 5_000, "integer", "9" * 5_000),
        ("2021-01-01", "date", "2021-01-01"),
        ("7", "string", "7"),
    ],
)
def test_a_literal_becomes_the_value_it_stands_for(text: str, datatype: str, expected: object) -> None:
    found = value(ox.Literal(text, datatype=ox.NamedNode(XSD + datatype)))
    assert found == expected and type(found) is type(expected)


def test_an_answer_is_true_where_there_is_something(small: ox.Store) -> None:
    assert answer(small, "ASK { ?s a kg:Paper }")
    assert not answer(small, "ASK { ?s a kg:Nothing }")
    assert answer(small, "SELECT * { ?s a kg:Paper }")
    assert not answer(small, "SELECT * { ?s a kg:Nothing }")
    assert answer(small, "CONSTRUCT { ?s a kg:Paper } { ?s a kg:Paper }")
    assert not answer(small, "CONSTRUCT { ?s a kg:Paper } { ?s a kg:Nothing }")


def test_the_triples_of_a_graph_are_sorted_and_each_once(small: ox.Store) -> None:
    found = answer(small, "CONSTRUCT { ?p kg:of kg:all } { ?p ?q ?o }").triples
    assert list(found) == sorted(set(found), key=str) and len(found) > 5


def test_a_parameter_is_bound_and_not_pasted(small: ox.Store) -> None:
    sparql = "SELECT ?a ?name { ?a foaf:name ?name }"
    assert len(answer(small, sparql, {"name": "Ada Lovelace"}).rows) == 1
    assert answer(small, sparql, {"name": 'x" } UNION { ?a foaf:name ?name } #'}).rows == []


def test_a_parameter_can_be_an_iri(small: ox.Store) -> None:
    ada = ox.NamedNode(f"{BASE}author/ada-lovelace")
    assert ask(small, "SELECT ?it ?name { ?it foaf:name ?name }", {"it": ada}).rows == [
        {"it": ada.value, "name": "Ada Lovelace"}
    ]


def test_a_parameter_that_is_no_column_is_explained(small: ox.Store) -> None:
    with pytest.raises(QueryError, match="-p name needs a SELECT query with \\?name among its columns"):
        answer(small, "SELECT ?a { ?a foaf:name ?name }", {"name": "Ada"})


@pytest.mark.parametrize("name", ["", "a b", "1;2", "é\ud800", '"'])
def test_a_parameter_with_an_impossible_name_is_refused_in_one_line(small: ox.Store, name: str) -> None:
    with pytest.raises(QueryError) as raised:
        answer(small, "SELECT ?a { ?a foaf:name ?name }", {name: "Ada"})
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "sparql",
    ["SELECT", "SELECT * {", "nonsense", "SELECT * { ?s ex:p ?o }", "", "\x00", "SELECT ?x { \ud800 }"],
)
def test_a_wrong_query_is_told_in_one_line(small: ox.Store, sparql: str) -> None:
    with pytest.raises(QueryError) as raised:
        answer(small, sparql)
    assert str(raised.value) and "\n" not in str(raised.value) and len(str(raised.value)) < 300


def test_a_wrong_query_is_told_with_its_place(small: ox.Store) -> None:
    with pytest.raises(QueryError, match="^line 2, column "):
        answer(small, "SELECT *\n{ ?s ?p }")


def test_no_query_changes_the_graph(small: ox.Store) -> None:
    before = len(small)
    for sparql in (
        "INSERT DATA { <http://a.org/x> <http://a.org/p> 1 }",
        "CLEAR ALL",
        "DELETE WHERE { ?s ?p ?o }",
    ):
        with pytest.raises(QueryError, match="would change the graph"):
            answer(small, sparql)
    assert len(small) == before


def test_a_folder_or_a_file_can_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(GRAPH, encoding="utf-8")
    assert len(load_graph(tmp_path)) == len(load_graph(tmp_path / "graph.ttl")) > 50


def test_a_missing_graph_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no graph here; run: kg build SOURCE -o "):
        load_graph(tmp_path)
    with pytest.raises(QueryError, match=f"run: kg build SOURCE -o {tmp_path}$"):
        load_graph(tmp_path / "other.ttl")


def test_what_is_no_turtle_is_told_with_file_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(QueryError, match=r"graph\.ttl: not valid Turtle: .*; build the graph anew$"):
        load_graph(tmp_path)


def test_a_graph_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(QueryError, match="name a graph.ttl or its folder"):
        load_graph(tmp_path)


def test_an_answer_has_its_columns_in_the_order_of_the_query(small: ox.Store) -> None:
    found = answer(small, "SELECT ?b ?a { ?a foaf:name ?b }")
    assert isinstance(found, Answer) and found.variables == ("b", "a")
