"""Two builds of slices of the seeds differ by their papers, and by what depends on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import Options, make
from kg.diff.compare import Difference, compare
from kg.write.void import Census
from tests.conftest import SEEDS
from tests.diff.graphs import told
from tests.diff.test_patch import patched, triples

PAPERS = (SEEDS / "iclr-2021.md").read_text(encoding="utf-8").split("\n----\n")
EDITED = "We present an entirely different text on graph neural networks."


def _built(folder: Path, papers: list[str], name: str, options: Options) -> Path:
    (folder / name).mkdir()
    source = folder / name / "iclr-2021.md"
    source.write_text("\n----\n".join(papers), encoding="utf-8")
    graph = folder / name / "graph.ttl"
    graph.write_text("".join(make([source], options).turtle(Census())), encoding="utf-8")
    return graph


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder, options = tmp_path_factory.mktemp("builds"), Options(extractor="fast")
    newer = list(PAPERS[1:9])
    newer[2] = newer[2].rstrip() + " " + EDITED + "\n"
    return _built(folder, PAPERS[:8], "old", options), _built(folder, newer, "new", options)


@pytest.fixture(scope="module")
def found(graphs: tuple[Path, Path]) -> Difference:
    return compare(*graphs)


def test_the_causes_are_those_that_there_are(found: Difference) -> None:
    causes = set(told(found))
    assert {
        "paper new",
        "paper gone",
        "text changed",
        "measures moved with the graph",
        "the run itself",
    } <= causes
    assert not causes & {"vocabulary changed", "extractor changed", "software changed", "no cause told"}


def test_only_the_paper_of_another_text_has_changed_text(found: Difference) -> None:
    papers = {name for kind, name, predicate in told(found)["text changed"] if predicate == "abstract"}
    assert len(papers) == 1


def test_every_author_of_the_new_paper_who_is_new_came_with_it(found: Difference) -> None:
    rows = told(found)["paper new"]
    authorships = {name for kind, name, predicate in rows if predicate == "authorship"}
    assert len(authorships) == 1, authorships
    assert not [row for row in rows if row[0] != "added"]


def test_the_patch_between_builds_is_exact(graphs: tuple[Path, Path]) -> None:
    rows: list[bytes] = []
    compare(*graphs, rows.append)
    old, new = (graph.read_text(encoding="utf-8") for graph in graphs)
    assert patched(old, b"".join(rows)) == triples(new)
