"""A difference as an RDF patch, which brings the older graph to the newer one.

RDF Patch of Apache Jena, https://jena.apache.org/documentation/rdf-patch/ (first at
https://afs.github.io/rdf-patch/): rows in the manner of N-Triples, ``D`` for a triple that goes and ``A`` for one
that comes, in one transaction from ``TX`` to ``TC``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.diff.triples import Node

BEGIN = b"TX .\n"
COMMIT = b"TC .\n"


def rows(node: Node) -> Iterator[bytes]:
    """The rows of one subject, those of triples that go first, each group sorted.

    Example:
        >>> list(rows(Node("a:x", (b"<a:p> 1 .",), (b"<a:p> 2 .",))))
        [b'D <a:x> <a:p> 1 .\\n', b'A <a:x> <a:p> 2 .\\n']
    """
    subject = f" <{node.iri}> ".encode()
    for sign, lines in ((b"D", gone(node)), (b"A", come(node))):
        yield from (sign + subject + line.rstrip(b"\n") + b"\n" for line in lines)


def gone(node: Node) -> list[bytes]:
    """The lines that only the older graph has."""
    return _without(node.old, node.new)


def come(node: Node) -> list[bytes]:
    """The lines that only the newer graph has."""
    return _without(node.new, node.old)


def _without(lines: Iterable[bytes], others: Iterable[bytes]) -> list[bytes]:
    known = frozenset(others)
    return [line for line in lines if line not in known]
