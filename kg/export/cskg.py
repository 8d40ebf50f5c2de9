"""Claims in the model of the Computer Science Knowledge Graph (CS-KG), in Turtle.

The model: https://scholkg.kmi.open.ac.uk/cskg/documentation.php (Dessì and others, CS-KG, ISWC 2022). The same
claim of several papers is one ``cskg-ont:Statement`` with the number of papers as its support and a time
observation a year; concepts are tasks, methods, materials and metrics. Only claims whose edge the graph
asserts become statements, since the model has no place for confidence. IRIs of concepts, papers and runs stay
those of the graph. Years are xsd:gYear, where CS-KG's files have ``rdfs:Literal``, which is no datatype.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.export.readings import CLAIM, Proposition, claimed
from kg.export.source import TYPE, Properties, Source, line_order
from kg.export.terms import Names
from kg.namespaces import ONTOLOGY, STANDARD, prefixes

CSKG = "https://w3id.org/cskg/ontology#"

_MAPPING = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_CLASSES: dict[str, str] = {ONTOLOGY + ours: CSKG + theirs for ours, theirs in _MAPPING["classes"].items()}
_PROV, _SKOS, _RDF, _XSD = (STANDARD[name] for name in ("prov", "skos", "rdf", "xsd"))
_ISSUED, _IDENTIFIER = STANDARD["dcterms"] + "issued", STANDARD["dcterms"] + "identifier"
_GENERATED = _PROV + "wasGeneratedBy"
_DOI = "doi:"
_DIGITS = 16  # of the hash that names a statement


@dataclass(frozen=True, slots=True)
class _Support:
    """The papers that state something, and the runs that read it there."""

    papers: set[str]
    runs: set[str]


def cskg(source: Source) -> Iterator[str]:
    """The claims of the graph as CS-KG's statements, one description a part."""
    names = Names({**prefixes(source.base), "cskg-ont": CSKG})
    yield names.head()
    for concept in sorted(_concepts(source), key=line_order):
        yield "\n" + names.description(concept, _entity(source, concept))
    supported = _statements(source)
    years = {
        paper: _year(source, paper) for paper in sorted({p for s in supported.values() for p in s.papers})
    }
    for said in sorted(supported):
        for subject, properties in _statement(source.base, said, supported[said], years):
            yield "\n" + names.description(subject, properties)
    for paper in years:
        yield "\n" + names.description(paper, _paper(source, paper))


def _concepts(source: Source) -> Iterator[str]:
    for ours in _CLASSES:
        yield from source.members(ours)


def _entity(source: Source, concept: str) -> Properties:
    about = source.about(concept)
    classes = [ox.NamedNode(_CLASSES[c.value]) for c in about[TYPE] if c.value in _CLASSES]
    labels = [ox.Literal(label.value) for label in about.get(_SKOS + "prefLabel", [])]
    return _present(
        {
            TYPE: [*classes],
            STANDARD["rdfs"] + "label": [*labels],
            _SKOS + "broader": about.get(_SKOS + "broader", []),
        }
    )


def _statements(source: Source) -> dict[Proposition, _Support]:
    """What is asserted and claimed, in CS-KG's terms, with its support."""
    found: dict[Proposition, _Support] = defaultdict(lambda: _Support(set(), set()))
    for paper, claim in source.pairs(CLAIM):
        said = claimed(source, claim.value)
        if said is None or not source.states(said.subject, said.predicate, said.object):
            continue
        support = found[_in_their_terms(said)]
        support.papers.add(paper)
        run = source.linked(claim.value, _GENERATED)
        if run is not None:
            support.runs.add(run)
    return dict(found)


def _in_their_terms(said: Proposition) -> Proposition:
    mapped = _MAPPING["properties"].get(said.predicate.removeprefix(ONTOLOGY))
    if mapped is None:
        return said
    ends = (said.object, said.subject) if mapped["turned"] else (said.subject, said.object)
    return Proposition(ends[0], CSKG + mapped["name"], ends[1])


def _statement(
    base: str, said: Proposition, support: _Support, years: dict[str, str]
) -> Iterator[tuple[str, Properties]]:
    name = hashlib.sha256(f"{said.subject} {said.predicate} {said.object}".encode()).hexdigest()[:_DIGITS]
    statement = f"{base}statement/{name}"
    by_year = Counter(year for paper in support.papers if (year := years[paper]))
    observed = {year: f"{base}observation/{name}-{year}" for year in sorted(by_year)}
    yield (
        statement,
        _present(
            {
                TYPE: [ox.NamedNode(CSKG + "Statement"), ox.NamedNode(_PROV + "Entity")],
                _RDF + "subject": [ox.NamedNode(said.subject)],
                _RDF + "predicate": [ox.NamedNode(said.predicate)],
                _RDF + "object": [ox.NamedNode(said.object)],
                CSKG + "hasSupport": [_integer(len(support.papers))],
                _PROV + "wasDerivedFrom": [ox.NamedNode(paper) for paper in sorted(support.papers)],
                _GENERATED: [ox.NamedNode(run) for run in sorted(support.runs)],
                CSKG + "hasTimeObservation": [ox.NamedNode(iri) for iri in observed.values()],
            }
        ),
    )
    for year, iri in observed.items():
        yield (
            iri,
            {
                TYPE: [ox.NamedNode(CSKG + "TimeObservation")],
                CSKG + "year": [ox.Literal(year, datatype=ox.NamedNode(_XSD + "gYear"))],
                CSKG + "frequency": [_integer(by_year[year])],
            },
        )


def _paper(source: Source, paper: str) -> Properties:
    about = source.about(paper)
    dois = [v.value.removeprefix(_DOI) for v in about.get(_IDENTIFIER, []) if v.value.startswith(_DOI)]
    return _present(
        {
            TYPE: [ox.NamedNode(CSKG + "Paper")],
            CSKG + "year": about.get(_ISSUED, []),
            CSKG + "doi": [ox.Literal(doi, datatype=ox.NamedNode(_XSD + "anyURI")) for doi in dois],
        }
    )


def _year(source: Source, paper: str) -> str:
    """The year of a paper, empty where it has none."""
    years = [year.value for year in source.about(paper).get(_ISSUED, []) if year.value.isdecimal()]
    return years[0] if years else ""


def _integer(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=ox.NamedNode(_XSD + "integer"))


def _present(properties: Properties) -> Properties:
    return {predicate: objects for predicate, objects in properties.items() if objects}
