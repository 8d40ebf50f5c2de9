"""Answers to queries as tables that an assistant can take in: cut where they are long, and saying so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import orjson
import pyoxigraph as ox

from kg.query.store import Term, value
from kg.serve.assistant.answers import Cell, RowsAnswer
from kg.serve.assistant.settings import assistant_settings
from kg.serve.assistant.things import clipped

_TRIPLE = ("subject", "predicate", "object")


def table(columns: Sequence[str], solutions: Iterable[Sequence[Term | None]], note: str = "") -> RowsAnswer:
    """Rows as a table.

    Args:
        columns: the names.
        solutions: the rows as terms, in the order of the columns; all are counted, the first are kept.
        note: what else there is to say.
    """
    limits = assistant_settings().limits
    rows: list[dict[str, Cell]] = []
    size = total = 0
    full = False
    for total, solution in enumerate(solutions, start=1):  # noqa: B007
        if not full:
            row = {name: cell(term) for name, term in zip(columns, solution, strict=True)}
            size += len(orjson.dumps(row, default=str))
            full = size > limits["kib"] * 1024 and bool(rows)
            if not full:
                rows.append(row)
            full = full or len(rows) == limits["rows"]
    cut = f"{total - len(rows)} of {total} rows left out; narrow the question" if total > len(rows) else ""
    return RowsAnswer(tuple(columns), tuple(rows), total, "; ".join(filter(None, (cut, note))))


def results(content: bytes) -> RowsAnswer:
    """SPARQL 1.1 Query Results JSON as a table; the answer to ASK is a single cell."""
    found = ox.parse_query_results(content, ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return RowsAnswer(("answer",), ({"answer": bool(found)},), 1)
    names = [variable.value for variable in found.variables]
    return table(names, (tuple(row) for row in found))


def triples(content: bytes) -> RowsAnswer:
    """N-Triples as a table of subjects, predicates and objects."""
    return table(_TRIPLE, _terms(content))


def cell(term: Term | None) -> Cell:
    """A term as JSON has it: numbers and truth values as such, all else as text.

    Example:
        >>> cell(ox.NamedNode("http://a.org/x")), cell(None)
        ('http://a.org/x', None)
    """
    if term is None:
        return None
    plain = value(term)
    if isinstance(plain, str):
        return clipped(plain)
    if isinstance(plain, float) and (plain != plain or plain in (float("inf"), float("-inf"))):
        return str(plain)  # JSON has no such numbers
    if isinstance(plain, int) and abs(plain) >= 1 << 53:  # nor, in most readers, such as large as this
        return str(plain)
    return plain


def _terms(content: bytes) -> Iterator[tuple[Term, Term, Term]]:
    for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES):
        yield quad.subject, quad.predicate, quad.object
