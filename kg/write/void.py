"""A description of the data set itself, in VoID and DCAT.

VoID: https://www.w3.org/TR/void/; DCAT 3: https://www.w3.org/TR/vocab-dcat-3/.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from kg.namespaces import BASE, ONTOLOGY, STANDARD
from kg.write.census import Census
from kg.write.distributions import File, distribution, distribution_iri, rights
from kg.write.rdf import Description, Iri, Literal, Property, Term, a, english, integer, standard_iri, stated
from kg.write.void_settings import settings

_RDF = STANDARD["rdf"]

__all__ = ["Census", "data_set", "dataset", "published"]


def dataset(
    census: Census,
    title: str,
    base: str = BASE,
    files: Sequence[File] | None = None,
    run: str = "",
) -> Iterator[Description]:
    """The data set, its partitions by class and property, its links, its files and what it was made from.

    Args:
        census: counts of the written graph.
        title: what the data set is called.
        base: the IRI under which the instances live.
        files: the distributions, as :func:`kg.write.distributions.measured_files` has them; where it is None, all
            that a build has, without size and checksum.
        run: the id of the run that made the graph, where it is known; the graph tells its papers by a hash.
    """
    told = tuple(File(name, -1, "") for name in sorted(settings().files)) if files is None else tuple(files)
    yield Description(
        data_set(base),
        (
            (Iri(_RDF + "type"), (standard_iri("void:Dataset"), standard_iri("dcat:Dataset"))),
            stated("dcterms:title", [english(title)]),
            stated("dcterms:description", [english(settings().description)]),
            stated("dcterms:language", [Iri(settings().language)]),
            *rights(),
            stated("dcterms:conformsTo", [Iri(ONTOLOGY.rstrip("#"))]),
            *_made_by(run, base),
            *_statistics(census),
            stated("void:uriSpace", [Literal(base)]),
            stated("void:exampleResource", [Iri(iri) for iri in census.examples.values()]),
            stated("void:vocabulary", _vocabularies(census)),
            stated("void:classPartition", [_partition(base, c) for c in census.classes]),
            stated("void:propertyPartition", [_partition(base, p) for p in census.properties]),
            stated("void:subset", [_linkset(base, *link) for link, _ in _largest_links(census)]),
            stated("dcat:distribution", [distribution_iri(base, file.name) for file in told]),
        ),
    )
    yield from _partitions(census, base)
    yield from _linksets(census, base)
    for file in told:
        yield from distribution(file, base)


def data_set(base: str = BASE) -> Iri:
    """The IRI of the data set of a graph.

    Example:
        >>> data_set("https://example.org/id/").value
        'https://example.org/id/void'
    """
    return Iri(base + "void")


def published(base: str, endpoint: str, downloads: Mapping[str, str]) -> Iterator[Description]:
    """What is true only where a graph is served: its endpoint, and where its files are.

    The statements are on the same subjects as those of :func:`dataset` and may follow them in one document.

    Args:
        base: the IRI under which the instances live.
        endpoint: the address of the SPARQL endpoint; empty where there is none.
        downloads: the address of each file that is given out, by its name in the build.

    Example:
        >>> told = list(published("http://a.org/", "http://a.org/sparql", {"graph.ttl": "http://a.org/graph.ttl"}))
        >>> [(p.value.rpartition("#")[2], o.value) for _, p, o in told[0].triples() if isinstance(o, Iri)]
        [('sparqlEndpoint', 'http://a.org/sparql'), ('dataDump', 'http://a.org/graph.ttl')]
    """
    dumps = [Iri(downloads[name]) for name in ("graph.ttl",) if name in downloads]
    if endpoint or dumps:
        yield Description(
            data_set(base),
            (
                stated("void:sparqlEndpoint", [Iri(endpoint)] if endpoint else []),
                stated("void:dataDump", dumps),
            ),
        )
    for name, address in sorted(downloads.items()):
        yield Description(distribution_iri(base, name), (stated("dcat:downloadURL", [Iri(address)]),))


def _made_by(run: str, base: str) -> tuple[Property, ...]:
    if not run:
        return ()
    return (
        stated("dcat:version", [Literal(run)]),
        stated("prov:wasGeneratedBy", [Iri(f"{base}run/{run}")]),
    )


def _statistics(census: Census) -> tuple[Property, ...]:
    return (
        stated("void:triples", [integer(census.triples)]),
        stated("void:entities", [integer(sum(census.classes.values()))]),
        stated("void:distinctSubjects", [integer(census.subjects)]),
        stated("void:classes", [integer(len(census.classes))]),
        stated("void:properties", [integer(len(census.properties))]),
    )


def _vocabularies(census: Census) -> list[Term]:
    """The namespaces of the classes and properties in use; that of RDF itself goes without saying."""
    spaces = {name[: _cut(name)] for name in (*census.classes, *census.properties)}
    return [Iri(space) for space in sorted(spaces - {_RDF})]


def _partitions(census: Census, base: str) -> Iterator[Description]:
    for class_ in sorted(census.classes):
        within = sorted(p for c, p in census.class_properties if c == class_)
        yield Description(
            _partition(base, class_),
            (
                stated("void:class", [Iri(class_)]),
                stated("void:entities", [integer(census.classes[class_])]),
                stated("void:propertyPartition", [_partition(base, class_, p) for p in within]),
            ),
        )
        for name in within:
            count = census.class_properties[class_, name]
            yield Description(_partition(base, class_, name), _counted(name, count))
    for name in sorted(census.properties):
        counts = _counted(name, census.properties[name])
        subjects = stated("void:distinctSubjects", [integer(census.property_subjects[name])])
        yield Description(_partition(base, name), (*counts, subjects))


def _counted(name: str, triples: int) -> tuple[Property, ...]:
    return stated("void:property", [Iri(name)]), stated("void:triples", [integer(triples)])


def _linksets(census: Census, base: str) -> Iterator[Description]:
    """The links to each other site by each property."""
    links = _largest_links(census)
    for (predicate, site), count in links:
        yield Description(
            _linkset(base, predicate, site),
            (
                a("void:Linkset"),
                stated("void:linkPredicate", [Iri(predicate)]),
                stated("void:subjectsTarget", [data_set(base)]),
                stated("void:objectsTarget", [Iri(site)]),
                stated("void:triples", [integer(count)]),
            ),
        )
    for site in sorted({site for (_, site), _ in links}):
        yield Description(Iri(site), (a("void:Dataset"), stated("void:uriSpace", [Literal(site)])))


def _largest_links(census: Census) -> list[tuple[tuple[str, str], int]]:
    """Those with the most links, as many as are told, in the order of their names."""
    by_size = sorted(census.links.items(), key=lambda link: (-link[1], link[0]))
    return sorted(by_size[: settings().most_linksets])


def _linkset(base: str, predicate: str, site: str) -> Iri:
    return Iri(f"{base}linkset/{_short(predicate)}-{hashlib.sha256(site.encode()).hexdigest()[:12]}")


def _partition(base: str, *names: str) -> Iri:
    return Iri(f"{base}partition/{'-'.join(map(_short, names))}")


def _short(iri: str) -> str:
    """A term as prefix and local name, so that no two terms share a partition."""
    space, local = iri[: _cut(iri)], iri[_cut(iri) :]
    prefix = next((p for p, known in STANDARD.items() if known == space), None)
    return f"{prefix}-{local}" if prefix else hashlib.sha256(iri.encode()).hexdigest()[:12]


def _cut(iri: str) -> int:
    return max(iri.rfind("#"), iri.rfind("/")) + 1
