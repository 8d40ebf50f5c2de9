"""JSON-LD 1.1, https://www.w3.org/TR/json-ld11/: flat, with a context, one subject a line.

Keys are the prefixed names of ``graph.ttl``. The context says of each property what its plain values are
(links, a language, a datatype), so that nearly all stand as bare strings, numbers and truth values. Nodes
are not nested: links between subjects run both ways, so no frame suits every reader.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import pyoxigraph as ox

from kg.export.source import TYPE, Object, Source
from kg.export.terms import Names
from kg.namespaces import STANDARD, prefixes

_XSD = STANDARD["xsd"]
_STRING = _XSD + "string"
_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")  # what every JSON parser reads exactly
_KINDS = """
SELECT DISTINCT ?p ?kind ?language {
  ?s ?p ?o
  BIND (IF(isIRI(?o), "@id", STR(DATATYPE(?o))) AS ?kind)
  BIND (IF(isLITERAL(?o), LANG(?o), "") AS ?language)
}"""
_SCHEMES = 'SELECT DISTINCT ?scheme { ?s ?p ?o FILTER isIRI(?o) BIND (STRBEFORE(STR(?o), ":") AS ?scheme) }'


@dataclass(frozen=True, slots=True)
class _Kind:
    """What all values of a property have in common; nothing where both are empty."""

    type: str = ""
    language: str = ""


def json_ld(source: Source) -> Iterator[str]:
    """The graph in JSON-LD.

    Example:
        >>> from kg.query.store import load_store
        >>> turtle = b'<http://a.org/x> <http://www.w3.org/2000/01/rdf-schema#label> "hi"@en .'
        >>> document = orjson.loads("".join(json_ld(Source(load_store(turtle)))))
        >>> document["@context"]["rdfs:label"], document["@graph"]
        ({'@language': 'en'}, [{'@id': 'http://a.org/x', 'rdfs:label': 'hi'}])
    """
    names = _names(source)
    kinds = _kinds(source.store)
    yield f'{{\n"@context": {_json(_context(names, kinds))},\n"@graph": ['
    for number, subject in enumerate(source.subjects):
        yield ("," if number else "") + "\n" + _json(_node(source, subject, names, kinds))
    yield "\n]\n}\n"


def _names(source: Source) -> Names:
    """The prefixes, but for those that an IRI of the graph has as its scheme."""
    schemes = {row[0].value.lower() for row in _rows(source.store, _SCHEMES)}
    schemes.update(subject.partition(":")[0].lower() for subject in source.subjects)
    return Names({name: iri for name, iri in prefixes(source.base).items() if name not in schemes})


def _kinds(store: ox.Store) -> dict[str, _Kind]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for predicate, kind, language in _rows(store, _KINDS):
        found[predicate.value].add((kind.value, language.value))
    return {predicate: _common(kinds) for predicate, kinds in found.items() if predicate != TYPE}


def _common(kinds: set[tuple[str, str]]) -> _Kind:
    if len(kinds) > 1:
        return _Kind()
    [(kind, language)] = kinds
    if language:
        return _Kind(language=language)
    return _Kind() if kind == _STRING else _Kind(type=kind)


def _context(names: Names, kinds: dict[str, _Kind]) -> dict[str, Any]:
    context: dict[str, Any] = {"@version": 1.1, **dict(sorted(names.prefixes.items()))}
    for predicate, kind in sorted(kinds.items()):
        if kind.language:
            context[_name(names, predicate)] = {"@language": kind.language}
        elif kind.type == "@id":
            context[_name(names, predicate)] = {"@type": "@id"}
        elif kind.type:
            context[_name(names, predicate)] = {"@type": _name(names, kind.type)}
    for term, definition in context.items():
        if isinstance(definition, dict) and names.prefixed(term) is None and "://" in term:
            definition["@id"] = term
    return context


def _node(source: Source, subject: str, names: Names, kinds: dict[str, _Kind]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _name(names, subject)}
    for predicate, objects in source.about(subject).items():
        if predicate == TYPE and all(isinstance(value, ox.NamedNode) for value in objects):
            node["@type"] = _one_or_all([_name(names, value.value) for value in objects])
        else:
            kind = kinds.get(predicate, _Kind())
            node[_name(names, predicate)] = _one_or_all([_value(value, names, kind) for value in objects])
    return node


def _value(value: Object, names: Names, kind: _Kind) -> Any:
    if isinstance(value, ox.NamedNode):
        name = _name(names, value.value)
        return name if kind.type == "@id" else {"@id": name}
    if kind.language:
        return value.value
    if value.language:
        return {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if kind.type:
        return _native(value.value, datatype)
    return value.value if datatype == _STRING else {"@value": value.value, "@type": _name(names, datatype)}


def _native(text: str, datatype: str) -> str | int | bool:
    """A number or truth value where JSON-LD reads the same literal back, else the text."""
    if datatype == _XSD + "integer" and _INTEGER.match(text):
        return int(text)
    if datatype == _XSD + "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _name(names: Names, iri: str) -> str:
    return names.prefixed(iri) or iri


def _json(content: Any) -> str:
    return orjson.dumps(content).decode()


def _rows(store: ox.Store, sparql: str) -> ox.QuerySolutions:
    solutions = store.query(sparql)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions
