"""The first page: what the graph is, and where to begin."""

from __future__ import annotations

from dataclasses import replace

from kg.namespaces import ONTOLOGY
from kg.serve.pages.asked import HTML_TEXT
from kg.serve.pages.facts import Facts, Link
from kg.serve.pages.settings import SETTINGS
from kg.serve.pages.survey import Counts, survey
from kg.serve.rendering import render
from kg.serve.reply import Reply
from kg.serve.world import World

_COUNTED = ("Paper", "Author", "Topic", "Method", "Dataset", "Metric", "Community")


def start(world: World, origin: str) -> Reply:
    """The start page.

    Args:
        world: what is served.
        origin: the server's, for the address of the endpoint.
    """
    seen = survey(world)
    facts = Facts(world.store, world.base)
    counts = tuple(
        (SETTINGS.words["plural"][kind], seen.counts[kind]) for kind in _COUNTED if seen.counts.get(kind)
    )
    venues = sorted(seen.holdings, key=lambda place: (-len(seen.holdings[place].papers), place))
    editions = [facts.link(p, len(seen.holdings[p].papers)) for p in venues if facts.kind(p) == "Edition"]
    content = render(
        "start.html.j2",
        counts=counts,
        statements=seen.counts.get("Mention", 0) + seen.counts.get("Claim", 0),
        triples=seen.triples,
        topics=_first(facts, seen.topics),
        people=_first(facts, seen.people),
        groups=_first(facts, seen.groups),
        editions=tuple(editions[: SETTINGS.limits["start"]]),
        origin=origin,
        source=source(facts),
    )
    return Reply(200, HTML_TEXT, content.encode("utf-8", "replace"))


def source(facts: Facts) -> str:
    """What made the graph, in words, for the foot of every page."""
    runs = facts.subjects("rdf:type", ONTOLOGY + "Run")
    told = [
        f"kg {facts.text(run, 'kg:softwareVersion')}, extractor {facts.text(run, 'kg:extractor')}"
        for run in runs
    ]
    return "; ".join(told)


def _first(facts: Facts, counts: Counts) -> tuple[Link, ...]:
    return tuple(replace(facts.link(iri), count=n) for iri, n in counts[: SETTINGS.limits["start"]])
