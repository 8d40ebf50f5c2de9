"""Shapes as they stand in their file: a graph in SHACL, read for its parameters, paths and targets.

Shapes Constraint Language, https://www.w3.org/TR/shacl/, the part that ``ontology/shapes.ttl`` needs. What this
part lacks raises :class:`UnknownConstraintError`: a rule that is not understood is never left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.namespaces import STANDARD

SH = "http://www.w3.org/ns/shacl#"
_RDF = STANDARD["rdf"]
_NIL = ox.NamedNode(_RDF + "nil")
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_REPEATED = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}

_ONE = re.compile(r"\^?<[^>]*>$")

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class UnknownConstraintError(Exception):
    """Something in a file of shapes that cannot be checked; the message is one line for a person."""


@dataclass(frozen=True, slots=True)
class Path:
    """A property path, https://www.w3.org/TR/shacl/#property-paths.

    Attributes:
        sparql: the path as SPARQL writes it.
        iri: the property, where the path is one alone.
        is_one: whether the path is one property, forwards or backwards; such a path gives no value twice.
    """

    sparql: str
    iri: str = ""
    is_one: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Which nodes a shape is about, https://www.w3.org/TR/shacl/#targets.

    Attributes:
        kind: the parameter that says so, for example ``targetClass``.
        terms: its values as SPARQL writes them, sorted.
    """

    kind: str
    terms: tuple[str, ...]


class Shapes:
    """A graph of shapes.

    Args:
        turtle: the shapes, in UTF-8.

    Raises:
        UnknownConstraintError: where it is no Turtle.

    Example:
        >>> shapes = Shapes(
        ...     b"@prefix sh: <http://www.w3.org/ns/shacl#> . <http://a.org/S> sh:targetClass <http://a.org/C> ."
        ... )
        >>> [(shape.value, shapes.target(shape).terms) for shape in shapes.roots()]
        [('http://a.org/S', ('<http://a.org/C>',))]
    """

    def __init__(self, turtle: bytes) -> None:
        self._store = ox.Store()
        try:
            self._store.load(turtle, ox.RdfFormat.TURTLE)
        except (SyntaxError, ValueError) as error:
            raise UnknownConstraintError(
                f"the shapes are no Turtle: {' '.join(str(error).split())}"
            ) from None

    def roots(self) -> list[Node]:
        """The shapes that have a target, by name."""
        found = {
            quad.subject
            for kind in _TARGETS
            for quad in self._store.quads_for_pattern(None, ox.NamedNode(SH + kind), None)
            if isinstance(quad.subject, ox.NamedNode | ox.BlankNode)
        }
        return sorted(found, key=str)

    def parameters(self, shape: Node) -> list[tuple[str, Term]]:
        """What is said of a shape in the terms of SHACL: local name and value, sorted.

        Raises:
            UnknownConstraintError: where a term is of another vocabulary than SHACL and no annotation.
        """
        said = []
        for quad in self._store.quads_for_pattern(shape, None, None):
            name = quad.predicate.value
            if name.startswith(SH):
                said.append((name.removeprefix(SH), quad.object))
            elif not name.startswith((_RDF, STANDARD["rdfs"], STANDARD["dcterms"])):
                raise UnknownConstraintError(f"{name} of {shape} is no term of SHACL")
        return sorted(said, key=lambda item: (item[0], str(item[1])))

    def values(self, subject: Term, name: str) -> list[Term]:
        """The values of a term of SHACL, sorted."""
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        quads = self._store.quads_for_pattern(subject, ox.NamedNode(SH + name), None)
        return sorted((quad.object for quad in quads), key=str)

    def value(self, subject: Term, name: str) -> Term | None:
        """The one value of a term of SHACL, if there is one.

        Raises:
            UnknownConstraintError: where there are several.
        """
        found = self.values(subject, name)
        if len(found) > 1:
            raise UnknownConstraintError(f"sh:{name} has {len(found)} values on one shape; write one")
        return found[0] if found else None

    def text(self, subject: Term, name: str) -> str:
        """The text of the one literal of a term of SHACL; empty where there is none."""
        found = self.value(subject, name)
        return found.value if isinstance(found, ox.Literal) else ""

    def items(self, head: Term) -> list[Term]:
        """The items of an RDF list, in their order."""
        found = []
        while head != _NIL:
            found.append(self._only(head, "first"))
            head = self._only(head, "rest")
        return found

    def target(self, shape: Node) -> Target:
        """Which nodes a shape is about.

        Raises:
            UnknownConstraintError: where it has targets of several kinds.
        """
        kinds = [kind for kind in _TARGETS if self.values(shape, kind)]
        if len(kinds) != 1:
            raise UnknownConstraintError(f"{shape} has targets of {len(kinds)} kinds; write a shape for each")
        return Target(kinds[0], tuple(map(str, self.values(shape, kinds[0]))))

    def path(self, shape: Node) -> Path | None:
        """The path of a property shape; None for a node shape."""
        head = self.value(shape, "path")
        if head is None:
            return None
        written = self._path(head)
        return Path(
            written, head.value if isinstance(head, ox.NamedNode) else "", _ONE.match(written) is not None
        )

    def prefixes(self, shape: Node) -> dict[str, str]:
        """The prefixes that a SPARQL constraint may use, https://www.w3.org/TR/shacl/#sparql-prefixes."""
        declared = [d for source in self.values(shape, "prefixes") for d in self.values(source, "declare")]
        return dict(sorted((self.text(d, "prefix"), self.text(d, "namespace")) for d in declared))

    def _path(self, head: Term) -> str:
        if isinstance(head, ox.NamedNode) and head != _NIL:
            return str(head)
        if list(self._rdf(head, "first")):
            return "(" + "/".join(map(self._path, self.items(head))) + ")"
        ((name, value),) = self.parameters(head) or [("", head)]  # type: ignore[arg-type]
        if name == "inversePath":
            return f"^{self._path(value)}"
        if name == "alternativePath":
            return "(" + "|".join(map(self._path, self.items(value))) + ")"
        if name in _REPEATED:
            return f"({self._path(value)}){_REPEATED[name]}"
        raise UnknownConstraintError(f"sh:{name or 'path'} is no path that kg check knows")

    def _rdf(self, subject: Term, name: str) -> Iterator[Term]:
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        return (q.object for q in self._store.quads_for_pattern(subject, ox.NamedNode(_RDF + name), None))

    def _only(self, head: Term, name: str) -> Term:
        found = list(self._rdf(head, name)) if isinstance(head, Node) else []
        if len(found) != 1:
            raise UnknownConstraintError("a list in the shapes is broken")
        return found[0]
