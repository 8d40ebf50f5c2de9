from __future__ import annotations

from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest

from kg.query.store import answer, load_store
from kg.write.rdf import Description, Iri, english
from kg.write.turtle import turtle
from kg.write.void import Census, dataset


@pytest.fixture(scope="module")
def void(seed_folder: Path) -> ox.Store:
    return load_store((seed_folder / "void.ttl").read_bytes())


def _one(store: ox.Store, query: str) -> dict[str, object]:
    (row,) = answer(store, query).rows
    return cast("dict[str, object]", row)


def test_the_counts_are_those_of_the_graph(void: ox.Store, seed_store: ox.Store) -> None:
    told = _one(
        void,
        """SELECT ?triples ?entities ?classes ?properties { ?d a void:Dataset ; void:triples ?triples ;
             void:entities ?entities ; void:classes ?classes ; void:properties ?properties }""",
    )
    counted = _one(
        seed_store,
        """SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?entities) (COUNT(DISTINCT ?p) AS ?properties)
           { ?s ?p ?o }""",
    )
    classes = _one(seed_store, "SELECT (COUNT(DISTINCT ?c) AS ?classes) { ?s a ?c }")
    assert told == {**counted, **classes}


def test_each_class_partition_counts_its_entities(void: ox.Store, seed_store: ox.Store) -> None:
    told = answer(
        void,
        """SELECT ?class ?n { ?d void:classPartition ?p . ?p void:class ?class ; void:entities ?n } ORDER BY ?class""",
    ).rows
    counted = answer(
        seed_store, "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY ?class"
    ).rows
    assert told == counted


def test_each_property_partition_counts_its_triples(void: ox.Store, seed_store: ox.Store) -> None:
    told = answer(
        void,
        """SELECT ?property ?n { ?d a void:Dataset ; void:propertyPartition ?p . ?p void:property ?property ; void:triples ?n }
           ORDER BY ?property""",
    ).rows
    counted = answer(
        seed_store,
        "SELECT ?property (COUNT(*) AS ?n) { ?s ?property ?o } GROUP BY ?property ORDER BY ?property",
    ).rows
    assert told == counted


def test_every_distribution_is_a_file_of_the_build(void: ox.Store, seed_folder: Path) -> None:
    rows = answer(
        void,
        "SELECT ?name ?type { ?d dcat:distribution ?f . ?f dcterms:title ?name ; dcat:mediaType|dcterms:format ?type }",
    ).rows
    assert rows
    assert not [row["name"] for row in rows if not (seed_folder / str(row["name"])).is_file()]


def test_the_data_set_says_what_it_is(void: ox.Store) -> None:
    told = _one(
        void,
        """SELECT (STR(?t) AS ?title) ?space ?ontology { ?d a dcat:Dataset ; dcterms:title ?t ; void:uriSpace ?space ;
             dcterms:conformsTo ?ontology }""",
    )
    assert told == {
        "title": "Knowledge graph of 200 papers",
        "space": "https://w3id.org/paperkg/id/",
        "ontology": "https://w3id.org/paperkg/ontology",
    }


def test_a_census_counts_a_repeated_object_once() -> None:
    census = Census()
    prop = Iri("http://a.org/p")
    given = [Description(Iri("http://a.org/x"), ((prop, (english("a"), english("a"), english("b"))),))]
    assert list(census.counted(given)) == given
    assert census.triples == 2 and census.properties[prop.value] == 2


def test_a_data_set_of_nothing_is_still_told() -> None:
    document = "".join(turtle(dataset(Census(), "Nothing"), {}))
    told = _one(load_store(document.encode()), "SELECT ?n { ?d a void:Dataset ; void:triples ?n }")
    assert told == {"n": 0}
