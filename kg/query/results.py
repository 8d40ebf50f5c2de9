"""Answers as files and tables.

SPARQL 1.1 Query Results in JSON (https://www.w3.org/TR/sparql11-results-json/), XML, CSV and TSV; graphs in
Turtle. The engine's own serializers write them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.query.store import Answer, QueryError, Term, value

_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_LINE = {"json": b"\n", "xml": b"\n"}
_XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # https://www.w3.org/TR/xml/#charsets


def serialise(found: Answer, shape: str) -> bytes:
    """An answer in a standard format, in UTF-8.

    Args:
        found: the answer.
        shape: ``json``, ``xml``, ``csv`` or ``tsv`` for SELECT, ``json`` or ``xml`` for ASK, ``turtle`` for a
            graph.

    Raises:
        QueryError: where the answer has no such form.
    """
    if found.kind == "graph":
        if shape != "turtle":
            raise QueryError(f"CONSTRUCT and DESCRIBE give a graph, which has no {shape}; use -f turtle")
        used = {prefix: iri for prefix, iri in found.prefixes.items() if _uses(found, iri)}
        return ox.serialize(found.triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b""
    if shape not in _FORMATS:
        raise QueryError(f"{found.kind.upper()} gives no graph, so there is no {shape}; use -f json")
    if found.kind == "ask" and shape in ("csv", "tsv"):
        raise QueryError(f"ASK gives yes or no, which has no {shape}; use -f json or -f xml")
    results = ox.parse_query_results(found.content, ox.QueryResultsFormat.JSON)
    content = results.serialize(format=_FORMATS[shape]) or b""
    return (legal_xml(content) if shape == "xml" else content) + _LINE.get(shape, b"")


def legal_xml(content: bytes) -> bytes:
    """XML that any parser takes: the engine writes characters as they are that XML forbids or would change."""
    return _XML_FORBIDS.sub("\ufffd", content.decode()).replace("\r", "&#13;").encode()


def header(found: Answer) -> list[str]:
    """The names of the table's columns: those of the query, but for the parameters."""
    if found.kind == "ask":
        return ["answer"]
    if found.kind == "graph":
        return ["subject", "predicate", "object"]
    return [name for name in found.variables if name not in found.parameters]


def table(found: Answer) -> list[list[str]]:
    """The rows for a person: IRIs shortened, numbers tidy, nothing that steers a terminal."""
    if found.kind == "ask":
        return [["yes" if found else "no"]]
    if found.kind == "graph":
        triples = ((t.subject, t.predicate, t.object) for t in found.triples)
        return [[cell(term, found.prefixes) for term in triple] for triple in triples]
    shown = [place for place, name in enumerate(found.variables) if name not in found.parameters]
    return [[cell(row[place], found.prefixes) for place in shown] for row in found.solutions]


def cell(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """One term for a person.

    Example:
        >>> cell(ox.NamedNode("http://xmlns.com/foaf/0.1/name"), {"foaf": "http://xmlns.com/foaf/0.1/"})
        'foaf:name'
        >>> cell(ox.Literal("one\\x1b[31m\\nline"), {})
        'one [31m line'
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return shortened(term.value, prefixes)
    plain = value(term)
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    text = f"{plain:.4g}" if isinstance(plain, float) else str(plain)
    return "".join(character if character.isprintable() else " " for character in text)


def shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI as a prefixed name, where one of the prefixes fits."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = next((name for name, namespace in prefixes.items() if namespace == iri[:cut]), None)
    return iri if prefix is None else f"{prefix}:{iri[cut:]}"


def _uses(found: Answer, namespace: str) -> bool:
    return any(
        term.value.startswith(namespace)
        for triple in found.triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode)
    )
