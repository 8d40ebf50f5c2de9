"""Queries written in the terms of other vocabularies find in a graph of kg what its own terms say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox
import pytest

from kg.query.store import load_store
from kg.resources import ontology
from tests.query.small import GRAPH

_PREFIXES = """
PREFIX cskg: <https://w3id.org/cskg/ontology#>
PREFIX dblp: <https://dblp.org/rdf/schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fabio: <http://purl.org/spar/fabio/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX kg: <https://w3id.org/paperkg/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX soa: <https://semopenalex.org/ontology/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
_VOCABULARIES = ("cskg", "dblp", "schema", "semopenalex")

# In a vocabulary's terms, and in kg's; the same rows are to come of both.
_PAIRS = {
    "semopenalex: authors of a work": (
        "SELECT ?w ?a { ?w a soa:Work ; soa:hasAuthorship [ a soa:Authorship ; soa:hasAuthor ?a ] }",
        "SELECT ?w ?a { ?w a kg:Paper ; dcterms:creator ?a }",
    ),
    "semopenalex: first authors": (
        'SELECT ?w ?a { ?w soa:hasAuthorship ?s . ?s soa:hasAuthor ?a ; soa:position "first" }',
        "SELECT ?w ?a { ?w kg:authorship ?s . ?s kg:author ?a ; kg:position 1 }",
    ),
    "semopenalex: works of a year with their titles": (
        "SELECT ?w ?t { ?w a soa:Work ; fabio:hasPublicationYear 2021 ; dcterms:title ?t }",
        'SELECT ?w ?t { ?w a kg:Paper ; dcterms:issued "2021"^^xsd:gYear ; dcterms:title ?t }',
    ),
    "semopenalex: productive authors": (
        "SELECT ?name ?n { ?a a soa:Author ; foaf:name ?name ; soa:worksCount ?n }",
        "SELECT ?name ?n { ?a a kg:Author ; foaf:name ?name ; kg:paperCount ?n }",
    ),
    "semopenalex: works by topic": (
        "SELECT ?w ?l { ?w soa:hasTopic ?t . ?t a soa:Topic ; skos:prefLabel ?l }",
        "SELECT ?w ?l { ?w kg:hasTopic ?t . ?t a kg:Topic ; skos:prefLabel ?l }",
    ),
    "semopenalex: sources": (
        "SELECT ?s ?n { ?s a soa:Source ; foaf:name ?n }",
        "SELECT ?s ?n { ?s a kg:Venue ; rdfs:label ?n }",
    ),
    "dblp: titles and authors": (
        "SELECT ?t ?n { ?p a dblp:Publication ; dblp:title ?t ; dblp:authoredBy/dblp:creatorName ?n }",
        "SELECT (STR(?x) AS ?t) ?n { ?p dcterms:title ?x ; dcterms:creator/(foaf:name|kg:nameVariant) ?n }",
    ),
    "dblp: signatures in their order": (
        """SELECT ?p ?o ?n ?c { ?s a dblp:AuthorSignature ; dblp:signaturePublication ?p ; dblp:signatureOrdinal ?o ;
             dblp:signatureDblpName ?n ; dblp:signatureCreator ?c . ?p dblp:hasSignature ?s }""",
        """SELECT ?p ?o ?n ?c { ?p kg:authorship ?s . ?s kg:position ?o ; kg:nameAsPrinted ?n ; kg:author ?c }""",
    ),
    "dblp: numbers of creators": (
        "SELECT ?p ?n { ?p dblp:numberOfCreators ?n }",
        "SELECT ?p (COUNT(*) AS ?n) { ?p a kg:Paper ; dcterms:creator ?a } GROUP BY ?p",
    ),
    "dblp: publications of a stream by year": (
        """SELECT ?p ?y ?l { ?p dblp:publishedInStream ?s ; dblp:publishedIn ?l ; dblp:yearOfPublication ?y .
             ?s a dblp:Stream ; dblp:streamTitle ?l }""",
        "SELECT ?p ?y ?l { ?p dcterms:isPartOf/dcterms:isPartOf ?s ; dcterms:issued ?y . ?s rdfs:label ?l }",
    ),
    "dblp: co-authors": (
        "SELECT ?a ?b { ?a a dblp:Person ; dblp:coAuthorWith ?b }",
        "SELECT ?a ?b { ?a a kg:Author ; kg:coauthor ?b }",
    ),
    "dblp: pages": (
        "SELECT ?p ?d { ?p dblp:primaryDocumentPage ?d }",
        "SELECT ?p ?d { ?p foaf:page ?d }",
    ),
    "schema: articles, their authors and subjects": (
        """SELECT ?t ?n ?l { ?p a schema:ScholarlyArticle ; schema:headline ?t ; schema:author [ schema:name ?n ] ;
             schema:about [ a schema:DefinedTerm ; schema:name ?l ] }""",
        """SELECT ?t ?n ?l { ?p dcterms:title ?t ; dcterms:creator [ foaf:name ?n ] ;
             kg:hasTopic|kg:introduces|kg:uses|kg:comparesWith|kg:studies|kg:evaluatesWith [ skos:prefLabel ?l ] }""",
    ),
    "schema: dates and places of publication": (
        "SELECT ?p ?y ?n { ?p schema:datePublished ?y ; schema:isPartOf [ schema:name ?n ] }",
        "SELECT ?p (STR(?d) AS ?y) ?n { ?p dcterms:issued ?d ; dcterms:isPartOf/dcterms:isPartOf [ rdfs:label ?n ] }",
    ),
    "schema: data sets": (
        "SELECT ?d ?n { ?d a schema:Dataset ; schema:name ?n }",
        "SELECT ?d ?n { ?d a kg:Dataset ; skos:prefLabel ?n }",
    ),
    "schema: who knows whom": (
        "SELECT ?a ?b { ?a a schema:Person ; schema:knows ?b }",
        "SELECT ?a ?b { ?a kg:coauthor ?b }",
    ),
    "cskg: statements and the papers that make them": (
        """SELECT ?s ?p ?o ?w { ?c a cskg:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
             prov:wasDerivedFrom ?w }""",
        "SELECT ?s ?p ?o ?w { ?w kg:claim ?c . ?c kg:subject ?s ; kg:predicate ?p ; kg:object ?o }",
    ),
}


