from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from kg.build import Build
from kg.graph.cooccurrence import equivalence_index
from kg.graph.thematic import Quadrant, centrality_and_density, thematic_map, topic_map
from kg.records import Kind
from tests.graph.mapping_samples import topics_of

# Four themes of two concepts: a and b are linked by one paper, c1 and c2 never occur apart.
FOUR = topics_of(
    *["a1 a2"] * 4, "a1 b1",
    *["b1 b2"] * 4, *["b1"] * 2, *["b2"] * 3,
    *["c1 c2"] * 4,
    *["d1 d2"] * 4, *["d1"] * 4, *["d2"] * 4,
)  # fmt: skip


def _themes() -> dict[str, tuple[float, float, Quadrant]]:
    found = thematic_map(FOUR, minimum_papers=1)
    return {theme.label[0]: (theme.centrality, theme.density, theme.quadrant) for theme in found}


def test_the_equivalence_index_is_the_product_of_the_two_shares() -> None:
    counts = csr_array(np.array([[0, 3, 0], [3, 0, 1], [0, 1, 0]]))
    found = equivalence_index(counts, np.array([3, 6, 2])).toarray()
    assert found[0, 1] == pytest.approx(9 / (3 * 6))
    assert found[1, 2] == pytest.approx(1 / (6 * 2))


def test_centrality_is_ten_times_the_links_to_other_themes() -> None:
    link = 10 * 1 / (5 * 7)
    expected = {"a": link, "b": link, "c": 0.0, "d": 0.0}
    assert {name: theme[0] for name, theme in _themes().items()} == pytest.approx(expected)


def test_density_is_a_hundred_times_the_links_within_a_concept() -> None:
    expected = {"a": 50 * 16 / (5 * 4), "b": 50 * 16 / (7 * 7), "c": 50.0, "d": 50 * 16 / (8 * 8)}
    assert {name: theme[1] for name, theme in _themes().items()} == pytest.approx(expected)


def test_medians_part_the_themes_into_quadrants() -> None:
    assert {name: theme[2] for name, theme in _themes().items()} == {
        "a": Quadrant.MOTOR,
        "b": Quadrant.BASIC,
        "c": Quadrant.NICHE,
        "d": Quadrant.EMERGING_OR_DECLINING,
    }


def test_a_theme_on_the_median_counts_as_above_it() -> None:
    [theme] = thematic_map(topics_of("a b", "a b"), minimum_papers=1)
    assert theme.quadrant is Quadrant.MOTOR


def test_a_link_is_external_to_both_of_its_themes_and_internal_once() -> None:
    chain = csr_array(np.array([[0, 0.2, 0], [0.2, 0, 0.4], [0, 0.4, 0]]))
    centrality, density = centrality_and_density(chain, np.array([0, 0, 1]))
    assert centrality.tolist() == pytest.approx([4.0, 4.0])
    assert density.tolist() == pytest.approx([10.0, 0.0])


def test_a_theme_is_called_by_the_concept_most_linked_within_it() -> None:
    [theme] = thematic_map(topics_of(*["hub x", "hub y", "hub z"] * 2), minimum_papers=1)
    assert (theme.id, theme.label, theme.concepts[0]) == ("topic/hub", "hub", "topic/hub")


def test_papers_of_a_theme_are_about_two_of_its_concepts() -> None:
    [theme] = thematic_map(topics_of("a b", "a", "a b c", ""), minimum_papers=1)
    assert theme.papers == ("p000", "p002")


def test_a_concept_alone_has_a_place_on_the_topic_map_alone() -> None:
    knowledge = topics_of("a b", "a b", "z")
    assert dict(topic_map(knowledge, minimum_papers=1).nodes(data="theme"))["topic/z"] == "topic/z"
    assert [theme.id for theme in thematic_map(knowledge, minimum_papers=1)] == ["topic/a"]


def test_links_to_a_theme_too_small_for_the_map_are_external_all_the_same() -> None:
    equivalence = csr_array(np.array([[0, 0.5, 0.1], [0.5, 0, 0], [0.1, 0, 0]]))
    assert centrality_and_density(equivalence, np.array([0, 0, 1]))[0].tolist() == pytest.approx([1.0, 1.0])


def test_themes_of_the_seeds_hold_each_concept_once(seed_build: Build) -> None:
    graph = topic_map(seed_build.knowledge, minimum_papers=2)
    themes = thematic_map(seed_build.knowledge, minimum_papers=2)
    held = {key: theme.id for theme in themes for key in theme.concepts}
    assert sum(len(theme.concepts) for theme in themes) == len(held)
    assert {key: graph.nodes[key]["theme"] for key in held} == held


def test_more_resolution_gives_more_themes(seed_build: Build) -> None:
    coarse, fine = (
        len(
            set(
                dict(
                    topic_map(seed_build.knowledge, minimum_papers=2, resolution=r).nodes(data="theme")
                ).values()
            )
        )
        for r in (0.5, 5.0)
    )
    assert fine > coarse


def test_themes_can_be_of_methods() -> None:
    assert [t.id for t in thematic_map(topics_of("X Y a"), [Kind.METHOD], minimum_papers=1)] == ["method/x"]


def test_no_papers_have_no_themes() -> None:
    assert thematic_map(topics_of()) == ()
    assert thematic_map(topics_of("a b")) == ()
