"""The vocabulary: SKOS concepts in Turtle, each with one kind.

SKOS Reference, https://www.w3.org/TR/skos-reference/. A concept's kind is its class (kg:Topic, kg:Method,
kg:Dataset, kg:Metric); its id is the last part of its IRI.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.namespaces import ONTOLOGY, STANDARD
from kg.read.source import ReadError
from kg.records import Concept, Kind
from kg.resources import ontology
from kg.slugs import slug

_CLASSES = {
    ONTOLOGY + "Topic": Kind.TOPIC,
    ONTOLOGY + "Method": Kind.METHOD,
    ONTOLOGY + "Dataset": Kind.DATASET,
    ONTOLOGY + "Metric": Kind.METRIC,
}
_TYPE = STANDARD["rdf"] + "type"
_SKOS = STANDARD["skos"]
_GUARD = ONTOLOGY + "guard"
_DATA_OF = ONTOLOGY + "dataOf"

_Properties = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The concepts that extraction knows by name.

    Attributes:
        concepts: sorted by key.
        hash: 12 hexadecimal digits over all of them; the same concepts give the same hash.
    """

    concepts: tuple[Concept, ...]
    hash: str


def shipped_vocabulary() -> Path:
    """The path of the vocabulary that comes with kg."""
    return ontology("vocabulary.ttl")


@cache
def read_vocabulary(paths: tuple[Path, ...]) -> Vocabulary:
    """Read vocabulary files; a concept of a later file replaces the one with the same kind and id.

    Args:
        paths: Turtle files.

    Raises:
        ReadError: where a file is missing, is no Turtle, or holds no concept with a kind.
    """
    concepts: dict[str, Concept] = {}
    for path in paths:
        concepts.update((concept.key, concept) for concept in _read_file(path))
    return vocabulary_of(concepts.values())


def vocabulary_of(concepts: Iterable[Concept]) -> Vocabulary:
    """A vocabulary of these concepts."""
    ordered = tuple(sorted(concepts, key=lambda concept: concept.key))
    digest = hashlib.sha256("\n".join(map(repr, ordered)).encode("utf-8", "replace")).hexdigest()
    return Vocabulary(ordered, digest[:12])


def _read_file(path: Path) -> Sequence[Concept]:
    try:
        triples = ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)
        properties = _properties(triples)
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}; name a Turtle file with SKOS concepts") from None
    except (SyntaxError, ValueError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise ReadError(f"{path}{line}: not valid Turtle ({error}); mend it and run again") from None
    kinds = {
        iri: kind
        for iri, found in properties.items()
        for kind in sorted({_CLASSES[c] for c in found[_TYPE] if c in _CLASSES})[:1]
    }
    if not kinds:
        raise ReadError(
            f"{path}: no concept; each needs a class kg:Topic, kg:Method, kg:Dataset or kg:Metric"
        )
    return [_concept(path, iri, kind, properties[iri], kinds) for iri, kind in sorted(kinds.items())]


def _properties(triples: Iterable[ox.Quad | ox.Triple]) -> dict[str, _Properties]:
    properties: dict[str, _Properties] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            properties[triple.subject.value][triple.predicate.value].append(triple.object.value)
    return properties


def _concept(path: Path, iri: str, kind: Kind, found: _Properties, kinds: dict[str, Kind]) -> Concept:
    labels = sorted(set(found[_SKOS + "prefLabel"]))
    if len(labels) != 1:
        raise ReadError(f"{path}: <{iri}> has {len(labels)} skos:prefLabel; give it exactly one")
    broader = {_identifier(b) for b in found[_SKOS + "broader"] if kinds.get(b, kind) is kind}
    data_of = {_identifier(t) for t in found[_DATA_OF] if kinds.get(t, Kind.TOPIC) is Kind.TOPIC}
    return Concept(
        id=_identifier(iri),
        kind=kind,
        pref_label=labels[0],
        alt_labels=tuple(sorted(set(found[_SKOS + "altLabel"]))),
        broader=tuple(sorted(broader)),
        curated=True,
        guard=tuple(sorted(set(found[_GUARD]))),
        data_of=tuple(sorted(data_of)) if kind is Kind.DATASET else (),
    )


def _identifier(iri: str) -> str:
    return slug(iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1])
