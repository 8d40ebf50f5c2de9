"""The description of a thing in RDF: what is said of it, what leads to it, and what its neighbours are called.

A concise bounded description, https://www.w3.org/submissions/CBD/, made symmetric where few triples lead to the
thing. Graphs of kg have no blank nodes. The IRIs are those of the graph, wherever the server runs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.namespaces import prefixes
from kg.serve.pages.facts import node
from kg.serve.pages.settings import SETTINGS
from kg.serve.world import World

_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
_LABELS = ("foaf:name", "skos:prefLabel", "dcterms:title", "rdfs:label")
_XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # https://www.w3.org/TR/xml/#charsets


def description(world: World, iri: str) -> list[ox.Triple]:
    """The triples of a description, sorted, each once."""
    own = [quad.triple for quad in world.store.quads_for_pattern(ox.NamedNode(iri), None, None)]
    leading = list(_leading(world.store, iri))
    neighbours = {triple.object for triple in own} | {triple.subject for triple in leading}
    local = [n for n in neighbours if isinstance(n, ox.NamedNode) and n.value.startswith(world.base)]
    return sorted({*own, *leading, *_named(world.store, local)}, key=_place)


def serialised(world: World, iri: str, media_type: str) -> bytes:
    """The description in one of the forms of :data:`kg.serve.pages.asked.FORMS` other than HTML."""
    triples = description(world, iri)
    if media_type == "application/rdf+xml":
        content = _written(world, triples, media_type).decode()
        return _XML_FORBIDS.sub("\ufffd", content).replace("\r", "&#13;").encode()
    return _written(world, triples, media_type)


def _written(world: World, triples: list[ox.Triple], media_type: str) -> bytes:
    spaces = {
        name: space
        for name, space in prefixes(world.base).items()
        if any(_uses(triple, space) for triple in triples)
    }
    content = ox.serialize(triples, format=_FORMATS[media_type], prefixes=spaces) or b""
    return content if content.endswith(b"\n") else content + b"\n"


def _leading(store: ox.Store, iri: str) -> Iterator[ox.Triple]:
    """What leads to a thing, by properties that few triples have."""
    most, scanned = SETTINGS.description["incoming"], SETTINGS.description["scanned"]
    found: dict[str, list[ox.Triple]] = defaultdict(list)
    for place, quad in enumerate(store.quads_for_pattern(None, None, ox.NamedNode(iri))):
        if place >= scanned:
            return
        if len(found[quad.predicate.value]) <= most:
            found[quad.predicate.value].append(quad.triple)
    for triples in found.values():
        if len(triples) <= most:
            yield from triples


def _named(store: ox.Store, things: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
    for thing in things:
        for name in ("rdf:type", *_LABELS):
            yield from (quad.triple for quad in store.quads_for_pattern(thing, node(name), None))


def _uses(triple: ox.Triple, space: str) -> bool:
    terms = (triple.subject, triple.predicate, triple.object)
    typed = triple.object.datatype.value if isinstance(triple.object, ox.Literal) else ""
    return typed.startswith(space) or any(
        isinstance(term, ox.NamedNode) and term.value.startswith(space) for term in terms
    )


def _place(triple: ox.Triple) -> tuple[str, bool, str, str]:
    """Subjects in order, the class before all else."""
    subject, predicate = str(triple.subject), triple.predicate
    return subject, predicate != node("rdf:type"), predicate.value, str(triple.object)
