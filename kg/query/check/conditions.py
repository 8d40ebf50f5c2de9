"""What SHACL asks of one value, as a condition in SPARQL on ``?value``.

Core constraint components, https://www.w3.org/TR/shacl/#core-components: those that look at each value alone, and
the logical ones, which join them. A condition holds of a value that conforms, and is never an error: where a
comparison is none (a word with a number), the value does not conform.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.namespaces import STANDARD
from kg.query.check.shapes import SH, Node, Shapes, Term, UnknownConstraintError

_XSD, _RDF = STANDARD["xsd"], STANDARD["rdf"]

# Lexical forms, https://www.w3.org/TR/xmlschema11-2/: what is not of the form is ill-typed, which sh:datatype
# forbids. The numbers need a pattern only beyond the engine's range.
_FORMS = {
    _XSD + "integer": r"^[+-]?[0-9]+$",
    _XSD + "decimal": r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$",
    _XSD + "boolean": r"^(true|false|1|0)$",
    _XSD + "gYear": r"^-?([1-9][0-9]{3,}|0[0-9]{3})(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?$",
    _XSD + "date": r"^-?([1-9][0-9]{3,}|0[0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?$",
    _XSD + "anyURI": "",
    _XSD + "string": "",
    _RDF + "langString": "",
}
_NUMBERS = {_XSD + "integer", _XSD + "decimal"}
_KINDS = {
    "IRI": "isIRI(?value)",
    "BlankNode": "isBlank(?value)",
    "Literal": "isLiteral(?value)",
    "BlankNodeOrIRI": "!isLiteral(?value)",
    "BlankNodeOrLiteral": "!isIRI(?value)",
    "IRIOrLiteral": "!isBlank(?value)",
}
_BOUNDS = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}

Classes = Callable[[str], tuple[str, ...]]
"""A class, as SPARQL writes it, to itself and every class below it."""


@dataclass(frozen=True)
class Conditions:
    """Makes conditions for the constraints of a graph of shapes.

    Attributes:
        shapes: the graph that lists, flags and joined shapes are read from.
        classes: the classes at and below one.
    """

    shapes: Shapes
    classes: Classes

    def of(self, name: str, value: Term, shape: Node) -> str:
        """The condition that one parameter of a shape sets.

        Args:
            name: the parameter's local name, for example ``minInclusive``.
            value: its value.
            shape: the shape, where ``sh:flags`` may stand.

        Raises:
            UnknownConstraintError: where no condition is known for it.
        """
        if name in _BOUNDS:
            return compared("?value", _BOUNDS[name], str(value))
        maker = _MAKERS.get(name)
        if maker is None:
            raise UnknownConstraintError(f"sh:{name} is no constraint that kg check knows")
        return maker(self, value, shape)

    def knows(self, name: str) -> bool:
        """Whether a parameter sets a condition on each value."""
        return name in _BOUNDS or name in _MAKERS

    def all_of(self, shape: Node) -> str:
        """The condition that all parameters of a nameless node shape set together."""
        said = [(n, v) for n, v in self.shapes.parameters(shape) if n not in ("flags", "name", "message")]
        if not said:
            raise UnknownConstraintError("a shape inside sh:or, sh:and, sh:not or sh:xone asks for nothing")
        return "(" + " && ".join(self.of(name, value, shape) for name, value in said) + ")"

    def _class(self, value: Term, shape: Node) -> str:
        listed = self.classes(str(value))
        if len(listed) == 1:
            return f"EXISTS {{ ?value a {listed[0]} }}"
        return f"EXISTS {{ VALUES ?_class {{ {' '.join(listed)} }} ?value a ?_class }}"

    def _datatype(self, value: Term, shape: Node) -> str:
        iri = _iri(value)
        if iri not in _FORMS:
            raise UnknownConstraintError(f"sh:datatype {value} is no datatype that kg check knows")
        same = f"COALESCE(DATATYPE(?value) = {value}, false)"
        if not _FORMS[iri]:
            return same
        form = f"REGEX(STR(?value), {ox.Literal(_FORMS[iri])})"
        return f"({same} && ({'isNumeric(?value) || ' if iri in _NUMBERS else ''}{form}))"

    def _node_kind(self, value: Term, shape: Node) -> str:
        return _KINDS[_iri(value).removeprefix(SH)]

    def _in(self, value: Term, shape: Node) -> str:
        return "(" + " || ".join(f"sameTerm(?value, {item})" for item in self.shapes.items(value)) + ")"

    def _pattern(self, value: Term, shape: Node) -> str:
        flags = self.shapes.text(shape, "flags")
        more = f", {ox.Literal(flags)}" if flags else ""
        return f"(!isBlank(?value) && REGEX(STR(?value), {value}{more}))"

    def _min_length(self, value: Term, shape: Node) -> str:
        return f"(!isBlank(?value) && STRLEN(STR(?value)) >= {value})"

    def _max_length(self, value: Term, shape: Node) -> str:
        return f"(!isBlank(?value) && STRLEN(STR(?value)) <= {value})"

    def _language_in(self, value: Term, shape: Node) -> str:
        ranges = " || ".join(f"LANGMATCHES(LANG(?value), {item})" for item in self.shapes.items(value))
        return f"COALESCE({ranges}, false)"

    def _not(self, value: Term, shape: Node) -> str:
        return f"!{self.all_of(_node(value))}"

    def _or(self, value: Term, shape: Node) -> str:
        return "(" + " || ".join(self.all_of(_node(item)) for item in self.shapes.items(value)) + ")"

    def _and(self, value: Term, shape: Node) -> str:
        return "(" + " && ".join(self.all_of(_node(item)) for item in self.shapes.items(value)) + ")"

    def _xone(self, value: Term, shape: Node) -> str:
        each = (f"IF({self.all_of(_node(item))}, 1, 0)" for item in self.shapes.items(value))
        return f"(({' + '.join(each)}) = 1)"


_MAKERS: Mapping[str, Callable[[Conditions, Term, Node], str]] = {
    "class": Conditions._class,
    "datatype": Conditions._datatype,
    "nodeKind": Conditions._node_kind,
    "in": Conditions._in,
    "pattern": Conditions._pattern,
    "minLength": Conditions._min_length,
    "maxLength": Conditions._max_length,
    "languageIn": Conditions._language_in,
    "not": Conditions._not,
    "or": Conditions._or,
    "and": Conditions._and,
    "xone": Conditions._xone,
}


def compared(one: str, sign: str, other: str) -> str:
    """A comparison that is false where two terms cannot be compared.

    Numbers of more digits than the engine's decimals and integers hold (18 after the point, 64 bits) are compared as
    doubles; the engine by itself takes them for no numbers.

    Args:
        one: a term or variable as SPARQL writes it.
        sign: for example ``<=``.
        other: a second term or variable.
    """
    return f"COALESCE({one} {sign} {other}, {_wide(one)} {sign} {_wide(other)}, false)"


def _wide(term: str) -> str:
    return f"IF(DATATYPE({term}) IN (<{_XSD}decimal>, <{_XSD}integer>), <{_XSD}double>(STR({term})), ?none)"


def _iri(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _node(term: Term) -> Node:
    if not isinstance(term, ox.NamedNode | ox.BlankNode):
        raise UnknownConstraintError(f"{term} stands where a shape should")
    return term
