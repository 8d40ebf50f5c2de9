"""The patch brings the older graph to the newer one, triple for triple, in bounded memory and the same bytes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.diff.compare import compare
from kg.diff.triples import nodes, sorted_lines
from kg.query.store import QueryError
from tests.diff.graphs import other
from tests.query.small import GRAPH

HOSTILE = other(
    ("Adam beats SGD", 'Adam\\u2028 . \\nA <x:> <x:> <x:> . \\"quoted\\" \\u001B[31m'),
    ("kg:pageRank 0.5", "kg:pageRank 0.4"),
    ("Ada Lovelace", "Áda 🙂"),
)


def triples(turtle: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)}


def patched(turtle: str, patch: bytes) -> set[ox.Triple]:
    """A graph after a patch, each row checked: what goes was there, what comes was not."""
    graph = triples(turtle)
    begin, *rows, commit, end = patch.split(b"\n")
    assert (begin, commit, end) == (b"TX .", b"TC .", b"")
    for row in rows:
        (quad,) = ox.parse(row[2:], format=ox.RdfFormat.N_TRIPLES)
        assert (quad.triple in graph) is (row[:2] == b"D "), row
        (graph.remove if row[:2] == b"D " else graph.add)(quad.triple)
    return graph


def patch(folder: Path, old: str, new: str) -> bytes:
    (folder / "old.ttl").write_text(old, encoding="utf-8")
    (folder / "new.ttl").write_text(new, encoding="utf-8")
    rows: list[bytes] = []
    compare(folder / "old.ttl", folder / "new.ttl", rows.append)
    return b"".join(rows)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (GRAPH, GRAPH),
        (GRAPH, HOSTILE),
        (HOSTILE, GRAPH),
        (GRAPH, "<a:x> <a:p> <a:x-1> ."),
        ("", GRAPH),
        (GRAPH, ""),
    ],
)
def test_a_patch_brings_one_graph_to_the_other_exactly(tmp_path: Path, old: str, new: str) -> None:
    assert patched(old, patch(tmp_path, old, new)) == triples(new)


def test_equal_graphs_in_other_words_need_no_patch(tmp_path: Path) -> None:
    lines = "".join(sorted(f"{triple} .\n" for triple in triples(GRAPH)))
    assert patch(tmp_path, GRAPH, lines) == b"TX .\nTC .\n"


def test_triples_come_sorted_and_once_however_few_fit_into_memory(tmp_path: Path) -> None:
    (tmp_path / "twice.ttl").write_text(GRAPH + GRAPH, encoding="utf-8")
    found = []
    for most in (7, 1_000_000):
        folder = tmp_path / str(most)
        folder.mkdir()
        found.append(list(sorted_lines(tmp_path / "twice.ttl", folder, most)))
    assert found[0] == found[1] == sorted(set(found[0]))
    assert len(found[0]) == len(triples(GRAPH))


def test_subjects_of_which_one_begins_like_the_other_are_kept_apart() -> None:
    lines = sorted([b"<a:x> <a:p> <a:y> .", b"<a:x-1> <a:p> <a:y> .", b"<a:xa> <a:p> <a:y> ."])
    assert [(node.iri, len(node.old), len(node.new)) for node in nodes(lines, lines[:1])] == [
        ("a:x-1", 1, 1),
        ("a:x", 1, 0),
        ("a:xa", 1, 0),
    ]


@pytest.mark.parametrize("turtle", ["<a:x> <a:p> [] .", "_:a <a:p> <a:x> ."])
def test_blank_nodes_are_refused(tmp_path: Path, turtle: str) -> None:
    with pytest.raises(QueryError, match="blank nodes"):
        patch(tmp_path, GRAPH, turtle)


def test_what_is_no_turtle_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"new\.ttl: not valid Turtle: .*line 1"):
        patch(tmp_path, GRAPH, "<a:x> nonsense")
