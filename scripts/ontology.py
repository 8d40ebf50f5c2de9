"""Write the documentation page of the ontology, docs/ontology.html, from ontology/kg.ttl.

    pip install 'pylode==3.2.3'
    python scripts/ontology.py ontology/kg.ttl docs/ontology.html

The page is made by pyLODE (https://github.com/RDFLib/pyLODE, BSD-3-Clause). It opens without a network, holds no date,
and is the same byte for byte for the same ontology; 3.4.1 cannot be imported once installed, hence the version.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, SKOS
from rdflib.term import Node

# What pyLODE does not show, or shows in a section that repeats every property, as the reader would say it.
CHARACTERISTICS = {
    OWL.FunctionalProperty: "There is at most one value for each subject.",
    OWL.SymmetricProperty: "It holds in both directions.",
}
RELATIONS = {
    SKOS.closeMatch: "Close to",
    SKOS.relatedMatch: "Related to",
    OWL.disjointWith: "Disjoint with",
}
STYLE = """
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>
      pre { white-space: pre-wrap; overflow-wrap: anywhere; }
      td, th { overflow-wrap: anywhere; }
      #pylode { position: static; transform: none; }
    </style>
  </head>"""


def page(ontology: Path) -> str:
    """The page of an ontology.

    Args:
        ontology: a Turtle file.
    """
    from pylode import OntPub

    documentation = OntPub(shown(Graph().parse(ontology)), sort_subjects=True)
    made = anchored(str(documentation.make_html()), documentation.fids)
    digest = hashlib.sha256(ontology.read_bytes()).hexdigest()
    head = f'\n    <meta name="ontology-sha256" content="{digest}">{STYLE}'
    return made.replace("<html>", '<html lang="en">', 1).replace("\n  </head>", head, 1) + "\n"


def anchored(html: str, anchors: Mapping[str, str]) -> str:
    """The page with the end of each term's IRI as its anchor, so that the IRI leads there; pyLODE takes the label.

    Args:
        html: the page.
        anchors: that of each IRI as pyLODE chose it.
    """
    new = {old: iri.partition("#")[2] for iri, old in anchors.items() if "#" in iri}
    return re.sub(
        r'(?<=\s)(id="|href="#)([^"]+)"', lambda found: f'{found[1]}{new.get(found[2], found[2])}"', html
    )


def shown(ontology: Graph) -> Graph:
    """The ontology as the page tells it: its own terms alone, with notes in place of what pyLODE leaves out."""
    (header,) = ontology.subjects(RDF.type, OWL.Ontology)
    result = Graph()
    for subject, predicate, value in ontology:
        own = str(subject).startswith(str(header))
        if own and predicate not in RELATIONS and value not in CHARACTERISTICS:
            result.add((subject, predicate, value))
    for term in set(result.subjects()) - {header}:
        if note := " ".join(_notes(ontology, term)):
            result.add((term, SKOS.note, Literal(note)))
    return result


def _notes(ontology: Graph, term: Node) -> Iterator[str]:
    kinds = set(ontology.objects(term, RDF.type))
    yield from (text for kind, text in CHARACTERISTICS.items() if kind in kinds)
    for relation, words in RELATIONS.items():
        others = sorted(o for o in ontology.objects(term, relation) if isinstance(o, URIRef))
        if others:
            links = (f"[{ontology.namespace_manager.normalizeUri(other)}]({other})" for other in others)
            yield f"{words} {', '.join(links)}."


def main(source: str, target: str) -> None:
    """Read the ontology and write the page."""
    Path(target).write_text(page(Path(source)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("python scripts/ontology.py ontology/kg.ttl docs/ontology.html")
    main(*sys.argv[1:])
