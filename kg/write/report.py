"""The build report: what went in, what came out, what was wrong, and how long it took."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

import networkx as nx
import orjson

from kg.read import Input
from kg.records import Knowledge, Notice, Run, Verdict

_LIBRARIES = (
    "networkx", "networkit", "numpy", "onnxruntime", "pyarrow", "pyoxigraph", "pyvis", "scipy", "spacy",
    "tokenizers",
)  # fmt: skip


def report(
    knowledge: Knowledge,
    coauthors: nx.Graph,
    run: Run,
    minimum_confidence: float,
    inputs: Sequence[Input],
    notices: Sequence[Notice],
    timings: Mapping[str, float],
) -> bytes:
    """The report as JSON, keys in a fixed order; only timings and versions differ between equal builds."""
    content: dict[str, Any] = {
        "run": {
            "id": run.id,
            "kg": run.version,
            "extractor": run.extractor,
            "minimum_confidence": minimum_confidence,
            "vocabulary": run.vocabulary,
            "corpus": run.corpus,
        },
        "counts": counts(knowledge),
        "identity": identity(knowledge),
        "network": dict(sorted(coauthors.graph.items())),
        "inputs": [
            {"path": i.path, "sha256": i.sha256, "format": i.format, "papers": i.papers} for i in inputs
        ],
        "rejected": _told(notices, "rejected"),
        "warnings": _told(notices, "warning"),
        "timings_seconds": {stage: round(seconds, 3) for stage, seconds in timings.items()},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def counts(knowledge: Knowledge) -> dict[str, Any]:
    """How many of everything; concepts by kind count those that a paper asserts."""
    kinds = Counter(key.split("/")[0] for key in {a.concept for a in knowledge.assertions})
    return {
        "papers": len(knowledge.papers),
        "authors": len(knowledge.authors),
        "names_as_printed": len({a.name_as_printed for a in knowledge.authorships}),
        "authorships": len(knowledge.authorships),
        "concepts": {kind: kinds[kind] for kind in ("topic", "method", "dataset", "metric")},
        "mentions": len(knowledge.mentions),
        "assertions": len(knowledge.assertions),
        "claims": len(knowledge.claims),
        "communities": len(knowledge.communities),
        "papers_without_concepts": len(
            {p.id for p in knowledge.papers} - {a.paper for a in knowledge.assertions}
        ),
    }


def identity(knowledge: Knowledge) -> dict[str, int]:
    """What was decided of printed names.

    Returns:
        ``merged_authors`` (people of whom several names were merged), ``mergers`` (decisions to merge),
        ``parted_names`` (printed names that are several people's), ``parted_authors`` (people who share such a
        name) and ``possible_identities`` (pairs of people who may be one).
    """
    merged = [(a.id, d) for a in knowledge.authors for d in a.decisions if d.verdict is Verdict.MERGED]
    parted = [(a.id, d) for a in knowledge.authors for d in a.decisions if d.verdict is Verdict.PARTED]
    return {
        "merged_authors": len({author for author, _ in merged}),
        "mergers": len(merged),
        "parted_names": len({name for _, decision in parted for name in decision.names}),
        "parted_authors": len({author for author, _ in parted}),
        "possible_identities": len(knowledge.possible_identities),
    }


def _told(notices: Sequence[Notice], severity: str) -> list[dict[str, Any]]:
    return [
        {"file": n.location.file, "line": n.location.line, "reason": n.reason}
        for n in notices
        if n.severity == severity
    ]
