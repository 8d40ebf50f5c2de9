from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import crossref, csl_json

from .bibliographies import draft, drafts, others, papers, seed, text_of, told

SAMPLES = ("crossref-works.json", "crossref.jsonl")


def work(**fields: Any) -> str:
    return json.dumps({"DOI": "10.5555/a", "title": ["A Title"], "member": "1", **fields})


def test_a_response_says_what_the_list_says() -> None:
    symbolic, sensei = papers(crossref, "crossref-works.json")
    printed = seed(symbolic.title)
    assert symbolic.authors == (*printed.authors, "DSO Collaboration")
    assert symbolic.abstract.split() == seed_without_latex(printed.abstract)
    assert (symbolic.year, symbolic.venue) == (2021, "Learning & Representations")
    assert (symbolic.doi, symbolic.url) == ("10.5555/dsr.2021", "https://doi.org/10.5555/DSR.2021")
    assert symbolic.author_ids[0] == "https://orcid.org/0000-0002-1825-0097"
    assert (sensei.title, sensei.year, sensei.venue) == (
        "SenSeI: Sensitive Set Invariance for Enforcing Individual Fairness",
        2020,
        "bioRxiv",
    )


def seed_without_latex(abstract: str) -> list[str]:
    return abstract.replace(r"$\textit{symbolic regression}$", "symbolic regression").split()


def test_what_is_no_paper_is_told_at_the_line_of_the_work() -> None:
    text = text_of("crossref-works.json")
    notices = told(crossref, text)
    assert [notice.partition(" ")[2] for notice in notices] == [
        "rejected: no paper: journal-issue",
        "rejected: no paper: update-to retraction",
    ]
    for notice in notices:
        assert text.split("\n")[int(notice.split()[0]) - 1].strip() == "{"


def test_works_and_single_responses_one_a_line_are_read_and_retractions_told() -> None:
    assert [paper.location.line for paper in papers(crossref, "crossref.jsonl")] == [1, 2]
    assert told(crossref, text_of("crossref.jsonl")) == [
        "1 warning: Crossref says that this paper was retracted"
    ]


@pytest.mark.parametrize("indent", [None, 1])
def test_every_holder_of_works_is_read(indent: int | None) -> None:
    one = json.loads(work())
    for holder in (
        {"items": [one]},
        {"message": one},
        {"status": "ok", "message": {"items": [one]}},
        [one],
        one,
    ):
        assert draft(crossref, json.dumps(holder, indent=indent)).doi == "10.5555/a", holder


@pytest.mark.parametrize(
    ("title", "subtitle", "printed"),
    [
        (["SenSeI"], ["Sensitive Set Invariance"], "SenSeI: Sensitive Set Invariance"),
        (
            ["SenSeI: Sensitive Set Invariance"],
            ["Sensitive set invariance"],
            "SenSeI: Sensitive Set Invariance",
        ),
        (["Do GANs Know Shape?"], ["A Study"], "Do GANs Know Shape? A Study"),
        (["Deutsch", "German"], [], "Deutsch"),
        ([], ["Alone"], ""),
        ("As text", None, "As text"),
    ],
)
def test_a_subtitle_goes_with_its_title(title: object, subtitle: object, printed: str) -> None:
    assert draft(crossref, work(title=title, subtitle=subtitle)).title == printed


def test_the_heading_of_an_abstract_is_no_part_of_it() -> None:
    found = draft(crossref, work(abstract="<jats:title>ABSTRACT</jats:title><jats:p>We show.</jats:p>"))
    assert found.abstract == "<jats:p>We show.</jats:p>"


def test_a_date_without_parts_gives_way_to_the_next() -> None:
    dates = {"issued": {"date-parts": [[None]]}, "published-print": {"date-parts": [[2021, 5]]}}
    assert draft(crossref, work(**dates)).year == 2021


def test_values_of_the_wrong_type_are_told() -> None:
    text = work(author=[7, {"family": "Li"}], institution=3, event=[], issued=1, type="posted-content")
    assert draft(crossref, text).authors == ("Li",)
    assert told(crossref, text) == [
        "1 warning: authors that are neither names nor objects with a name; dropped"
    ]


def test_a_response_that_is_cut_short_is_told() -> None:
    text = json.dumps({"message": {"items": [json.loads(work())] * 2}}, indent=1)
    cut = text[: text.rindex('"member"')]
    assert len(drafts(crossref, cut)) == 1
    (notice,) = told(crossref, cut)
    assert notice.startswith("11 rejected: not valid JSON from here on")


@pytest.mark.parametrize("name", others(*SAMPLES))
def test_other_formats_are_not_taken_for_it(name: str) -> None:
    assert not crossref.sniff(text_of(name))


def test_it_is_told_from_csl() -> None:
    same = {"type": "book", "issued": {"date-parts": [[2021]]}, "indexed": {}, "DOI": "10.5555/a"}
    assert crossref.sniff(json.dumps({**same, "title": ["A"]})) and not csl_json.sniff(
        json.dumps({**same, "title": ["A"]})
    )
    assert csl_json.sniff(json.dumps({**same, "title": "A"})) and not crossref.sniff(
        json.dumps({**same, "title": "A"})
    )


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "name", "date-parts"]), inner)
    ),
    max_leaves=6,
)
KEYS = [
    "message",
    "items",
    "type",
    "author",
    "issued",
    "institution",
    "event",
    "update-to",
    "title",
    "resource",
]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES), st.sampled_from([None, 1]))
def test_any_work_is_read(fields: dict[str, Any], indent: int | None) -> None:
    text = json.dumps(fields, indent=indent)
    assert drafts(crossref, text) or told(crossref, text) or "items" in text


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_is_read_to_its_end(text: str) -> None:
    told(crossref, '{\n"message-type": "work", "message": {' + text)
