"""What is written is what ``ontology/`` declares, and the other way round."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH

from kg.namespaces import ONTOLOGY
from kg.query.store import answer
from kg.records import Kind, Predicate, Role
from kg.resources import ontology
from kg.write.measures import MEASURES

_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
_PLAIN = {  # their label says all there is to say
    "memberCount", "subject", "predicate", "object", "softwareVersion", "vocabularyHash", "corpusHash",
}  # fmt: skip
_NEED_NOT_OCCUR = {
    "about",
    "betweennessError",
    "harmonicClosenessError",
    "mayBeSameAs",
    "person",
    "reason",
    "score",
    "stability",
    "verdict",
    "dataOf",
    "guard",
    "nameVariant",
    *(m.property for m in MEASURES if m.property.startswith("rankBy")),
    *map(str, Role),
    *map(str, Predicate),
}  # in any one graph


@pytest.fixture(scope="module")
def declared() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology("kg.ttl"))


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology("shapes.ttl"))


def _ours(terms: object) -> set[str]:
    return {str(term).removeprefix(ONTOLOGY) for term in terms if str(term).startswith(ONTOLOGY)}  # type: ignore[attr-defined]


def _used(store: ox.Store, query: str) -> set[str]:
    return _ours(str(row["x"]) for row in answer(store, query).rows)


def _classes(declared: rdflib.Graph) -> set[str]:
    return _ours(declared.subjects(RDF.type, OWL.Class))


def _properties(declared: rdflib.Graph) -> set[str]:
    return _ours(subject for kind in _PROPERTIES for subject in declared.subjects(RDF.type, kind))


def test_every_class_of_the_graph_is_declared(declared: rdflib.Graph, seed_store: ox.Store) -> None:
    assert _used(seed_store, "SELECT DISTINCT ?x { ?s a ?x }") - _classes(declared) == set()


def test_every_property_of_the_graph_is_declared_and_every_declared_property_is_used(
    declared: rdflib.Graph, seed_store: ox.Store
) -> None:
    used = _used(seed_store, "SELECT DISTINCT ?x { ?s ?x ?o }")
    assert used - _properties(declared) == set()
    assert _properties(declared) - used - _NEED_NOT_OCCUR == set()


def test_every_term_that_the_graph_names_as_a_value_is_declared(
    declared: rdflib.Graph, seed_store: ox.Store
) -> None:
    assert _used(seed_store, "SELECT DISTINCT ?x { ?s kg:role|kg:predicate ?x }") <= _properties(declared)


def test_every_role_and_predicate_of_the_records_is_declared(declared: rdflib.Graph) -> None:
    assert {*map(str, Role), *map(str, Predicate)} <= _properties(declared)
    assert {kind.capitalize() for kind in Kind} <= _classes(declared)


def test_every_declared_term_has_an_english_label(declared: rdflib.Graph) -> None:
    for name in sorted(_classes(declared) | _properties(declared)):
        labels = list(declared.objects(rdflib.URIRef(ONTOLOGY + name), RDFS.label))
        assert len(labels) == 1 and getattr(labels[0], "language", "") == "en", name


def test_every_declared_term_has_a_comment_unless_its_label_says_all(declared: rdflib.Graph) -> None:
    bare = {
        name
        for name in _classes(declared) | _properties(declared)
        if not declared.value(rdflib.URIRef(ONTOLOGY + name), RDFS.comment)
    }
    assert bare <= _PLAIN


def test_every_role_stands_under_about(declared: rdflib.Graph) -> None:
    for role in Role:
        above = declared.objects(rdflib.URIRef(ONTOLOGY + role), RDFS.subPropertyOf)
        assert rdflib.URIRef(ONTOLOGY + "about") in set(above), role


def test_every_class_that_a_graph_can_have_has_a_shape(shapes: rdflib.Graph, declared: rdflib.Graph) -> None:
    targets = _ours(shapes.objects(None, SH.targetClass))
    assert targets == _classes(declared) - {"Concept"}, "kg:Concept stands above the four kinds"


def test_every_property_that_the_shapes_speak_of_is_declared(
    shapes: rdflib.Graph, declared: rdflib.Graph
) -> None:
    named = _ours(term for triple in shapes for term in triple)
    assert named - {""} <= _properties(declared) | _classes(declared)


def test_domains_and_ranges_of_the_graph_are_as_declared(
    declared: rdflib.Graph, seed_store: ox.Store
) -> None:
    concepts = {ONTOLOGY + kind.capitalize() for kind in Kind}
    for end, variable in ((RDFS.domain, "s"), (RDFS.range, "o")):
        for prop, promised in declared.subject_objects(end):
            rows = answer(
                seed_store,
                f"SELECT DISTINCT ?x {{ ?s <{prop}> ?o . ?{variable} a ?x FILTER(isIRI(?o) || ?{variable} = ?s) }}",
            ).rows
            allowed = concepts if str(promised) == ONTOLOGY + "Concept" else {str(promised)}
            assert {row["x"] for row in rows} <= allowed, f"{end} of {prop}"


@pytest.mark.parametrize("name", ["kg.ttl", "shapes.ttl", "vocabulary.ttl"])
def test_the_shipped_turtle_is_read_by_both_libraries_to_as_many_triples(name: str) -> None:
    path: Path = ontology(name)
    if name == "vocabulary.ttl":  # too long for rdflib in a test
        assert sum(1 for _ in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)) > 10_000
        return
    store = ox.Store()
    store.load(path.read_bytes(), ox.RdfFormat.TURTLE)
    assert len(store) == len(rdflib.Graph().parse(path))
