"""Texts and offsets replayed: whether words stand where the graph says, in the text that was read.

The engine compares; only what differs, and a paper at a time its text, comes to Python, so that a graph of any size
is replayed in the memory that it takes itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.namespaces import prefixes
from kg.query.store import value
from kg.write.describe import text_hash

_TEXTS = """
SELECT ?paper ?title ?abstract ?hash
WHERE {
  ?paper a kg:Paper ; dcterms:title ?title ; kg:textHash ?hash .
  OPTIONAL { ?paper dcterms:abstract ?abstract }
}"""
_READINGS = """
  { ?paper kg:mention ?reading . ?reading kg:exact ?exact }
  UNION { ?paper kg:claim ?reading . ?reading kg:sentence ?exact }
  ?reading kg:field ?field ; kg:start ?start ; kg:end ?end ; kg:sentence ?sentence ."""
_COUNT = "SELECT (COUNT(*) AS ?readings) WHERE { ?paper kg:mention|kg:claim ?reading }"
# Code points as SUBSTR counts them, from 1: https://www.w3.org/TR/sparql11-query/#func-substr
_MISPLACED = f"""
SELECT ?reading ?field ?start ?end ?exact ?sentence ?text ?there WHERE {{
  {_READINGS}
  OPTIONAL {{ ?paper a kg:Paper ; dcterms:title ?title }} OPTIONAL {{ ?paper dcterms:abstract ?abstract }}
  BIND(IF(STR(?field) = "title", STR(?title), IF(STR(?field) = "abstract", STR(?abstract), ?none)) AS ?text)
  BIND(SUBSTR(?text, ?start + 1, ?end - ?start) AS ?there)
  FILTER(!COALESCE(?there = STR(?exact) && CONTAINS(?text, STR(?sentence)), false))
}}"""


def replayed(store: ox.Store) -> int:
    """How many mentions and claims the graph has."""
    solutions = store.query(_COUNT, prefixes=prefixes())
    assert isinstance(solutions, ox.QuerySolutions)
    (row,) = solutions
    number = row["readings"]
    return int(number.value) if isinstance(number, ox.Literal) else 0


def changed(store: ox.Store) -> Iterator[tuple[str, str]]:
    """Papers whose text is no longer the one that was read: the IRI, and what is wrong.

    Args:
        store: the graph.
    """
    papers = 0
    for row in _rows(store, _TEXTS):
        papers += 1
        if text_hash(row["title"], row.get("abstract", "")) != row["hash"]:
            yield row["paper"], "title or abstract is not the text that kg:textHash was made of"
    if not papers:
        yield "graph", "holds no paper with a title and a text hash"


def misplaced(store: ox.Store) -> Iterator[tuple[str, str]]:
    """Mentions and claims whose words or sentence do not stand where they say: the IRI, and what is wrong.

    Args:
        store: the graph.
    """
    for row in _rows(store, _MISPLACED):
        if "there" not in row:
            yield row["reading"], "has no text that its offsets could count in"
            continue
        if row["there"] != row["exact"]:
            place = f"{row['field']}[{row['start']}:{row['end']}]"
            yield row["reading"], f"{place} is {row['there']!r}, not {row['exact']!r}"
        if row["sentence"] not in row["text"]:
            yield row["reading"], f"its sentence does not stand in the {row['field']}"


def _rows(store: ox.Store, query: str) -> Iterator[dict[str, str]]:
    """The rows of a query, one by one: what is bound, as strings."""
    solutions = store.query(query, prefixes=prefixes())
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for row in solutions:
        yield {
            name: term.value if isinstance(term, ox.Literal) else str(value(term))
            for name, term in zip(names, row, strict=True)
            if term is not None
        }
