"""What an export reads from: a built graph, subject by subject in one fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import pyoxigraph as ox

from kg.namespaces import BASE, STANDARD
from kg.query.store import QueryError

Object: TypeAlias = ox.NamedNode | ox.Literal
Properties: TypeAlias = dict[str, list[Object]]

TYPE = STANDARD["rdf"] + "type"

_GRAPH = ox.DefaultGraph()
_DECIMAL = ox.NamedNode(STANDARD["xsd"] + "decimal")
_STRANGE = "ASK { ?s ?p ?o FILTER (isBlank(?s) || isBlank(?o) || isTriple(?o)) }"


class ExportError(QueryError):
    """A graph that a format cannot hold; the message is one line for a person."""


@dataclass(frozen=True)
class Source:
    """A graph to export, and what the graph itself does not know.

    Attributes:
        store: the graph; its triples lie in the default graph.
        base: the IRI under which its instances live.
        created: when the export is made, as an xsd:dateTime; empty where nobody said.
        creator: the IRI of who publishes it; empty where nobody said.

    Example:
        >>> from kg.query.store import load_store
        >>> source = Source(load_store(b'<http://a.org/x> <http://a.org/p> "1", "0" .'))
        >>> [str(value) for value in source.about("http://a.org/x")["http://a.org/p"]]
        ['"0"', '"1"']
    """

    store: ox.Store
    base: str = BASE
    created: str = ""
    creator: str = ""

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Every subject's IRI, in the order that the lines of N-Triples sort in.

        Raises:
            ExportError: where the graph has blank nodes or triple terms, whose names or forms the formats
                do not share.
        """
        if bool(self.store.query(_STRANGE)):
            raise ExportError("the graph has blank nodes or triple terms, kg writes none; name a built graph")
        solutions = self.store.query("SELECT DISTINCT ?s { ?s ?p ?o }")
        assert isinstance(solutions, ox.QuerySolutions)
        return tuple(sorted((solution[0].value for solution in solutions), key=line_order))

    def about(self, subject: str) -> Properties:
        """What is said of a subject: objects by predicate, both sorted, the class first."""
        found: Properties = {}
        for quad in self.store.quads_for_pattern(ox.NamedNode(subject), None, None, _GRAPH):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                found.setdefault(quad.predicate.value, []).append(_as_written(quad.object))
        return {
            predicate: sorted(found[predicate], key=str)
            for predicate in sorted(found, key=lambda name: (name != TYPE, name))
        }

    def pairs(self, predicate: str) -> Iterator[tuple[str, Object]]:
        """Subject and object of every triple with a predicate, in no order."""
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, _GRAPH):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                yield quad.subject.value, quad.object

    def members(self, class_iri: str) -> list[str]:
        """The IRIs of a class, sorted."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(TYPE), ox.NamedNode(class_iri), _GRAPH)
        return sorted((q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)), key=line_order)

    def subjects_of(self, predicate: str, value: str) -> list[str]:
        """The subjects that a predicate links to an IRI, sorted."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value), _GRAPH)
        return sorted((q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)), key=line_order)

    def linked(self, subject: str, predicate: str) -> str | None:
        """The first IRI that a predicate links a subject to, if any."""
        quads = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, _GRAPH)
        return min((q.object.value for q in quads if isinstance(q.object, ox.NamedNode)), default=None)

    def states(self, subject: str, predicate: str, value: str) -> bool:
        """Whether the graph has a triple between IRIs."""
        triple = ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value), _GRAPH)
        return triple in self.store


def _as_written(value: Object) -> Object:
    """An object as ``graph.ttl`` has it: the store keeps the decimal 1.0 as 1, kg writes decimals with a point."""
    if isinstance(value, ox.Literal) and value.datatype == _DECIMAL and "." not in value.value:
        return ox.Literal(value.value + ".0", datatype=_DECIMAL)
    return value


def line_order(iri: str) -> str:
    """The key by which IRIs sort as their lines in N-Triples do, where each is followed by ``>``."""
    return iri + ">"
