"""A description of the data set itself, in VoID and DCAT.

VoID: https://www.w3.org/TR/void/; DCAT 3: https://www.w3.org/TR/vocab-dcat-3/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.namespaces import BASE, ONTOLOGY, STANDARD
from kg.write.rdf import Description, Iri, Literal, Property, english, integer, standard_iri

_MEDIA_TYPES = {
    "graph.ttl": "text/turtle",
    "graph.html": "text/html",
    "graph.graphml": "application/graphml+xml",
    "coauthors.graphml": "application/graphml+xml",
    "coauthors.gexf": "application/gexf+xml",
}


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
            (standard_iri("rdf:type"), (standard_iri("void:Dataset"), standard_iri("dcat:Dataset"))),
            (standard_iri("dcterms:title"), (english(title),)),
            (standard_iri("dcterms:conformsTo"), (Iri(ONTOLOGY.rstrip("#")),)),
            (standard_iri("void:triples"), (integer(census.triples),)),
            (standard_iri("void:entities"), (integer(sum(census.classes.values())),)),
            (standard_iri("void:classes"), (integer(len(census.classes)),)),
            (standard_iri("void:properties"), (integer(len(census.properties)),)),
            (standard_iri("void:uriSpace"), (Literal(base),)),
            (
                standard_iri("void:vocabulary"),
                tuple(Iri(STANDARD[p]) for p in ("dcterms", "foaf", "kg", "skos")),
            ),
            (standard_iri("void:classPartition"), tuple(classes)),
            (standard_iri("void:propertyPartition"), tuple(properties)),
            (standard_iri("dcat:distribution"), tuple(files.values())),
        ),
    )
    for partition, name in classes.items():
        yield Description(
            partition,
            (
                (standard_iri("void:class"), (Iri(name),)),
                (standard_iri("void:entities"), (integer(census.classes[name]),)),
            ),
        )
    for partition, name in properties.items():
        yield Description(
            partition,
            (
                (standard_iri("void:property"), (Iri(name),)),
                (standard_iri("void:triples"), (integer(census.properties[name]),)),
            ),
        )
    for name, distribution in files.items():
        yield Description(distribution, _distribution(name))


def _distribution(name: str) -> tuple[Property, ...]:
    return (
        (standard_iri("rdf:type"), (standard_iri("dcat:Distribution"),)),
        (standard_iri("dcterms:title"), (Literal(name),)),
        (standard_iri("dcat:mediaType"), (Literal(_MEDIA_TYPES[name]),)),
    )


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]
