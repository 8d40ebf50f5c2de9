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
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import analysis
from kg.graph.analysis import analyse
from kg.graph.assembly import everything
from kg.graph.limits import limits
from kg.records import Knowledge
from tests.graph.samples import known, paper

ROOT = Path(__file__).resolve().parents[2]
MEASURES = {
    *("component", "degree", "strength", "pagerank", "betweenness", "harmonic", "core", "clustering"),
    *("eigenvector", "katz", "hits", "in_core", "within_module_degree"),
    *("label", "paper_count", "fractional_count", "harmonic_count", "community"),
}
RECORDS = ("papers", "authors", "authorships")
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


@pytest.mark.parametrize("name", ["constraint", "effective_size", "efficiency", "participation"])
def test_what_speaks_of_co_authors_is_absent_for_those_without_alone(name: str, seed_graph: nx.Graph) -> None:
    for node, attributes in seed_graph.nodes(data=True):
        assert (name in attributes) is (attributes["degree"] > 0), node


def test_numbers_are_of_twelve_significant_digits(seed_graph: nx.Graph) -> None:
    numbers = [n for _, a in seed_graph.nodes(data=True) for n in a.values() if isinstance(n, float)]
    assert [n for n in numbers if n != float(f"{n:.12g}")] == []


def test_the_graph_tells_how_betweenness_was_found(seed_graph: nx.Graph) -> None:
    assert seed_graph.graph["betweenness_method"] == "exact"
    errors = ("betweenness_error", "harmonic_error", "betweenness_bound", "mean_path_length_error")
    assert {seed_graph.graph[name] for name in errors} == {0.0}


def test_a_graph_that_is_sampled_tells_how_far_off_it_may_be(
    seed_knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(limits(), paths=replace(limits().paths, exact_up_to=50, pivots=20))
    monkeypatch.setattr(analysis, "limits", lambda: few)
    _, graph = analyse(seed_knowledge)
    errors = dict(graph.nodes(data="betweenness_error"))
    assert max(errors.values()) == graph.graph["betweenness_error"] > 0
    assert graph.graph["betweenness_bound"] > graph.graph["betweenness_error"]
    assert f"{graph.graph['betweenness_bound']:.2g}" in graph.graph["betweenness_method"]


def test_networkx_repeats_katz_with_the_alpha_that_is_told(seed_graph: nx.Graph) -> None:
    theirs = nx.katz_centrality_numpy(seed_graph, alpha=seed_graph.graph["katz_alpha"], weight="weight")
    assert dict(seed_graph.nodes(data="katz")) == pytest.approx(theirs, abs=1e-9)


_PAPERS = st.lists(st.lists(st.sampled_from("ABCDEFGH"), max_size=4, unique=True), max_size=8)


@settings(max_examples=25, deadline=None)
@given(bylines=_PAPERS, chance=st.randoms(use_true_random=False))
def test_the_order_of_the_records_of_any_papers_does_not_matter(
    bylines: list[list[str]], chance: random.Random
) -> None:
    knowledge = known([paper(f"p{number}", *names) for number, names in enumerate(bylines)])
    mixed = replace(
        knowledge,
        **{
            name: tuple(chance.sample(getattr(knowledge, name), len(getattr(knowledge, name))))
            for name in RECORDS
        },
    )
    _, one = analyse(knowledge)
    _, other = analyse(mixed)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert one.graph == other.graph


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
