from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query.guard import MAX_DEPTH, MAX_TOKENS, objection
from kg.query.questions import Question, questions
from kg.query.store import QueryError, answer

SERVICES = [
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { service <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { sErViCe SILENT <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT ?v { ?s ?p ?o } }",
    "SELECT * { SERVICE?v { ?s ?p ?o } }",
    "PREFIX ex: <http://example.org/> SELECT * { SERVICE ex:a { ?s ?p ?o } }",
    "PREFIX ex: <http://example.org/> SELECT * { SERVICEex:a { ?s ?p ?o } }",
    "PREFIX : <http://example.org/> SELECT * { SERVICE:a { ?s ?p ?o } }",
    "SELECT * { SERVICE\n<http://example.org/>\n{ ?s ?p ?o } }",
    "SELECT * { SERVICE # comment\n <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE?v { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE?v{?a ?b ?c}FILTER(3>2) }",
    "SELECT * { FILTER(?a<?b)SERVICE<http://example.org/>{?a ?b ?c} }",
    "SELECT * { FILTER(1<2)SERVICE?v#>\n{ ?a ?b ?c } }",
    "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { S\\U00000045RVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '''SERVICE''' . SERVICE <http://example.org/> {} }",
    'SELECT * { ?s ?p "\\"" . SERVICE <http://example.org/> { ?a ?b "\\"" } }',
    "SELECT * { { SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } } } }",
    "SELECT * { OPTIONAL { SERVICE <http://example.org/> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://example.org/> { ?s ?p ?o } } }",
    "ASK { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <http://example.org/> { ?s ?p ?o } }",
]  # fmt: skip
FROMS = [
    "SELECT * FROM <http://example.org/> { ?s ?p ?o }",
    "SELECT * from <http://example.org/> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://example.org/> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT *FROM<http://example.org/>{ ?s ?p ?o }",
    "ASK FROM <file:///etc/passwd> { ?s ?p ?o }",
    "DESCRIBE <http://a.org/x> FROM <http://example.org/>",
    "CONSTRUCT FROM <http://example.org/> WHERE { ?s ?p ?o }",
    "SELECT * \\u0046ROM <http://example.org/> { ?s ?p ?o }",
]
UPDATES = [
    "INSERT DATA { <http://a.org/x> <http://a.org/p> 1 }",
    "insert data { <http://a.org/x> <http://a.org/p> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE DATA { <http://a.org/x> <http://a.org/p> 1 }",
    "PREFIX ex: <http://example.org/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "BASE <http://example.org/> CLEAR ALL",
    "# harmless\nDROP ALL",
    "LOAD <http://example.org/>",
    "CREATE GRAPH <http://example.org/>",
    "COPY DEFAULT TO <http://example.org/>",
    "MOVE DEFAULT TO <http://example.org/>",
    "ADD DEFAULT TO <http://example.org/>",
    "WITH <http://example.org/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "\\u0044ROP ALL",
]
HARMLESS = [
    "SELECT ?service ?from { ?service ?p ?from }",
    'SELECT * { ?s ?p "SERVICE" }',
    "SELECT * { ?s ?p 'it came FROM here' }",
    'SELECT * { ?s ?p """a SERVICE "FROM" us""" }',
    "SELECT * { ?s ?p ?o } # SERVICE FROM",
    "SELECT * { ?s <http://example.org/SERVICE> ?o }",
    "PREFIX service: <http://example.org/> SELECT * { ?s service:from ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(*) > 1)",
    "SELECT ?insert { ?insert ?delete ?drop }",
    "ASK { ?s ?p @en }",
    "",
]


@pytest.mark.parametrize("sparql", SERVICES)
def test_a_query_may_not_reach_over_the_network(sparql: str) -> None:
    assert str(objection(sparql)).startswith("SERVICE reaches over the network")


@pytest.mark.parametrize("sparql", FROMS)
def test_a_query_may_not_name_another_graph(sparql: str) -> None:
    assert str(objection(sparql)).startswith("FROM names another graph")


@pytest.mark.parametrize("sparql", UPDATES)
def test_a_query_may_not_change_the_graph(sparql: str) -> None:
    assert "would change the graph" in str(objection(sparql))


@pytest.mark.parametrize("sparql", HARMLESS)
def test_words_that_are_no_keywords_are_let_through(sparql: str) -> None:
    assert objection(sparql) is None


@pytest.mark.parametrize("asked", questions(), ids=lambda q: q.name)
def test_the_shipped_questions_are_let_through(asked: Question) -> None:
    assert objection(asked.sparql) is None


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { FILTER(" + "(" * 5_000 + "1" + ")" * 5_000 + ") }",
        "SELECT * " + "{" * 1_000 + "}" * 1_000,
        "SELECT * { FILTER(" + "!" * 3_000 + "true) }",
        "SELECT * { FILTER(" + "-" * 3_000 + "1) }",
        "SELECT * { ?s " + "^" * 1_000 + "<http://a.org/p> ?o }",
        "SELECT * { ?s ?p " + "[ ?p " * 1_000 + "]" * 1_000 + " }",
        "SELECT * { ?s ?p " + "<< " * 1_000 + "}",
    ],
    ids=["brackets", "braces", "not", "minus", "inverse", "square", "quoted"],
)
def test_a_query_that_nests_too_deep_is_refused_before_the_engine_sees_it(sparql: str) -> None:
    assert "nests more than" in str(objection(sparql)) or "longer than" in str(objection(sparql))


def test_a_query_nested_as_deep_as_is_allowed_is_answered() -> None:
    depth = MAX_DEPTH - 4
    sparql = "SELECT * { FILTER(" + "(" * depth + "1" + ")" * depth + ") }"
    assert objection(sparql) is None
    answer(ox.Store(), sparql)


def test_a_query_that_is_too_long_is_refused() -> None:
    assert "longer than" in str(objection("SELECT * { " + "?s ?p ?o . " * MAX_TOKENS + "}"))


def test_white_space_and_comments_are_no_words() -> None:
    assert objection("SELECT * { ?s ?p ?o }" + "\n# a comment\n" * MAX_TOKENS) is None


@pytest.mark.parametrize("sparql", [SERVICES[0], FROMS[0], UPDATES[0]])
def test_the_store_refuses_what_the_guard_objects_to(sparql: str) -> None:
    with pytest.raises(QueryError):
        answer(ox.Store(), sparql)


@given(st.text(st.characters(codec=None, categories=None), max_size=200))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    assert objection(text) is None or isinstance(objection(text), str)


_SPACES = st.sampled_from([" ", "\n", "\t", " # x\n", ""])


@given(
    _SPACES,
    st.sampled_from(["SERVICE", "service", "SerVice", "\\u0053ERVICE"]),
    _SPACES,
    st.sampled_from(["", "SILENT ", "?v", "<http://e.org/>"]),
)
def test_a_service_among_any_space_is_found(before: str, keyword: str, between: str, target: str) -> None:
    sparql = f"SELECT * {{ ?s ?p ?o .{before}{keyword}{between}{target}{{ ?a ?b ?c }} }}"
    assert objection(sparql) is not None
