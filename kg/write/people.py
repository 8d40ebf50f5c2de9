"""People as RDF descriptions: who they are, what was decided of their names, and who may be whom.

That two authors may be one person is never ``owl:sameAs``, by which every statement on one would hold of the other;
that is kept for what a source itself identifies an author by.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import networkx as nx

from kg.namespaces import BASE
from kg.records import Author, IdentityDecision, Knowledge, PossibleIdentity
from kg.write.measures import measured
from kg.write.rdf import Description, Iri, Literal, Property, a, decimal, stated, web_address

# A web address that is an IRI once its path is escaped: https://www.rfc-editor.org/rfc/rfc3986#section-3.2
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#].*)?", re.IGNORECASE | re.DOTALL)


def describe_people(knowledge: Knowledge, coauthors: nx.Graph, base: str = BASE) -> Iterator[Description]:
    """Each author, followed by the decisions on the names, then each pair that may be one person.

    Args:
        knowledge: authors and possible identities.
        coauthors: the co-authorship graph with its measures as node attributes.
        base: the IRI under which the instances live; ends with ``/`` or ``#``.
    """
    maybe = _by_person(knowledge.possible_identities)
    for author in knowledge.authors:
        yield _author(author, coauthors, maybe.get(author.id, ()), base)
        for number, decision in enumerate(author.decisions, start=1):
            yield _decision(author, number, decision, base)
    for pair in knowledge.possible_identities:
        yield _identity(pair, base)


def _by_person(pairs: Sequence[PossibleIdentity]) -> Mapping[str, Sequence[str]]:
    others: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        others[pair.one].append(pair.other)
        others[pair.other].append(pair.one)
    return others


def _author(author: Author, coauthors: nx.Graph, maybe: Sequence[str], base: str) -> Description:
    node = coauthors.nodes[author.id]
    return Description(
        _person(base, author.id),
        (
            a("kg:Author"),
            stated("foaf:name", [Literal(author.name)]),
            stated("kg:nameVariant", [Literal(v) for v in author.variants if v != author.name]),
            *identified(author.identifiers),
            stated("kg:identityConfidence", [decimal(author.confidence)]),
            stated("kg:mayBeSameAs", [_person(base, other) for other in maybe]),
            stated("kg:coauthor", [_person(base, other) for other in coauthors.adj[author.id]]),
            stated("kg:community", [Iri(f"{base}community/{node['community']}")]),
            *measured(node),
        ),
    )


def _decision(author: Author, number: int, decision: IdentityDecision, base: str) -> Description:
    return Description(
        Iri(f"{base}decision/{author.id}-{number}"),
        (
            a("kg:IdentityDecision"),
            stated("kg:author", [_person(base, author.id)]),
            stated("kg:verdict", [Literal(decision.verdict)]),
            stated("kg:nameAsPrinted", map(Literal, decision.names)),
            stated("kg:reason", [Literal(decision.reason)]),
            stated("kg:confidence", [decimal(decision.confidence)]),
        ),
    )


def _identity(pair: PossibleIdentity, base: str) -> Description:
    # No id of an author holds two hyphens in a row, so that no two pairs share this one.
    return Description(
        Iri(f"{base}identity/{pair.one}--{pair.other}"),
        (
            a("kg:PossibleIdentity"),
            stated("kg:person", [_person(base, pair.one), _person(base, pair.other)]),
            stated("kg:score", [decimal(pair.score)]),
            stated("kg:reason", [Literal(pair.reason)]),
        ),
    )


def _person(base: str, identifier: str) -> Iri:
    return Iri(f"{base}author/{identifier}")


def identified(identifiers: Sequence[str]) -> tuple[Property, Property]:
    """What sources identify someone by: web addresses as the same thing, all else as text.

    Args:
        identifiers: as the sources have them; strangers wrote them.

    Example:
        >>> same, other = identified(["https://orcid.org/0000-0002-1825-0097", "dblp:x", "http://a b/"])
        >>> [iri.value for iri in same[1]], [text.text for text in other[1]]
        (['https://orcid.org/0000-0002-1825-0097'], ['dblp:x', 'http://a b/'])
    """
    addresses = [i for i in identifiers if _WEB_ADDRESS.fullmatch(i)]
    others = [i for i in identifiers if not _WEB_ADDRESS.fullmatch(i)]
    return stated("owl:sameAs", map(web_address, addresses)), stated(
        "dcterms:identifier", map(Literal, others)
    )
