from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.query.results import cell, header, serialise, shortened, table
from kg.query.store import Answer, QueryError, answer, load_store

from .small import GRAPH

NAMES = ["Ada", 'a "b", c', "line\nfeed", "tab\there", "<&>", "Ünïcødé \u2028 \u202e", "\x1b[31mred", "'", ""]
_XML = "{http://www.w3.org/2005/sparql-results#}"


def _named(*names: str) -> ox.Store:
    """A graph in which something has each of the names."""
    store = ox.Store()
    for number, name in enumerate(names):
        subject = ox.NamedNode(f"http://a.org/{number}")
        store.add(ox.Quad(subject, ox.NamedNode("http://a.org/name"), ox.Literal(name)))
    return store


def _select(*names: str) -> Answer:
    return answer(_named(*names), "SELECT ?id ?name { ?id <http://a.org/name> ?name } ORDER BY ?id")


@pytest.fixture(scope="module")
def small() -> ox.Store:
    return load_store(GRAPH.encode())


def test_json_is_that_of_the_standard() -> None:
    told = json.loads(serialise(_select(*NAMES), "json"))
    assert told["head"]["vars"] == ["id", "name"]
    assert [row["name"] for row in told["results"]["bindings"]] == [
        {"type": "literal", "value": name} for name in NAMES
    ]


def test_json_ends_with_one_line_feed() -> None:
    content = serialise(_select("Ada"), "json")
    assert content.endswith(b"}\n") and content.count(b"\n") == 1


def test_xml_is_well_formed_and_that_of_the_standard() -> None:
    root = ElementTree.fromstring(serialise(_select(*NAMES), "xml"))
    assert [v.get("name") for v in root.iter(f"{_XML}variable")] == ["id", "name"]
    told = [name.replace("\x1b", "\ufffd") for name in NAMES]
    assert [(literal.text or "") for literal in root.iter(f"{_XML}literal")] == told


@given(st.text(st.characters(codec="utf-8")))
def test_xml_is_well_formed_whatever_the_text(text: str) -> None:
    (literal,) = ElementTree.fromstring(serialise(_select(text), "xml")).iter(f"{_XML}literal")
    kept = "".join(c for c in text if c >= " " or c in "\t\r\n").replace("\ufffe", "").replace("\uffff", "")
    assert (literal.text or "").replace("\ufffd", "") == kept.replace("\ufffd", "")


def test_csv_is_read_back_by_a_csv_reader() -> None:
    text = serialise(_select(*NAMES), "csv").decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["id", "name"]
    assert [row[1] for row in rows[1:]] == NAMES


def test_tsv_has_a_line_a_row_and_escapes_what_would_break_it() -> None:
    lines = serialise(_select(*NAMES), "tsv").decode().rstrip("\n").split("\n")
    assert lines[0] == "?id\t?name" and len(lines) == len(NAMES) + 1
    assert all(line.count("\t") == 1 for line in lines)
    assert lines[3].split("\t")[1] == '"line\\nfeed"'


def test_rdflib_reads_the_same_rows_from_json_and_tsv() -> None:
    names = ["Ada", 'a "b"', "<&>", "é"]
    for shape in ("json", "tsv"):
        result = rdflib.query.Result.parse(io.BytesIO(serialise(_select(*names), shape)), format=shape)
        assert [str(row[1]) for row in result] == names, shape  # type: ignore[index]


