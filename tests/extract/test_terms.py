from __future__ import annotations

import numpy as np
import pytest

from kg.extract.features import vector
from kg.extract.terms import terms
from kg.extract.words import data, normal_form


def test_every_column_has_one_entry_a_term() -> None:
    table = terms()
    lengths = {len(table.papers), len(table.titles), len(table.alone), len(table.vectors)}
    assert lengths == {len(table.rows)}
    assert sorted(table.rows.values()) == list(range(len(table.rows)))


def test_terms_stand_in_their_normal_form() -> None:
    assert [term for term in terms().rows if normal_form(term) != term] == []


def test_no_term_is_rarer_than_the_table_says_and_none_is_more_often_in_titles_than_anywhere() -> None:
    table = terms()
    assert table.papers.min() >= data("terms")["least_papers"]
    assert (table.titles <= table.papers).all()
    assert (table.alone <= table.papers).all()


def test_vectors_are_of_one_length_and_as_wide_as_told() -> None:
    vectors = terms().vectors.astype(float)
    assert vectors.shape[1] == data("terms")["dimensions"]
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(127, abs=2)  # but for rounding


def test_a_phrase_is_no_more_frequent_than_its_words() -> None:
    table = terms()
    for phrase in ("reinforcement learning", "graph neural network"):
        assert 0 < table.frequency(phrase) <= min(table.frequency(word) for word in phrase.split())


def test_a_phrase_that_is_not_in_the_table_stands_in_no_paper() -> None:
    assert terms().frequency("purple zebra dance") == 0
    assert terms().frequency("") == 0


def test_a_name_is_placed_where_its_longest_known_ending_is_at_half_the_length() -> None:
    whole = vector("reinforcement learning")
    assert np.linalg.norm(whole) == pytest.approx(1, abs=0.02)
    assert vector("zebrafoo reinforcement learning") == pytest.approx(whole / 2)


@pytest.mark.parametrize("name", ["zebrafoo", "zebrafoo barfoo", ""])
def test_a_name_of_which_nothing_is_known_is_placed_nowhere(name: str) -> None:
    assert not vector(name).any()


def test_names_that_keep_the_same_company_are_placed_together() -> None:
    def likeness(one: str, other: str) -> float:
        return float(vector(one) @ vector(other))

    assert likeness("q learning", "reinforcement learning") > likeness("q learning", "object detection")
