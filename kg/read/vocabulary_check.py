"""What is wrong with a vocabulary, before anything is read with it.

After the quality issues of SKOS vocabularies (Mader, Haslhofer and Isaac, Finding quality issues in SKOS
vocabularies, TPDL 2012: overlapping labels, cyclic hierarchical relations, orphan concepts), with two of our
own: names that stand for two kinds, and names that are plain English.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from spacy.lang.en.stop_words import STOP_WORDS

from kg.records import Concept, Kind

_SEPARATORS = re.compile(r"[-‐‑‒–—_\s]+")


class Fault(StrEnum):
    """What is wrong with a concept."""

    DUPLICATE = "duplicate"  # two concepts of one kind have one name
    TWO_KINDS = "two kinds"  # two concepts of different kinds have one name
    CYCLE = "cycle"  # a concept is broader than itself
    ORPHAN = "orphan"  # nothing is broader, and it is no field
    PLAIN_WORD = "plain word"  # a name is plain English and nothing guards it


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a vocabulary.

    Attributes:
        fault: what is wrong.
        name: the name that it concerns, as the faults compare names; a preferred label where it is about none.
        concepts: keys of the concepts concerned, sorted; those of a cycle in its order, from the first by key.
    """

    fault: Fault
    name: str
    concepts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.fault}: {self.name} ({', '.join(self.concepts)})"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a vocabulary is held against.

    Attributes:
        homonyms: names that several concepts may share, as printed.
        fields: by kind, the ids of the concepts that may have nothing broader; other kinds may have any.
        plain_words: words of plain English, in lower case.
    """

    homonyms: Collection[str]
    fields: Mapping[Kind, Collection[str]]
    plain_words: Collection[str]


@cache
def shipped_rules() -> Rules:
    """The rules of ``vocabulary_check.toml``; spaCy's English stop words count as plain words too."""
    text = files("kg.read").joinpath("vocabulary_check.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Rules(
        homonyms=frozenset(data["homonyms"]),
        fields={Kind(kind): frozenset(ids) for kind, ids in data["fields"].items()},
        plain_words=frozenset(data["plain"]["words"]) | STOP_WORDS,
    )


def problems(concepts: Sequence[Concept], rules: Rules | None = None) -> list[Problem]:
    """Everything that is wrong with a vocabulary, sorted.

    Args:
        concepts: each key once.
        rules: those that kg ships where none are given.

    Example:
        >>> net = Concept("net", Kind.METHOD, "neural network")
        >>> ann = Concept("ann", Kind.METHOD, "Neural-Network", broader=("net",))
        >>> [str(problem) for problem in problems([net, ann])]
        ['duplicate: neural network (method/ann, method/net)']
    """
    rules = rules or shipped_rules()
    found = {
        *_shared_names(concepts, rules.homonyms),
        *_cycles(concepts),
        *_orphans(concepts, rules.fields),
        *_plain_words(concepts, rules.plain_words),
    }
    return sorted(found)


def comparable(name: str) -> str:
    """What two names have in common that are one name.

    The case of a single word with a capital is part of the name; else case, hyphens and a plural s are not.

    Example:
        >>> [comparable(name) for name in ("CoLA", "COLA", "Pre-Training", "graph neural networks")]
        ['CoLA', 'COLA', 'pre training', 'graph neural network']
    """
    if name != name.lower() and not _SEPARATORS.search(name):
        return name
    words = _SEPARATORS.sub(" ", name).strip().casefold()
    return words[:-1] if words.endswith("s") and not words.endswith(("ss", "us", "is")) else words


def _names(concept: Concept) -> tuple[str, ...]:
    return (concept.pref_label, *concept.alt_labels)


def _shared_names(concepts: Iterable[Concept], homonyms: Collection[str]) -> Iterator[Problem]:
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for name in _names(concept):
            if name not in homonyms:
                owners[comparable(name)].add(concept.key)
    for name, keys in owners.items():
        by_kind: dict[str, list[str]] = defaultdict(list)
        for key in sorted(keys):
            by_kind[key.split("/")[0]].append(key)
        for same in by_kind.values():
            if len(same) > 1:
                yield Problem(Fault.DUPLICATE, name, tuple(same))
        if len(by_kind) > 1:
            yield Problem(Fault.TWO_KINDS, name, tuple(sorted(keys)))


def _cycles(concepts: Iterable[Concept]) -> Iterator[Problem]:
    """One problem for each set of concepts that are broader than one another, told by one way around."""
    by_key = {concept.key: concept for concept in concepts}
    broader = {
        key: [k for k in (f"{concept.kind}/{b}" for b in concept.broader) if k in by_key]
        for key, concept in sorted(by_key.items())
    }
    told: set[str] = set()
    for key in broader:
        way = [] if key in told else _way_round(key, broader)
        if way:
            told.update(way)
            yield Problem(Fault.CYCLE, by_key[key].pref_label, tuple(way))


def _way_round(start: str, broader: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest way from a concept up to itself, or nothing."""
    before: dict[str, str] = {}
    level = [start]
    while level:
        above = []
        for key in level:
            for upper in broader[key]:
                if upper == start:
                    return _back(key, start, before)
                if upper not in before:
                    before[upper] = key
                    above.append(upper)
        level = above
    return []


def _back(key: str, start: str, before: Mapping[str, str]) -> list[str]:
    way = [key]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


def _orphans(concepts: Sequence[Concept], fields: Mapping[Kind, Collection[str]]) -> Iterator[Problem]:
    keys = {concept.key for concept in concepts}
    for concept in concepts:
        if concept.kind not in fields or concept.id in fields[concept.kind]:
            continue
        if not any(f"{concept.kind}/{identifier}" in keys for identifier in concept.broader):
            yield Problem(Fault.ORPHAN, concept.pref_label, (concept.key,))


def _plain_words(concepts: Iterable[Concept], plain: Collection[str]) -> Iterator[Problem]:
    """Names in lower case alone: one with a capital is matched by exact case."""
    for concept in concepts:
        for name in _names(concept) if not concept.guard else ():
            if name == name.lower() and (name in plain or comparable(name) in plain):
                yield Problem(Fault.PLAIN_WORD, name, (concept.key,))