def test_turtle_is_read_back_as_the_same_triples(small: ox.Store) -> None:
    found = answer(small, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    content = serialise(found, "turtle")
    assert {q.triple for q in ox.parse(content, format=ox.RdfFormat.TURTLE)} == set(found.triples)
    assert len(rdflib.Graph().parse(data=content, format="turtle")) == len(found.triples) == len(small)


def test_turtle_declares_the_prefixes_it_uses_and_no_others(small: ox.Store) -> None:
    content = serialise(answer(small, "CONSTRUCT { ?a foaf:name ?n } { ?a foaf:name ?n }"), "turtle").decode()
    declared = {line.split()[1] for line in content.split("\n") if line.startswith("@prefix")}
    assert declared == {"author:", "foaf:"}


def test_turtle_is_the_same_each_time(small: ox.Store) -> None:
    sparql = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    first = serialise(answer(small, sparql), "turtle")
    assert first == serialise(answer(load_store(GRAPH.encode()), sparql), "turtle")


def test_a_yes_or_no_is_told_in_json_and_xml(small: ox.Store) -> None:
    found = answer(small, "ASK { ?s a kg:Paper }")
    assert json.loads(serialise(found, "json"))["boolean"] is True
    (boolean,) = ElementTree.fromstring(serialise(found, "xml")).iter(f"{_XML}boolean")
    assert boolean.text == "true"
    assert header(found) == ["answer"] and table(found) == [["yes"]]
    assert table(answer(small, "ASK { ?s a kg:Nothing }")) == [["no"]]


@pytest.mark.parametrize(
    ("sparql", "shape", "remedy"),
    [
        ("ASK { ?s ?p ?o }", "csv", "use -f json"),
        ("ASK { ?s ?p ?o }", "tsv", "use -f json"),
        ("ASK { ?s ?p ?o }", "turtle", "use -f json"),
        ("SELECT * { ?s ?p ?o }", "turtle", "use -f json"),
        ("DESCRIBE <http://a.org/0>", "json", "use -f turtle"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "csv", "use -f turtle"),
    ],
)
def test_an_answer_without_that_form_is_refused_with_the_remedy(sparql: str, shape: str, remedy: str) -> None:
    with pytest.raises(QueryError, match=remedy):
        serialise(answer(_named("Ada"), sparql), shape)


@pytest.mark.parametrize("shape", ["json", "xml", "csv", "tsv"])
def test_no_rows_are_still_a_valid_answer(shape: str) -> None:
    content = serialise(_select(), shape).decode()
    assert "name" in content


def test_a_table_leaves_out_the_parameters(small: ox.Store) -> None:
    found = answer(small, "SELECT ?a ?name { ?a foaf:name ?name }", {"name": "Ada Lovelace"})
    assert header(found) == ["a"] and table(found) == [["author:ada-lovelace"]]


def test_a_table_shortens_iris_by_the_base_of_the_graph() -> None:
    store = load_store(GRAPH.replace("https://w3id.org/paperkg/id/", "https://example.org/").encode())
    assert table(answer(store, "SELECT ?p { ?p a kg:Paper }")) == [["paper:iclr-2021-0001"]]


def test_a_table_of_a_graph_has_three_columns(small: ox.Store) -> None:
    found = answer(small, "CONSTRUCT { ?a foaf:name ?n } { ?a foaf:name ?n }")
    assert header(found) == ["subject", "predicate", "object"]
    assert table(found) == [
        ["author:ada-lovelace", "foaf:name", "Ada Lovelace"],
        ["author:rene-descartes", "foaf:name", "René Descartes"],
    ]


def test_an_empty_cell_is_empty(small: ox.Store) -> None:
    assert table(answer(small, "SELECT ?nothing { ?a a kg:Paper }")) == [[""]]


@given(st.text(st.characters(codec="utf-8")))
def test_nothing_in_a_table_steers_a_terminal(text: str) -> None:
    shown = cell(ox.Literal(text), {})
    assert len(shown) == len(text)
    assert all(character.isprintable() for character in shown)


@pytest.mark.parametrize(
    "sign", ["\x1b", "\x9b", "\r", "\n", "\x07", "\u202e", "\u2066", "\u2028", "\x00", "\u200b"]
)
def test_signs_that_steer_or_hide_become_spaces(sign: str) -> None:
    assert cell(ox.Literal(f"a{sign}b"), {}) == "a b"
    assert cell(ox.Literal(f"a{sign}b", language="en"), {}) == "a b"


@pytest.mark.parametrize(
    ("text", "datatype", "shown"),
    [
        ("0.123456", "decimal", "0.1235"),
        ("12", "integer", "12"),
        ("true", "boolean", "yes"),
        ("false", "boolean", "no"),
    ],
)
def test_numbers_and_truth_values_are_tidy(text: str, datatype: str, shown: str) -> None:
    assert (
        cell(ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}")), {})
        == shown
    )


@pytest.mark.parametrize(
    ("iri", "shown"),
    [
        ("http://a.org/x", "a:x"),
        ("http://a.org/x/y", "http://a.org/x/y"),
        ("http://b.org/x", "http://b.org/x"),
        ("urn:x", "urn:x"),
    ],
)
def test_an_iri_is_shortened_where_a_prefix_fits(iri: str, shown: str) -> None:
    assert shortened(iri, {"a": "http://a.org/"}) == shown
