"""Two builds side by side, in one pass over their sorted triples."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.diff.causes import Build, Causes, Run, explain
from kg.diff.ledger import Change, Ledger
from kg.diff.patch import BEGIN, COMMIT, come, gone, rows
from kg.diff.schema import schema
from kg.diff.settings import settings
from kg.diff.statements import RUN, statements
from kg.diff.triples import Node, arcs, graph_file, nodes, sorted_lines
from kg.namespaces import ONTOLOGY, STANDARD

_TYPE = STANDARD["rdf"] + "type"
_HASH = ONTOLOGY + "textHash"
_OF_PAPER = f"<{_TYPE}> <{ONTOLOGY}Paper>".encode()
_OF_RUN = f"<{_TYPE}> <{RUN}>".encode()
_OF_HASH = f"<{_HASH}> ".encode()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two builds.

    Attributes:
        triples: how many its graph has.
        only: how many of them the other has not.
        build: its run and papers.
    """

    triples: int
    only: int
    build: Build


@dataclass(frozen=True, slots=True)
class Difference:
    """How two graphs differ.

    Attributes:
        old: the older build.
        new: the newer build.
        changes: the statements that differ, sorted, each with its causes.
        names: what things are called, by IRI, as literals in N-Triples; of the newer graph, where it has one.
    """

    old: Side
    new: Side
    changes: tuple[tuple[Change, Causes], ...]
    names: dict[str, str]

    def __bool__(self) -> bool:
        """Whether the graphs differ in any triple."""
        return bool(self.old.only or self.new.only)


class _Gathering:
    """What one pass gathers; counts of triples and of those that only one side has."""

    def __init__(self) -> None:
        told = settings()
        self.ledger = Ledger()
        self.born: set[str] = set()
        self.names: dict[str, str] = {}
        self.papers: tuple[dict[str, str], dict[str, str]] = ({}, {})
        self.runs: list[Run] = [Run(), Run()]
        self.triples = [0, 0]
        self.only = [0, 0]
        self._naming = tuple(f"<{name}> ".encode() for name in told.names)
        self._told = told
        self._schema = schema()

    def enter(self, node: Node) -> None:
        for side, lines in enumerate((node.old, node.new)):
            self.triples[side] += len(lines)
            self._index(node.iri, lines, side)
        if node.old == node.new:
            return
        self.only[0] += len(gone(node))
        self.only[1] += len(come(node))
        if not node.old or not node.new:
            self.born.add(node.iri)
        before = statements(node.iri, arcs(node.old), self._schema, self._told)
        after = statements(node.iri, arcs(node.new), self._schema, self._told)
        self.ledger.enter(before, after)

    def _index(self, iri: str, lines: tuple[bytes, ...], side: int) -> None:
        """Keep a thing's name, a paper's hash, and the run."""
        naming = [line for line in lines if line.startswith(self._naming)]
        if naming:
            ((_, self.names[iri]),) = arcs([min(naming, key=self._place)])
        if any(line.startswith(_OF_PAPER) for line in lines):
            told = dict(arcs(line for line in lines if line.startswith(_OF_HASH)))
            self.papers[side][iri] = told.get(_HASH, "")
        if any(line.startswith(_OF_RUN) for line in lines):
            self.runs[side] = _run(iri, lines)

    def _place(self, line: bytes) -> tuple[int, bytes]:
        return next(n for n, name in enumerate(self._naming) if line.startswith(name)), line

    def side(self, number: int) -> Side:
        build = Build(self.runs[number], self.papers[number])
        return Side(self.triples[number], self.only[number], build)


def compare(old: Path, new: Path, patch: Callable[[bytes], object] | None = None) -> Difference:
    """How one build differs from another.

    The graphs are never held in memory, only their differences, the names of their things and a hash a paper.

    Args:
        old: the older ``graph.ttl``, or its folder.
        new: the newer one.
        patch: takes the rows of an RDF patch from the older to the newer, as they are found.

    Raises:
        QueryError: where a graph is missing or cannot be read.
    """
    take = patch or (lambda row: None)
    gathering = _Gathering()
    take(BEGIN)
    with _side_by_side(graph_file(old), graph_file(new)) as found:
        for node in found:
            gathering.enter(node)
            if patch and node.old != node.new:
                for row in rows(node):
                    take(row)
    take(COMMIT)
    changes = tuple(gathering.ledger.changes())
    before, after = gathering.side(0), gathering.side(1)
    causes = explain(changes, before.build, after.build, gathering.born, schema(), settings())
    return Difference(before, after, tuple(zip(changes, causes, strict=True)), gathering.names)


@contextmanager
def _side_by_side(old: Path, new: Path) -> Iterator[Iterator[Node]]:
    """The subjects of two files; the folders of their sorted runs go when the block ends."""
    most = settings().limits.lines_in_memory
    with (
        tempfile.TemporaryDirectory(prefix="kg-") as left,
        tempfile.TemporaryDirectory(prefix="kg-") as right,
    ):
        yield nodes(sorted_lines(old, Path(left), most), sorted_lines(new, Path(right), most))


def _run(iri: str, lines: tuple[bytes, ...]) -> Run:
    told = dict(arcs(lines))
    names = ("softwareVersion", "extractor", "vocabularyHash", "corpusHash")
    return Run(iri, *(told.get(ONTOLOGY + name, "") for name in names))
