"""What the server says of itself and its data, in RDF.

SPARQL 1.1 Service Description, https://www.w3.org/TR/sparql11-service-description/; VoID and its place,
https://www.w3.org/TR/void/#discovery. No blank nodes: parts are named by fragments of the endpoint's address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.namespaces import ONTOLOGY, STANDARD, prefixes
from kg.serve.graphs import FORMATS, serialise
from kg.serve.negotiation import choose
from kg.serve.reply import Reply
from kg.serve.sparql import graph_name, negotiated, not_acceptable
from kg.write.turtle import turtle
from kg.write.void import published

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_READ = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_WRITTEN = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
_MOST = 16 * 1024 * 1024


def service(origin: str, base: str, size: int) -> tuple[ox.Triple, ...]:
    """The description of the endpoint.

    Args:
        origin: the server's address, such as ``http://127.0.0.1:8000``.
        base: the IRI under which the graph's instances live.
        size: the number of triples.

    Example:
        >>> triples = service("http://127.0.0.1:8000", "https://example.org/id/", 3)
        >>> [t.object.value for t in triples if t.predicate.value == SD + "endpoint"]
        ['http://127.0.0.1:8000/sparql']
    """
    here = f"{origin}/sparql"
    endpoint, dataset, graphs, default, named = (
        ox.NamedNode(here + part) for part in ("", "#dataset", "#graphs", "#default-graph", "#graph")
    )
    return (
        _typed(endpoint, SD + "Service"),
        _said(endpoint, SD + "endpoint", endpoint),
        _said(endpoint, SD + "supportedLanguage", ox.NamedNode(SD + "SPARQL11Query")),
        *(_said(endpoint, SD + "resultFormat", ox.NamedNode(_FORMATS + f)) for f in (*_READ, *_WRITTEN)),
        _said(endpoint, SD + "defaultDataset", dataset),
        _said(endpoint, SD + "availableGraphs", graphs),
        _typed(dataset, SD + "Dataset"),
        _said(dataset, SD + "defaultGraph", default),
        _typed(default, SD + "Graph"),
        _said(default, STANDARD["void"] + "triples", _number(size)),
        _typed(graphs, SD + "GraphCollection"),
        _said(graphs, SD + "namedGraph", named),
        _typed(named, SD + "NamedGraph"),
        _said(named, SD + "name", ox.NamedNode(graph_name(base))),
        _said(named, SD + "graph", default),
    )


def dataset(void: bytes, base: str, size: int) -> tuple[ox.Triple, ...]:
    """The description of the data that the build wrote; a short one where it wrote none.

    Args:
        void: ``void.ttl``; what is no Turtle counts as none.
        base: the IRI under which the graph's instances live.
        size: the number of triples.
    """
    try:
        read = tuple(quad.triple for quad in ox.parse(void, ox.RdfFormat.TURTLE))
    except (SyntaxError, ValueError):
        read = ()
    return read or tuple(_short_dataset(ox.NamedNode(graph_name(base)), base, size))


def located(
    triples: Iterable[ox.Triple], base: str, origin: str, files: Iterable[str]
) -> tuple[ox.Triple, ...]:
    """The description of the data with where it can be queried and its files be had.

    Args:
        triples: the description.
        base: the IRI under which the graph's instances live.
        origin: the server's own address.
        files: the names of the files that it gives out.
    """
    downloads = {name: f"{origin}/data/{name}" for name in files}
    told = "".join(turtle(published(base, f"{origin}/sparql", downloads), prefixes(base)))
    return (*triples, *(quad.triple for quad in ox.parse(told, ox.RdfFormat.TURTLE)))


def described(triples: Iterable[ox.Triple], accept: str | None, base: str) -> Reply:
    """A description in the form that the client would rather have."""
    media_type = choose(accept, tuple(FORMATS))
    if media_type is None:
        return not_acceptable(FORMATS)
    known = {**prefixes(base), "sd": SD}
    return negotiated(media_type, serialise(triples, media_type, known, _MOST))


def _short_dataset(name: ox.NamedNode, base: str, size: int) -> Iterator[ox.Triple]:
    void = STANDARD["void"]
    yield _typed(name, void + "Dataset")
    yield _said(name, void + "triples", _number(size))
    yield _said(name, void + "uriSpace", ox.Literal(base))
    yield _said(name, STANDARD["dcterms"] + "conformsTo", ox.NamedNode(ONTOLOGY.rstrip("#")))


def _typed(subject: ox.NamedNode, kind: str) -> ox.Triple:
    return _said(subject, STANDARD["rdf"] + "type", ox.NamedNode(kind))


def _said(subject: ox.NamedNode, predicate: str, what: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), what)


def _number(count: int) -> ox.Literal:
    return ox.Literal(str(count), datatype=ox.NamedNode(STANDARD["xsd"] + "integer"))
