"""A description of the data set itself, in VoID and DCAT.

VoID: https://www.w3.org/TR/void/; DCAT 3: https://www.w3.org/TR/vocab-dcat-3/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.namespaces import BASE, ONTOLOGY, STANDARD
from kg.write.rdf import Description, Iri, Literal, Property, english, integer

_MEDIA_TYPES = {
    "graph.ttl": "text/turtle",
    "graph.html": "text/html",
    "graph.graphml": "application/graphml+xml",
    "coauthors.graphml": "application/graphml+xml",
    "coauthors.gexf": "application/gexf+xml",
}


def _iri(name: str) -> Iri:
    prefix, local = name.split(":")
    return Iri(STANDARD[prefix] + local)


class Census:
    """Counts of a graph as it is written: triples, and entities by class."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.triples = 0
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()

    def counted(self, descriptions: Iterable[Description]) -> Iterator[Description]:
        """The same descriptions, counted as they pass."""
        for description in descriptions:
            for predicate, objects in description.properties:
                distinct = len(set(objects))
                if not distinct:
                    continue
                if not distinct:  # a property without objects is not written
                    continue
                self.triples += distinct
                self.properties[predicate.value] += distinct
                if predicate.value == STANDARD["rdf"] + "type":
                    self.classes.update(o.value for o in objects if isinstance(o, Iri))
            yield description


def dataset(census: Census, title: str, base: str = BASE) -> Iterator[Description]:
    """The data set, its partitions by class and property, and its files.

    Args:
        census: counts of the written graph.
        title: what the data set is called.
        base: the IRI under which the instances live.
    """
    here = Iri(base + "void")
    files = {name: Iri(f"{base}distribution/{name.replace('.', '-')}") for name in sorted(_MEDIA_TYPES)}
    classes = {Iri(f"{base}partition/{_local(name)}"): name for name in sorted(census.classes)}
    properties = {Iri(f"{base}partition/{_local(name)}"): name for name in sorted(census.properties)}
    yield Description(
        here,
        (
            (_iri("rdf:type"), (_iri("void:Dataset"), _iri("dcat:Dataset"))),
            (_iri("dcterms:title"), (english(title),)),
            (_iri("dcterms:conformsTo"), (Iri(ONTOLOGY.rstrip("#")),)),
            (_iri("void:triples"), (integer(census.triples),)),
            (_iri("void:entities"), (integer(sum(census.classes.values())),)),
            (_iri("void:classes"), (integer(len(census.classes)),)),
            (_iri("void:properties"), (integer(len(census.properties)),)),
            (_iri("void:uriSpace"), (Literal(base),)),
            (_iri("void:vocabulary"), tuple(Iri(STANDARD[p]) for p in ("dcterms", "foaf", "kg", "skos"))),
            (_iri("void:classPartition"), tuple(classes)),
            (_iri("void:propertyPartition"), tuple(properties)),
            (_iri("dcat:distribution"), tuple(files.values())),
        ),
    )
    for partition, name in classes.items():
        yield Description(
            partition,
            (
                (_iri("void:class"), (Iri(name),)),
                (_iri("void:entities"), (integer(census.classes[name]),)),
            ),
        )
    for partition, name in properties.items():
        yield Description(
            partition,
            (
                (_iri("void:property"), (Iri(name),)),
                (_iri("void:triples"), (integer(census.properties[name]),)),
            ),
        )
    for name, distribution in files.items():
        yield Description(distribution, _distribution(name))


def _distribution(name: str) -> tuple[Property, ...]:
    return (
        (_iri("rdf:type"), (_iri("dcat:Distribution"),)),
        (_iri("dcterms:title"), (Literal(name),)),
        (_iri("dcat:mediaType"), (Literal(_MEDIA_TYPES[name]),)),
    )


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]
