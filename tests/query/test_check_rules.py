"""Shapes compiled: what SHACL has is checked as SHACL defines it, what is not known is never left out in silence."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl import validate
from rdflib.namespace import RDF, SH

from kg.query.check.findings import findings, violation
from kg.query.check.rules import rules
from kg.query.check.shapes import UnknownConstraintError
from kg.query.check.tasks import done

HEAD = """@prefix : <http://a.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATA = (
    HEAD
    + """
:x a :C ; :p 1, "two", "deux"@fr, "drei"@de-AT, :y, _:z ; :q :y ; :r "two", "zwei"@de, "ander"@de .
:y a :D ; :p "abc", "ABC" .
:D rdfs:subClassOf :C .
:w :s :x .
"""
)


def _store(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load(turtle.encode(), ox.RdfFormat.TURTLE)
    return store


def _ours(shapes: str, data: str = DATA) -> Counter[str]:
    store = _store(data)
    found = findings(store, rules((HEAD + shapes).encode(), store))
    return Counter(str(getattr(finding.focus, "value", "")) for finding in found)


def _reference(shapes: str, data: str = DATA) -> Counter[str]:
    graph = rdflib.Graph().parse(data=data, format="turtle")
    shape_graph = rdflib.Graph().parse(data=HEAD + shapes, format="turtle")
    _, report, _ = validate(graph, shacl_graph=shape_graph, advanced=False, inplace=True)
    assert isinstance(report, rdflib.Graph)
    return Counter(str(report.value(r, SH.focusNode)) for r in report.subjects(RDF.type, SH.ValidationResult))


@pytest.mark.parametrize(
    "constraint",
    [
        *(f"sh:minCount {number}" for number in range(8)),
        *(f"sh:maxCount {number}" for number in range(8)),
        *(f"sh:nodeKind sh:{kind}" for kind in (
            "IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")),
        *(f"sh:datatype {kind}" for kind in ("xsd:string", "xsd:integer", "rdf:langString", "xsd:boolean")),
        "sh:class :C", "sh:class :D", "sh:in ( 1 :y )", "sh:in ( \"two\"@fr )",
        "sh:pattern \"^[a-z]+$\"", "sh:pattern \"^[a-z]+$\" ; sh:flags \"i\"", "sh:pattern \"\\\\.\"",
        "sh:minLength 4", "sh:maxLength 3", "sh:minInclusive 1", "sh:minExclusive 1", "sh:maxExclusive 1",
        "sh:languageIn ( \"de\" )", "sh:languageIn ( \"fr\" \"de-AT\" )",
        "sh:hasValue 1", "sh:hasValue :z", "sh:disjoint :r", "sh:equals :r", "sh:disjoint :q", "sh:equals :nothing",
        "sh:not [ sh:datatype xsd:string ]", "sh:or ( [ sh:datatype xsd:string ] [ sh:nodeKind sh:IRI ] )",
        "sh:and ( [ sh:datatype xsd:string ] [ sh:maxLength 3 ] )",
        "sh:xone ( [ sh:datatype xsd:string ] [ sh:maxLength 3 ] )", "sh:deactivated true ; sh:minCount 9",
    ],
)  # fmt: skip
@pytest.mark.parametrize("target", ["sh:targetClass :C", "sh:targetClass :C, :D", "sh:targetSubjectsOf :p"])
def test_a_constraint_finds_what_the_reference_finds(constraint: str, target: str) -> None:
    shapes = f":S a sh:NodeShape ; {target} ; sh:property [ sh:path :p ; {constraint} ] ."
    if "deactivated" in constraint:
        shapes = f":S a sh:NodeShape ; sh:deactivated true ; {target} ; sh:property [ sh:path :p ; sh:minCount 9 ] ."
    assert _ours(shapes) == _reference(shapes)


@pytest.mark.parametrize(
    "path",
    [":p", "[ sh:inversePath :s ]", "( :q :p )", "[ sh:alternativePath ( :p :r ) ]", "[ sh:zeroOrMorePath :q ]",
     "[ sh:oneOrMorePath :q ]", "[ sh:zeroOrOnePath :q ]", "( [ sh:inversePath :s ] :s )"],
)  # fmt: skip
@pytest.mark.parametrize(
    "constraint", ["sh:minCount 1", "sh:maxCount 1", "sh:nodeKind sh:Literal", "sh:minLength 4"]
)
def test_a_path_leads_where_the_reference_goes(path: str, constraint: str) -> None:
    shapes = f":S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path {path} ; {constraint} ] ."
    assert _ours(shapes) == _reference(shapes)


@pytest.mark.parametrize(
    "shape",
    [
        "sh:targetClass :C ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path :p ]",
        "sh:targetNode :x, :nowhere ; sh:property [ sh:path :p ; sh:maxCount 1 ; sh:minCount 1 ]",
        "sh:targetObjectsOf :s, :q ; sh:class :D ; sh:property [ sh:path :p ; sh:nodeKind sh:IRI ]",
        "sh:targetClass :C ; sh:property [ sh:path :r ; sh:uniqueLang true ]",
        "sh:targetClass :C ; sh:pattern \"x$\" ; sh:nodeKind sh:IRI",
    ],
)  # fmt: skip
def test_a_shape_finds_what_the_reference_finds(shape: str) -> None:
    assert (
        _ours(f":S a sh:NodeShape ; {shape} .") == _reference(f":S a sh:NodeShape ; {shape} .") != Counter()
    )


@pytest.mark.parametrize(
    ("shape", "named"),
    [
        ("sh:property [ sh:path :p ; sh:qualifiedMinCount 1 ]", "sh:qualifiedMinCount"),
        ("sh:property [ sh:path :p ; sh:node :T ]", "sh:node"),
        ("sh:node :T", "sh:node"),
        ("sh:property [ sh:path :p ; sh:or ( [ sh:path :q ; sh:minCount 1 ] ) ]", "sh:minCount"),
        ("sh:property [ sh:path :p ; sh:property [ sh:path :q ] ]", "sh:property"),
        ("sh:property [ sh:path :p ; sh:datatype xsd:duration ]", "xsd:duration|duration"),
        ("sh:property [ sh:path [ sh:unheardOf :p ] ; sh:minCount 1 ]", "sh:unheardOf"),
        ("sh:property [ sh:path :p ; sh:uniqueLang false ]", "sh:uniqueLang"),
        ("sh:property [ sh:path :p ; :minCount 1 ]", "minCount"),
        ("sh:severity sh:Warning ; sh:property [ sh:path :p ; sh:minCount 1 ]", "sh:severity"),
        ("sh:minCount 1", "has no path"),
        ("sh:property [ sh:path :p ; sh:minCount 1, 2 ]", "sh:minCount"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { $this $PATH ?value }" ]', "path"),
        ('sh:sparql [ sh:ask "ASK { $this :p 1 }" ]', "sh:ask"),
        ("sh:targetNode :x ; sh:nodeKind sh:IRI", "targets of 2 kinds"),
    ],
)
def test_what_is_not_known_is_named(shape: str, named: str) -> None:
    with pytest.raises(UnknownConstraintError, match=named):
        rules(f"{HEAD} :S a sh:NodeShape ; sh:targetClass :C ; {shape} .".encode())


def test_shapes_that_are_no_turtle_are_told() -> None:
    with pytest.raises(UnknownConstraintError, match="no Turtle"):
        rules(b"not Turtle")


@pytest.mark.parametrize(
    ("datatype", "lexical", "fits"),
    [
        ("xsd:gYear", "2021", True), ("xsd:gYear", "21", False), ("xsd:gYear", "2021Z", True),
        ("xsd:integer", "7", True), ("xsd:integer", "seven", False), ("xsd:integer", "9" * 40, True),
        ("xsd:decimal", "0.5", True), ("xsd:decimal", "5e-1", False), ("xsd:decimal", "0." + "0" * 30 + "1", True),
        ("xsd:boolean", "true", True), ("xsd:boolean", "yes", False), ("xsd:date", "2021-13-01", False),
    ],
)  # fmt: skip
def test_a_literal_that_is_not_of_the_form_of_its_datatype_is_found(
    datatype: str, lexical: str, fits: bool
) -> None:
    """Section 4.1.2 of SHACL: ill-typed literals do not conform; the reference passes years and dates by."""
    shapes = f":S a sh:NodeShape ; sh:targetNode :x ; sh:property [ sh:path :p ; sh:datatype {datatype} ] ."
    conforms = not _ours(shapes, f'{HEAD} :x :p "{lexical}"^^{datatype} .')
    assert conforms == fits


@pytest.mark.parametrize(
    ("number", "fits"), [("0." + "0" * 25 + "1", True), ("-0." + "0" * 25 + "1", False), ("9" * 30, False)]
)
def test_numbers_of_more_digits_than_the_engine_holds_are_compared(number: str, fits: bool) -> None:
    bounds = "sh:minInclusive 0.0 ; sh:maxInclusive 1.0"
    shapes = f":S a sh:NodeShape ; sh:targetNode :x ; sh:property [ sh:path :p ; {bounds} ] ."
    conforms = not _ours(shapes, f"{HEAD} :x :p {number} .")
    assert conforms == fits


def test_a_message_names_shape_path_value_and_limit() -> None:
    shapes = f"{HEAD} :S a sh:NodeShape ; sh:targetNode :y ; sh:property [ sh:path :p ; sh:in ( 1 2 ) ] ."
    store = _store(DATA.replace('"abc", ', ""))
    (found,) = findings(store, rules(shapes.encode()))
    told = violation(found, {"a": "http://a.org/"})
    message = "http://a.org/p: 'ABC' is none of 1, 2"
    assert (told.focus, told.message, told.shape) == ("a:y", message, "http://a.org/S")


def test_a_message_of_the_shape_is_kept_and_a_long_value_cut() -> None:
    shapes = f'{HEAD} :S a sh:NodeShape ; sh:targetNode :x ; sh:property [ sh:path :p ; sh:maxLength 3 ; sh:message "too long: {{?value}}" ] .'
    store = _store(f'{HEAD} :x :p "{"a" * 900}" .')
    (found,) = findings(store, rules(shapes.encode()))
    assert violation(found, {}).message == f"http://a.org/p: too long: '{'a' * 80} ...'"


def test_text_in_a_list_of_values_cannot_leave_its_literal() -> None:
    shapes = ':S a sh:NodeShape ; sh:targetNode :y ; sh:property [ sh:path :p ; sh:in ( "\\") } #" "abc" "ABC" ) ] .'
    assert _ours(shapes) == Counter()


def test_parts_done_by_workers_give_what_one_process_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    store = _store(DATA)
    tasks = [lambda store, n=n: [n, len(store)] for n in range(5)]
    alone = done(store, tasks)
    monkeypatch.setattr("kg.query.check.tasks._least_triples", lambda: 0)
    monkeypatch.setattr("kg.query.check.tasks._processors", lambda: 2)
    assert done(store, tasks) == alone == [x for n in range(5) for x in (n, len(store))]
