from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import Build
from kg.graph.bipartite import Weighting, author_topics, project, topic_methods
from kg.graph.bursts import bursts
from kg.graph.cooccurrence import cooccurrence
from kg.graph.emergence import emergence
from kg.graph.mapping import BurstSettings, EmergenceSettings
from kg.graph.thematic import thematic_map, topic_map
from kg.graph.trends import trends
from kg.records import Kind, Knowledge
from tests.graph.mapping_samples import knowledges, shuffled, told

BOTH = [Kind.TOPIC, Kind.METHOD]
EASY_BURSTS = BurstSettings(s=1.5, gamma=0.1, highest_rate=0.9999, minimum_papers=1)
EVERY_CONCEPT = EmergenceSettings(minimum_papers=1, pseudo_papers=0.5, confidence=0.95)

MAPS: dict[str, Callable[[Knowledge], object]] = {
    "cooccurrence": lambda k: told(cooccurrence(k, BOTH, minimum_papers=1)),
    "topic map": lambda k: told(topic_map(k, BOTH, minimum_papers=1)),
    "thematic map": lambda k: thematic_map(k, BOTH, minimum_papers=1),
    "trends": lambda k: trends(k, BOTH),
    "bursts": lambda k: bursts(k, BOTH, settings=EASY_BURSTS),
    "emergence": lambda k: emergence(k, BOTH, settings=EVERY_CONCEPT),
    "emergence in common venues": lambda k: emergence(k, BOTH, common_venues=True, settings=EVERY_CONCEPT),
    "authors and topics": lambda k: told(author_topics(k, minimum_papers=1)),
    "topics and methods": lambda k: told(topic_methods(k, minimum_papers=1)),
    "projection by Newman": lambda k: told(project(author_topics(k, minimum_papers=1), 0)),
    "projection by cosine": lambda k: told(
        project(topic_methods(k, minimum_papers=1), 1, Weighting.COSINE)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MAPS)
@given(knowledge=knowledges(), seed=st.integers(0, 99))
def test_a_map_does_not_depend_on_the_order_of_records(name: str, knowledge: Knowledge, seed: int) -> None:
    assert MAPS[name](shuffled(knowledge, seed)) == MAPS[name](knowledge)


@pytest.mark.parametrize("name", MAPS)
def test_a_map_of_the_seeds_does_not_depend_on_the_order_of_records(name: str, seed_build: Build) -> None:
    knowledge = seed_build.knowledge
    assert repr(MAPS[name](shuffled(knowledge, 7))) == repr(MAPS[name](knowledge))
