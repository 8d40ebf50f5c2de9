from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.build import Build
from kg.records import Author, Knowledge
from kg.slugs import slug
from kg.write.tables import SCHEMAS, write_tables

from ..read.independent import printed_papers, reads_as_printed

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "iclr-2021.md"
COLUMNS = {
    "papers": "id title abstract year venue url doi identifiers version_of",
    "authors": "id name variants identifiers identity_confidence community paper_count fractional_count"
    " harmonic_count first_year last_year component degree strength pagerank eigenvector katz hits betweenness"
    " betweenness_error harmonic harmonic_error core in_core clustering constraint effective_size efficiency"
    " participation within_module_degree paper_count_rank paper_count_rank_low paper_count_rank_high"
    " fractional_count_rank fractional_count_rank_low fractional_count_rank_high degree_rank degree_rank_low"
    " degree_rank_high strength_rank strength_rank_low strength_rank_high pagerank_rank pagerank_rank_low"
    " pagerank_rank_high betweenness_rank betweenness_rank_low betweenness_rank_high",
    "authorships": "paper position author name_as_printed",
    "decisions": "author verdict names reason confidence",
    "identities": "author_a author_b score reason",
    "mentions": "paper field start end exact concept role confidence",
    "concepts": "key kind pref_label alt_labels broader data_of curated",
    "assertions": "paper concept role confidence",
    "claims": "paper subject predicate object polarity field start end confidence",
    "collaborations": "author coauthor weight paper_count years",
}
_DERIVED = {"collaborations", "decisions", "identities"}
_WHOLE = {
    "year", "position", "start", "end", "paper_count", "degree", "core", "first_year", "last_year", "component",
}  # fmt: skip
_REAL = {
    "confidence",
    "identity_confidence",
    "score",
    "fractional_count",
    "harmonic_count",
    "eigenvector",
    "katz",
    "hits",
    "betweenness_error",
    "harmonic_error",
    "effective_size",
    "efficiency",
    "participation",
    "within_module_degree",
    "weight",
    "strength",
    "pagerank",
    "betweenness",
    "harmonic",
    "clustering",
    "constraint",
}
_LISTS = {"variants", "identifiers", "names", "alt_labels", "broader", "data_of"}


def _type(column: str) -> pa.DataType:
    if column in _WHOLE or column.endswith(("_rank", "_rank_low", "_rank_high")):
        return pa.int32()
    if column in _REAL:
        return pa.float64()
    if column in _LISTS:
        return pa.list_(pa.string())
    return pa.bool_() if column in {"curated", "in_core"} else pa.string()


def _read(folder: Path, name: str) -> Any:
    return pq.read_table(folder / "tables" / f"{name}.parquet")


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _read(folder, name).to_pylist()
    return rows


def test_the_tables_are_those_that_are_promised(seed_folder: Path) -> None:
    assert {path.name for path in (seed_folder / "tables").iterdir()} == {
        f"{name}.parquet" for name in COLUMNS
    }


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_has_the_promised_columns_and_types(seed_folder: Path, name: str) -> None:
    schema = _read(seed_folder, name).schema
    assert {field.name: field.type for field in schema} == {c: _type(c) for c in COLUMNS[name].split()}
    assert schema.names == COLUMNS[name].split()


@pytest.mark.parametrize("name", [name for name in COLUMNS if name not in _DERIVED])
def test_a_table_has_a_row_a_record(seed_folder: Path, seed_build: Build, name: str) -> None:
    assert _read(seed_folder, name).num_rows == len(getattr(seed_build.knowledge, name)) > 0


def test_papers_are_as_printed(seed_folder: Path) -> None:
    printed = printed_papers(SEEDS.read_text(encoding="utf-8"))
    rows = _rows(seed_folder, "papers")
    for row in rows:
        assert reads_as_printed(row.pop("abstract"), printed[row["id"]].abstract), row["id"]
    assert rows == [
        {
            "id": paper,
            "title": p.title,
            "year": p.year,
            "venue": p.venue,
            "url": p.url,
            "doi": None,
            "identifiers": [],
            "version_of": None,
        }
        for paper, p in sorted(printed.items())
    ]


def test_authorships_give_each_papers_names_in_their_order(seed_folder: Path) -> None:
    printed = printed_papers(SEEDS.read_text(encoding="utf-8"))
    found = [(r["paper"], r["position"], r["name_as_printed"]) for r in _rows(seed_folder, "authorships")]
    assert found == [
        (paper, position, name)
        for paper, text in sorted(printed.items())
        for position, name in enumerate(text.authors, start=1)
    ]


