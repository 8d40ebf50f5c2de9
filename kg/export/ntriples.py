"""N-Triples and N-Quads, the lines sorted by code point, so that ``sort`` and ``diff`` work on them.

RDF 1.1 N-Triples, https://www.w3.org/TR/n-triples/; N-Quads, https://www.w3.org/TR/n-quads/. Literals are
escaped as in canonical N-Triples.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.source import Source


def ntriples(source: Source) -> Iterator[str]:
    """The graph in N-Triples, the lines of one subject a part.

    Example:
        >>> from kg.query.store import load_store
        >>> source = Source(load_store(b"<http://a.org/x> <http://a.org/p> 2, 1 ."))
        >>> print("".join(ntriples(source)).replace("http://www.w3.org/2001/XMLSchema#", "xsd:"))
        <http://a.org/x> <http://a.org/p> "1"^^<xsd:integer> .
        <http://a.org/x> <http://a.org/p> "2"^^<xsd:integer> .
        <BLANKLINE>
    """
    return _lines(source, "")


def nquads(source: Source) -> Iterator[str]:
    """The graph in N-Quads, in one named graph: the data set that ``void.ttl`` describes."""
    return _lines(source, f"<{source.base}void> ")


def _lines(source: Source, graph: str) -> Iterator[str]:
    for subject in source.subjects:
        lines = (
            f"<{subject}> <{predicate}> {value} {graph}.\n"
            for predicate, objects in source.about(subject).items()
            for value in objects
        )
        yield "".join(sorted(lines))
