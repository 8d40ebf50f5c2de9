"""Triples of rdflib, pyoxigraph and ours in one form, so that they can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pyoxigraph as ox
import rdflib

from kg.write.rdf import Description, Iri, Literal, Term

XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {XSD + "integer", XSD + "decimal"}

Plain = tuple[str, ...]
Triple = tuple[str, str, Plain]


def by_rdflib(turtle: bytes) -> Iterator[Triple]:
    """The triples as rdflib reads them."""
    for subject, predicate, thing in rdflib.Graph().parse(data=turtle, format="turtle"):
        yield str(subject), str(predicate), of_rdflib(thing)


def by_oxigraph(turtle: bytes) -> Iterator[Triple]:
    """The triples as pyoxigraph reads them."""
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        assert isinstance(quad.subject, ox.NamedNode), f"a blank node: {quad}"
        yield quad.subject.value, quad.predicate.value, of_oxigraph(quad.object)


def described(descriptions: Iterable[Description]) -> Iterator[Triple]:
    """The triples that descriptions say."""
    for description in descriptions:
        for subject, predicate, thing in description.triples():
            yield subject.value, predicate.value, of_ours(thing)


def of_rdflib(term: object) -> Plain:
    if isinstance(term, rdflib.Literal):
        return _literal(str(term), str(term.datatype or ""), term.language or "")
    assert isinstance(term, rdflib.URIRef), f"a blank node: {term!r}"
    return ("iri", str(term))


def of_oxigraph(term: object) -> Plain:
    if isinstance(term, ox.Literal):
        return _literal(term.value, "" if term.language else term.datatype.value, term.language or "")
    assert isinstance(term, ox.NamedNode), f"a blank node: {term!r}"
    return ("iri", term.value)


def of_ours(term: Term) -> Plain:
    if isinstance(term, Iri):
        return ("iri", term.value)
    assert isinstance(term, Literal)
    return _literal(term.text, term.datatype, term.language)


def _literal(text: str, datatype: str, language: str) -> Plain:
    """Numbers by value, since rdflib does not keep how they are written."""
    text = str(Decimal(text).normalize()) if datatype in _NUMBERS else text
    return ("literal", text, "" if datatype == XSD + "string" else datatype, language)
