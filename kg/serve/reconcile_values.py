"""The values of a thing's properties, for evidence and for columns of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.namespaces import expanded
from kg.query.store import value
from kg.serve.reconcile_settings import Property
from kg.serve.world import World


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """A value of a property.

    Attributes:
        text: as people read it; the label of a thing.
        number: where it is one; with the text.
        path: of a thing of the graph, ``author/ada-lovelace``; empty for all else.
    """

    text: str
    number: float | None = None
    path: str = ""

    def as_json(self) -> dict[str, str | float]:
        """The value as the data extension service has it."""
        if self.path:
            return {"id": self.path, "name": self.text}
        if self.number is None:
            return {"str": self.text}
        return {"int": int(self.number)} if self.number == int(self.number) else {"float": self.number}


def values(world: World, path: str, of: Property) -> tuple[Value, ...]:
    """The values of a property of a thing, numbers by size, then texts by the alphabet, each once.

    Args:
        world: with the graph.
        path: of the thing, the end of its IRI.
        of: the property.
    """
    start = ox.NamedNode(world.base + path)
    ends = {end for steps in of.paths for end in _ends(world.store, start, steps)}
    found = {_value(world, end) for end in ends}
    return tuple(
        sorted(found, key=lambda v: (v.number is None, v.number or 0.0, v.text.casefold(), v.text, v.path))
    )


def _ends(store: ox.Store, start: ox.NamedNode, steps: Iterable[str]) -> set[ox.NamedNode | ox.Literal]:
    places: set[ox.NamedNode | ox.Literal] = {start}
    for step in steps:
        predicate = ox.NamedNode(expanded(step.removeprefix("^")))
        named = [place for place in places if isinstance(place, ox.NamedNode)]
        terms = (
            term
            for place in named
            for term in (
                (quad.subject for quad in store.quads_for_pattern(None, predicate, place))
                if step.startswith("^")
                else (quad.object for quad in store.quads_for_pattern(place, predicate, None))
            )
        )
        places = {term for term in terms if isinstance(term, ox.NamedNode | ox.Literal)}
    return places


def _value(world: World, term: ox.NamedNode | ox.Literal) -> Value:
    if isinstance(term, ox.NamedNode):
        path = term.value.removeprefix(world.base)
        label = world.index.label(path)
        return Value(term.value) if label is None else Value(label, path=path)
    plain = value(term)
    number = float(plain) if isinstance(plain, int | float) and abs(plain) < 1e15 else None
    return Value(term.value, number)
