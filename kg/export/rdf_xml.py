"""RDF 1.1 XML Syntax, https://www.w3.org/TR/rdf-syntax-grammar/.

Written here because pyoxigraph's writer lets control characters through that XML 1.0 cannot hold
(https://www.w3.org/TR/xml/#charsets), and rdflib's holds the whole graph. Such characters become U+FFFD, the
one loss of this format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.export.source import TYPE, ExportError, Object, Source
from kg.namespaces import STANDARD, prefixes

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_STRING = STANDARD["xsd"] + "string"
_RESERVED = {
    STANDARD["rdf"] + name for name in ("Description", "RDF", "ID", "about", "parseType", "resource")
}


def rdf_xml(source: Source) -> Iterator[str]:
    """The graph in RDF/XML, one element a subject.

    Raises:
        ExportError: where a predicate's IRI ends in no XML name, which the syntax cannot write.

    Example:
        >>> from kg.query.store import load_store
        >>> source = Source(load_store(b'<http://a.org/x> <http://a.org/p> "a<b" .'))
        >>> "".join(rdf_xml(source)).splitlines()[-3]
        '    <n:p xmlns:n="http://a.org/">a&lt;b</n:p>'
    """
    known = {iri: prefix for prefix, iri in prefixes(source.base).items()}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for prefix, iri in prefixes(source.base).items():
        yield f"\n    xmlns:{prefix}={_attribute(iri)}"
    yield ">\n"
    for subject in source.subjects:
        yield "".join(_element(subject, source, known))
    yield "</rdf:RDF>\n"


def _element(subject: str, source: Source, known: dict[str, str]) -> Iterator[str]:
    about = source.about(subject)
    name = _class_name(about.get(TYPE, []), known)
    yield f"  <{name or 'rdf:Description'} rdf:about={_attribute(subject)}>\n"
    for predicate, objects in about.items():
        first = 1 if predicate == TYPE and name else 0
        tag, declared = _tag(predicate, known)
        for value in objects[first:]:
            yield f"    <{tag}{declared}{_content(value, tag)}\n"
    yield f"  </{name or 'rdf:Description'}>\n"


def _class_name(classes: list[Object], known: dict[str, str]) -> str | None:
    """The first class as the element's name, where it has a prefix."""
    if not classes or not isinstance(classes[0], ox.NamedNode):
        return None
    namespace, local = _split(classes[0].value)
    usable = namespace in known and local and classes[0].value not in _RESERVED
    return f"{known[namespace]}:{local}" if usable else None


def _tag(predicate: str, known: dict[str, str]) -> tuple[str, str]:
    """The name of a property's element, and the declaration of a namespace that has no prefix."""
    namespace, local = _split(predicate)
    if not local or predicate in _RESERVED:
        raise ExportError(f"RDF/XML has no name for the property <{predicate}>; choose another format")
    if namespace in known:
        return f"{known[namespace]}:{local}", ""
    return f"n:{local}", f" xmlns:n={_attribute(namespace)}"


def _split(iri: str) -> tuple[str, str]:
    """Namespace and the longest XML name at the end, after the last ``/``, ``#`` or ``:``."""
    cut = max(iri.rfind(mark) for mark in "/#:") + 1
    local = iri[cut:]
    return (iri[:cut], local) if _NAME.match(local) else (iri, "")


def _content(value: Object, tag: str) -> str:
    if isinstance(value, ox.NamedNode):
        return f" rdf:resource={_attribute(value.value)}/>"
    kind = ""
    if value.language:
        kind = f" xml:lang={_attribute(value.language)}"
    elif value.datatype.value != _STRING:
        kind = f" rdf:datatype={_attribute(value.datatype.value)}"
    return f"{kind}>{_text(value.value)}</{tag}>"


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))
