from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest

from kg.graph import analyse, everything
from kg.records import Knowledge
from tests.graph.samples import known, paper

ROOT = Path(__file__).resolve().parents[2]
MEASURES = {
    *("component", "degree", "strength", "pagerank", "betweenness", "harmonic", "core", "clustering"),
    *("label", "paper_count", "fractional_count", "community"),
}
_FINGERPRINT = """
from tests.graph.conftest import read_seeds
from tests.graph.samples import known
from tests.graph.test_analysis import fingerprint
print(fingerprint(known(read_seeds())))
"""


def fingerprint(knowledge: Knowledge) -> str:
    """A hash of all that the stage makes."""
    found, coauthors = analyse(knowledge)
    whole = everything(found, coauthors)
    told = [found.communities, coauthors.graph, *(list(g.nodes(data=True)) for g in (coauthors, whole))]
    told += [list(coauthors.edges(data=True)), list(whole.edges(keys=True, data=True))]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def test_everyone_has_every_measure(seed_graph: nx.Graph) -> None:
    lacking = {node: MEASURES - a.keys() for node, a in seed_graph.nodes(data=True) if MEASURES - a.keys()}
    assert lacking == {}


def test_constraint_is_absent_for_those_without_co_authors_alone(seed_graph: nx.Graph) -> None:
    for node, attributes in seed_graph.nodes(data=True):
        assert ("constraint" in attributes) is (attributes["degree"] > 0), node


def test_numbers_are_of_twelve_significant_digits(seed_graph: nx.Graph) -> None:
    numbers = [n for _, a in seed_graph.nodes(data=True) for n in a.values() if isinstance(n, float)]
    assert [n for n in numbers if n != float(f"{n:.12g}")] == []


def test_the_graph_tells_how_betweenness_was_found(seed_graph: nx.Graph) -> None:
    assert seed_graph.graph["betweenness_method"] == "exact"


def test_every_attribute_can_be_written_to_any_format(seed_graph: nx.Graph) -> None:
    values = [seed_graph.graph, *(a for _, a in seed_graph.nodes(data=True))]
    values += [a for _, _, a in seed_graph.edges(data=True)]
    assert {type(value) for attributes in values for value in attributes.values()} == {str, int, float}


def test_the_graph_reads_back_from_graphml_as_it_was(seed_graph: nx.Graph) -> None:
    file = BytesIO()
    nx.write_graphml_xml(seed_graph, file, named_key_ids=True)
    file.seek(0)
    again = nx.read_graphml(file)
    assert dict(again.nodes(data=True)) == dict(seed_graph.nodes(data=True))
    assert {name: again.graph[name] for name in seed_graph.graph} == seed_graph.graph


def test_the_order_of_the_records_does_not_matter(seed_knowledge: Knowledge) -> None:
    chance = random.Random(2)

    def shuffled(records: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(chance.sample(records, len(records)))

    mixed = replace(
        seed_knowledge,
        papers=shuffled(seed_knowledge.papers),
        authors=shuffled(seed_knowledge.authors),
        authorships=shuffled(seed_knowledge.authorships),
    )
    assert fingerprint(mixed) == fingerprint(seed_knowledge)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_does_not_matter(seed: str, seed_knowledge: Knowledge) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _FINGERPRINT],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.strip() == fingerprint(seed_knowledge), run.stderr


@pytest.mark.parametrize(
    "knowledge",
    [known([]), known([paper("p1")]), known([paper("p1", "A")]), known([paper("p1", "A"), paper("p2", "B")])],
    ids=["nothing", "a paper without authors", "one person", "two strangers"],
)
def test_the_smallest_collections_pass(knowledge: Knowledge) -> None:
    found, graph = analyse(knowledge)
    assert len(found.communities) == len(graph) == len(knowledge.authors)
    everything(found, graph)