def test_ids_are_slugs_that_the_other_tables_know(seed_folder: Path) -> None:
    papers = {row["id"] for row in _rows(seed_folder, "papers")}
    authors = {row["id"] for row in _rows(seed_folder, "authors")}
    concepts = {row["key"] for row in _rows(seed_folder, "concepts")}
    assert all(slug(identifier) == identifier for identifier in papers | authors)
    assert {row["author"] for row in _rows(seed_folder, "authorships")} == authors
    for name in ("authorships", "mentions", "assertions", "claims"):
        assert {row["paper"] for row in _rows(seed_folder, name)} <= papers, name
    for name, column in (
        ("mentions", "concept"),
        ("assertions", "concept"),
        ("claims", "subject"),
        ("claims", "object"),
    ):
        assert {row[column] for row in _rows(seed_folder, name)} <= concepts, (name, column)
    for row in _rows(seed_folder, "concepts"):
        assert {f"{row['kind']}/{broader}" for broader in row["broader"]} <= concepts, row["key"]
        assert {f"topic/{topic}" for topic in row["data_of"]} <= concepts, row["key"]


def test_mentions_read_the_words_at_their_offsets(seed_folder: Path) -> None:
    papers = {row["id"]: row for row in _rows(seed_folder, "papers")}
    for row in _rows(seed_folder, "mentions"):
        assert papers[row["paper"]][row["field"]][row["start"] : row["end"]] == row["exact"], row


def test_collaborations_are_the_edges_each_once(seed_folder: Path, seed_build: Build) -> None:
    rows = _rows(seed_folder, "collaborations")
    pairs = [(row["author"], row["coauthor"]) for row in rows]
    assert pairs == sorted(tuple(sorted(edge)) for edge in seed_build.coauthors.edges)
    for row in rows:
        edge = seed_build.coauthors.edges[row["author"], row["coauthor"]]
        assert {name: row[name] for name in ("weight", "paper_count", "years")} == {
            name: edge[name] for name in ("weight", "paper_count", "years")
        }


def test_authors_carry_the_measures_of_the_network(seed_folder: Path, seed_build: Build) -> None:
    measures = COLUMNS["authors"].split()[5:]
    for row in _rows(seed_folder, "authors"):
        node = seed_build.coauthors.nodes[row["id"]]
        assert {name: row[name] for name in measures} == {name: node.get(name) for name in measures}, row[
            "id"
        ]


def test_authors_carry_how_sure_their_identity_is(seed_folder: Path, seed_build: Build) -> None:
    told = {row["id"]: row["identity_confidence"] for row in _rows(seed_folder, "authors")}
    assert told == {author.id: author.confidence for author in seed_build.knowledge.authors}


def test_decisions_and_possible_identities_are_told_row_by_row(seed_folder: Path, seed_build: Build) -> None:
    assert _rows(seed_folder, "decisions") == [
        {
            "author": author.id,
            "verdict": str(decision.verdict),
            "names": list(decision.names),
            "reason": decision.reason,
            "confidence": decision.confidence,
        }
        for author in seed_build.knowledge.authors
        for decision in author.decisions
    ]
    assert _rows(seed_folder, "identities") == [
        {"author_a": pair.one, "author_b": pair.other, "score": pair.score, "reason": pair.reason}
        for pair in seed_build.knowledge.possible_identities
    ]


def test_ranks_with_their_intervals_are_columns_where_the_build_has_them(tmp_path: Path) -> None:
    graph = nx.Graph()
    graph.add_node("ada-b", in_core=1, pagerank_rank=3, pagerank_rank_low=2, pagerank_rank_high=9)
    knowledge = Knowledge((), (), (), (), (), (Author("ada-b", "Ada B", ("Ada B",)),), ())
    write_tables(knowledge, graph, tmp_path)
    (row,) = pq.read_table(tmp_path / "authors.parquet").to_pylist()
    assert (row["pagerank_rank_low"], row["pagerank_rank"], row["pagerank_rank_high"]) == (2, 3, 9)
    assert row["in_core"] is True and row["degree_rank"] is None and row["identity_confidence"] == 1.0


def test_a_second_writing_gives_the_same_bytes(seed_folder: Path, seed_build: Build, tmp_path: Path) -> None:
    write_tables(seed_build.knowledge, seed_build.coauthors, tmp_path)
    for name in SCHEMAS:
        file = f"{name}.parquet"
        assert (tmp_path / file).read_bytes() == (seed_folder / "tables" / file).read_bytes(), file


def test_tables_of_nothing_have_their_columns(tmp_path: Path, seed_build: Build) -> None:
    write_tables(Knowledge((), (), (), (), (), (), ()), nx.Graph(), tmp_path)
    for name, columns in COLUMNS.items():
        table = pq.read_table(tmp_path / f"{name}.parquet")
        assert table.num_rows == 0 and table.schema.names == columns.split(), name
