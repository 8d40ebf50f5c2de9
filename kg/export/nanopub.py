"""Claims as nanopublications, https://nanopub.net/guidelines/working_draft/, in TriG.

One nanopublication a claim. The assertion is the claimed triple; the provenance tells the paper, the quoted
sentence with its place, how sure the reading is, and the run; the publication information tells when and by
whom, as far as that was said. Its IRI is a trusty URI (:mod:`kg.export.trusty`), so the same claim, read the
same way, has the same name in every export with the same date and creator.

The guidelines say that a nanopublication should tell its creator and date. No clock is read here: the date is
``Source.created``, and without one there is none.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.export.readings import Proposition, claimed
from kg.export.source import TYPE, Properties, Source
from kg.export.terms import Names
from kg.export.trusty import PLACEHOLDER, Quad, artifact_code
from kg.namespaces import ONTOLOGY, STANDARD, prefixes

NP = "http://www.nanopub.org/nschema#"

_CLAIM_CLASS, _CLAIM = ONTOLOGY + "Claim", ONTOLOGY + "claim"
_PROV, _DCTERMS, _LABEL = STANDARD["prov"], STANDARD["dcterms"], STANDARD["rdfs"] + "label"
_ABOUT_PAPER = (_DCTERMS + "title", _DCTERMS + "issued", STANDARD["foaf"] + "page")
_GRAPHS = ("Head", "assertion", "provenance", "pubinfo")


def nanopublications(source: Source) -> Iterator[str]:
    """Every claim of the graph as a nanopublication, one a part."""
    known = {**prefixes(source.base), "np": NP}
    yield Names(known).head()
    for claim in source.members(_CLAIM_CLASS):
        said = claimed(source, claim)
        papers = source.subjects_of(_CLAIM, claim)
        if said is not None and papers:
            yield "\n" + _trig(_named(list(_quads(source, claim, said, papers[0]))), known, source.base)


def _quads(source: Source, claim: str, said: Proposition, paper: str) -> Iterator[Quad]:
    this = f"{source.base}np/{PLACEHOLDER}"
    head, assertion, provenance, pubinfo = (f"{this}#{graph}" for graph in _GRAPHS)

    def link(graph: str, subject: str, predicate: str, value: str) -> Quad:
        return graph, subject, predicate, ox.NamedNode(value)

    yield link(head, this, TYPE, NP + "Nanopublication")
    yield link(head, this, NP + "hasAssertion", assertion)
    yield link(head, this, NP + "hasProvenance", provenance)
    yield link(head, this, NP + "hasPublicationInfo", pubinfo)
    yield link(assertion, said.subject, said.predicate, said.object)

    yield link(provenance, assertion, _PROV + "hadPrimarySource", paper)
    yield link(provenance, assertion, _PROV + "wasDerivedFrom", claim)
    about = source.about(claim)
    yield from _spread(provenance, claim, about)
    here = source.about(paper)
    yield from _spread(provenance, paper, {name: here[name] for name in _ABOUT_PAPER if name in here})
    run = source.linked(claim, _PROV + "wasGeneratedBy")
    if run is not None:
        yield link(provenance, assertion, _PROV + "wasGeneratedBy", run)
        yield from _spread(provenance, run, source.about(run))

    yield pubinfo, this, _LABEL, ox.Literal(_words(source, said))
    if source.created:
        when = ox.Literal(source.created, datatype=ox.NamedNode(STANDARD["xsd"] + "dateTime"))
        yield pubinfo, this, _DCTERMS + "created", when
    if source.creator:
        yield link(pubinfo, this, _DCTERMS + "creator", source.creator)


def _spread(graph: str, subject: str, properties: Properties) -> Iterator[Quad]:
    return ((graph, subject, name, value) for name, values in properties.items() for value in values)


def _words(source: Source, said: Proposition) -> str:
    """The claim in words: the concepts' labels around the property's name."""
    return " ".join((_label(source, said.subject), _local(said.predicate), _label(source, said.object)))


def _label(source: Source, concept: str) -> str:
    labels = source.about(concept).get(STANDARD["skos"] + "prefLabel", [])
    return labels[0].value if labels else _local(concept)


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def _named(quads: list[Quad]) -> list[Quad]:
    """The quads with their own hash in the place that was kept for it."""
    code = artifact_code(quads)

    def named(iri: str) -> str:
        return iri.replace(PLACEHOLDER, code)

    return [
        (
            named(graph),
            named(subject),
            predicate,
            ox.NamedNode(named(value.value)) if isinstance(value, ox.NamedNode) else value,
        )
        for graph, subject, predicate, value in quads
    ]


def _trig(quads: list[Quad], known: dict[str, str], base: str) -> str:
    """The graphs of one nanopublication, after the prefixes ``this`` and ``sub`` that are its own."""
    this = quads[0][1]
    own = {"sub": f"{this}#", "this": this}
    names = Names({**known, "sub": own["sub"]}, whole={this: "this:"})
    blocks = []
    for graph in dict.fromkeys(quad[0] for quad in quads):
        about: dict[str, Properties] = {}
        for _, subject, predicate, value in (quad for quad in quads if quad[0] == graph):
            about.setdefault(subject, {}).setdefault(predicate, []).append(value)
        said = "".join("    " + names.description(s, p, indent=" " * 8) for s, p in about.items())
        blocks.append(f"{names.iri(graph)} {{\n{said}}}\n")
    return Names(own).head() + "\n" + "\n".join(blocks)
