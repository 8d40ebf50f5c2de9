from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import Build
from kg.write.networks import write_gexf, write_graphml

_NAMES = {"label": "Ünïcødé <&> \"'", "kind": "author"}
_xml = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
)


def _nodes(graph: nx.Graph) -> dict[str, dict[str, Any]]:
    return dict(graph.nodes(data=True))


def _edges(graph: nx.Graph) -> dict[Any, dict[str, Any]]:
    """Edges by their ends, in either order where the graph has no direction."""
    if graph.is_multigraph():
        return {(tail, head, key): data for tail, head, key, data in graph.edges(keys=True, data=True)}
    return {frozenset((tail, head)): data for tail, head, data in graph.edges(data=True)}


def _gexf_nodes(graph: nx.Graph) -> dict[str, dict[str, Any]]:
    return {n: {k: v for k, v in data.items() if v is not None} for n, data in graph.nodes(data=True)}


def test_the_co_author_graphml_has_every_node_edge_and_attribute(
    seed_folder: Path, seed_build: Build
) -> None:
    read = nx.read_graphml(seed_folder / "coauthors.graphml")
    assert not read.is_directed() and not read.is_multigraph()
    assert _nodes(read) == _gexf_nodes(seed_build.coauthors)
    assert _edges(read) == _edges(seed_build.coauthors)


def test_the_whole_graphml_has_every_node_edge_and_attribute(seed_folder: Path, seed_build: Build) -> None:
    read = nx.read_graphml(seed_folder / "graph.graphml", force_multigraph=True)
    assert read.is_directed()
    assert _nodes(read) == _nodes(seed_build.everything)
    assert _edges(read) == _edges(seed_build.everything)


def test_the_gexf_has_every_node_edge_and_attribute(seed_folder: Path, seed_build: Build) -> None:
    read = nx.read_gexf(seed_folder / "coauthors.gexf")
    assert not read.is_directed()
    assert _nodes(read) == _gexf_nodes(seed_build.coauthors)
    edges = {ends: {k: v for k, v in data.items() if k != "id"} for ends, data in _edges(read).items()}
    assert edges == _edges(seed_build.coauthors)


@pytest.mark.parametrize("name", ["graph.graphml", "coauthors.graphml", "coauthors.gexf"])
def test_no_file_tells_the_day_it_was_written(seed_folder: Path, name: str) -> None:
    head = (seed_folder / name).read_bytes()[:2000]
    assert b"date" not in head.lower() and not re.search(rb"20[2-9]\d-[01]\d-[0-3]\d", head)


@pytest.mark.parametrize("name", ["graph.graphml", "coauthors.graphml", "coauthors.gexf"])
def test_every_file_is_well_formed_xml_in_utf_8(seed_folder: Path, name: str) -> None:
    content = (seed_folder / name).read_bytes()
    ElementTree.fromstring(content)
    assert content.decode("utf-8").lower().startswith(("<?xml version='1.0' encoding='utf-8'?>", "<graphml"))


@pytest.mark.parametrize(("write", "read"), [(write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)])
def test_signs_that_xml_uses_are_read_back(write: Any, read: Any, tmp_path: Path) -> None:
    graph = nx.Graph()
    graph.add_node("ada", **_NAMES)
    write(graph, tmp_path / "graph")
    assert _nodes(read(tmp_path / "graph")) == {"ada": _NAMES}


@given(_xml)
def test_any_text_that_xml_can_hold_is_read_back_from_graphml(text: str) -> None:
    from io import BytesIO

    graph = nx.Graph()
    graph.add_node("ada", label=text)
    file = BytesIO()
    write_graphml(graph, file)  # type: ignore[arg-type]
    file.seek(0)
    assert nx.read_graphml(file).nodes["ada"]["label"] == text


@pytest.mark.parametrize("write", [write_graphml, write_gexf])
def test_a_second_writing_gives_the_same_bytes(write: Any, seed_build: Build, tmp_path: Path) -> None:
    write(seed_build.coauthors, tmp_path / "one")
    write(seed_build.coauthors, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("text", ['lastmodifieddate="x"', ' lastmodifieddate="2021-01-01"'])
def test_a_name_that_looks_like_a_date_of_writing_stays(text: str, tmp_path: Path) -> None:
    graph = nx.Graph()
    graph.add_node("ada", label=text)
    write_gexf(graph, tmp_path / "graph")
    assert nx.read_gexf(tmp_path / "graph").nodes["ada"]["label"] == text


@pytest.mark.parametrize(("write", "read"), [(write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)])
def test_an_empty_graph_is_read_back_empty(write: Any, read: Any, tmp_path: Path) -> None:
    write(nx.Graph(), tmp_path / "graph")
    assert len(read(tmp_path / "graph")) == 0
