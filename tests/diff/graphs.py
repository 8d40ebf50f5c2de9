"""Two small graphs side by side, as files."""

from __future__ import annotations

from pathlib import Path

from kg.diff.compare import Difference, compare
from kg.diff.summary import groups
from tests.query.small import GRAPH

RUN = 'kg:vocabularyHash "v" ; kg:corpusHash "c"'


def other(*edits: tuple[str, str]) -> str:
    """The small graph with passages put differently."""
    graph = GRAPH
    for old, new in edits:
        assert old in graph, f"{old!r} is not in the small graph"
        graph = graph.replace(old, new)
    return graph


def difference(folder: Path, new: str, old: str = GRAPH) -> Difference:
    """How two Turtle documents differ."""
    (folder / "old.ttl").write_text(old, encoding="utf-8")
    (folder / "new.ttl").write_text(new, encoding="utf-8")
    return compare(folder / "old.ttl", folder / "new.ttl")


def told(found: Difference) -> dict[str, list[tuple[str, str, str]]]:
    """Kind of change, name, and local name of the property, by cause."""
    from kg.diff.summary import wording

    words = wording(found)
    return {
        group.cause: sorted(
            (
                change.kind.value,
                words.name(change.subject.about),
                change.subject.predicate.split("#")[-1].split("/")[-1],
            )
            for change in group.changes
        )
        for group in groups(found)
    }
