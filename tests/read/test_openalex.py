from __future__ import annotations

import time

import pytest

from kg.read import openalex

from .json_samples import lines, papers, sample, told


def _work(**fields: object) -> dict[str, object]:
    return {"id": "https://openalex.org/W7", "title": "T", "authorships": [], **fields}


def test_a_response_is_read() -> None:
    found = papers(openalex, sample("openalex.json"))
    assert [paper.id for paper in found] == ["10-48550-arxiv-2010-03622", "w3035310229", "w2994662031"]
    paper = found[0]
    assert paper.title == "Theoretical Analysis of Self-Training with Deep Networks on Unlabeled Data"
    assert (paper.year, paper.venue) == (2021, "International Conference on Learning Representations")
    assert paper.url == "https://openreview.net/forum?id=rC8sJ4i6kaH"
    assert paper.abstract.startswith(
        "Self-training algorithms, which train a model to fit pseudolabels predicted"
    )


def test_a_names_turned_round_is_taken_as_openalex_displays_it() -> None:
    assert papers(openalex, sample("openalex.json"))[0].authors == (
        "Colin Wei",
        "Kendrick Shen",
        "Yining Chen",
    )
    people = [{"raw_author_name": "Lovelace, A.", "author": None}, {"author": {"display_name": "Bo Li"}}, {}]
    assert papers(openalex, lines(_work(authorships=people)))[0].authors == ("Lovelace, A.", "Bo Li")


def test_an_orcid_goes_before_the_id_of_openalex() -> None:
    assert papers(openalex, sample("openalex.json"))[0].author_ids == (
        "https://orcid.org/0000-0002-1825-0097",
        "https://openalex.org/A5000000011",
        "https://openalex.org/A5000000012",
    )


def test_ids_elsewhere_come_from_ids_and_locations() -> None:
    assert papers(openalex, sample("openalex.json"))[0].identifiers == (
        "https://arxiv.org/abs/2010.03622",
        "https://openalex.org/W3092462694",
        "https://openreview.net/forum?id=rC8sJ4i6kaH",
        "mag:3000000001",
    )
    ids = {
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/29456894",
        "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/5815332",
    }
    assert papers(openalex, lines(_work(ids=ids)))[0].identifiers == (
        "https://openalex.org/W7",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC5815332",
        "https://pubmed.ncbi.nlm.nih.gov/29456894",
    )


def test_what_is_odd_is_told() -> None:
    assert told(openalex, sample("openalex.json")) == [
        "211 warning: the list of authors is cut short by the API; fetch the work alone",
        "419 warning: OpenAlex says that this paper was retracted",
        "501 rejected: no paper but of type 'paratext'; left out",
    ]


def test_a_part_of_the_snapshot_is_read() -> None:
    found = papers(openalex, sample("openalex_part.jsonl"))
    assert [(paper.id, paper.location.line) for paper in found] == [("w310000003", 1), ("w310000004", 2)]


def test_an_author_is_no_work() -> None:
    assert told(openalex, lines({"id": "https://openalex.org/A7", "display_name": "Bo Li"})) == [
        "1 rejected: not a work: 'https://openalex.org/A7'"
    ]


@pytest.mark.parametrize("index", ["{}", {"a": 1}, {"a": ["x"]}, [1], {"a": [None]}, {"a": [float("inf")]}])
def test_an_abstract_that_is_no_index_is_told(index: object) -> None:
    assert told(openalex, lines(_work(abstract_inverted_index=index)))[0] == (
        "1 warning: abstract_inverted_index does not give places of words; dropped"
    )


def test_places_far_apart_or_used_twice_are_no_matter() -> None:
    index = {"end.": [10**15], "Words": [0], "at": [3], "the": [3, 7]}
    assert (
        papers(openalex, lines(_work(abstract_inverted_index=index)))[0].abstract == "Words at the the end."
    )


def test_a_long_word_at_many_places_is_not_spelled_out() -> None:
    start = time.process_time()
    work = _work(abstract_inverted_index={"a" * 100_000: list(range(100_000))})
    assert "characters; dropped" in told(openalex, lines(work))[0]
    assert time.process_time() - start < 5


def test_older_snapshots_name_the_venue_elsewhere() -> None:
    work = _work(
        host_venue={"display_name": "Nature 2015", "url": "https://nature.com/x"}, publication_year=None
    )
    paper = papers(openalex, lines(work))[0]
    assert (paper.venue, paper.year, paper.url) == ("Nature", 2015, "https://nature.com/x")
