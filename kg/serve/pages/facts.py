"""Single facts of a graph, looked up without a query language: fast, and the same at every size.

Measured on 4.5 million triples: a lookup takes some 5 microseconds, and as much for each triple found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import quote

import pyoxigraph as ox

from kg.namespaces import STANDARD, expanded
from kg.query.plain import printable
from kg.query.store import value

_NAMES = ("foaf:name", "skos:prefLabel", "dcterms:title", "rdfs:label")
_SAFE = "/-._~!$&'()*+,;=:@"  # in a path, RFC 3986 section 3.3


@cache
def node(name: str) -> ox.NamedNode:
    """The IRI of a prefixed name in a standard namespace.

    Example:
        >>> node("foaf:name").value
        'http://xmlns.com/foaf/0.1/name'
    """
    return ox.NamedNode(expanded(name))


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere.

    Attributes:
        text: the words.
        href: where they lead; empty where they lead nowhere.
        iri: of the thing.
        kind: its kind, the first part of its path, such as ``author``.
        count: a number to be shown with it.
        note: a word on it.
    """

    text: str
    href: str
    iri: str
    kind: str = ""
    count: int | None = None
    note: str = ""


def web_only(iri: str) -> str:
    """An address that may be followed, for a stranger wrote it: http and https alone; else nothing.

    Example:
        >>> web_only("https://example.org/"), web_only("javascript:alert(1)")
        ('https://example.org/', '')
    """
    return iri if iri.lower().startswith(("https://", "http://")) else ""


class Facts:
    """The facts of a graph.

    Args:
        store: the graph.
        base: the IRI under which its instances live.
    """

    def __init__(self, store: ox.Store, base: str) -> None:
        self.store = store
        self.base = base

    def iris(self, subject: str, name: str) -> list[str]:
        """What a property of a thing leads to, sorted."""
        found = self.store.quads_for_pattern(ox.NamedNode(subject), node(name), None)
        return sorted(quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode))

    def subjects(self, name: str, target: str) -> list[str]:
        """The things whose property leads to this one, sorted."""
        found = self.store.quads_for_pattern(None, node(name), ox.NamedNode(target))
        return sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))

    def pairs(self, name: str) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
        """Every subject and object of a property."""
        for quad in self.store.quads_for_pattern(None, node(name), None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                yield quad.subject.value, quad.object

    def texts(self, subject: str, name: str) -> list[str]:
        """The literals of a property, each in one line, sorted."""
        found = self.store.quads_for_pattern(ox.NamedNode(subject), node(name), None)
        return sorted(printable(quad.object.value) for quad in found if isinstance(quad.object, ox.Literal))

    def text(self, subject: str, name: str) -> str:
        """The first of the literals; empty where there is none."""
        return next(iter(self.texts(subject, name)), "")

    def number(self, subject: str, name: str) -> float | int | None:
        """A number, or None where there is none."""
        for quad in self.store.quads_for_pattern(ox.NamedNode(subject), node(name), None):
            if isinstance(quad.object, ox.Literal):
                found = value(quad.object)
                if isinstance(found, int | float):
                    return found
        return None

    def kind(self, subject: str) -> str:
        """The local name of the thing's class; empty where the graph has no such thing.

        A class of the ontology comes before others.
        """
        classes = self.iris(subject, "rdf:type")
        own = [name for name in classes if name.startswith(STANDARD["kg"])]
        return next((name.rpartition("#")[2] for name in [*own, *classes]), "")

    def known(self, subject: str) -> bool:
        """Whether anything is said of a thing."""
        return next(self.store.quads_for_pattern(ox.NamedNode(subject), None, None), None) is not None

    def name(self, subject: str) -> str:
        """What a thing is called; the end of its IRI where it has no name."""
        for name in _NAMES:
            found = self.text(subject, name)
            if found.strip():
                return found
        return printable(subject.rstrip("/#").replace("#", "/").rpartition("/")[2]) or subject

    def path(self, iri: str) -> str:
        """The path of a thing under the base; empty for things of elsewhere."""
        return iri.removeprefix(self.base) if iri.startswith(self.base) else ""

    def href(self, iri: str) -> str:
        """Where a thing is shown: its page here, or its address elsewhere on the web."""
        path = self.path(iri)
        return f"/id/{quote(path, safe=_SAFE)}" if path else web_only(iri)

    def link(self, iri: str, count: int | None = None, note: str = "") -> Link:
        """A link to a thing, by its name."""
        path = self.path(iri)
        kind = path.partition("/")[0]
        return Link(self.name(iri), self.href(iri), iri, kind if kind.isalpha() else "", count, note)

    def links(self, iris: Iterable[str]) -> tuple[Link, ...]:
        """Links by name."""
        return tuple(sorted(map(self.link, iris), key=lambda link: (link.text.casefold(), link.iri)))

    def counted(self, counts: Iterable[tuple[str, int]], most: int | None = None) -> tuple[Link, ...]:
        """Links with numbers, the largest first, equal ones by name.

        Args:
            counts: things and their numbers.
            most: how many at most; names are looked up of these alone.
        """
        ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
        named = [replace(self.link(iri), count=count) for iri, count in ordered[:most]]
        return tuple(sorted(named, key=lambda link: (-(link.count or 0), link.text.casefold(), link.iri)))
