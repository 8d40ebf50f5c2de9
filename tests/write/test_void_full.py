"""What the description of a data set says beyond its counts; made here as a build makes it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
import rdflib

from kg.namespaces import BASE, STANDARD, prefixes
from kg.query.store import answer, load_store
from kg.write.rdf import Description, Iri, english
from kg.write.turtle import turtle
from kg.write.void import Census, dataset, published
from kg.write.void_settings import settings

_SPDX = "http://spdx.org/rdf/terms#"


def _one(store: ox.Store, query: str) -> dict[str, object]:
    (row,) = answer(store, query).rows
    return cast("dict[str, object]", row)


@pytest.fixture(scope="module")
def full(seed_folder: Path) -> ox.Store:
    return load_store((seed_folder / "void.ttl").read_bytes())


def _same(told: ox.Store, query: str, counted: ox.Store, other: str) -> None:
    rows = answer(told, query).rows
    assert rows and rows == answer(counted, other).rows


def test_each_class_partition_counts_the_triples_of_each_property(
    full: ox.Store, seed_store: ox.Store
) -> None:
    _same(
        full,
        """SELECT ?class ?property ?n { ?d a void:Dataset ; void:classPartition ?c .
             ?c void:class ?class ; void:propertyPartition ?p . ?p void:property ?property ; void:triples ?n }
           ORDER BY ?class ?property""",
        seed_store,
        """SELECT ?class ?property (COUNT(*) AS ?n) { ?s a ?class ; ?property ?o } GROUP BY ?class ?property
           ORDER BY ?class ?property""",
    )


def test_each_property_partition_counts_its_subjects(full: ox.Store, seed_store: ox.Store) -> None:
    _same(
        full,
        """SELECT ?property ?n { ?d a void:Dataset ; void:propertyPartition ?p . ?p void:property ?property ;
             void:distinctSubjects ?n } ORDER BY ?property""",
        seed_store,
        """SELECT ?property (COUNT(DISTINCT ?s) AS ?n) { ?s ?property ?o } GROUP BY ?property ORDER BY ?property""",
    )


def test_the_distinct_subjects_are_those_of_the_graph(full: ox.Store, seed_store: ox.Store) -> None:
    _same(
        full,
        "SELECT ?n { ?d a dcat:Dataset ; void:distinctSubjects ?n }",
        seed_store,
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    )


def test_there_is_one_example_of_each_class_and_it_is_in_the_graph(
    full: ox.Store, seed_store: ox.Store
) -> None:
    examples = answer(full, "SELECT ?x { ?d void:exampleResource ?x }").rows
    classes = {
        row["c"]
        for example in examples
        for row in answer(seed_store, f"SELECT ?c {{ <{example['x']}> a ?c }}").rows
    }
    told = answer(full, "SELECT ?c { ?d void:classPartition [ void:class ?c ] }").rows
    assert classes == {row["c"] for row in told} and len(examples) == len(told)


def test_the_vocabularies_are_those_that_the_graph_uses(full: ox.Store) -> None:
    rows = answer(full, "SELECT ?v { ?d void:vocabulary ?v } ORDER BY ?v").rows
    names = {iri: prefix for prefix, iri in STANDARD.items()}
    assert [names[str(row["v"])] for row in rows] == ["dcterms", "rdfs", "skos", "prov", "foaf", "kg"]


def test_every_link_to_another_site_is_in_a_linkset(full: ox.Store, seed_store: ox.Store) -> None:
    told = answer(
        full,
        """SELECT ?p ?site ?n { ?d void:subset ?l . ?l a void:Linkset ; void:linkPredicate ?p ; void:triples ?n ;
             void:subjectsTarget ?d ; void:objectsTarget [ a void:Dataset ; void:uriSpace ?site ] }""",
    ).rows
    (counted,) = answer(seed_store, "SELECT (COUNT(*) AS ?n) { ?s foaf:page ?o }").rows
    assert told == [{"p": STANDARD["foaf"] + "page", "site": "https://openreview.net/", **counted}]


def test_every_file_is_told_with_its_size_checksum_and_format(full: ox.Store, seed_folder: Path) -> None:
    rows = answer(
        full,
        f"""SELECT ?name ?size (STR(?hex) AS ?sum) {{ ?d dcat:distribution ?f . ?f a dcat:Distribution ;
             dcterms:title ?name ; dcterms:description ?text ; dcterms:license ?license ;
             dcat:mediaType|dcterms:format ?format ; dcat:byteSize ?size ; <{_SPDX}checksum> ?c .
             ?c a <{_SPDX}Checksum> ; <{_SPDX}algorithm> <{_SPDX}checksumAlgorithm_sha256> ;
               <{_SPDX}checksumValue> ?hex }}""",
    ).rows
    built = {p.relative_to(seed_folder).as_posix() for p in seed_folder.rglob("*") if p.is_file()}
    assert {row["name"] for row in rows} == built - {"void.ttl", "report.json"}
    for row in rows:
        content = (seed_folder / str(row["name"])).read_bytes()
        assert int(str(row["size"])) == len(content), row
        assert row["sum"] == hashlib.sha256(content).hexdigest(), row


def test_the_data_set_says_what_run_it_comes_from(full: ox.Store, seed_store: ox.Store) -> None:
    row = _one(
        full, "SELECT ?run ?version { ?d a dcat:Dataset ; prov:wasGeneratedBy ?run ; dcat:version ?version }"
    )
    assert answer(seed_store, f"SELECT * {{ <{row['run']}> a kg:Run ; ?p ?o }}").rows
    assert row["version"] == str(row["run"]).rsplit("/", 1)[-1]


def test_the_data_set_has_a_licence_and_says_what_it_leaves_out(full: ox.Store) -> None:
    row = _one(
        full,
        "SELECT ?l ?r ?t { ?d a dcat:Dataset ; dcterms:license ?l ; dcterms:rights ?r ; dcterms:language ?t }",
    )
    assert str(row["l"]).startswith("https://creativecommons.org/") and row["r"]


def test_where_it_is_served_endpoint_and_dump_are_told_of_the_same_data_set(full: ox.Store) -> None:
    told = published(BASE, "https://a.org/sparql", {"graph.ttl": "https://a.org/graph.ttl"})
    store = ox.Store()
    store.extend(full)
    store.load("".join(turtle(told, prefixes())).encode(), ox.RdfFormat.TURTLE)
    row = _one(
        store,
        """SELECT ?e ?g ?u { ?d a dcat:Dataset ; void:sparqlEndpoint ?e ; void:dataDump ?g ; dcat:distribution ?f .
             ?f dcterms:title "graph.ttl" ; dcat:downloadURL ?u }""",
    )
    assert row == {
        "e": "https://a.org/sparql",
        "g": "https://a.org/graph.ttl",
        "u": "https://a.org/graph.ttl",
    }


def test_terms_of_the_same_local_name_have_partitions_of_their_own() -> None:
    census = Census()
    names = [
        STANDARD["dcterms"] + "subject",
        STANDARD["kg"] + "subject",
        "http://a.org/subject",
        "http://b.org/subject",
    ]
    given = Description(Iri("http://a.org/x"), tuple((Iri(name), (english("a"),)) for name in names))
    list(census.counted([given]))
    store = load_store("".join(turtle(dataset(census, "T"), prefixes())).encode())
    rows = answer(
        store,
        "SELECT ?p (COUNT(?q) AS ?n) { ?d void:propertyPartition ?p . ?p void:property ?q } GROUP BY ?p",
    ).rows
    assert [row["n"] for row in rows] == [1, 1, 1, 1]


def test_of_many_sites_only_those_with_most_links_are_told_and_odd_addresses_are_passed_over() -> None:
    census = Census()
    same = Iri(STANDARD["owl"] + "sameAs")
    sites = [Iri(f"https://{number}.example.org/x") for number in range(50)]
    odd = [Iri("http://[x/"), Iri("urn:x:y"), Iri("https://0.example.org/y")]
    list(census.counted([Description(Iri("http://a.org/x"), ((same, (*sites, *odd)),))]))
    store = load_store("".join(turtle(dataset(census, "T"), prefixes())).encode())
    rows = answer(
        store, "SELECT ?t ?n { ?l void:objectsTarget ?t ; void:triples ?n } ORDER BY DESC(?n) ?t"
    ).rows
    assert len(rows) == settings().most_linksets
    assert rows[0] == {"t": "https://0.example.org/", "n": 2}


def test_rdflib_reads_the_description_to_as_many_triples(full: ox.Store) -> None:
    text = "".join(turtle(dataset(Census(), "T", run="r"), prefixes()))
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(load_store(text.encode()))
