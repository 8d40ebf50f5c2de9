"""Differences in words: things by their names, properties by their labels, values shortened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg.diff.ledger import Change, Kind
from kg.diff.schema import Schema
from kg.diff.settings import Settings
from kg.diff.statements import RUN, Value
from kg.diff.triples import Arc
from kg.namespaces import STANDARD

_TYPE = STANDARD["rdf"] + "type"


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words; all of it may be strangers' text.

    Attributes:
        kind: whether it was added, removed or changed.
        about: the name of what it is about.
        iri: the IRI of that.
        predicate: the property in English.
        what: what is said, or which of several it is; empty where the values say it all.
        old: the values that differ as they were, by property; empty where there were none.
        new: the values that differ as they are.
    """

    kind: Kind
    about: str
    iri: str
    predicate: str
    what: str
    old: Mapping[str, str]
    new: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that differences are told in.

    Attributes:
        names: what things are called, by IRI, as literals in N-Triples.
        schema: the labels of properties.
        settings: the words for parts.
    """

    names: Mapping[str, str]
    schema: Schema
    settings: Settings

    def tell(self, change: Change) -> Told:
        """A change in words."""
        old, new = change.old or (), change.new or ()
        return Told(
            kind=change.kind,
            about="the run" if change.subject.about == RUN else self.name(change.subject.about),
            iri=change.subject.about,
            predicate=self.schema.label(change.subject.predicate),
            what=self._what(change),
            old=self._values(arc for arc in old if arc not in new),
            new=self._values(arc for arc in new if arc not in old),
        )

    def name(self, iri: str) -> str:
        """What a thing is called; the last parts of its IRI where it has no name.

        Example:
            >>> Wording({"a:x": '"Ada"'}, None, None).name("a:x")
            'Ada'
            >>> Wording({}, None, None).name("http://a.org/id/venue/iclr")
            'venue/iclr'
        """
        literal = self.names.get(iri)
        if literal is not None:
            return lexical(literal)
        return "/".join(iri.rstrip("/").replace("#", "/").split("/")[-2:])

    def term(self, arc: Arc) -> str:
        """An object in words."""
        predicate, term = arc
        if not term.startswith("<"):
            return lexical(term)
        iri = term[1:-1]
        if predicate == _TYPE or iri in self.schema.labels:
            return self.schema.label(iri)
        return self.name(iri)

    def _what(self, change: Change) -> str:
        key = change.subject.key
        part = next(
            (p for p in self.settings.parts.values() if p.predicate == change.subject.predicate), None
        )
        values = self._values(key, local=True)
        if part and all(_local(name) in values for name in part.key):
            return part.words.format_map(values)
        return ", ".join(self.term(arc) for arc in key)

    def _values(self, arcs: Iterable[Arc], *, local: bool = False) -> dict[str, str]:
        """Objects in words, by the label or the local name of their property."""
        told: dict[str, list[str]] = {}
        for arc in arcs:
            told.setdefault(_local(arc[0]) if local else self.schema.label(arc[0]), []).append(self.term(arc))
        return {name: ", ".join(words) for name, words in told.items()}


def in_line(told: Told, most: int) -> str:
    """A change in one line without its subject, each value shortened.

    Args:
        told: the change in words.
        most: characters of a value.

    Example:
        >>> in_line(Told(Kind.CHANGED, "Adam", "a:x", "label", "", {"label": "ADAM"}, {"label": "Adam"}), 80)
        'label: ADAM → Adam'
    """
    head = f"{told.predicate}: {shortened(told.what, most)}" if told.what else told.predicate
    if told.kind is not Kind.CHANGED:
        values = told.new or told.old
        shown = ", ".join(_labelled(name, shortened(text, most), told) for name, text in values.items())
        return f"{head}: {shown}" if shown and not told.what else head
    moves = [
        _labelled(
            name,
            f"{shortened(told.old.get(name, '-'), most)} → {shortened(told.new.get(name, '-'), most)}",
            told,
        )
        for name in dict.fromkeys([*told.old, *told.new])
    ]
    return f"{head}: {'; '.join(moves)}"


def _labelled(name: str, text: str, told: Told) -> str:
    return text if name == told.predicate else f"{name} {text}"


def shortened(text: str, most: int) -> str:
    """Text of at most so many characters.

    Example:
        >>> shortened("attention", 5)
        'atte…'
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


@lru_cache(maxsize=4096)
def lexical(literal: str) -> str:
    """The characters of a literal in N-Triples, without quotes, language and datatype.

    Example:
        >>> lexical('"Ren\\\\u00E9"@en')
        'René'
    """
    (quad,) = ox.parse(f"<a:> <a:> {literal} .", format=ox.RdfFormat.N_TRIPLES)
    return quad.object.value if isinstance(quad.object, ox.Literal) else str(quad.object)


def number(value: Value | None) -> float | None:
    """The number that a value is; None for what is none."""
    if not value or len(value) != 1 or not value[0][1].startswith('"'):
        return None
    try:
        return float(lexical(value[0][1]))
    except ValueError:
        return None


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