def _aligned(graph: Iterable[ox.Triple] | bytes) -> ox.Store:
    """The graph with everything that the alignments construct from it."""
    if isinstance(graph, bytes):
        store = load_store(graph)
    else:
        store = ox.Store()
        store.bulk_extend(ox.Quad(*triple) for triple in graph)
    constructed = [t for name in _VOCABULARIES for t in store.query(_text(name))]  # type: ignore[union-attr]
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in constructed)  # type: ignore[union-attr]
    return store


@cache
def _text(name: str) -> str:
    return ontology("align", f"{name}.rq").read_text(encoding="utf-8")


def _rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    solutions = store.query(_PREFIXES + query)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(tuple(str(value) for value in row) for row in solutions)


@pytest.fixture(scope="module")
def small() -> ox.Store:
    topic = (
        'topic:t a kg:Topic ; skos:prefLabel "optimisation"@en . paper:iclr-2021-0001 kg:hasTopic topic:t .\n'
    )
    return _aligned((GRAPH + topic).encode())


@pytest.fixture(scope="module")
def seeds(seed_store: ox.Store) -> ox.Store:
    return _aligned(q.triple for q in seed_store)


@pytest.mark.parametrize("name", _PAIRS)
def test_a_query_in_other_terms_finds_what_kg_says_of_the_small_graph(small: ox.Store, name: str) -> None:
    theirs, ours = _PAIRS[name]
    assert _rows(small, theirs) == _rows(small, ours)
    assert _rows(small, ours), "the query finds nothing and so tells nothing"


@pytest.mark.parametrize("name", _PAIRS)
def test_a_query_in_other_terms_finds_what_kg_says_of_the_seeds(seeds: ox.Store, name: str) -> None:
    theirs, ours = _PAIRS[name]
    assert _rows(seeds, theirs) == _rows(seeds, ours)
    assert _rows(seeds, ours), "the query finds nothing and so tells nothing"


def test_an_orcid_of_a_source_is_one_for_dblp(small: ox.Store) -> None:
    (row,) = _rows(small, "SELECT ?o { ?a dblp:orcid ?o }")
    assert row == ("<https://orcid.org/0000-0002-1825-0097>",)


def test_a_doi_is_an_address_for_dblp_whatever_signs_it_has() -> None:
    paper = "<http://a.org/p> a kg:Paper ; dcterms:identifier "
    graph = GRAPH + paper + '"doi:10.1/x<y>" .\n'
    (row,) = _rows(_aligned(graph.encode()), "SELECT ?d { <http://a.org/p> dblp:doi ?d }")
    assert row == ("<https://doi.org/10.1/x%3Cy%3E>",)


def test_the_places_of_authors_are_first_middle_and_last(small: ox.Store) -> None:
    assert _rows(small, "SELECT ?p { ?s soa:position ?p }") == [('"first"',), ('"last"',)]


@pytest.mark.parametrize("name", _VOCABULARIES)
def test_every_term_that_an_alignment_reads_is_declared(name: str) -> None:
    declared = ox.Store()
    declared.bulk_load(ontology("kg.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    space = "https://w3id.org/paperkg/ontology#"
    known = {
        str(q.subject.value).removeprefix(space) for q in declared if isinstance(q.subject, ox.NamedNode)
    }
    body = "\n".join(line for line in _text(name).splitlines() if not line.startswith(("#", "PREFIX")))
    named = set(re.findall(r"\bkg:(\w+)", body))
    assert named and named <= known
