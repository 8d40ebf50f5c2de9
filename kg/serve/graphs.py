"""Triples in the formats of RDF that a client may ask for.

Turtle (https://www.w3.org/TR/turtle/), N-Triples (https://www.w3.org/TR/n-triples/), JSON-LD in its expanded
form (https://www.w3.org/TR/json-ld11/) and RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pyoxigraph as ox

from kg.query.results import legal_xml
from kg.serve.capped import Capped, TooLargeError

FORMATS: Mapping[str, ox.RdfFormat] = MappingProxyType(
    {
        "text/turtle": ox.RdfFormat.TURTLE,
        "application/n-triples": ox.RdfFormat.N_TRIPLES,
        "application/ld+json": ox.RdfFormat.JSON_LD,
        "application/rdf+xml": ox.RdfFormat.RDF_XML,
    }
)
"""The formats by media type, the one liked best first."""

_ELEMENT = re.compile(
    r".*?[^\W\d][\w.\-]*\Z", re.DOTALL
)  # RDF/XML makes an element's name of a property's end


class NoSuchFormError(Exception):
    """The triples cannot be said in the format; the message tells why in one line."""


def serialise(triples: Iterable[ox.Triple], media_type: str, prefixes: Mapping[str, str], most: int) -> bytes:
    """Triples as a document, sorted and each once, so that the same triples give the same bytes.

    Args:
        triples: what to write.
        media_type: one of :data:`FORMATS`.
        prefixes: namespaces by prefix; those that are used are declared.
        most: how large the document may be, in bytes.

    Raises:
        TooLargeError: where it would be larger.
        NoSuchFormError: where RDF/XML has no name for a property.

    Example:
        >>> known = {"a": "http://a.org/", "b": "http://b.org/"}
        >>> triple = ox.Triple(ox.NamedNode("http://a.org/x"), ox.NamedNode("http://a.org/p"), ox.Literal("1"))
        >>> print(serialise([triple], "text/turtle", known, 1000).decode())
        @prefix a: <http://a.org/> .
        a:x a:p "1" .
        <BLANKLINE>
    """
    ordered = _sorted(triples, most)
    form = FORMATS[media_type]
    if form == ox.RdfFormat.RDF_XML:
        _check_names(ordered)
    buffer = Capped(most)
    try:
        ox.serialize(ordered, buffer, form, prefixes=used(ordered, prefixes))
    except OSError as error:
        raise NoSuchFormError(
            f"the graph has no form in {media_type}: {error}; ask for text/turtle"
        ) from None
    return legal_xml(buffer.getvalue()) if form == ox.RdfFormat.RDF_XML else buffer.getvalue()


def used(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Those prefixes whose namespaces occur in the triples."""
    spaces = {
        term.value[: max(term.value.rfind("#"), term.value.rfind("/")) + 1]
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object, *_datatype(triple.object))
        if isinstance(term, ox.NamedNode)
    }
    return {prefix: space for prefix, space in prefixes.items() if space in spaces}


def _datatype(term: object) -> tuple[ox.NamedNode, ...]:
    return (term.datatype,) if isinstance(term, ox.Literal) and not term.language else ()


def _sorted(triples: Iterable[ox.Triple], most: int) -> list[ox.Triple]:
    """The triples in the order of their N-Triples; no more are held than could fit.

    Turtle and JSON-LD say a triple in a third of its N-Triples and more, since they name a subject once.
    """
    found: dict[str, ox.Triple] = {}
    size = 0
    for triple in triples:
        line = str(triple)
        if line not in found:
            found[line] = triple
            size += len(line)
            if size > 8 * most:
                raise TooLargeError(f"more than {most} bytes")
    return [found[line] for line in sorted(found)]


def _check_names(triples: Iterable[ox.Triple]) -> None:
    for name in sorted({triple.predicate.value for triple in triples}):
        if not _ELEMENT.match(name):
            raise NoSuchFormError(f"RDF/XML has no name for the property <{name}>; ask for text/turtle")
