"""The RDF graph in memory, and questions put to it in SPARQL.

SPARQL 1.1 Query Language, https://www.w3.org/TR/sparql11-query/. The engine is Oxigraph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.namespaces import BASE, ONTOLOGY, STANDARD, prefixes
from kg.query.guard import objection

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | int | float | bool | None

_XSD = STANDARD["xsd"]
_RUN = ONTOLOGY + "Run"
_PLACE = re.compile(r"error at (\d+):(\d+): ")
_MESSAGE_LENGTH = 240


class QueryError(Exception):
    """A question that cannot be answered; the message is one line for a person."""


@dataclass(frozen=True)
class Answer:
    """What the graph says to a query.

    Attributes:
        kind: ``select`` for rows, ``ask`` for a truth value, ``graph`` for triples.
        content: the rows or the truth value as SPARQL 1.1 Query Results JSON; empty for a graph.
        triples: the triples of a graph, sorted and each once.
        parameters: the variables that were bound from outside, the same in every row.
        prefixes: the prefixes of the graph that was asked, to shorten IRIs by.
    """

    kind: Literal["select", "ask", "graph"]
    content: bytes = b""
    triples: tuple[ox.Triple, ...] = ()
    parameters: tuple[str, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=prefixes)

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The names of the columns, without question marks."""
        results = self._results()
        return tuple(v.value for v in results.variables) if isinstance(results, ox.QuerySolutions) else ()

    @cached_property
    def solutions(self) -> tuple[tuple[Term | None, ...], ...]:
        """The rows as RDF terms, in the order of ``variables``; None where a variable is unbound."""
        results = self._results()
        return tuple(tuple(row) for row in results) if isinstance(results, ox.QuerySolutions) else ()

    @property
    def rows(self) -> list[dict[str, Value]]:
        """The rows with Python values: numbers, truth values and years as such, all else as strings."""
        return [
            {
                name: None if term is None else value(term)
                for name, term in zip(self.variables, row, strict=True)
            }
            for row in self.solutions
        ]

    def __bool__(self) -> bool:
        """The truth value of ASK; for the rest, whether there is a row or triple."""
        if self.kind == "ask":
            return bool(self._results())
        return bool(self.triples or self.solutions)

    def _results(self) -> ox.QuerySolutions | ox.QueryBoolean | None:
        return ox.parse_query_results(self.content, ox.QueryResultsFormat.JSON) if self.content else None


def load_store(turtle: bytes) -> ox.Store:
    """The RDF graph of a Turtle document, in memory.

    Args:
        turtle: the document, in UTF-8.

    Raises:
        QueryError: where it is no Turtle.

    Example:
        >>> len(load_store(b"<http://a.org/x> <http://a.org/p> 1 ."))
        1
    """
    store = ox.Store()
    try:
        store.bulk_load(turtle, ox.RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"not valid Turtle: {_one_line(str(error))}; build the graph anew") from None
    return store


def load_graph(path: Path) -> ox.Store:
    """The RDF graph of a Turtle file, or of the ``graph.ttl`` in a folder.

    Raises:
        QueryError: where the file is missing, cannot be read or is no Turtle.
    """
    file = path / "graph.ttl" if path.is_dir() else path
    try:
        return load_store(file.read_bytes())
    except FileNotFoundError:
        folder = path if path.is_dir() or not path.suffix else path.parent
        raise QueryError(f"{file}: no graph here; run: kg build SOURCE -o {folder}") from None
    except OSError as error:
        raise QueryError(f"{file}: {error.strerror or error}; name a graph.ttl or its folder") from None
    except QueryError as error:
        raise QueryError(f"{file}: {error}") from None


def answer(store: ox.Store, sparql: str, parameters: Mapping[str, str] | None = None) -> Answer:
    """Put a query to a graph.

    The prefixes of :mod:`kg.namespaces` are known without being written. A parameter is bound to the variable
    of its name before the query is evaluated; the engine can do so where a SELECT names the variable among
    its columns (and among those of each subquery that reads it).

    Args:
        store: the graph.
        sparql: a SPARQL 1.1 query.
        parameters: strings by the name of the variable that each is bound to; never pasted into the text.

    Raises:
        QueryError: where the query is wrong, would change the graph or reaches outside it.

    Example:
        >>> store = load_store(b'<http://a.org/x> <http://a.org/p> "Ada" .')
        >>> answer(store, "SELECT ?who WHERE { ?s ?p ?who }").rows
        [{'who': 'Ada'}]
    """
    return ask(
        store, sparql, {name: ox.Literal(_storable(text)) for name, text in (parameters or {}).items()}
    )


def ask(store: ox.Store, sparql: str, bound: Mapping[str, Term]) -> Answer:
    """Put a query to a graph with variables bound to RDF terms; otherwise as :func:`answer`."""
    refused = objection(sparql)
    if refused:
        raise QueryError(refused)
    known = prefixes(base_of(store))
    try:
        substitutions = {ox.Variable(name): term for name, term in bound.items()}
        results = store.query(_storable(sparql), prefixes=known, substitutions=substitutions)
        if isinstance(results, ox.QueryTriples):
            return Answer("graph", triples=tuple(sorted(set(results), key=str)), prefixes=known)
        content = results.serialize(format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise QueryError(explained(str(error))) from None
    kind: Literal["select", "ask"] = "select" if isinstance(results, ox.QuerySolutions) else "ask"
    return Answer(kind, bytes(content or b""), parameters=tuple(bound), prefixes=known)


def value(term: Term) -> str | int | float | bool:
    """An RDF term as the Python value that it stands for; a string where there is none better.

    Example:
        >>> value(ox.Literal("7", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")))
        7
    """
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode) else str(term)
    kind, text = term.datatype.value.removeprefix(_XSD), term.value
    try:
        if kind in ("integer", "gYear"):
            return int(text)
        if kind in ("decimal", "double", "float"):
            return float(text)
    except ValueError:  # an integer of more digits than Python reads, a year with a time zone
        return text
    return text == "true" if kind == "boolean" else text


def base_of(store: ox.Store) -> str:
    """The IRI under which the instances of a graph live, as its run tells."""
    runs = store.quads_for_pattern(None, ox.NamedNode(STANDARD["rdf"] + "type"), ox.NamedNode(_RUN))
    names = sorted(quad.subject.value for quad in runs if isinstance(quad.subject, ox.NamedNode))
    return names[0].rpartition("run/")[0] or BASE if names else BASE


def explained(problem: str) -> str:
    """The engine's message in one line, its place in words.

    Example:
        >>> explained("error at 1:8: expected a variable")
        'line 1, column 8: expected a variable'
    """
    if "in its SELECT projection" in problem:
        name = problem.partition("?")[2].split()[0]
        return f"-p {name} needs a SELECT query with ?{name} among its columns; add it there"
    place = _PLACE.match(problem)
    if place:
        line, column = place.groups()
        problem = f"line {line}, column {column}: {problem[place.end() :]}"
    return _one_line(problem)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MESSAGE_LENGTH else line[:_MESSAGE_LENGTH].rstrip() + " ..."


def _storable(text: str) -> str:
    """Text without lone surrogates (from a command line that is no UTF-8), which the engine cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
