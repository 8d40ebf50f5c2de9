"""Turtle, written one description at a time: prefixed, without blank nodes, the same bytes every time.

The grammar is RDF 1.1 Turtle, https://www.w3.org/TR/turtle/. Written by hand because the libraries either
hold the whole graph (rdflib, eight times the CPU time) or order it anew at each run (pyoxigraph).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.namespaces import STANDARD
from kg.write.rdf import Description, Iri, Literal, Term

_TYPE = STANDARD["rdf"] + "type"
_BARE = {
    STANDARD["xsd"] + "integer": re.compile(r"[+-]?[0-9]+\Z"),
    STANDARD["xsd"] + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+\Z"),
}
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*)\Z")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f\ud800-\udfff]')
_WIDTH = 110


def turtle(descriptions: Iterable[Description], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The text of a Turtle document in parts: the prefixes, then one description a part.

    Args:
        descriptions: what to write, in this order; objects are sorted and repeated ones left out.
        prefixes: namespace IRIs by prefix; written sorted.

    Example:
        >>> from kg.write.rdf import english
        >>> about = Description(Iri("http://a.org/x"), ((Iri("http://a.org/p"), (english("Hi"),)),))
        >>> print("".join(turtle([about], {"a": "http://a.org/"})))
        @prefix a: <http://a.org/> .
        <BLANKLINE>
        a:x a:p "Hi"@en .
        <BLANKLINE>
    """
    names = {namespace: prefix for prefix, namespace in sorted(prefixes.items())}
    yield "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items()))
    for description in descriptions:
        yield "\n" + _block(description, names)


def _block(description: Description, names: Mapping[str, str]) -> str:
    lines = [
        f"{_predicate(predicate, names)} {_objects(objects, names)}"
        for predicate, objects in description.properties
        if objects
    ]
    return f"{_iri(description.subject, names)} " + " ;\n    ".join(lines) + " .\n"


def _predicate(predicate: Iri, names: Mapping[str, str]) -> str:
    return "a" if predicate.value == _TYPE else _iri(predicate, names)


def _objects(objects: Iterable[Term], names: Mapping[str, str]) -> str:
    """Objects in code-point order, on one line while they fit."""
    written = sorted({_term(term, names) for term in objects})
    one_line = ", ".join(written)
    return one_line if len(one_line) <= _WIDTH or len(written) == 1 else ",\n        ".join(written)


def _term(term: Term, names: Mapping[str, str]) -> str:
    return _iri(term, names) if isinstance(term, Iri) else _literal(term, names)


def _iri(iri: Iri, names: Mapping[str, str]) -> str:
    cut = max(iri.value.rfind("#"), iri.value.rfind("/")) + 1
    prefix, local = names.get(iri.value[:cut]), iri.value[cut:]
    if prefix is not None and _LOCAL_NAME.match(local):
        return f"{prefix}:{local}"
    return f"<{iri.value}>"


def _literal(literal: Literal, names: Mapping[str, str]) -> str:
    if literal.datatype in _BARE and _BARE[literal.datatype].match(literal.text):
        return literal.text
    quoted = f'"{_ESCAPED.sub(_escape, literal.text)}"'
    if literal.language:
        return f"{quoted}@{literal.language}"
    return f"{quoted}^^{_iri(Iri(literal.datatype), names)}" if literal.datatype else quoted


def _escape(found: re.Match[str]) -> str:
    """A string escape; a lone surrogate, which UTF-8 cannot hold, becomes the replacement character."""
    character = found.group()
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
