"""RDF terms as Turtle and TriG write them.

Turtle: https://www.w3.org/TR/turtle/#terminals; terms come from the store, so they are valid already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.export.source import TYPE, Object, Properties
from kg.namespaces import STANDARD

_XSD = STANDARD["xsd"]
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+\Z"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+\Z"),
    _XSD + "boolean": re.compile(r"(?:true|false)\Z"),
}
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*\Z")


@dataclass(frozen=True)
class Names:
    """How IRIs are shortened.

    Attributes:
        prefixes: namespace IRIs by prefix.
        whole: names of single IRIs, which go before prefixes.

    Example:
        >>> Names({"a": "http://a.org/"}).iri("http://a.org/x"), Names({}).iri("http://a.org/x")
        ('a:x', '<http://a.org/x>')
    """

    prefixes: Mapping[str, str]
    whole: Mapping[str, str] = field(default_factory=dict)
    _by_namespace: dict[str, str] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_namespace.update((iri, prefix) for prefix, iri in sorted(self.prefixes.items()))

    def head(self) -> str:
        """The prefixes' declarations, sorted, a line each."""
        return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(self.prefixes.items()))

    def prefixed(self, iri: str) -> str | None:
        """A prefixed name that stands for the IRI in Turtle and JSON-LD; None where there is none."""
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix, local = self._by_namespace.get(iri[:cut]), iri[cut:]
        return f"{prefix}:{local}" if prefix is not None and _LOCAL_NAME.match(local) else None

    def iri(self, iri: str) -> str:
        """An IRI, shortened where possible."""
        return self.whole.get(iri) or self.prefixed(iri) or f"<{iri}>"

    def predicate(self, iri: str) -> str:
        """An IRI in the place of a predicate."""
        return "a" if iri == TYPE else self.iri(iri)

    def term(self, term: Object) -> str:
        """An IRI or literal."""
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        datatype = term.datatype.value
        if datatype in _BARE and _BARE[datatype].match(term.value):
            return term.value
        if term.language or datatype == _XSD + "string":
            return str(term)
        return f"{ox.Literal(term.value)}^^{self.iri(datatype)}"

    def block(self, subject: str, properties: Mapping[str, Iterable[str]], indent: str = "    ") -> str:
        """A description: the subject, then predicates with objects that are written already."""
        lines = [
            f"{self.predicate(predicate)} " + f",\n{indent}    ".join(objects)
            for predicate, objects in properties.items()
        ]
        return f"{self.iri(subject)} " + f" ;\n{indent}".join(lines) + " .\n"

    def description(self, subject: str, properties: Properties, indent: str = "    ") -> str:
        """A description of plain terms."""
        return self.block(subject, {p: map(self.term, values) for p, values in properties.items()}, indent)
