"""Records as Parquet tables; ids are slugs and concept keys, enumerations their values."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq

from kg.records import Author, Knowledge
from kg.write.measures import MEASURES, Datatype

_TYPES = {
    Datatype.INTEGER: pa.int32(),
    Datatype.DECIMAL: pa.float64(),
    Datatype.BOOLEAN: pa.bool_(),
    Datatype.YEAR: pa.int32(),
}
SCHEMAS: dict[str, pa.Schema] = {
    "papers": pa.schema(
        [
            ("id", pa.string()),
            ("title", pa.string()),
            ("abstract", pa.string()),
            ("year", pa.int32()),
            ("venue", pa.string()),
            ("url", pa.string()),
            ("doi", pa.string()),
            ("identifiers", pa.list_(pa.string())),
            ("version_of", pa.string()),
        ]
    ),
    "authors": pa.schema(
        [
            ("id", pa.string()),
            ("name", pa.string()),
            ("variants", pa.list_(pa.string())),
            ("identifiers", pa.list_(pa.string())),
            ("identity_confidence", pa.float64()),
            ("community", pa.string()),
            *((measure.attribute, _TYPES[measure.datatype]) for measure in MEASURES),
        ]
    ),
    "authorships": pa.schema(
        [
            ("paper", pa.string()),
            ("position", pa.int32()),
            ("author", pa.string()),
            ("name_as_printed", pa.string()),
        ]
    ),
    "decisions": pa.schema(
        [
            ("author", pa.string()),
            ("verdict", pa.string()),
            ("names", pa.list_(pa.string())),
            ("reason", pa.string()),
            ("confidence", pa.float64()),
        ]
    ),
    "identities": pa.schema(
        [
            ("author_a", pa.string()),
            ("author_b", pa.string()),
            ("score", pa.float64()),
            ("reason", pa.string()),
        ]
    ),
    "mentions": pa.schema(
        [
            ("paper", pa.string()),
            ("field", pa.string()),
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("exact", pa.string()),
            ("concept", pa.string()),
            ("role", pa.string()),
            ("confidence", pa.float64()),
        ]
    ),
    "concepts": pa.schema(
        [
            ("key", pa.string()),
            ("kind", pa.string()),
            ("pref_label", pa.string()),
            ("alt_labels", pa.list_(pa.string())),
            ("broader", pa.list_(pa.string())),
            ("data_of", pa.list_(pa.string())),
            ("curated", pa.bool_()),
        ]
    ),
    "assertions": pa.schema(
        [
            ("paper", pa.string()),
            ("concept", pa.string()),
            ("role", pa.string()),
            ("confidence", pa.float64()),
        ]
    ),
    "claims": pa.schema(
        [
            ("paper", pa.string()),
            ("subject", pa.string()),
            ("predicate", pa.string()),
            ("object", pa.string()),
            ("polarity", pa.string()),
            ("field", pa.string()),
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("confidence", pa.float64()),
        ]
    ),
    "collaborations": pa.schema(
        [
            ("author", pa.string()),
            ("coauthor", pa.string()),
            ("weight", pa.float64()),
            ("paper_count", pa.int32()),
            ("years", pa.string()),
        ]
    ),
}


def write_tables(knowledge: Knowledge, coauthors: nx.Graph, folder: Path) -> None:
    """Write one Parquet file a table into ``folder``, rows in the order of the records.

    Args:
        knowledge: all records.
        coauthors: the co-authorship graph with its measures as node attributes.
        folder: an existing folder.
    """
    for name, rows in _rows(knowledge, coauthors).items():
        table = pa.Table.from_pylist(list(rows), schema=SCHEMAS[name])
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")


def _rows(knowledge: Knowledge, coauthors: nx.Graph) -> dict[str, Iterable[dict[str, Any]]]:
    return {
        "papers": (_attributes("papers", paper) for paper in knowledge.papers),
        "authors": (_author(author, coauthors) for author in knowledge.authors),
        "authorships": (_attributes("authorships", authorship) for authorship in knowledge.authorships),
        "decisions": (
            _attributes("decisions", decision, author=author.id)
            for author in knowledge.authors
            for decision in author.decisions
        ),
        "identities": (
            _attributes("identities", pair, author_a=pair.one, author_b=pair.other)
            for pair in knowledge.possible_identities
        ),
        "mentions": (
            _attributes("mentions", m, field=str(m.span.field), start=m.span.start, end=m.span.end)
            for m in knowledge.mentions
        ),
        "concepts": (_attributes("concepts", concept) for concept in knowledge.concepts),
        "assertions": (_attributes("assertions", assertion) for assertion in knowledge.assertions),
        "claims": (
            _attributes("claims", c, field=str(c.sentence.field), start=c.sentence.start, end=c.sentence.end)
            for c in knowledge.claims
        ),
        "collaborations": (
            {"author": min(a, b), "coauthor": max(a, b), **edge} for a, b, edge in _edges(coauthors)
        ),
    }


def _attributes(table: str, record: object, **others: Any) -> dict[str, Any]:
    """The columns of a table from a record's attributes, completed by ``others``."""
    columns = SCHEMAS[table].names
    return {name: others[name] if name in others else getattr(record, name) for name in columns}


def _author(author: Author, graph: nx.Graph) -> dict[str, Any]:
    node = graph.nodes[author.id]
    numbers = {measure.attribute: node.get(measure.attribute) for measure in MEASURES}
    # GraphML readers differ on booleans, therefore the nodes have 0 and 1.
    truths = {
        measure.attribute: bool(numbers[measure.attribute])
        for measure in MEASURES
        if measure.datatype is Datatype.BOOLEAN and numbers[measure.attribute] is not None
    }
    others = {"community": node.get("community"), "identity_confidence": author.confidence}
    return _attributes("authors", author, **others, **numbers | truths)


def _edges(graph: nx.Graph) -> list[tuple[str, str, dict[str, Any]]]:
    columns = SCHEMAS["collaborations"].names[2:]
    edges = ((min(a, b), max(a, b), edge) for a, b, edge in graph.edges(data=True))
    return [(a, b, {c: edge.get(c) for c in columns}) for a, b, edge in sorted(edges, key=lambda e: e[:2])]
