"""What cards are made of: the card itself, and questions about one thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.query.store import Value, ask

_MOST = 12


@dataclass(frozen=True, slots=True)
class Card:
    """What a graph knows of one thing.

    Attributes:
        title: its name.
        kind: what it is, in English.
        iri: its IRI.
        facts: label and value, for people.
        sections: heading and lines, the most telling first.
    """

    title: str
    kind: str
    iri: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    def as_dict(self) -> dict[str, Any]:
        """The card as JSON has it."""
        return {
            "title": self.title,
            "kind": self.kind,
            "iri": self.iri,
            "facts": dict(self.facts),
            "sections": {heading: list(lines) for heading, lines in self.sections},
        }


class About:
    """Questions about one thing; in the queries it is ?it.

    Args:
        store: the graph.
        iri: the thing.
    """

    def __init__(self, store: ox.Store, iri: str) -> None:
        self.store = store
        self.iri = iri

    def rows(self, sparql: str) -> list[dict[str, Value]]:
        """The rows of a SELECT whose projection ends before the first brace."""
        head, brace, rest = sparql.partition(" {")
        return ask(self.store, head + " ?it" + brace + rest, {"it": ox.NamedNode(self.iri)}).rows

    def column(self, sparql: str) -> list[str]:
        """The values of ?x, as strings."""
        return [str(row["x"]) for row in self.rows(sparql) if row["x"] is not None]

    def counted(self, sparql: str) -> tuple[str, ...]:
        """Lines of ?x with ?n papers each."""
        return tuple(f"{row['x']} ({row['n']})" for row in self.rows(sparql))

    def fact(self, label: str, path: str) -> list[tuple[str, str]]:
        """A fact for a card: all values at the end of a property path; none where there are none."""
        found = self.column(f"SELECT ?x {{ ?it {path} ?x }} ORDER BY ?x")
        return [(label, ", ".join(found))] if found else []


def sections(*sections: tuple[str, Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The sections that have lines, the long ones cut."""
    kept = []
    for heading, lines in sections:
        every = tuple(lines)
        if every:
            more = (f"and {len(every) - _MOST} more",) if len(every) > _MOST else ()
            kept.append((heading, (*every[:_MOST], *more)))
    return tuple(kept)


def papers(about: About, path: str) -> list[str]:
    """Titles with their years of the papers that a property path leads from, the latest first."""
    rows = about.rows(
        f"SELECT DISTINCT (STR(?t) AS ?x) ?y {{ ?p {path} ?it ; dcterms:title ?t"
        " OPTIONAL { ?p dcterms:issued ?y } } ORDER BY DESC(?y) ?x"
    )
    return [f"{row['x']} ({row['y']})" if row["y"] else str(row["x"]) for row in rows]
