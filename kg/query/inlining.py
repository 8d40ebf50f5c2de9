"""Questions with their values written in, for engines that know no values from outside.

A value stands in a VALUES block at the start of each group in which the variable occurs, where a binding from
outside would be seen too: https://www.w3.org/TR/sparql11-query/#inline-data
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

import pyoxigraph as ox

_PIECES = re.compile(
    r"""
    (?P<skipped> "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | <[^<>"{}|^`\\\s]*> | \#[^\n]* )
  | (?P<open> \{ ) | (?P<close> \} ) | [?$](?P<variable> \w+ ) | (?P<select> \bSELECT\b )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def inlined(sparql: str, values: Mapping[str, str]) -> str:
    """A query with strings for some of its variables.

    Args:
        sparql: a SELECT query.
        values: the string of each variable.

    Example:
        >>> print(inlined("SELECT ?x { ?x foaf:name ?n FILTER(?n = ?name) }", {"name": 'Ada "A" Lovelace'}))
        SELECT ?x {
          VALUES ?name { "Ada \\"A\\" Lovelace" } ?x foaf:name ?n FILTER(?n = ?name) }
    """
    wanted: dict[int, list[str]] = {}
    groups: list[int] = []
    subqueries: set[int] = set()
    head: set[str] = set()  # variables named since the last bracket: those of a SELECT belong to its group
    for piece in _PIECES.finditer(sparql):
        if piece["open"]:
            groups.append(piece.end())
            wanted[piece.end()] = sorted(head)
            head = set()
        elif piece["close"]:
            groups = groups[:-1]
            head = set()
        elif piece["select"] and groups:
            subqueries.add(groups[-1])
        elif piece["variable"] in values:
            head.add(piece["variable"])
            if groups and groups[-1] not in subqueries and piece["variable"] not in wanted[groups[-1]]:
                wanted[groups[-1]].append(piece["variable"])
    blocks = {name: f"\n  VALUES ?{name} {{ {ox.Literal(text)} }}" for name, text in values.items()}
    places = [0, *sorted(wanted), len(sparql)]
    return "".join(
        "".join(blocks[name] for name in wanted.get(start, ())) + sparql[start:end]
        for start, end in pairwise(places)
    )
