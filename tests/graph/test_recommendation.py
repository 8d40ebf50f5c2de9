from __future__ import annotations

from dataclasses import replace
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from kg.graph.recommendation import Step, collaborators, network
from kg.graph.recommendation.features import NAMES, features
from kg.graph.recommendation.profiles import studied_with, tf_idf, words
from kg.records import Knowledge
from tests.graph.recommending_samples import corpus, growing, shuffled, written

TEAMS = corpus(
    written("p1", "ada bo", "topic/vision method/attention"),
    written("p2", "bo cy", "topic/vision method/diffusion"),
    written("p3", "cy dan", "topic/vision method/diffusion"),
    written("p4", "eve fay", "topic/speech method/attention"),
    written("p5", "gus", "topic/vision method/attention"),
)


def test_nobody_is_recommended_a_co_author_or_oneself() -> None:
    people = network(growing())
    for row, person in enumerate(people.people[:20]):
        found = {r.person for r in collaborators(people, person, 1000)}
        theirs = people.links.indices[people.links.indptr[row] : people.links.indptr[row + 1]]
        assert not found & {person, *(people.people[other] for other in theirs)}, person


def test_scores_are_probabilities_and_fall() -> None:
    people = network(growing())
    for person in people.people[::10]:
        scores = [r.score for r in collaborators(people, person, 1000)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score < 1 for score in scores)


def test_a_recommendation_says_who_is_known_to_both_and_by_which_papers() -> None:
    found = {r.person: r for r in collaborators(network(TEAMS), "ada")}
    assert set(found) == {"cy", "dan", "gus"}  # eve and fay are neither near nor on the same topic
    assert found["cy"].explanation.common_collaborators == ("bo",)
    assert found["cy"].explanation.path == (Step("p1", "bo"), Step("p2", "cy"))
    assert found["dan"].distance == 3
    assert found["dan"].explanation.path == (Step("p1", "bo"), Step("p2", "cy"), Step("p3", "dan"))


def test_someone_without_co_authors_is_recommended_people_on_the_same_topic() -> None:
    found = {r.person: r for r in collaborators(network(TEAMS), "gus")}
    assert found["cy"].explanation.shared_topics == ("topic/vision",)
    assert (found["cy"].distance, found["cy"].explanation.path) == (None, ())


def test_methods_that_a_topic_is_studied_with_and_one_lacks_are_brought_by_the_other() -> None:
    found = {r.person: r for r in collaborators(network(TEAMS), "gus")}
    assert found["cy"].explanation.brought == ("method/diffusion",)
    # attention is in no more papers of vision than chance has it (2 of 4, in 3 of 5 papers)
    assert found["cy"].explanation.offered == ()


def test_a_person_who_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        collaborators(network(TEAMS), "nobody")


def test_no_more_are_recommended_than_wanted() -> None:
    people = network(growing())
    assert len(collaborators(people, people.people[0], limit=3)) == 3


def test_features_do_not_depend_on_which_of_the_two_comes_first() -> None:
    people = network(growing())
    generator = np.random.default_rng(1)
    pairs = generator.integers(0, len(people.people), (500, 2))
    one, other = features(people, pairs[:, 0], pairs[:, 1]), features(people, pairs[:, 1], pairs[:, 0])
    differing = [name for name in one if one[name].tolist() != pytest.approx(other[name].tolist())]
    assert differing == []


def test_features_of_a_pair_are_what_a_hand_computes() -> None:
    people = network(TEAMS)
    found = features(people, np.array([people.row["ada"]]), np.array([people.row["cy"]]))
    expected = {
        "distance": 2.0,
        "common_neighbours": 1.0,
        "adamic_adar": 1 / log(2),
        "resource_allocation": 0.5,
        "local_path": 1.0,
        "katz": 0.05**2 + 3 * 0.05**4,  # one walk of two edges, three of four
        "weighted_paths": 1.0,
        "preferential_attachment": 2.0,
        "shared_topics": 1.0,
        "shared_methods": 0.0,
        "shared_words": 0.0,
        "same_venues": 1.0,
        "inactivity": 0.0,
        "productivity": 2.0,
        "seniority": 0.5,  # ada is never last, cy on one of two papers
        "common_seniors": 0.0,
    }
    assert {name: found[name][0] for name in expected} == pytest.approx(expected)
    assert set(NAMES) | {"distance"} == set(found)


@settings(max_examples=10)
@given(seed=st.integers(0, 1000))
def test_recommendations_do_not_depend_on_the_order_of_records(seed: int) -> None:
    knowledge = growing()
    assert collaborators(network(shuffled(knowledge, seed)), "p3-4") == collaborators(
        network(knowledge), "p3-4"
    )


def test_the_seeds_are_recommended_people_whom_a_co_author_knows(seed_knowledge: Knowledge) -> None:
    people = network(seed_knowledge)
    middle = people.people[int(np.argmax(np.diff(people.links.indptr)))]
    found = collaborators(people, middle)
    assert found and all(r.explanation.common_collaborators for r in found if r.distance == 2)


def test_nobody_is_in_an_empty_corpus() -> None:
    people = network(corpus())
    nobody = np.zeros(0, dtype=np.int64)
    assert {len(column) for column in features(people, nobody, nobody).values()} == {0}


def test_vectors_weigh_rare_concepts_and_have_length_1() -> None:
    occurring = csr_array(np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]))  # n = 2 and 3 of 4
    wrote = csr_array(np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]))
    rare, common = 2 * log(4 / 2), log(4 / 3)
    length = sqrt(rare**2 + common**2)
    assert tf_idf(occurring, wrote).toarray().tolist() == [
        pytest.approx([rare / length, common / length]),
        [0.0, 0.0],
    ]


def test_a_topic_is_studied_with_methods_that_it_shares_papers_with_beyond_chance() -> None:
    topics = csr_array(np.array([[1.0], [1.0], [0.0], [0.0]]))
    methods = csr_array(np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0]]))
    # the first: p = 1/2 together and each, npmi = ln 2 / ln 2; the second is everywhere; the third is too rare
    assert studied_with(topics, methods, 2, 5).toarray().tolist() == [[1.0, 0.0, 0.0]]


def test_words_are_counted_once_a_paper_and_without_case() -> None:
    one, other = written("p1", "ada")[0], written("p2", "bo")[0]
    papers = [
        replace(one, title="Graph graph NETS", abstract="of graphs"),
        replace(other, title="graph Nets x9"),
    ]
    assert words(papers, "[a-z]{3,}", 2).toarray().tolist() == [[1.0, 1.0], [1.0, 1.0]]
