"""A question with its values written in answers as one whose values are bound from outside."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.query.inlining import inlined
from kg.query.questions import Question, questions
from kg.query.store import answer, load_store

from .small import GRAPH

ASKED = [asked for asked in questions() if asked.parameters]
HOSTILE = ['"', "\\", "'", '" } DROP ALL #', "\n", "}", "?x", "", "\u2028", "\x00", "é🙂"]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_the_rows_are_the_same(asked: Question, seed_store: ox.Store) -> None:
    values = {parameter.name: parameter.example for parameter in asked.parameters}
    rows = answer(seed_store, asked.sparql, values).rows
    assert rows
    assert answer(seed_store, inlined(asked.sparql, values)).rows == rows


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_a_string_whatever_it_holds(value: str) -> None:
    store = load_store(GRAPH.encode())
    query = "SELECT ?said WHERE { ?p a kg:Paper BIND(?told AS ?said) }"
    assert answer(store, inlined(query, {"told": value})).rows == [{"said": value}]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?name { ?x foaf:name ?name FILTER(?name != '?told {') }",
        "SELECT ?name { ?x foaf:name ?name } # { ?told",
        "SELECT ?name { ?x <http://xmlns.com/foaf/0.1/name> ?name }",
    ],
)
def test_a_variable_in_a_string_or_a_comment_is_none(query: str) -> None:
    assert inlined(query, {"told": "Ada"}) == query


def test_a_subquery_has_the_value_inside_and_not_before_its_select() -> None:
    store = load_store(GRAPH.encode())
    query = (
        "SELECT ?n ?told { { SELECT (COUNT(?x) AS ?n) ?told { ?x foaf:name ?name FILTER(?name = ?told) }"
        " GROUP BY ?told } }"
    )
    assert answer(store, inlined(query, {"told": "Ada Lovelace"})).rows == [{"n": 1, "told": "Ada Lovelace"}]
