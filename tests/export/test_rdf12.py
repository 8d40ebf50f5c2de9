"""RDF 1.2 Turtle tells which readings stand behind an edge."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.export.source import Source
from kg.namespaces import prefixes
from kg.query.store import base_of, load_graph
from tests.export.sources import parsed, source_of, text
from tests.query.small import changed


def rows(source: Source, sparql: str) -> list[tuple[str, ...]]:
    store = parsed(text(source, "ttl12"), ox.RdfFormat.TURTLE)
    solutions = store.query(sparql, prefixes=prefixes(source.base))
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(tuple(term.value for term in row) for row in solutions)


def test_a_query_finds_sentence_and_place_behind_an_edge() -> None:
    found = rows(
        source_of(),
        "SELECT ?sentence ?confidence ?start ?end { paper:iclr-2021-0001 kg:uses method:adam ~ ?mention "
        "{| kg:sentence ?sentence ; kg:confidence ?confidence ; kg:start ?start ; kg:end ?end |} }",
    )
    assert found == [("Adam wins.", "0.9", "50", "54")]


def test_a_claim_reifies_its_asserted_edge() -> None:
    found = rows(
        source_of(),
        "SELECT ?claim ?c { method:adam kg:comparedWith method:sgd ~ ?claim {| kg:confidence ?c |} }",
    )
    assert found == [("https://w3id.org/paperkg/id/claim/iclr-2021-0001-1", "0.7")]


def test_a_claim_of_what_is_not_asserted_reifies_without_asserting() -> None:
    source = source_of(changed("kg:comparedWith method:sgd ; kg:paperCount", "kg:paperCount"))
    claims = "SELECT ?claim { ?claim rdf:reifies <<( method:adam kg:comparedWith method:sgd )>> }"
    assert len(rows(source, claims)) == 1
    assert not rows(source, "SELECT ?x { method:adam kg:comparedWith ?x }")


def test_every_reading_of_the_seeds_reifies_one_triple(seed_folder: Path) -> None:
    store = load_graph(seed_folder)
    source = Source(store, base_of(store))
    unreified = """SELECT ?reading ?many {
      { SELECT ?reading (COUNT(?triple) AS ?many) {
          VALUES ?kind { kg:Mention kg:Claim } ?reading a ?kind OPTIONAL { ?reading rdf:reifies ?triple }
      } GROUP BY ?reading }
      FILTER (?many != 1) }"""
    assert rows(source, unreified) == []
