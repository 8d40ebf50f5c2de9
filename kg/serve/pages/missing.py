"""What is offered where nothing is found: things with names alike."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from kg.namespaces import ONTOLOGY
from kg.serve.pages.facts import Facts, Link
from kg.serve.pages.settings import SETTINGS
from kg.serve.world import World

_CLASSES = {
    "author": "Author",
    "community": "Community",
    "dataset": "Dataset",
    "edition": "Edition",
    "method": "Method",
    "metric": "Metric",
    "paper": "Paper",
    "topic": "Topic",
    "venue": "Venue",
}
_PARTS = {"authorship": "paper", "claim": "paper", "mention": "paper", "decision": "author"}


def near(world: World, path: str) -> tuple[Link, ...]:
    """Things whose ids are like the last part of a path: of its kind, or of any where it names none.

    Args:
        world: with the graph.
        path: what was asked for, below ``/id/``.
    """
    kind, _, wanted = path.rpartition("/")
    if kind in _PARTS:  # numbered after what they belong to
        kind, wanted = _PARTS[kind], wanted.rpartition("-")[0] or wanted
    kinds = [kind] if kind in _CLASSES else list(_CLASSES)
    limits = SETTINGS.limits
    found = [
        (score, entry, of)
        for of in kinds
        for entry, score, _ in process.extract(
            wanted.lower(),
            _ids(world.store, world.base, of),
            scorer=fuzz.ratio,
            limit=limits["near"],
            score_cutoff=SETTINGS.near_score,
        )
    ]
    best = sorted(found, key=lambda match: (-match[0], match[1], match[2]))[: limits["near"]]
    facts = Facts(world.store, world.base)
    return tuple(facts.link(f"{world.base}{of}/{entry}") for _, entry, of in best)


@lru_cache(maxsize=2 * len(_CLASSES))
def _ids(store: ox.Store, base: str, kind: str) -> tuple[str, ...]:
    facts = Facts(store, base)
    prefix = f"{base}{kind}/"
    things = facts.subjects("rdf:type", ONTOLOGY + _CLASSES[kind])
    return tuple(thing.removeprefix(prefix) for thing in things if thing.startswith(prefix))
