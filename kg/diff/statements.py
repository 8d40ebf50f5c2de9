"""The statements that a subject's triples make, as a person would tell them.

A mention, claim or authorship is told as one statement about its paper, known by what it says and not by its
number, so that a mention that merely moved in the list is no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.diff.schema import Schema
from kg.diff.settings import Part, Settings
from kg.diff.triples import Arc
from kg.namespaces import ONTOLOGY, STANDARD

RUN = ONTOLOGY + "Run"
_TYPE = STANDARD["rdf"] + "type"
_PART_OF_PAPER = re.compile(r"(.*[/#])[a-z]+/(.+)-\d+", re.DOTALL)

Value = tuple[Arc, ...]


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What tells a statement from others, whatever its value.

    Attributes:
        about: the IRI of what it is about.
        kind: the IRI of the class of that; empty where it has none.
        predicate: the IRI of its property.
        key: what further belongs to it; empty for a property of one value.
    """

    about: str
    kind: str
    predicate: str
    key: Value


Statement = tuple[Subject, Value]


def statements(iri: str, arcs: Iterable[Arc], schema: Schema, settings: Settings) -> Iterator[Statement]:
    """The statements of one subject in one graph, without those that only link to its parts.

    Args:
        iri: the subject.
        arcs: its predicates and objects.
        schema: which properties have one value.
        settings: which classes are parts, and which properties only link.
    """
    told = sorted((p, o) for p, o in arcs if p not in settings.groups["links"])
    kinds = [o[1:-1] for p, o in told if p == _TYPE]
    part = next((settings.parts[kind] for kind in kinds if kind in settings.parts), None)
    if part:
        yield _as_part(iri, told, part)
        return
    kind = kinds[0] if kinds else ""
    about = RUN if kind == RUN else iri  # a run's IRI is a hash, another at each run
    for arc in told:
        if kind == RUN or schema.single(kind, arc[0]):
            yield Subject(about, kind, arc[0], ()), (arc,)
        else:
            yield Subject(about, kind, arc[0], (arc,)), ()


def paper_of(part: str) -> str:
    """The paper that a mention, claim or authorship belongs to, as :mod:`kg.write.describe` names them.

    Example:
        >>> paper_of("https://w3id.org/paperkg/id/mention/iclr-2021-0036-2")
        'https://w3id.org/paperkg/id/paper/iclr-2021-0036'
    """
    match = _PART_OF_PAPER.fullmatch(part)
    return f"{match[1]}paper/{match[2]}" if match else part


def _as_part(iri: str, told: list[Arc], part: Part) -> Statement:
    key = tuple(arc for arc in told if arc[0] in part.key)
    value = tuple(arc for arc in told if arc[0] not in part.key and arc[0] not in (_TYPE, part.about))
    if not part.about:
        return Subject(paper_of(iri), ONTOLOGY + "Paper", part.predicate, key), value
    about = next((o[1:-1] for p, o in told if p == part.about and o.startswith("<")), iri)
    return Subject(about, ONTOLOGY + "Author", part.predicate, key), value
