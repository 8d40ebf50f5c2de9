"""Knowledge of which only matters what papers are about, when and where they came out, and who wrote them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import networkx as nx
from hypothesis import strategies as st

from kg.records import Assertion, Concept, Kind, Knowledge, Paper, Role
from tests.graph.samples import known, paper

_ROLES = {Kind.TOPIC: Role.HAS_TOPIC, Kind.METHOD: Role.USES}


def about(papers: Mapping[Paper, str]) -> Knowledge:
    """Papers with the names of what each is about, topics in lower case and methods in upper."""
    told = {paper.id: names.split() for paper, names in papers.items()}
    names = sorted({name for words in told.values() for name in words})
    concepts = {name: Concept(name.lower(), _kind(name), name) for name in names}
    assertions = tuple(
        Assertion(paper, concepts[name].key, _ROLES[_kind(name)], 0.9)
        for paper, words in sorted(told.items())
        for name in sorted(set(words))
    )
    return replace(known(list(papers)), concepts=tuple(concepts.values()), assertions=assertions)


def topics_of(*papers: str) -> Knowledge:
    """Papers p000, p001, ... of one year and venue, each with the names of what it is about."""
    return about({paper(f"p{number:03}", "A"): names for number, names in enumerate(papers)})


def _kind(name: str) -> Kind:
    return Kind.METHOD if name.isupper() else Kind.TOPIC


def shuffled(knowledge: Knowledge, seed: int) -> Knowledge:
    """The same records in another order."""
    order = random.Random(seed)

    def mixed(records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(order.sample(records, len(records)))

    return replace(
        knowledge,
        papers=mixed(knowledge.papers),
        concepts=mixed(knowledge.concepts),
        assertions=mixed(knowledge.assertions),
        authors=mixed(knowledge.authors),
        authorships=mixed(knowledge.authorships),
    )


def told(graph: nx.Graph) -> tuple[object, ...]:
    """All that a graph says, in its order."""
    return dict(graph.graph), list(graph.nodes(data=True)), list(graph.edges(data=True))


@st.composite
def knowledges(draw: st.DrawFn) -> Knowledge:
    """A few papers on a few concepts by a few people, some without year or venue."""
    papers = {
        paper(
            f"p{number}",
            *draw(st.lists(st.sampled_from("KLMN"), max_size=3, unique=True)),
            year=draw(st.sampled_from([None, 2019, 2020, 2021, 2023])),
            venue=draw(st.sampled_from([None, "iclr", "ICLR", "acl"])),
        ): " ".join(draw(st.lists(st.sampled_from("abcdeVWXYZ"), max_size=6)))
        for number in range(draw(st.integers(0, 12)))
    }
    return about(papers)
