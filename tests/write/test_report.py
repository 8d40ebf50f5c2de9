from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kg.build import Build
from kg.records import Author, IdentityDecision, Location, Notice, PossibleIdentity, Severity, Verdict
from kg.write.report import report

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "iclr-2021.md"
KEYS = [
    "run", "counts", "identity", "network", "inputs", "rejected", "warnings", "timings_seconds", "versions",
]  # fmt: skip


@pytest.fixture(scope="module")
def told(seed_folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((seed_folder / "report.json").read_bytes())
    return content


def _report(build: Build, *notices: Notice) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(
        report(build.knowledge, build.coauthors, build.run, 0.5, (), notices, {"read": 0.12345})
    )
    return content


def test_the_keys_stand_in_a_fixed_order(told: dict[str, Any]) -> None:
    assert list(told) == KEYS


def test_the_run_is_the_one_of_the_graph(told: dict[str, Any], seed_build: Build) -> None:
    run = seed_build.run
    assert told["run"] == {
        "id": run.id,
        "kg": run.version,
        "extractor": run.extractor,
        "minimum_confidence": seed_build.options.minimum_confidence,
        "vocabulary": run.vocabulary,
        "corpus": run.corpus,
    }


def test_the_counts_are_those_of_the_records(told: dict[str, Any], seed_build: Build) -> None:
    counts, knowledge = told["counts"], seed_build.knowledge
    assert counts["papers"] == 200 and counts["names_as_printed"] == 892
    for name in ("papers", "authors", "authorships", "mentions", "assertions", "claims", "communities"):
        assert counts[name] == len(getattr(knowledge, name)), name
    asserted = {assertion.concept for assertion in knowledge.assertions}
    assert sum(counts["concepts"].values()) == len(asserted)
    assert list(counts["concepts"]) == ["topic", "method", "dataset", "metric"]
    assert counts["papers_without_concepts"] == 200 - len({a.paper for a in knowledge.assertions})


def test_mergers_partings_and_possible_identities_are_counted(seed_build: Build) -> None:
    merged = IdentityDecision(Verdict.MERGED, ("A. B", "Ada B"), "compatible names", 0.9)
    parted = IdentityDecision(Verdict.PARTED, ("Cy D",), "a common name", 0.8)
    authors = (
        Author("ada-b", "Ada B", ("A. B", "Ada B"), (merged, merged)),
        Author("cy-d-1", "Cy D", ("Cy D",), (parted,)),
        Author("cy-d-2", "Cy D", ("Cy D",), (parted,)),
    )
    pairs = (PossibleIdentity("cy-d-1", "cy-d-2", 0.2, "one printed name"),)
    knowledge = replace(seed_build.knowledge, authors=authors, possible_identities=pairs)
    assert _report(replace(seed_build, knowledge=knowledge))["identity"] == {
        "merged_authors": 1,
        "mergers": 2,
        "parted_names": 1,
        "parted_authors": 2,
        "possible_identities": 1,
    }


def test_the_facts_on_the_whole_network_are_told(told: dict[str, Any], seed_build: Build) -> None:
    assert told["network"] == dict(sorted(seed_build.coauthors.graph.items()))
    assert {"density", "components", "giant_share", "diameter", "transitivity"} <= set(told["network"])


def test_a_paper_without_concepts_is_counted(seed_build: Build) -> None:
    knowledge = replace(seed_build.knowledge, assertions=())
    assert _report(replace(seed_build, knowledge=knowledge))["counts"]["papers_without_concepts"] == 200


def test_the_inputs_are_told_with_their_hash(told: dict[str, Any]) -> None:
    (entry,) = told["inputs"]
    assert entry["sha256"] == sha256(SEEDS.read_bytes()).hexdigest()
    assert entry["path"].endswith("iclr-2021.md") and entry["papers"] == 200


def test_notices_are_sorted_into_rejected_records_and_warnings(seed_build: Build) -> None:
    notices = [
        Notice(Location("a.md", 3), Severity.REJECTED, "no title"),
        Notice(Location("b.md", 7), Severity.WARNING, "no authors"),
    ]
    content = _report(seed_build, *notices)
    assert content["rejected"] == [{"file": "a.md", "line": 3, "reason": "no title"}]
    assert content["warnings"] == [{"file": "b.md", "line": 7, "reason": "no authors"}]


def test_timings_are_rounded_to_milliseconds(seed_build: Build, told: dict[str, Any]) -> None:
    assert _report(seed_build)["timings_seconds"] == {"read": 0.123}
    assert {"read", "extract", "resolve", "graph"} <= set(told["timings_seconds"])


def test_the_versions_name_python_and_the_libraries(told: dict[str, Any]) -> None:
    assert {"python", "networkx", "spacy", "pyoxigraph"} <= set(told["versions"])


def test_only_timings_and_versions_may_differ_between_equal_builds(seed_build: Build) -> None:
    first, second = _report(seed_build), _report(seed_build)
    assert first == second
