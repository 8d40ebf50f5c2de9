"""The CSV files hold every node and edge, typed and quoted as Neo4j's importer reads them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given

from kg.export.source import TYPE, Source
from kg.query.store import base_of, load_graph
from tests.export.sources import exported, source_of
from tests.export.test_formats import hostile
from tests.query.small import changed

Row = dict[str, str]


def read(content: str) -> list[Row]:
    """The rows of a file by the heads of its columns; every row has a cell for each."""
    reader = csv.DictReader(
        io.StringIO(content, newline=""), strict=True, restkey="too many", restval="too few"
    )
    rows = list(reader)
    assert all("too many" not in row and "too few" not in row.values() for row in rows)
    return rows


def tables(source: Source) -> dict[str, list[Row]]:
    return {
        name: read(content) for name, content in exported(source, "neo4j").items() if name.endswith(".csv")
    }


@pytest.fixture(scope="module")
def seed_tables(seed_folder: Path) -> dict[str, list[Row]]:
    store = load_graph(seed_folder)
    return tables(Source(store, base_of(store)))


def test_nodes_have_typed_columns() -> None:
    [imagenet] = tables(source_of())["nodes-Dataset.csv"]
    assert imagenet == {
        "iri:ID": "https://w3id.org/paperkg/id/dataset/imagenet",
        "name:string": "ImageNet",
        "paperCount:long": "1",
        ":LABEL": "Dataset\x1fConcept",
    }


def test_several_values_are_an_array() -> None:
    source = source_of(changed('"adaptive moments"@en', '"adaptive; moments"@en, "AdaM"@en'))
    adam = tables(source)["nodes-Method.csv"][0]
    assert adam["names:string[]"] == "AdaM\x1fadaptive; moments"


def test_edges_tell_how_sure_they_are() -> None:
    rows = {row[":END_ID"].rpartition("/")[2]: row for row in tables(source_of())["relationships-USES.csv"]}
    assert rows["adam"]["confidence:double"] == "0.9"
    assert rows["adam"]["readings:long"] == "1"
    assert rows["adam"][":TYPE"] == "USES"


def test_outside_links_are_properties() -> None:
    [paper] = tables(source_of())["nodes-Paper.csv"]
    assert paper["url:string"] == "https://example.org/1"
    assert paper["year:long"] == "2021"


def test_a_number_too_large_for_the_database_stays_text() -> None:
    source = source_of(changed("kg:memberCount 2", "kg:memberCount 99999999999999999999"))
    assert tables(source)["nodes-Community.csv"][0]["memberCount:string"] == "99999999999999999999"


def test_every_seed_subject_is_one_node_and_every_link_one_edge(
    seed_folder: Path, seed_tables: dict[str, list[Row]]
) -> None:
    triples = [(q.subject.value, q.predicate.value, q.object) for q in load_graph(seed_folder)]
    nodes = {subject for subject, predicate, _ in triples if predicate == TYPE}
    named = [row["iri:ID"] for name, rows in seed_tables.items() if name.startswith("nodes-") for row in rows]
    assert sorted(named) == sorted(nodes)
    links = sorted(
        (s, o.value) for s, p, o in triples if p != TYPE and isinstance(o, ox.NamedNode) and o.value in nodes
    )
    edges = sorted(
        (row[":START_ID"], row[":END_ID"])
        for name, rows in seed_tables.items()
        if name.startswith("relationships-")
        for row in rows
    )
    assert edges == links


def test_the_read_me_names_every_file() -> None:
    files = exported(source_of(), "neo4j")
    command = files.pop("README.md")
    assert all(f"={name}" in command for name in files)
    assert "--array-delimiter=U+001F" in command


@given(hostile)
def test_hostile_text_is_one_cell(given_text: str) -> None:
    source = source_of()
    paper = ox.NamedNode(source.base + "paper/x")
    source.store.add(
        ox.Quad(paper, ox.NamedNode(TYPE), ox.NamedNode("https://w3id.org/paperkg/ontology#Paper"))
    )
    source.store.add(ox.Quad(paper, ox.NamedNode("http://purl.org/dc/terms/title"), ox.Literal(given_text)))
    content = exported(source, "neo4j")["nodes-Paper.csv"]
    [found] = [row for row in read(content) if row["iri:ID"] == paper.value]
    assert found["title:string"] == given_text.replace("\x00", "\ufffd").replace("\x1f", "\ufffd")
