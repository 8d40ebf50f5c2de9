"""The namespaces and prefixes of every file that kg reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ONTOLOGY = "https://w3id.org/paperkg/ontology#"
VOCABULARY = "https://w3id.org/paperkg/vocabulary"
BASE = "https://w3id.org/paperkg/id/"

INSTANCE_KINDS = (
    "author",
    "authorship",
    "claim",
    "community",
    "dataset",
    "decision",
    "edition",
    "identity",
    "mention",
    "method",
    "metric",
    "paper",
    "run",
    "topic",
    "venue",
)

STANDARD: Mapping[str, str] = MappingProxyType(
    {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "kg": ONTOLOGY,
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)


def prefixes(base: str = BASE) -> dict[str, str]:
    """Every prefix by name, sorted, with the instances' namespaces under ``base``.

    Example:
        >>> prefixes()["author"]
        'https://w3id.org/paperkg/id/author/'
        >>> prefixes("https://example.org/")["paper"]
        'https://example.org/paper/'
    """
    instances = {kind: f"{base}{kind}/" for kind in INSTANCE_KINDS}
    return dict(sorted({**STANDARD, **instances}.items()))


def expanded(name: str) -> str:
    """The IRI of a prefixed name in one of the standard namespaces.

    Raises:
        KeyError: where the prefix is none of these.

    Example:
        >>> expanded("foaf:name")
        'http://xmlns.com/foaf/0.1/name'
    """
    prefix, _, local = name.partition(":")
    return STANDARD[prefix] + local
