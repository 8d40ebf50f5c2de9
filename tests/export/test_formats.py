"""Every format holds the whole graph, in the same bytes every time."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.export.formats import FORMATS
from kg.export.source import ExportError, Source
from kg.export.writing import export
from kg.query.store import base_of, load_graph
from tests.export.sources import exported, parsed, source_of, text, triples

PLAIN = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "ttl12": ox.RdfFormat.TURTLE,
}
RDFLIB = {"nt": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
REIFIES = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"

_ONCE = """
import hashlib, sys
sys.path.insert(0, {root!r})
from tests.export.sources import exported, source_of
from kg.export.formats import FORMATS
for name in FORMATS:
    for file, content in exported(source_of(), name).items():
        print(name, file, hashlib.sha256(content.encode()).hexdigest())
"""

# Any text that RDF can hold, with what formats give a meaning to.
hostile = st.text(
    st.one_of(
        st.sampled_from("\"'\\<>&;,\n\r\t\x00\x01\x0b\x1f\x7f\x85\u2028\ufffe\uffff😀"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=30,
) | st.sampled_from(["</script>", "]]>", "<!--", '"""', "@en", "{$x}", "=1+1", "a\r\nb", " a ", "\n"])


@pytest.fixture(scope="module")
def seed_source(seed_folder: Path) -> Source:
    store = load_graph(seed_folder)
    return Source(store, base_of(store))


def reread(source: Source, name: str) -> set[str]:
    """The triples that an export holds, less what ``ttl12`` says of other triples."""
    found = triples(parsed(text(source, name), PLAIN[name]))
    return {triple for triple in found if f" {REIFIES} " not in triple}


@pytest.mark.parametrize("name", PLAIN)
def test_a_small_graph_comes_back_whole(name: str) -> None:
    source = source_of()
    assert reread(source, name) == triples(source.store)


@pytest.mark.parametrize("name", PLAIN)
def test_the_seed_graph_comes_back_whole(seed_source: Source, name: str) -> None:
    assert reread(seed_source, name) == triples(seed_source.store)


@pytest.mark.parametrize("name", RDFLIB)
def test_another_library_reads_the_very_literals_of_the_built_graph(name: str) -> None:
    from tests.query.small import GRAPH

    ours = rdflib.Graph().parse(data=text(source_of(), name), format=RDFLIB[name])
    assert set(ours) == set(rdflib.Graph().parse(data=GRAPH, format="turtle"))


@pytest.mark.parametrize("name", ["nt", "nq"])
def test_lines_are_sorted_by_code_point(seed_source: Source, name: str) -> None:
    lines = text(seed_source, name).splitlines()
    assert lines == sorted(lines)


def test_quads_lie_in_the_data_set_that_void_describes(seed_source: Source, seed_folder: Path) -> None:
    graphs = {quad.graph_name.value for quad in parsed(text(seed_source, "nq"), PLAIN["nq"])}
    assert graphs == {f"{seed_source.base}void"}
    assert f"<{seed_source.base}void> a dcat:Dataset" in (seed_folder / "void.ttl").read_text("utf-8")


def test_json_ld_says_plain_values_plainly() -> None:
    import orjson

    nodes = {node["@id"]: node for node in orjson.loads(text(source_of(), "jsonld"))["@graph"]}
    mention = nodes["mention:iclr-2021-0001-1"]
    assert mention["@type"] == "kg:Mention"
    assert mention["kg:concept"] == "method:adam"
    assert mention["kg:start"] == 50
    assert mention["kg:confidence"] == "0.9"
    assert mention["kg:sentence"] == "Adam wins."


def test_json_ld_takes_no_address_for_a_prefixed_name() -> None:
    source = source_of('<http://a.org/x> <http://a.org/p> <run:1> . <paper:1> <http://a.org/p> "x" .')
    assert reread(source, "jsonld") == triples(source.store)


@pytest.mark.parametrize("name", PLAIN)
@given(hostile)
def test_hostile_text_comes_back_as_it_was(name: str, given_text: str) -> None:
    if name == "rdfxml":
        given_text = "".join(c for c in given_text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    source = source_of()
    title = ox.Quad(
        ox.NamedNode(source.base + "paper/x"),
        ox.NamedNode("http://purl.org/dc/terms/title"),
        ox.Literal(given_text, language="en"),
    )
    source.store.add(title)
    source.store.add(ox.Quad(title.subject, title.predicate, ox.Literal(given_text)))
    assert reread(source, name) == triples(source.store)


def test_rdf_xml_replaces_what_xml_cannot_hold() -> None:
    source = source_of('<http://a.org/x> <http://a.org/p> "a\\u0001b" .')
    assert "a\ufffdb" in text(source, "rdfxml")


def test_rdf_xml_refuses_a_property_without_a_name_in_one_line() -> None:
    with pytest.raises(ExportError, match="no name for the property <http://a.org/1>"):
        text(source_of('<http://a.org/x> <http://a.org/1> "x" .'), "rdfxml")


@pytest.mark.parametrize("name", [*PLAIN, "neo4j"])
def test_blank_nodes_are_refused_since_their_names_change(name: str) -> None:
    with pytest.raises(ExportError, match="blank nodes"):
        exported(source_of('[] <http://a.org/p> "x" .'), name)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_graph_has_an_export(name: str) -> None:
    assert exported(source_of(""), name)


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    root = str(Path(__file__).resolve().parents[2])
    runs = [
        subprocess.run(
            [sys.executable, "-c", _ONCE.format(root=root)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": root, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].splitlines()) > len(FORMATS)


def test_an_export_that_fails_leaves_the_last_one_alone(tmp_path: Path) -> None:
    target = tmp_path / "graph.rdf"
    target.write_text("as before")
    with pytest.raises(ExportError):
        export(source_of('<http://a.org/x> <http://a.org/1> "x" .'), FORMATS["rdfxml"], target)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("graph.rdf", "as before")]


def test_a_stream_gets_the_bytes_of_the_file(tmp_path: Path) -> None:
    stream = io.BytesIO()
    export(source_of(), FORMATS["nt"], stream)
    export(source_of(), FORMATS["nt"], tmp_path / "x.nt")
    assert (tmp_path / "x.nt").read_bytes() == stream.getvalue()


def test_several_files_are_no_stream() -> None:
    with pytest.raises(ExportError, match="name a folder"):
        export(source_of(), FORMATS["neo4j"], io.BytesIO())
