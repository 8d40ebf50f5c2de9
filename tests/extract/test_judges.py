from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from spacy.language import Language

from kg.extract.classifier import OUTCOMES
from kg.extract.concepts import described
from kg.extract.judges import ACCURATE, EXTRACTORS, FAST, Judge, Said, accurate, averaged, fast, judge_of
from kg.extract.roles import ROLES
from kg.records import Paper

from .conftest import doc_of


@pytest.fixture(params=EXTRACTORS)
def judge(request: pytest.FixtureRequest) -> Judge:
    """The judge of each extractor."""
    return judge_of(request.param)


def test_each_extractor_has_its_judge() -> None:
    assert [judge_of(name) for name in (FAST, ACCURATE)] == [fast, accurate]


@pytest.mark.parametrize("name", ["", "Fast", "slow"])
def test_an_extractor_that_does_not_exist_is_told_with_those_that_do(name: str) -> None:
    with pytest.raises(ValueError, match="fast or accurate"):
        judge_of(name)


def test_a_judge_gives_each_group_a_distribution_of_outcomes_and_of_roles(
    judge: Judge, small_finders: Language, papers: Sequence[Paper]
) -> None:
    for source in papers[:5]:
        doc = doc_of(small_finders, source.title, source.abstract)
        groups, values = described(doc)
        outcomes, roles = judge(doc, groups, values)
        assert outcomes.shape == (len(groups), len(OUTCOMES))
        assert roles.shape == (len(groups), len(ROLES))
        for table in (outcomes, roles):
            assert ((table >= 0) & (table <= 1)).all(), source.id
            assert table.sum(axis=1) == pytest.approx(np.ones(len(groups)), abs=1e-4), source.id


@pytest.mark.parametrize(("title", "abstract"), [("", ""), ("...", ""), ("It is", "so.")])
def test_a_text_without_candidates_is_judged_too(
    judge: Judge, small_finders: Language, title: str, abstract: str
) -> None:
    doc = doc_of(small_finders, title, abstract)
    outcomes, roles = judge(doc, *described(doc))
    assert (outcomes.shape, roles.shape) == ((0, len(OUTCOMES)), (0, len(ROLES)))


def test_the_encoders_word_counts_half_where_it_reads_and_nothing_elsewhere() -> None:
    outcomes, roles = np.full((3, 5), 0.2), np.full((3, 4), 0.25)
    said = Said(np.array([2, 0]), np.eye(5)[[1, 4]], np.eye(4)[[0, 3]])
    both, tasks = averaged((outcomes, roles), said)
    assert both.tolist() == [[0.1, 0.1, 0.1, 0.1, 0.6], [0.2] * 5, [0.1, 0.6, 0.1, 0.1, 0.1]]
    assert tasks.tolist() == [[0.125, 0.125, 0.125, 0.625], [0.25] * 4, [0.625, 0.125, 0.125, 0.125]]


def test_averaging_leaves_what_it_is_given_as_it_was() -> None:
    outcomes, roles = np.full((1, 5), 0.2), np.full((1, 4), 0.25)
    averaged((outcomes, roles), Said(np.array([0]), np.eye(5)[:1], np.eye(4)[:1]))
    assert (outcomes == 0.2).all() and (roles == 0.25).all()


def test_beyond_what_the_encoder_reads_the_features_have_the_only_word(small_finders: Language) -> None:
    doc = doc_of(small_finders, "A Title", "GraphFoo wins. " + "Then it is so. " * 300 + "GraphBar wins.")
    groups, values = described(doc)
    names = [group.name for group in groups]
    slow, quick = accurate(doc, groups, values), fast(doc, groups, values)
    for one, other in zip(slow, quick, strict=True):
        assert (one[names.index("graphbar")] == other[names.index("graphbar")]).all()
        assert (one[names.index("graphfoo")] != other[names.index("graphfoo")]).any()
