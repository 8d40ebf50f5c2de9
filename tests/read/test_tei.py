from __future__ import annotations

from pathlib import Path

from kg.read.drafts import Draft
from kg.read.source import Source, open_source
from kg.read.tei import read
from kg.records import Notice

DATA = Path(__file__).parent / "data" / "grobid.tei.xml"
HEADER = "<teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt><sourceDesc>{}</sourceDesc></fileDesc></teiHeader>"


def sample() -> Draft:
    (draft,) = read(open_source(DATA, "grobid.tei.xml"))
    assert isinstance(draft, Draft)
    return draft


def test_a_paper_is_read_with_all_its_fields() -> None:
    draft = sample()
    assert draft.line == 2
    assert draft.title == "Score-Based Generative Modeling through Stochastic Differential Equations"
    assert (draft.year, draft.venue, draft.doi) == ("2021-02-10", "ICLR", "10.48550/arXiv.2011.13456")
    assert draft.identifiers == ("https://arxiv.org/abs/2011.13456",)
    assert draft.url == "https://arxiv.org/abs/2011.13456"


def test_names_are_put_together_and_one_that_was_not_found_is_left_empty() -> None:
    assert sample().authors == ("Yang Song", "Diederik P Kingma", "Ben van der Poole Jr.", "")
    assert sample().author_ids == ("https://orcid.org/0000-0002-1825-0097", "", "", "")


def test_the_abstract_is_read_without_its_heading() -> None:
    assert sample().abstract == (
        "Creating noise from data is easy; creating data from noise is [1] generative modeling.\n\nWe present an SDE."
    )


def test_a_corpus_is_read_paper_by_paper_without_its_own_header() -> None:
    papers = "".join(f"\n<TEI>{HEADER.format(title, '<biblStruct/>')}</TEI>" for title in "AB")
    text = f"<teiCorpus>{HEADER.format('Corpus', '<p/>')}{papers}</teiCorpus>"
    found = [record for record in read(Source("a.xml", "", text)) if isinstance(record, Draft)]
    assert [(draft.title, draft.line) for draft in found] == [("A", 2), ("B", 3)]


def test_a_header_that_grobid_did_not_write_is_rejected() -> None:
    (found,) = read(Source("a.xml", "", f"<TEI>{HEADER.format('A Play', '<p/>')}</TEI>"))
    assert (
        isinstance(found, Notice) and found.reason == "no <biblStruct> in the header; not written by GROBID"
    )
