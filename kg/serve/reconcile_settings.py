"""What reconciliation knows and allows, from ``reconcile.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Type:
    """A class of the ontology: its name in English, and the kinds of things that are of it."""

    id: str
    name: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of things.

    Attributes:
        id: its name in queries.
        name: in English.
        kinds: of the things that have it.
        paths: the ways to its values, each a sequence of properties; ``^`` goes from object to subject.
        type: of its values where they are things; empty for texts and numbers.
    """

    id: str
    name: str
    kinds: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]
    type: str


@dataclass(frozen=True, slots=True)
class ReconcileSettings:
    """The settings; see ``reconcile.toml`` for the meaning of each number."""

    name: str
    versions: tuple[str, ...]
    limits: Mapping[str, int]
    score: Mapping[str, float]
    preview: Mapping[str, int]
    types: Mapping[str, Type]
    properties: Mapping[str, Property]

    def types_of(self, kind: str) -> tuple[Type, ...]:
        """The types of things of a kind, the narrowest first."""
        found = [type_ for type_ in self.types.values() if kind in type_.kinds]
        return tuple(sorted(found, key=lambda type_: (len(type_.kinds), type_.id)))


@cache
def reconcile_settings() -> ReconcileSettings:
    """The settings of reconciliation.

    Example:
        >>> [type_.id for type_ in reconcile_settings().types_of("method")]
        ['Method', 'Concept']
    """
    table = tomllib.loads(files("kg.serve").joinpath("reconcile.toml").read_text(encoding="utf-8"))
    return ReconcileSettings(
        table["name"],
        tuple(table["versions"]),
        table["limits"],
        table["score"],
        table["preview"],
        {id_: Type(id_, entry["name"], tuple(entry["kinds"])) for id_, entry in table["types"].items()},
        {
            id_: Property(
                id_,
                entry["name"],
                tuple(entry["kinds"]),
                tuple(map(tuple, entry["paths"])),
                entry.get("type", ""),
            )
            for id_, entry in table["properties"].items()
        },
    )
