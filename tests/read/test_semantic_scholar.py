from __future__ import annotations

from kg.read import semantic_scholar

from .json_samples import lines, papers, sample, told

SHA = "0123456789abcdef0123456789abcdef01234567"


def test_a_response_is_read() -> None:
    first, second, third = papers(semantic_scholar, sample("semantic_scholar.json"))
    assert (first.id, first.year, first.venue) == (
        "corpusid-222208854",
        2021,
        "International Conference on Learning Representations",
    )
    assert first.authors == ("Colin Wei", "Kendrick Shen", "Yining Chen")
    assert first.author_ids[0] == "https://www.semanticscholar.org/author/30010"
    assert first.abstract.startswith("Self-training algorithms")
    assert second.venue == "International Conference on Learning Representations"
    assert second.author_ids[0] == ""
    assert third.doi == "10.18653/v1/2021.acl-long.1"


def test_external_ids_become_addresses() -> None:
    first, _, third = papers(semantic_scholar, sample("semantic_scholar.json"))
    assert first.identifiers == (
        "https://api.semanticscholar.org/CorpusID:222208854",
        "https://arxiv.org/abs/2010.03622",
        "https://dblp.org/rec/conf/iclr/WeiSCM21",
        "https://www.semanticscholar.org/paper/111111111111111111111111111111111111111a",
        "mag:3092462694",
    )
    assert {
        "https://aclanthology.org/2021.acl-long.1",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC5815332",
        "https://pubmed.ncbi.nlm.nih.gov/29456894",
    } < set(third.identifiers)


def test_a_paper_that_the_service_does_not_know_is_told() -> None:
    assert told(semantic_scholar, sample("semantic_scholar.json")) == ["105 rejected: not a JSON object"]


def test_papers_and_abstracts_of_the_datasets_are_joined() -> None:
    source = sample("semantic_scholar_bulk.jsonl")
    found = papers(semantic_scholar, source)
    assert [paper.id for paper in found] == ["corpusid-209202000"]
    assert found[0].abstract.startswith("Discovering the underlying mathematical expressions")
    assert (
        "https://www.semanticscholar.org/paper/4444444444444444444444444444444444444443"
        in found[0].identifiers
    )
    assert told(semantic_scholar, source) == [
        "2 rejected: no paper but of type ['Dataset']; left out",
        "4 rejected: an abstract of CorpusID:5, which is not in this file; put papers and abstracts in one",
    ]


def test_citations_and_references_hold_papers() -> None:
    hits = {
        "data": [
            {"isInfluential": True, "citedPaper": {"paperId": SHA, "title": "A"}},
            {"citingPaper": {"paperId": SHA, "title": "B"}},
        ]
    }
    assert [paper.title for paper in papers(semantic_scholar, lines(hits))] == ["A", "B"]


def test_a_data_paper_is_a_paper() -> None:
    paper = {"paperId": SHA, "title": "A", "publicationTypes": ["Dataset", "JournalArticle"]}
    assert papers(semantic_scholar, lines(paper))[0].id == SHA


def test_an_orcid_goes_before_the_services_id() -> None:
    authors = [{"authorId": "7", "name": "Bo Li", "externalIds": {"ORCID": "0000-0002-1825-0097"}}]
    found = papers(semantic_scholar, lines({"paperId": SHA, "title": "A", "authors": authors}))[0]
    assert found.author_ids == ("https://orcid.org/0000-0002-1825-0097",)
