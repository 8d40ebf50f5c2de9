"""RDF terms and descriptions, as small as the writer needs them.

Terms follow RDF 1.1 Concepts, https://www.w3.org/TR/rdf11-concepts/; blank nodes are left out on purpose.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from kg.namespaces import STANDARD, expanded

_FRACTION_DIGITS = 18
_XSD = STANDARD["xsd"]
_IRI_UNSAFE = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%]")


@dataclass(frozen=True, slots=True, order=True)
class Iri:
    """An absolute IRI."""

    value: str


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A literal: its text and either a language tag, a datatype IRI, or neither (a plain string)."""

    text: str
    datatype: str = ""
    language: str = ""


Term = Iri | Literal
Property = tuple[Iri, tuple[Term, ...]]


@dataclass(frozen=True, slots=True)
class Description:
    """All that is said of one subject.

    Attributes:
        subject: the subject of every triple.
        properties: predicates in the order of writing, each with its objects.
    """

    subject: Iri
    properties: tuple[Property, ...]

    def triples(self) -> Iterable[tuple[Iri, Iri, Term]]:
        """The triples, one by one."""
        return ((self.subject, p, o) for p, objects in self.properties for o in objects)


def standard_iri(name: str) -> Iri:
    """The IRI of a prefixed name in one of the standard namespaces.

    Example:
        >>> standard_iri("foaf:name").value
        'http://xmlns.com/foaf/0.1/name'
    """
    return Iri(expanded(name))


def a(class_name: str) -> Property:
    """That something is of a class, given as a prefixed name.

    Example:
        >>> a("foaf:Person")[1][0].value
        'http://xmlns.com/foaf/0.1/Person'
    """
    return standard_iri("rdf:type"), (standard_iri(class_name),)


def stated(name: str, objects: Iterable[Term]) -> Property:
    """A property, given as a prefixed name, and what it says; nothing is written where there are no objects."""
    return standard_iri(name), tuple(objects)


def english(text: str) -> Literal:
    """A literal in English."""
    return Literal(text, language="en")


def integer(number: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(number), datatype=_XSD + "integer")


def boolean(truth: bool) -> Literal:
    """An xsd:boolean.

    Example:
        >>> boolean(True).text
        'true'
    """
    return Literal("true" if truth else "false", datatype=_XSD + "boolean")


def year(number: int) -> Literal:
    """An xsd:gYear; four digits at least, as XML Schema asks."""
    return Literal(f"{number:04d}", datatype=_XSD + "gYear")


def decimal(number: float) -> Literal:
    """An xsd:decimal with up to twelve significant digits, never in exponent form.

    It has at most eighteen digits after the point, which is what processors of XML Schema must at least hold and
    some hold at most: https://www.w3.org/TR/xmlschema11-2/#partial-implementation

    Raises:
        ValueError: if the number is not finite.

    Example:
        >>> decimal(1e-7).text, decimal(0.5).text, decimal(3).text
        ('0.0000001', '0.5', '3.0')
    """
    if not math.isfinite(number):
        raise ValueError(f"{number} has no xsd:decimal")
    digits = Decimal(f"{number:.12g}")
    text = format(digits, "f")
    if len(text.partition(".")[2]) > _FRACTION_DIGITS:
        text = format(round(digits, _FRACTION_DIGITS).normalize(), "f")
    return Literal(text if "." in text else text + ".0", datatype=_XSD + "decimal")


def web_address(url: str) -> Iri:
    """The IRI of a web address, with whatever path, query and fragment may not hold percent-encoded.

    The signs are those of RFC 3986, https://www.rfc-editor.org/rfc/rfc3986#appendix-A.

    Example:
        >>> web_address('https://example.org/a b"<c>').value
        'https://example.org/a%20b%22%3Cc%3E'
        >>> web_address("https://example.org/100%?ids[]=1#a#b").value
        'https://example.org/100%25?ids%5B%5D=1#a%23b'
    """
    address, hash_sign, fragment = url.partition("#")
    return Iri(_percent_encoded(address) + hash_sign + _percent_encoded(fragment))


def _percent_encoded(text: str) -> str:
    return _IRI_UNSAFE.sub(lambda found: quote(found.group(), safe="", errors="replace"), text)
