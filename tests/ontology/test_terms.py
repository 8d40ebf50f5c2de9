"""Every term of the ontology is told so that a stranger can use it."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SDO, SKOS

from kg.namespaces import BASE, ONTOLOGY, prefixes
from kg.resources import ontology

_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
_CONCEPTS = {ONTOLOGY + kind for kind in ("Topic", "Method", "Dataset", "Metric")}
# The ids of these do not change when the program reads papers better.
_LASTING = tuple(f"{BASE}{kind}/" for kind in ("author", "authorship", "edition", "paper", "venue"))
_GRAPH = rdflib.Graph().parse(ontology("kg.ttl"))
_TERMS = sorted(
    {str(t) for kind in _KINDS for t in _GRAPH.subjects(RDF.type, kind) if str(t).startswith(ONTOLOGY)}
)
_PROPERTIES = [t for t in _TERMS if (rdflib.URIRef(t), RDF.type, OWL.Class) not in _GRAPH]


def _name(term: str) -> str:
    return term.removeprefix(ONTOLOGY)


def _values(term: str, *properties: rdflib.URIRef) -> list[rdflib.term.Node]:
    return [value for p in properties for value in _GRAPH.objects(rdflib.URIRef(term), p)]


def _example(term: str) -> rdflib.Graph:
    (text,) = _values(term, SKOS.example)
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes().items())
    return rdflib.Graph().parse(data=head + str(text), format="turtle")


@pytest.mark.parametrize("term", _TERMS, ids=_name)
def test_a_term_has_one_label_one_definition_one_example_and_its_ontology(term: str) -> None:
    assert len(_values(term, RDFS.label)) == 1
    (definition,) = _values(term, RDFS.comment)
    assert isinstance(definition, rdflib.Literal) and definition.language == "en"
    assert str(definition).endswith(".") and len(definition.split()) > 2, "a definition is a sentence"
    assert len(_values(term, SKOS.example)) == 1
    assert _values(term, RDFS.isDefinedBy) == [rdflib.URIRef(ONTOLOGY.rstrip("#"))]


@pytest.mark.parametrize("term", _PROPERTIES, ids=_name)
def test_a_property_says_what_it_joins(term: str) -> None:
    assert _values(term, RDFS.domain, SDO.domainIncludes), "no domain"
    assert _values(term, RDFS.range, SDO.rangeIncludes), "no range"


@pytest.mark.parametrize("term", _TERMS, ids=_name)
def test_an_example_is_turtle_that_uses_the_term(term: str) -> None:
    used = {str(part) for triple in _example(term) for part in triple}
    assert term in used or (term == ONTOLOGY + "Concept" and used & _CONCEPTS)


def test_the_examples_speak_of_papers_and_people_of_the_seeds(seed_store: ox.Store) -> None:
    named = {str(s) for term in _TERMS for s in _example(term).subjects()}
    lasting = {s for s in named if s.startswith(_LASTING)}
    assert len(lasting) > 3
    unknown = {
        s for s in lasting if next(seed_store.quads_for_pattern(ox.NamedNode(s), None, None), None) is None
    }
    assert unknown == set()


def test_every_term_of_the_seed_graph_is_defined(seed_store: ox.Store) -> None:
    assert set(_used(seed_store)) - set(_TERMS) == set()


def test_what_a_property_of_the_seed_graph_joins_is_as_told(seed_store: ox.Store) -> None:
    for term in _PROPERTIES:
        for ends, variable in (
            ((RDFS.domain, SDO.domainIncludes), "s"),
            ((RDFS.range, SDO.rangeIncludes), "o"),
        ):
            told = {str(v) for v in _values(term, *ends)}
            allowed = told | (_CONCEPTS if ONTOLOGY + "Concept" in told else set())
            query = f"SELECT DISTINCT ?c {{ ?s <{term}> ?o . ?{variable} a ?c }}"
            found = {row["c"].value for row in seed_store.query(query)}  # type: ignore[union-attr, index]
            assert found <= allowed, f"{_name(term)}: {sorted(found - allowed)}"


def test_the_literals_of_the_seed_graph_have_the_datatype_that_is_told(seed_store: ox.Store) -> None:
    plain = {str(RDF.PlainLiteral): str(RDF.langString)}
    for term in _PROPERTIES:
        if (rdflib.URIRef(term), RDF.type, OWL.DatatypeProperty) not in _GRAPH:
            continue
        told = {str(v) for v in _values(term, SDO.rangeIncludes) or _values(term, RDFS.range)}
        query = f"SELECT DISTINCT (DATATYPE(?o) AS ?d) {{ ?s <{term}> ?o }}"
        found = {row["d"].value for row in seed_store.query(query)}  # type: ignore[union-attr, index]
        assert found <= {plain.get(t, t) for t in told}, _name(term)


def _used(store: ox.Store) -> Iterator[str]:
    for query in ("SELECT DISTINCT ?x { ?s ?x ?o }", "SELECT DISTINCT ?x { ?s a|kg:role|kg:predicate ?x }"):
        for row in store.query(f"PREFIX kg: <{ONTOLOGY}> {query}"):  # type: ignore[union-attr]
            if (term := row["x"].value).startswith(ONTOLOGY):  # type: ignore[index]
                yield term
