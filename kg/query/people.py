"""Whom a name means: one author of a build, or several."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.namespaces import BASE, ONTOLOGY, STANDARD
from kg.query.cards import Found, find
from kg.query.store import QueryError
from kg.records import Kind, Knowledge

_AUTHOR = "author"
_TOLD = 5
_CLASSES = {Kind.TOPIC: "Topic", Kind.METHOD: "Method", Kind.DATASET: "Dataset", Kind.METRIC: "Metric"}
_TYPE, _FULLEST, _VARIANT, _LABEL, _ALIAS = (
    ox.NamedNode(iri)
    for iri in (
        STANDARD["rdf"] + "type",
        STANDARD["foaf"] + "name",
        ONTOLOGY + "nameVariant",
        STANDARD["skos"] + "prefLabel",
        STANDARD["skos"] + "altLabel",
    )
)


def names(knowledge: Knowledge) -> ox.Store:
    """The names of people and concepts as a graph of their own, for :func:`kg.query.cards.find`.

    The whole graph of many thousand papers takes half a minute to load, the names take a second or two.

    Args:
        knowledge: authors and concepts, in any order.

    Example:
        >>> from kg.graph.example import few_papers
        >>> author_called(names(few_papers()), "ANN")
        'ann'
    """
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in _triples(knowledge))
    return store


def author_called(store: ox.Store, name: str) -> str:
    """The id of the one author who is called so.

    Args:
        store: the names, or a whole graph.
        name: a name as printed anywhere, an id or an IRI.

    Raises:
        QueryError: where nobody is called so, or several people are.
    """
    found = ids_called(store, name)
    if len(found) > 1:
        more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        ids = ", ".join(found[:_TOLD]) + more
        raise QueryError(f'{len(found)} people are called "{name}"; give the id of one: {ids}')
    if found:
        return found[0]
    matches = find(store, name)
    if matches.exact:
        raise QueryError(f'"{name}" is a {matches.exact[0].kind}; give the name of a person')
    near = ", ".join(f'"{match.label}"' for match in matches.near[:_TOLD] if match.kind == _AUTHOR)
    raise QueryError(f'nobody is called "{name}"' + (f"; did you mean {near}?" if near else " in this graph"))


def ids_called(store: ox.Store, name: str) -> tuple[str, ...]:
    """The ids of all authors who are called so, of the one whose id or IRI it is; empty where nobody is."""
    wanted = name.rpartition("/")[2] if name.startswith(("http://", "https://")) else name
    people = [_identifier(match) for match in find(store, wanted).exact if match.kind == _AUTHOR]
    return (wanted,) if wanted in people else tuple(people)


def _identifier(match: Found) -> str:
    """The id of a record, the end of its IRI."""
    return match.iri.rpartition("/")[2]


def _triples(knowledge: Knowledge) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    for author in knowledge.authors:
        node = ox.NamedNode(f"{BASE}author/{author.id}")
        yield node, _TYPE, ox.NamedNode(ONTOLOGY + "Author")
        yield node, _FULLEST, ox.Literal(author.name)
        for variant in author.variants:
            yield node, _VARIANT, ox.Literal(variant)
    for concept in knowledge.concepts:
        node = ox.NamedNode(BASE + concept.key)
        yield node, _TYPE, ox.NamedNode(ONTOLOGY + _CLASSES[concept.kind])
        yield node, _LABEL, ox.Literal(concept.pref_label)
        for label in concept.alt_labels:
            yield node, _ALIAS, ox.Literal(label)
