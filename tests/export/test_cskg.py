"""Claims in CS-KG's model: one statement for all papers that say the same."""

from __future__ import annotations

import pyoxigraph as ox

from kg.export.cskg import CSKG
from kg.export.source import Source
from kg.namespaces import prefixes
from tests.export.sources import parsed, source_of, text
from tests.query.small import GRAPH, changed

SECOND = """
paper:iclr-2022-0001 a kg:Paper ; dcterms:title "More"@en ; dcterms:issued "2022"^^xsd:gYear ;
    dcterms:identifier "doi:10.1/x" ; kg:claim claim:iclr-2022-0001-1, claim:iclr-2022-0001-2 .
"""
CLAIM = """
claim:iclr-2022-0001-{} a kg:Claim ; kg:subject method:adam ; kg:predicate kg:comparedWith ;
    kg:object method:sgd ; prov:wasGeneratedBy run:r .
"""
STATEMENTS = """SELECT ?s ?p ?o ?support {
  ?statement a cskg-ont:Statement, prov:Entity ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
    cskg-ont:hasSupport ?support }"""


def rows(source: Source, sparql: str) -> list[tuple[str, ...]]:
    store = parsed(text(source, "cskg"), ox.RdfFormat.TURTLE)
    solutions = store.query(sparql, prefixes={**prefixes(source.base), "cskg-ont": CSKG})
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(tuple(term.value.rpartition("/")[2] for term in row) for row in solutions)


def test_the_support_counts_papers_not_claims() -> None:
    source = source_of(GRAPH + SECOND + CLAIM.format(1) + CLAIM.format(2))
    assert rows(source, STATEMENTS) == [("adam", "ontology#comparedWith", "sgd", "2")]
    papers = rows(source, "SELECT ?paper { ?s a cskg-ont:Statement ; prov:wasDerivedFrom ?paper }")
    assert papers == [("iclr-2021-0001",), ("iclr-2022-0001",)]


def test_the_years_are_observations() -> None:
    source = source_of(GRAPH + SECOND + CLAIM.format(1))
    observed = "SELECT ?y ?n { ?s cskg-ont:hasTimeObservation [ cskg-ont:year ?y ; cskg-ont:frequency ?n ] }"
    assert rows(source, observed) == [("2021", "1"), ("2022", "1")]


def test_a_claim_that_is_not_asserted_is_no_statement() -> None:
    source = source_of(changed("kg:comparedWith method:sgd ; kg:paperCount", "kg:paperCount"))
    assert rows(source, STATEMENTS) == []


def test_what_a_method_is_used_for_is_a_task_that_uses_it() -> None:
    source = source_of(
        changed(
            "kg:comparedWith method:sgd ; kg:paperCount", "kg:usedFor topic:vision ; kg:paperCount"
        ).replace(
            "kg:predicate kg:comparedWith ; kg:object method:sgd",
            "kg:predicate kg:usedFor ; kg:object topic:vision",
        )
        + 'topic:vision a kg:Topic ; skos:prefLabel "vision"@en .'
    )
    assert rows(source, STATEMENTS) == [("vision", "ontology#usesMethod", "adam", "1")]
    assert rows(source, "SELECT ?c { ?c a cskg-ont:Task }") == [("vision",)]


def test_concepts_have_the_classes_of_the_model() -> None:
    found = rows(source_of(), "SELECT ?c ?class { ?c a ?class ; rdfs:label ?label }")
    assert found == [
        ("adam", "ontology#Method"),
        ("imagenet", "ontology#Material"),
        ("sgd", "ontology#Method"),
    ]
