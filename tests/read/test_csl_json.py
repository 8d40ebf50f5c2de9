from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import csl_json

from .bibliographies import draft, drafts, others, papers, seed, text_of, told


def item(**fields: Any) -> str:
    return json.dumps([{"id": "a", "type": "paper-conference", "title": "A Title", **fields}])


def test_a_zotero_export_says_what_the_list_says() -> None:
    binaural, performers = papers(csl_json, "zotero-csl.json")
    printed = seed(binaural.title)
    assert (binaural.authors, binaural.abstract, binaural.url) == (
        printed.authors,
        printed.abstract,
        printed.url,
    )
    assert (binaural.year, binaural.venue) == (2021, "International Conference on Learning Representations")
    assert binaural.id == "bq7t2kxe"
    assert binaural.identifiers == (
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7654321",
        "https://pubmed.ncbi.nlm.nih.gov/33526905",
    )
    assert performers.title == "Rethinking Attention with Performers"
    assert performers.authors[-1] == "Google Research"
    assert (performers.doi, performers.year) == ("10.48550/arxiv.2009.14794", 2020)
    assert performers.identifiers == ("https://arxiv.org/abs/2009.14794",)


def test_what_is_no_paper_is_told_with_its_line() -> None:
    (told_of_map,) = told(csl_json, text_of("zotero-csl.json"))
    line, _, reason = told_of_map.partition(" ")
    assert reason == "rejected: no paper: map"
    assert text_of("zotero-csl.json").split("\n")[int(line)].strip() == '"id": 7,'


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (
            {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"},
            "Laurens van der Maaten",
        ),
        ({"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}, "Alexander von Humboldt"),
        ({"family": "King", "given": "Martin Luther", "suffix": "Jr."}, "Martin Luther King Jr."),
        ({"literal": "World Health Organization"}, "World Health Organization"),
        ({"family": "Plato"}, "Plato"),
        ("Ada Lovelace", "Ada Lovelace"),
    ],
)
def test_names_come_in_the_order_of_print(name: object, printed: str) -> None:
    assert draft(csl_json, item(author=[name])).authors == (printed,)


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"date-parts": [[2021, 5, 3]]}, 2021),
        ({"date-parts": [["2021"]]}, "2021"),
        ({"raw": "May 2021"}, "May 2021"),
        ({"literal": "2021"}, "2021"),
        ("2021-05-03", "2021-05-03"),
        ({"date-parts": [[]]}, None),
        (True, None),
    ],
)
def test_a_date_in_every_shape(issued: object, year: object) -> None:
    assert draft(csl_json, item(issued=issued)).year == year


def test_an_orcid_is_kept() -> None:
    author = {"family": "Li", "given": "Bo", "ORCID": "http://orcid.org/0000-0002-1825-0097"}
    assert draft(csl_json, item(author=[author])).author_ids == ("http://orcid.org/0000-0002-1825-0097",)


def test_an_id_that_is_a_doi_serves_as_doi() -> None:
    assert draft(csl_json, item(id="https://doi.org/10.5555/a")).doi == "10.5555/a"


def test_a_note_may_hold_a_doi() -> None:
    assert draft(csl_json, item(note="Original language: English\nDOI: 10.5555/a")).doi == "10.5555/a"


def test_titles_in_lists_as_content_negotiation_gives_them_are_read() -> None:
    found = draft(csl_json, item(title=["A Title"], **{"container-title": ["Science &amp; Nature 2021"]}))
    assert (found.title, found.venue, found.year) == ("A Title", "Science & Nature", "2021")


def test_items_of_zoteros_api_are_read() -> None:
    assert draft(csl_json, json.dumps({"items": json.loads(item())}, indent=1)).title == "A Title"


def test_values_of_the_wrong_type_are_told() -> None:
    text = item(author={"family": "Li"}, DOI=7, URL=[], note={})
    assert draft(csl_json, text).authors == ()
    assert told(csl_json, text) == [
        "1 warning: authors that are neither names nor objects with a name; dropped"
    ]


def test_a_broken_item_does_not_stop_the_file() -> None:
    text = '[\n{"type": "article-journal", "title": "A"},\n{"title": },\n{"title": "C"}\n]'
    assert [each.title for each in drafts(csl_json, text)] == ["A", "C"]
    assert told(csl_json, text)[0].startswith("3 rejected: not valid JSON")


@pytest.mark.parametrize("name", others("zotero-csl.json"))
def test_other_formats_are_not_taken_for_it(name: str) -> None:
    assert not csl_json.sniff(text_of(name))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["family", "raw", "date-parts"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*csl_json.FIELDS, *csl_json.IDENTIFIERS, "author", "note", "issued"]), VALUES
    )
)
def test_any_item_is_read(fields: dict[str, Any]) -> None:
    assert len(drafts(csl_json, json.dumps([fields]))) <= 1


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_is_read_to_its_end(text: str) -> None:
    told(csl_json, '[{"type": "article-journal",' + text)
