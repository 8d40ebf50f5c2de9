"""RDF 1.2 Turtle with reifiers, https://www.w3.org/TR/rdf12-turtle/#reifiers.

The triples of ``graph.ttl``, and beside each the readings that support it: an asserted edge between paper and
concept, or concept and concept, is followed by ``~`` and the IRIs of its mentions or claims. These carry
sentence, offsets and confidence. What a reading supports without the graph asserting it (its confidence was
too low) it reifies alone: ``claim:1 rdf:reifies <<( s p o )>>``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.export.readings import Proposition, claimed, mentioned, support
from kg.export.source import Object, Source
from kg.export.terms import Names
from kg.namespaces import STANDARD, prefixes

REIFIES = STANDARD["rdf"] + "reifies"


def rdf12_turtle(source: Source) -> Iterator[str]:
    """The graph in RDF 1.2 Turtle, one description a part.

    Example:
        A SPARQL 1.2 query over the result, for the sentences behind what a paper uses::

            SELECT ?concept ?sentence WHERE {
              paper:iclr-2021-0036 kg:uses ?concept ~ ?reading {| kg:sentence ?sentence |}
            }
    """
    names = Names(prefixes(source.base))
    yield 'VERSION "1.2"\n' + names.head()
    for subject in source.subjects:
        yield "\n" + _block(source, subject, names)


def _block(source: Source, subject: str, names: Names) -> str:
    about = source.about(subject)
    readings = support(source, subject, about)
    written = {
        predicate: [
            names.term(value)
            + _reifiers(readings, Proposition(subject, predicate, value.value), value, names)
            for value in objects
        ]
        for predicate, objects in about.items()
    }
    unasserted = _unasserted(source, subject)
    if unasserted is not None:
        written.setdefault(REIFIES, []).append(_triple_term(unasserted, names))
    return names.block(subject, written)


def _reifiers(readings: dict[Proposition, list[str]], said: Proposition, value: Object, names: Names) -> str:
    found = readings.get(said, []) if isinstance(value, ox.NamedNode) else []
    return "".join(f" ~ {names.iri(reading)}" for reading in found)


def _unasserted(source: Source, reading: str) -> Proposition | None:
    said = claimed(source, reading) or mentioned(source, reading)
    if said is None or source.states(said.subject, said.predicate, said.object):
        return None
    return said


def _triple_term(said: Proposition, names: Names) -> str:
    return f"<<( {names.iri(said.subject)} {names.iri(said.predicate)} {names.iri(said.object)} )>>"
