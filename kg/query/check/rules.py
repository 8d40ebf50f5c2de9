"""Shapes compiled to SPARQL: a rule for each constraint, whose answers are what breaks it.

Each rule asks for the pairs of focus node and value that a validator of SHACL would give a result for, as
https://www.w3.org/TR/shacl/#validation defines them, so that a graph of millions of triples is validated by one scan
of an index for each rule. ``ontology/shapes.ttl`` stays the one place where the rules stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.namespaces import STANDARD, prefixes
from kg.query.check.conditions import Conditions
from kg.query.check.queries import TYPE, WRITERS, Place, path_of, shown
from kg.query.check.shapes import Node, Shapes, Target, Term, UnknownConstraintError
from kg.query.results import shortened

_SAYS_NOTHING = {
    *("path", "property", "message", "name", "description", "order", "group", "flags", "ignoredProperties"),
    *("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode"),
}
_SHAPES = "https://w3id.org/paperkg/shapes#"
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """One constraint of one shape, as a query.

    Attributes:
        shape: the shape's name without its namespace.
        path: the property as a prefixed name, or the path in SPARQL; empty for a node shape.
        component: the parameter that sets the constraint, for example ``minCount``.
        limit: the parameter's value in words.
        sparql: a SELECT query of what breaks it, with ``?this``, and ``?value`` where a value is at fault.
        message: what the shape says itself; empty where it says nothing.
        screen: an ASK query that several rules share: where it is false, none of them is broken.
    """

    shape: str
    path: str
    component: str
    limit: str
    sparql: str
    message: str = ""
    screen: str = ""


def rules(turtle: bytes, data: ox.Store | None = None) -> tuple[Rule, ...]:
    """Compile shapes.

    Args:
        turtle: the shapes.
        data: the graph to be checked, whose ``rdfs:subClassOf`` says which classes stand below others.

    Raises:
        UnknownConstraintError: at anything in the shapes that is not understood, naming it.

    Example:
        >>> shapes = b'''@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://a.org/> .
        ... :S sh:targetClass :C ; sh:property [ sh:path :p ; sh:minCount 1 ] .'''
        >>> (rule,) = rules(shapes)
        >>> rule.component, rule.limit
        ('minCount', '1')
    """
    shapes = Shapes(turtle)
    compiler = _Compiler(shapes, _Hierarchy(data if data is not None else ox.Store()))
    return tuple(sorted(rule for shape in shapes.roots() for rule in compiler.shape(shape)))


@dataclass(frozen=True)
class _Hierarchy:
    """The classes of a graph; called with one, gives it and every class below it."""

    data: ox.Store

    def __call__(self, term: str) -> tuple[str, ...]:
        query = f"SELECT ?class {{ ?class <{STANDARD['rdfs']}subClassOf>+ {term} }}"
        found = self.data.query(query)
        assert isinstance(found, ox.QuerySolutions)
        below = {str(row["class"]) for row in found if isinstance(row["class"], ox.NamedNode)}
        return (term, *sorted(below - {term}))


class _Compiler:
    """Writes the rules of one graph of shapes."""

    def __init__(self, shapes: Shapes, classes: Callable[[str], tuple[str, ...]]) -> None:
        self.shapes = shapes
        self.classes = classes
        self.conditions = Conditions(shapes, classes)
        self.demanded: dict[str, str] = {}

    def shape(self, shape: Node) -> Iterator[Rule]:
        """The rules of a shape and of its properties."""
        if self.shapes.text(shape, "deactivated") == "true":
            return
        name = shape.value.removeprefix(_SHAPES) if isinstance(shape, ox.NamedNode) else "nameless"
        self.demanded[name] = self.at_least_one(self.target(self.shapes.target(shape))[0], shape)
        for inner in (shape, *self.shapes.values(shape, "property")):
            assert isinstance(inner, ox.NamedNode | ox.BlankNode)
            pattern, condition = self.target(self.shapes.target(shape))
            path, message = self.shapes.path(inner), self.shapes.text(inner, "message")
            yield from self.constraints(Place(inner, name, pattern, condition, path, message))

    def target(self, target: Target) -> tuple[str, str]:
        """The focus nodes as a pattern that binds ``?this``, and as a condition on it."""
        if target.kind == "targetNode":
            listed = " ".join(target.terms)
            return f"VALUES ?this {{ {listed} }}", f"?this IN ({', '.join(target.terms)})"
        if target.kind == "targetClass":
            classes = sorted({c for term in target.terms for c in self.classes(term)})
            condition = " || ".join(f"EXISTS {{ ?this {TYPE} {term} }}" for term in classes)
            if len(classes) == 1:
                return f"?this {TYPE} {classes[0]} .", condition
            return f"?this {TYPE} ?_type . VALUES ?_type {{ {' '.join(classes)} }}", condition
        path = f"({'|'.join(target.terms)})"
        pattern = f"?this {path} ?_any ." if target.kind == "targetSubjectsOf" else f"?_any {path} ?this ."
        return pattern, f"EXISTS {{ {pattern} }}"

    def constraints(self, place: Place) -> Iterator[Rule]:
        """The rules of one node shape or property shape, without those of the shapes inside."""
        said = [
            (parameter, value)
            for parameter, value in self.shapes.parameters(place.shape)
            if parameter not in _SAYS_NOTHING and (parameter, str(value)) != ("deactivated", "false")
        ]
        if place.path is not None and self.shapes.values(place.shape, "property"):
            raise UnknownConstraintError(
                f"sh:property inside the property {shown(place.path)} of {place.name}"
            )
        yield from (
            self.rule(place, parameter, value, self.screen(place, parameter, said))
            for parameter, value in said
        )

    def screen(self, place: Place, parameter: str, said: list[tuple[str, Term]]) -> str:
        """A query that is false only where a constraint, and others that share the query, hold everywhere.

        Such a question, put to an index as a whole, costs a fraction of one about each focus node: all conditions on
        single values at once, all minimal counts of a shape at once, and for the maximal count one, whether a
        property has as many subjects as triples.
        """
        if self.conditions.knows(parameter):
            conditions = [self.conditions.of(n, v, place.shape) for n, v in said if self.conditions.knows(n)]
            return f"ASK {{ {place.unfit('(' + ' && '.join(conditions) + ')')} }}"
        if parameter == "minCount":
            return self.demanded.get(place.name, "")
        if parameter == "maxCount" and place.path and place.path.is_one and place.path.iri != TYPE[1:-1]:
            counts = "SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?this) AS ?subjects)"
            path = place.path.sparql
            return f"ASK {{ {{ {counts} {{ ?this {path} ?value }} }} FILTER(?triples != ?subjects) }}"
        return ""

    def at_least_one(self, target: str, shape: Node) -> str:
        """A query for focus nodes that lack any of the values of which a shape demands one or more."""
        needed = []
        for number, inner in enumerate(self.shapes.values(shape, "property")):
            path = self.shapes.path(inner) if isinstance(inner, Node) else None
            if path is not None and self.shapes.text(inner, "minCount") == "1":
                needed.append(f"EXISTS {{ ?this {path.sparql} ?_{number} }}")
            elif self.shapes.text(inner, "minCount"):
                return ""
        return f"ASK {{ {target} FILTER(!({' && '.join(needed)})) }}" if len(needed) > 1 else ""

    def rule(self, place: Place, parameter: str, value: Term, screen: str) -> Rule:
        """The rule of one constraint.

        Raises:
            UnknownConstraintError: where the constraint is not known.
        """
        limit, message = self.limit(value), place.message
        if parameter == "sparql":
            assert isinstance(value, ox.NamedNode | ox.BlankNode)
            sparql, message, limit = self.own_query(place, value), self.shapes.text(value, "message"), ""
        elif parameter == "hasValue":
            has = f"?this {path_of(place)} {value}"
            sparql = f"SELECT DISTINCT ?this {{ {place.target} FILTER NOT EXISTS {{ {has} }} }}"
        elif parameter == "closed":
            sparql = self.closed(place, value)
        elif parameter in WRITERS:
            sparql = WRITERS[parameter](place, value)
        elif self.conditions.knows(parameter):
            condition = self.conditions.of(parameter, value, place.shape)
            sparql = f"SELECT DISTINCT ?this ?value {{ {place.unfit(condition)} }}"
        else:
            raise UnknownConstraintError(
                f"sh:{parameter} of {place.name} is no constraint that kg check knows"
            )
        return Rule(
            place.name, shown(place.path) if place.path else "", parameter, limit, sparql, message, screen
        )

    def closed(self, place: Place, value: Term) -> str:
        """Properties that no property shape names, https://www.w3.org/TR/shacl/#ClosedConstraintComponent."""
        if self.limit(value) != "true" or place.path is not None:
            raise UnknownConstraintError(f"sh:closed of {place.name} must be true, and on a node shape")
        inner = self.shapes.values(place.shape, "property")
        paths = [self.shapes.path(shape) for shape in inner if isinstance(shape, Node)]
        allowed = {f"<{path.iri}>" for path in paths if path is not None and path.iri}
        ignored = self.shapes.value(place.shape, "ignoredProperties")
        allowed |= {str(term) for term in (self.shapes.items(ignored) if ignored is not None else [])}
        unfit = f"FILTER(?_property NOT IN ({', '.join(sorted(allowed))}))"
        return (
            f"SELECT DISTINCT ?this ?_property ?value {{ {place.target} ?this ?_property ?value . {unfit} }}"
        )

    def own_query(self, place: Place, constraint: Node) -> str:
        """The query of a SPARQL constraint for all focus nodes at once.

        https://www.w3.org/TR/shacl/#sparql-constraints: such a query is written for one focus node at a time, bound
        to ``$this``. Here the pattern of the target stands before its own, so that ``$this`` takes each in turn.
        """
        known = {"select", "message", "prefixes"}
        for parameter, _ in self.shapes.parameters(constraint):
            if parameter not in known:
                raise UnknownConstraintError(f"sh:{parameter} of a sh:sparql of {place.name} is not known")
        select = self.shapes.text(constraint, "select").replace("$this", "?this")
        if place.path is not None or "$PATH" in select:
            raise UnknownConstraintError(f"sh:sparql of {place.name} uses a path; put it on the node shape")
        counts = "GROUP BY" in select.upper() or "?_any" in place.target
        target = (
            place.each if counts else place.target
        )  # a node twice would change a count, or square the work
        opened, number = _WHERE.subn(lambda found: f"{found.group()} {target}", select, count=1)
        if not number:
            raise UnknownConstraintError(f"sh:sparql of {place.name} has no WHERE {{")
        declared = self.shapes.prefixes(constraint)
        return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in declared.items()) + opened.strip()

    def limit(self, value: Term) -> str:
        """A parameter's value in words: a class by its prefixed name, a list item by item."""
        if isinstance(value, ox.NamedNode):
            return shortened(value.value, prefixes())
        if isinstance(value, ox.Literal):
            return value.value
        try:
            return ", ".join(self.limit(item) for item in self.shapes.items(value))
        except UnknownConstraintError:
            assert isinstance(value, ox.BlankNode)
            return " and ".join(self.limit(inner) for _, inner in self.shapes.parameters(value))
