"""The queries of those constraints of SHACL that count or compare the values of a focus node.

Each gives one answer for each result that https://www.w3.org/TR/shacl/#core-components defines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.namespaces import STANDARD, prefixes
from kg.query.check.conditions import compared
from kg.query.check.shapes import Node, Path, Term, UnknownConstraintError
from kg.query.results import shortened

TYPE = f"<{STANDARD['rdf']}type>"
_COMPARED = {"lessThan": "<", "lessThanOrEquals": "<="}


@dataclass(frozen=True)
class Place:
    """Where a constraint stands: what is needed to write its query.

    Attributes:
        shape: the shape.
        name: the name of the shape with the target.
        target: a pattern that binds ``?this`` to each focus node; possibly more than once.
        is_focus: the same as a condition on ``?this``.
        path: the path of a property shape.
        message: what the shape says itself.
    """

    shape: Node
    name: str
    target: str
    is_focus: str
    path: Path | None
    message: str

    @property
    def each(self) -> str:
        """A pattern that binds ``?this`` to each focus node once."""
        return self.target if "?_" not in self.target else f"{{ SELECT DISTINCT ?this {{ {self.target} }} }}"

    def unfit(self, condition: str) -> str:
        """A pattern that binds each focus node and value for which a condition does not hold.

        The values of a property are scanned in the order of its index, and only what does not fit is looked up: a
        sound graph of millions of triples costs no lookup at all.
        """
        if self.path is None:
            return f"{self.target} BIND(?this AS ?value) FILTER(!{condition})"
        if self.path.is_one:
            scan = f"{{ ?this {self.path.sparql} ?value FILTER(!{condition}) }}"
            return f"{scan} FILTER({self.is_focus})"
        return f"{self.target} ?this {self.path.sparql} ?value FILTER(!{condition})"


def _min_count(place: Place, value: Term) -> str:
    if _number(value) == 1:
        return f"SELECT DISTINCT ?this {{ {place.target} MINUS {{ ?this {path_of(place)} ?_value }} }}"
    return _counted(place, "<", value)


def _max_count(place: Place, value: Term) -> str:
    path = path_of(place)
    if _number(value) == 0:
        return f"SELECT DISTINCT ?this {{ {place.target} FILTER EXISTS {{ ?this {path} ?_value }} }}"
    if (
        place.path and place.path.is_one and place.path.iri != TYPE[1:-1]
    ):  # everything has a type: no scan of it
        many = f"?this {path} ?_value }} GROUP BY ?this HAVING (COUNT(*) > {value})"
        return f"SELECT ?this {{ {{ SELECT ?this {{ {many} }} FILTER({place.is_focus}) }}"
    if place.path and place.path.is_one and _number(value) == 1:
        pair = f"?this {path} ?_one . ?this {path} ?_other FILTER(!sameTerm(?_one, ?_other))"
        return f"SELECT DISTINCT ?this {{ {place.target} {pair} }}"
    return _counted(place, ">", value)


def _counted(place: Place, sign: str, value: Term) -> str:
    return (
        f"SELECT ?this {{ {place.each} OPTIONAL {{ ?this {path_of(place)} ?value }} }} "
        f"GROUP BY ?this HAVING (COUNT(DISTINCT ?value) {sign} {value})"
    )


def _equals(place: Place, value: Term) -> str:
    """Values that stand on one side alone, https://www.w3.org/TR/shacl/#EqualsConstraintComponent."""
    path = path_of(place)
    return (
        "SELECT DISTINCT ?this ?value { "
        f"{{ {place.target} ?this {path} ?value FILTER NOT EXISTS {{ ?this {value} ?value }} }} UNION "
        f"{{ {place.target} ?this {value} ?value FILTER NOT EXISTS {{ ?this {path} ?value }} }} }}"
    )


def _disjoint(place: Place, value: Term) -> str:
    both = f"?this {path_of(place)} ?value FILTER EXISTS {{ ?this {value} ?value }}"
    return f"SELECT DISTINCT ?this ?value {{ {place.target} {both} }}"


def _less(sign: str) -> Callable[[Place, Term], str]:
    def write(place: Place, value: Term) -> str:
        pairs = f"?this {path_of(place)} ?value . ?this {value} ?other"
        unfit = f"FILTER(!{compared('?value', sign, '?other')})"
        return f"SELECT DISTINCT ?this ?value ?other {{ {{ {pairs} {unfit} }} FILTER({place.is_focus}) }}"

    return write


def _unique_lang(place: Place, value: Term) -> str:
    """One answer for each language that two values share."""
    if getattr(value, "value", "") != "true":
        raise UnknownConstraintError("sh:uniqueLang that is not true asks for nothing; leave it out")
    pairs = f"{place.target} ?this {path_of(place)} ?value . ?this {path_of(place)} ?_other ."
    unfit = 'FILTER(!sameTerm(?value, ?_other) && LANG(?value) != "" && LANG(?value) = LANG(?_other))'
    return f"SELECT DISTINCT ?this (LANG(?value) AS ?language) {{ {pairs} {unfit} }}"


WRITERS: dict[str, Callable[[Place, Term], str]] = {
    "minCount": _min_count,
    "maxCount": _max_count,
    "equals": _equals,
    "disjoint": _disjoint,
    "uniqueLang": _unique_lang,
    **{name: _less(sign) for name, sign in _COMPARED.items()},
}


def path_of(place: Place) -> str:
    """The path of a constraint that makes sense on a property alone.

    Raises:
        UnknownConstraintError: where it stands on a node shape.
    """
    if place.path is None:
        raise UnknownConstraintError(f"{place.name} counts or compares values and has no path")
    return place.path.sparql


def _number(value: Term) -> int:
    return int(value.value) if isinstance(value, ox.Literal) else -1


def shown(path: Path) -> str:
    """A path with prefixed names."""
    return re.sub(r"<([^>]*)>", lambda found: shortened(found.group(1), prefixes()), path.sparql)
