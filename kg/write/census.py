"""Counts of a graph, made while it is written, so that no second pass over its triples is needed.

They are the statistics of VoID, https://www.w3.org/TR/void/#statistics.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import urlsplit

from kg.namespaces import STANDARD
from kg.write.rdf import Description, Iri, Term
from kg.write.void_settings import settings

_TYPE = STANDARD["rdf"] + "type"


class Census:
    """Counts of a graph as it is written.

    Attributes:
        triples: in all.
        subjects: distinct subjects; each is described once.
        classes: entities by class IRI.
        properties: triples by property IRI.
        property_subjects: subjects that have the property, by its IRI.
        class_properties: triples by class and property, of the entities of the class.
        examples: the first entity of each class, by class IRI.
        links: triples by property and the web site (``https://orcid.org/``) that the object lives on, for the
            properties that ``void.toml`` names.

    Example:
        >>> from kg.write.rdf import a, english, stated
        >>> paper = Description(Iri("http://a.org/1"), (a("kg:Paper"), stated("dcterms:title", [english("A")])))
        >>> census = Census()
        >>> list(census.counted([paper])) == [paper], census.triples, census.examples
        (True, 2, {'https://w3id.org/paperkg/ontology#Paper': 'http://a.org/1'})
    """

    def __init__(self) -> None:
        """Start at nothing."""
        self.triples = 0
        self.subjects = 0
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()
        self.property_subjects: Counter[str] = Counter()
        self.class_properties: Counter[tuple[str, str]] = Counter()
        self.examples: dict[str, str] = {}
        self.links: Counter[tuple[str, str]] = Counter()
        self._link_predicates = frozenset(settings().link_predicates)

    def counted(self, descriptions: Iterable[Description]) -> Iterator[Description]:
        """The same descriptions, counted as they pass."""
        for description in descriptions:
            self._count(description)
            yield description

    def _count(self, description: Description) -> None:
        classes: tuple[str, ...] = ()
        told: list[tuple[str, int]] = []
        for predicate, objects in description.properties:
            if not objects:  # a property without objects is not written
                continue
            name = predicate.value
            told.append((name, len(objects) if len(objects) == 1 else len(set(objects))))
            if name == _TYPE:
                classes = tuple({o.value: None for o in objects if isinstance(o, Iri)})
            elif name in self._link_predicates:
                self._count_links(name, objects)
        self.subjects += bool(told)
        for class_ in classes:
            self.classes[class_] += 1
            self.examples.setdefault(class_, description.subject.value)
        for name, count in told:
            self.triples += count
            self.properties[name] += count
            self.property_subjects[name] += 1
            for class_ in classes:
                self.class_properties[class_, name] += count

    def _count_links(self, predicate: str, objects: Collection[Term]) -> None:
        for link in set(objects):
            if isinstance(link, Iri) and (site := web_site(link.value)):
                self.links[predicate, site] += 1


def web_site(iri: str) -> str:
    """The site that a web address lives on, or nothing where it is none.

    Example:
        >>> web_site("https://ORCID.org/0000-0002-1825-0097"), web_site("urn:isbn:1")
        ('https://orcid.org/', '')
    """
    try:
        parts = urlsplit(iri)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc.lower()}/" if parts.scheme in ("http", "https") else ""
