"""The triples of a graph as sorted lines of N-Triples, in bounded memory, and two graphs side by side.

N-Triples, https://www.w3.org/TR/n-triples/. The lines are in the canonical form that Oxigraph writes, so that
equal triples are equal lines. A graph too large for one sort is sorted in runs on disk, which are then merged
(external merge sort, Knuth, The Art of Computer Programming 3, 5.4).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

import pyoxigraph as ox

from kg.query.store import QueryError, explained

Arc = tuple[str, str]  # a predicate's IRI, and an object in N-Triples


@dataclass(frozen=True, slots=True)
class Node:
    """One subject in two graphs.

    Attributes:
        iri: the subject.
        old: its lines in the older graph, sorted, each without the subject.
        new: the same in the newer graph.
    """

    iri: str
    old: tuple[bytes, ...]
    new: tuple[bytes, ...]


def graph_file(path: Path) -> Path:
    """The Turtle file that a path names: itself, or the ``graph.ttl`` in the folder.

    Raises:
        QueryError: where there is none.
    """
    file = path / "graph.ttl" if path.is_dir() else path
    if not file.is_file():
        folder = path if path.is_dir() or not path.suffix else path.parent
        raise QueryError(f"{file}: no graph here; run: kg build SOURCE -o {folder}")
    return file


def sorted_lines(file: Path, folder: Path, most: int) -> Iterator[bytes]:
    """The triples of a Turtle file as sorted lines of N-Triples, each once.

    Args:
        file: the Turtle file.
        folder: an empty folder for runs, which grow as large as the graph in N-Triples.
        most: how many lines are sorted at once.

    Raises:
        QueryError: where the file cannot be read, is no Turtle, or has blank nodes, which have no names to
            compare them by.
    """
    whole = folder / "graph.nt"
    try:
        ox.serialize(_named(file), str(whole), format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise QueryError(
            f"{file}: not valid Turtle: {explained(str(error.args[0] if error.args else error))}; build the graph anew"
        ) from None
    except OSError as error:
        raise QueryError(f"{file}: {error.strerror or error}; name a graph.ttl or its folder") from None
    yield from _once(heapq.merge(*map(_lines, _runs(whole, folder, most))))


def _runs(whole: Path, folder: Path, most: int) -> list[Path]:
    """The lines of a file as sorted files of at most so many lines; the file itself goes."""
    runs: list[Path] = []
    with whole.open("rb") as lines:
        while run := sorted(islice(lines, most)):
            runs.append(folder / f"run-{len(runs)}.nt")
            runs[-1].write_bytes(b"".join(run))
    whole.unlink()
    return runs


def _lines(file: Path) -> Iterator[bytes]:
    with file.open("rb") as lines:
        yield from lines


def _named(file: Path) -> Iterator[ox.Triple]:
    """The triples of a file, none of them with a blank node."""
    for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise QueryError(f"{file}: has blank nodes, which cannot be compared; give them IRIs")
        yield quad.triple


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Sorted lines without repetition."""
    return (line for line, _ in groupby(lines))


def nodes(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Node]:
    """The subjects of two graphs, side by side, in the order of their lines.

    An IRI holds no blank and no ``>``, so that sorted lines are sorted by subject.

    Example:
        >>> [node.iri for node in nodes([b"<a:x> <a:p> <a:y> ."], [b"<a:z> <a:p> <a:y> ."])]
        ['a:x', 'a:z']
    """
    left, right = _subjects(old), _subjects(new)
    here, there = next(left, None), next(right, None)
    while here or there:
        if there is None or (here is not None and here[0] < there[0]):
            assert here is not None
            yield Node(_iri(here[0]), here[1], ())
            here = next(left, None)
        elif here is None or there[0] < here[0]:
            yield Node(_iri(there[0]), (), there[1])
            there = next(right, None)
        else:
            yield Node(_iri(here[0]), here[1], there[1])
            here, there = next(left, None), next(right, None)


def arcs(lines: Iterable[bytes]) -> Iterator[Arc]:
    """Lines without their subject as predicates and objects.

    Example:
        >>> list(arcs([b'<a:p> "x" .']))
        [('a:p', '"x"')]
    """
    for line in lines:
        predicate, _, rest = line.decode().partition(" ")
        yield predicate[1:-1], rest.rstrip()[:-2]


def _subjects(lines: Iterable[bytes]) -> Iterator[tuple[bytes, tuple[bytes, ...]]]:
    for subject, group in groupby(lines, key=lambda line: line[: line.index(b" ")]):
        start = len(subject) + 1
        yield subject, tuple([line[start:] for line in group])


def _iri(subject: bytes) -> str:
    return subject[1:-1].decode()
