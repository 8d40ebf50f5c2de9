"""What the ontology and the shapes say of properties: which have one value, which are measures, what they are called.

Functional properties: https://www.w3.org/TR/owl2-syntax/#Functional_Object_Properties; ``sh:maxCount``:
https://www.w3.org/TR/shacl/#MaxCountConstraintComponent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import pyoxigraph as ox

from kg.diff.settings import settings
from kg.namespaces import ONTOLOGY
from kg.query.store import answer, load_store
from kg.resources import ontology

_FUNCTIONAL = "SELECT ?p { ?p a owl:FunctionalProperty }"
_AT_MOST_ONE = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?class ?p {
  ?shape sh:targetClass ?class ; sh:property ?property .
  ?property sh:path ?p ; sh:maxCount 1 . FILTER(isIRI(?p))
}"""
_MEASURES = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?p {
  ?p a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain|schema:domainIncludes ?class .
  FILTER(?class IN (kg:Author, kg:Community, kg:Concept))
}"""
_LABELS = "SELECT ?p (STR(?l) AS ?label) { ?p a ?kind ; rdfs:label ?l }"
_CONCEPTS = f"SELECT ?c {{ ?c rdfs:subClassOf <{ONTOLOGY}Concept> }}"


@dataclass(frozen=True, slots=True)
class Schema:
    """What is known of properties.

    Attributes:
        functional: the IRIs of those with one value wherever they stand.
        at_most_one: classes and properties of which an instance has one value.
        measures: the IRIs of those that are computed from the whole graph.
        labels: properties and classes in English, by IRI.
        concepts: the IRIs of the classes of concepts.
    """

    functional: frozenset[str]
    at_most_one: frozenset[tuple[str, str]]
    measures: frozenset[str]
    labels: Mapping[str, str]
    concepts: frozenset[str]

    def single(self, kind: str, predicate: str) -> bool:
        """Whether an instance of a class has one value of a property.

        Example:
            >>> schema().single(ONTOLOGY + "Paper", "http://purl.org/dc/terms/title")
            True
        """
        return predicate in self.functional or (kind, predicate) in self.at_most_one

    def label(self, iri: str) -> str:
        """A property or class in English; the last part of its IRI where nobody has named it.

        Example:
            >>> schema().label(ONTOLOGY + "hasTopic")
            'has topic'
        """
        return self.labels.get(iri) or iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri


@cache
def schema() -> Schema:
    """What the shipped ontology and shapes say."""
    terms = load_store(ontology("kg.ttl").read_bytes())
    shapes = load_store(ontology("shapes.ttl").read_bytes())
    told = settings()
    at_most_one = frozenset((str(row["class"]), str(row["p"])) for row in answer(shapes, _AT_MOST_ONE).rows)
    labels = {str(row["p"]): str(row["label"]) for row in answer(terms, _LABELS).rows}
    return Schema(
        functional=_column(terms, _FUNCTIONAL) | told.groups["single"],
        at_most_one=at_most_one,
        measures=_column(terms, _MEASURES) - told.groups["people"],
        labels=MappingProxyType({**labels, **told.labels}),
        concepts=_column(terms, _CONCEPTS),
    )


def _column(store: ox.Store, query: str) -> frozenset[str]:
    return frozenset(str(value) for row in answer(store, query).rows for value in row.values())
