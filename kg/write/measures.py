"""Measures of people as properties: which attribute of a node is which property, of which datatype."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from kg.graph.resampling import Measure
from kg.write.rdf import Literal, Property, boolean, decimal, integer, stated, year


class Datatype(Enum):
    """What the numbers of a measure are."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    YEAR = "gYear"


@dataclass(frozen=True, slots=True)
class Column:
    """A measure of people.

    Attributes:
        attribute: what the nodes of the co-authorship graph and the tables call it.
        property: the local name of its property in the ontology.
        datatype: what its numbers are.
    """

    attribute: str
    property: str
    datatype: Datatype


_PLAIN = (
    Column("paper_count", "paperCount", Datatype.INTEGER),
    Column("fractional_count", "fractionalPaperCount", Datatype.DECIMAL),
    Column("harmonic_count", "harmonicPaperCount", Datatype.DECIMAL),
    Column("first_year", "firstYear", Datatype.YEAR),
    Column("last_year", "lastYear", Datatype.YEAR),
    Column("component", "component", Datatype.INTEGER),
    Column("degree", "collaboratorCount", Datatype.INTEGER),
    Column("strength", "collaborationStrength", Datatype.DECIMAL),
    Column("pagerank", "pageRank", Datatype.DECIMAL),
    Column("eigenvector", "eigenvectorCentrality", Datatype.DECIMAL),
    Column("katz", "katzCentrality", Datatype.DECIMAL),
    Column("hits", "hitsAuthority", Datatype.DECIMAL),
    Column("betweenness", "betweenness", Datatype.DECIMAL),
    Column("betweenness_error", "betweennessError", Datatype.DECIMAL),
    Column("harmonic", "harmonicCloseness", Datatype.DECIMAL),
    Column("harmonic_error", "harmonicClosenessError", Datatype.DECIMAL),
    Column("core", "coreNumber", Datatype.INTEGER),
    Column("in_core", "inCore", Datatype.BOOLEAN),
    Column("clustering", "clustering", Datatype.DECIMAL),
    Column("constraint", "constraint", Datatype.DECIMAL),
    Column("effective_size", "effectiveSize", Datatype.DECIMAL),
    Column("efficiency", "efficiency", Datatype.DECIMAL),
    Column("participation", "participation", Datatype.DECIMAL),
    Column("within_module_degree", "withinModuleDegree", Datatype.DECIMAL),
)
_BY_ATTRIBUTE = {column.attribute: column for column in _PLAIN}


def _ranks(measure: Measure) -> Iterator[Column]:
    """The rank by a measure, and the ends of its interval."""
    name = _BY_ATTRIBUTE[measure].property
    for end in ("", "_low", "_high"):
        local = f"rankBy{name[0].upper()}{name[1:]}{end[1:].capitalize()}"
        yield Column(f"{measure}_rank{end}", local, Datatype.INTEGER)


MEASURES: tuple[Column, ...] = (*_PLAIN, *(column for measure in Measure for column in _ranks(measure)))
"""Every measure that a person may have, in the order of writing."""

_LITERALS: dict[Datatype, Callable[[Any], Literal]] = {
    Datatype.INTEGER: integer,
    Datatype.DECIMAL: decimal,
    Datatype.BOOLEAN: lambda number: boolean(bool(number)),
    Datatype.YEAR: year,
}


def measured(node: Mapping[str, Any]) -> Iterator[Property]:
    """The measures of a person as properties; one that the person lacks is left out.

    Args:
        node: the person's attributes in the co-authorship graph.

    Example:
        >>> [(name.value.partition("#")[2], found[0].text) for name, found in measured({"degree": 2, "in_core": 1})]
        [('collaboratorCount', '2'), ('inCore', 'true')]
    """
    for column in MEASURES:
        number = node.get(column.attribute)
        if number is not None:
            yield stated(f"kg:{column.property}", [_LITERALS[column.datatype](number)])
