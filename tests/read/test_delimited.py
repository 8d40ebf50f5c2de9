from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.read import delimited
from kg.read.cleaning import clean
from kg.read.drafts import Draft
from kg.read.layouts import tables
from kg.read.source import Source, source_of
from kg.records import Notice

DATA = Path(__file__).parent / "data"
MEMORY = "Memory Optimization for Deep Networks"
SELF_TRAINING = "Theoretical Analysis of Self-Training with Deep Networks on Unlabeled Data"
OURS = {
    "scopus.csv", "scopus-2021.csv", "web-of-science-tab.txt", "dimensions.csv", "lens.csv", "zotero.csv", "table.csv",
}  # fmt: skip


def _read(text: str) -> tuple[list[Draft], list[str]]:
    found = list(delimited.read(Source("a.csv", "", text)))
    drafts = [draft for draft in found if isinstance(draft, Draft)]
    told = [f"{n.location.line} {n.severity}: {n.reason}" for n in found if isinstance(n, Notice)]
    return drafts, told


def _sample(name: str) -> tuple[list[Draft], list[str]]:
    return _read(source_of((DATA / name).read_bytes(), name).text)


def _table(header: list[str], *rows: list[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_tables_alone_are_taken_for_tables(path: Path) -> None:
    assert delimited.sniff(source_of(path.read_bytes(), path.name).head) == (path.name in OURS)


def test_no_list_of_the_seeds_is_taken_for_a_table() -> None:
    seeds = Path(__file__).resolve().parents[2] / "seeds"
    for path in sorted(seeds.glob("*.md")):
        assert not delimited.sniff(source_of(path.read_bytes(), path.name).head), path.name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title",
        "title\nauthors\nyear\n",
        "Deep learning, in short\n\nBy authors, and others\n",
        "| Title | Authors |\n|---|---|\n| A | B |\n",
        '[{"title": 1, "authors": 2}]',
        "<title>,<authors>\n",
        "Name,Age\nAda,36\n",
        "TY  - JOUR\nTI  - Title, authors, year\n",
        "PMID- 1\nTI  - A\n",
        "FN Clarivate\nVR 1.0\nPT J\n",
    ],
)
def test_other_texts_are_not_taken_for_tables(text: str) -> None:
    assert not delimited.sniff(text)


def test_scopus_full_names_lose_the_ids_that_follow_them() -> None:
    (paper, review), told = _sample("scopus.csv")
    assert (paper.line, paper.title, paper.year, paper.key) == (2, MEMORY, "2021", "2-s2.0-85109115001")
    assert paper.authors[::4] == ("Aashaka Shah", "Philipp Krähenbühl")
    assert paper.author_ids[0] == "https://www.scopus.com/authid/detail.uri?authorId=57203902134"
    assert (review.authors, review.abstract) == ((), "")
    assert told == ["4 rejected: a record of kind 'Erratum', no paper; left out"]


def test_scopus_names_parted_by_commas_are_turned_round_and_get_their_ids() -> None:
    (paper,), told = _sample("scopus-2021.csv")
    assert paper.authors == ("C. Wei", "K. Shen", "Y. Chen", "T. Ma")
    assert [address.rpartition("=")[2] for address in paper.author_ids] == [
        "57204444444",
        "57222222222",
        "57211111111",
        "56999999999",
    ]
    assert (paper.doi, told) == ("10.48550/arXiv.2010.03622", [])


def test_web_of_science_tables_keep_quotation_marks_as_letters() -> None:
    (memory, other), told = _sample("web-of-science-tab.txt")
    assert memory.title == '"Memory" Optimization for Deep Networks'
    assert memory.abstract.startswith('"Deep learning is slowly')
    assert memory.authors == ("Aashaka Shah", "Philipp Krähenbühl")
    assert memory.author_ids == ("", "https://orcid.org/0000-0002-9846-4369")
    assert (other.line, other.title, told) == (3, SELF_TRAINING, [])


def test_web_of_science_tables_with_full_column_names_are_read() -> None:
    text = _table(
        ["Authors", "Author Full Names", "Article Title", "Source Title", "ORCIDs", "Publication Year", "UT (Unique WOS ID)"],
        ["Shah, A", "Shah, Aashaka", MEMORY, "JMLR", "Shah, Aashaka/0000-0002-1825-0097", "2021", "WOS:000612345600001"],
    )  # fmt: skip
    (paper,), told = _read(text)
    assert (paper.authors, paper.title, told) == (("Aashaka Shah",), MEMORY, [])
    assert paper.author_ids == ("https://orcid.org/0000-0002-1825-0097",)
    assert paper.identifiers == ("WOS:000612345600001",)


def test_the_line_that_dimensions_writes_above_the_header_is_passed_over() -> None:
    (paper,), told = _sample("dimensions.csv")
    assert (paper.line, paper.title, paper.year, told) == (3, MEMORY, "2020", [])
    assert paper.url == "https://arxiv.org/pdf/2010.14501"
    assert paper.identifiers == ("https://pubmed.ncbi.nlm.nih.gov/33526905",)


def test_the_lens_and_its_first_address_are_read() -> None:
    (paper,), told = _sample("lens.csv")
    assert paper.authors == ("Aashaka Shah", "Chao-Yuan Wu", "Philipp Krähenbühl")
    assert (paper.url, paper.key) == ("https://openreview.net/forum?id=bnY0jm4l59", "012-345-678-901-234")
    assert told == ["3 rejected: a record of kind 'journal', no paper; left out"]


def test_zotero_tables_with_line_breaks_in_cells_keep_their_line_numbers() -> None:
    (preprint, paper), told = _sample("zotero.csv")
    assert (preprint.line, paper.line) == (2, 6)
    assert preprint.abstract.count("\n") == 2
    assert preprint.identifiers == ("https://arxiv.org/abs/2010.03622",)
    assert paper.authors == ("OpenAI", "Laurens van der Maaten")
    assert paper.venue == "International Conference on Learning Representations"
    assert told == ["5 rejected: a record of kind 'attachment', no paper; left out"]


def test_any_table_with_a_title_is_read() -> None:
    (memory, other), told = _sample("table.csv")
    assert (memory.line, memory.title, memory.venue, memory.year) == (3, MEMORY, "ICLR", "2021")
    assert memory.identifiers == ("https://arxiv.org/abs/2010.14501",)
    assert other.authors == ("Colin Wei", "Kendrick Shen", "Yining Chen")
    assert told == []


@pytest.mark.parametrize("delimiter", tables().delimiters)
def test_every_delimiter_is_found(delimiter: str) -> None:
    text = _table(["title", "authors", "year"], [MEMORY, "Ada, Lovelace; Bo|Li", "2021"], delimiter=delimiter)
    assert delimited.sniff(text)
    assert _read(text)[0][0].title == MEMORY


@pytest.mark.parametrize(
    ("header", "row", "authors"),
    [
        (["PMID", "Title", "Authors", "Journal/Book"], ["1", "T", "Shah A, De Grassi AB, Li B.", "J"], ("A Shah", "AB De Grassi", "B. Li")),
        (["id", "display_name", "authorships.author.display_name"], ["https://openalex.org/W1", "T", "Ada Lovelace|Bo Li"], ("Ada Lovelace", "Bo Li")),
        (["Document Title", "Authors", "Author Affiliations", "Publication Title"], ["T", "A. Shah; B. Li", "X", "Y"], ("A. Shah", "B. Li")),
        (["Cites", "Authors", "Title", "ArticleURL"], ["3", "A Shah, P Krähenbühl", "T", ""], ("A Shah", "P Krähenbühl")),
        (["title", "authors"], ["T", "Shah, Aashaka"], ("Aashaka Shah",)),
        (["title", "authors"], ["T", "Shah, Aashaka and Li, Bo"], ("Aashaka Shah", "Bo Li")),
        (["title", "authors"], ["T", "['Ada Lovelace', \"Bo O'Hara\"]"], ("Ada Lovelace", "Bo O'Hara")),
        (["title", "authors"], ["T", '["Ada Lovelace", "Bo Li"]'], ("Ada Lovelace", "Bo Li")),
        (["title", "authors"], ["T", "Ada Lovelace\nBo Li"], ("Ada Lovelace", "Bo Li")),
        (["title", "authors"], ["T", "King, Martin Luther, Jr.; Li, Bo"], ("Martin Luther King Jr.", "Bo Li")),
        (["title", "authors"], ["T", "n/a"], ()),
    ],
)  # fmt: skip
def test_authors_of_every_source(header: list[str], row: list[str], authors: tuple[str, ...]) -> None:
    (paper,), told = _read(_table(header, row))
    assert (paper.title, paper.authors, told) == ("T", authors, [])


@pytest.mark.parametrize("printed", ["2010.14501", "arXiv:2010.14501v2", "https://arxiv.org/abs/2010.14501"])
def test_an_arxiv_id_is_known_in_every_form(printed: str) -> None:
    assert _read(f"title,arxiv_id\nA,{printed}\n")[0][0].identifiers == ("https://arxiv.org/abs/2010.14501",)


def test_a_list_of_authors_that_is_cut_short_is_told() -> None:
    (paper,), told = _read('Cites,Authors,Title,ArticleURL\n3,"A Shah, B Li, ...",T,\n')
    assert paper.authors == ("A Shah", "B Li")
    assert told == ["2 warning: the list of authors says that there are more: it is not complete"]


def test_ids_of_authors_are_taken_where_there_is_one_for_each() -> None:
    one = "0000-0002-1825-0097"
    (paper, other), told = _read(
        f"title,authors,orcids\nA,Ada Lovelace; Bo Li,;{one}\nB,Ada Lovelace; Bo Li,{one}\n"
    )
    assert (paper.author_ids, other.author_ids) == (("", one), ())
    assert told == ["3 warning: not as many ids of authors as names; the ids are dropped"]


def test_a_row_with_too_many_cells_is_rejected_and_the_rest_read() -> None:
    drafts, told = _read("title,year\nA,2020\nB, and more,2021\nC,2022\nD,2023,,\n")
    assert [draft.title for draft in drafts] == ["A", "C", "D"]
    assert told == ["3 rejected: row not to be read: 3 cells where the header has 2"]


def test_a_row_with_too_few_cells_is_read_and_told() -> None:
    (paper,), told = _read("title,year,doi\nA,2020\n")
    assert paper.title == "A"
    assert told == ["2 warning: 2 cells where the header has 3; the last are taken for empty"]


@pytest.mark.parametrize("rest", ["B,2021\nC,2022\n", 'B,"2021"\n"C",2022\n', ""])
def test_a_quotation_mark_that_is_not_closed_costs_its_row_no_other(rest: str) -> None:
    drafts, told = _read(f'title,year\n"A,2020\n{rest}')
    assert [draft.title for draft in drafts] == ['"A', *(["B", "C"] if rest else [])]
    assert told == []


def test_a_broken_row_of_many_cells_is_told_with_its_line() -> None:
    drafts, told = _read('title,authors,year\nZ,X,2019\n"A, with comma,Y,2020\nB,X,2021\n')
    assert [draft.title for draft in drafts] == ["Z", "B"]
    assert told == ["3 rejected: row not to be read: a quotation mark is not closed"]


def test_a_table_without_a_title_says_so() -> None:
    drafts, told = _read("Name,Age\nAda,36\n")
    assert (drafts, told) == (
        [],
        ["1 rejected: no column named title in the first row; name the columns there"],
    )


def test_a_table_of_titles_alone_is_read() -> None:
    drafts, told = _read("Title\nMemory, and its optimization\n\nSelf-Training\n")
    assert [(draft.line, draft.title) for draft in drafts] == [
        (2, "Memory, and its optimization"),
        (4, "Self-Training"),
    ]
    assert told == []


def test_a_cell_may_hold_thousands_of_references() -> None:
    references = "Author A., A title of a cited work, A journal, 12, 3, (2019); " * 5000
    (paper,), told = _read(
        _table(["Title", "References", "Source title", "EID"], ["A", references, "J", "2-s2.0-1"])
    )
    assert (paper.title, paper.venue, told) == ("A", "J", [])


def test_every_layout_is_known_by_its_columns() -> None:
    for layout in tables().layouts:
        assert set(layout.columns) <= {
            "title", "authors", "author_ids", "groups", "abstract", "year", "venue", "doi", "key", "url", "identifiers",
            "pubmed", "arxiv", "extra", "kinds", "orcids_by_name", "researchers_by_name",
        }, layout.name  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        'title,year\n' + '"a\n' * 200_000,
        "title,year\n" + '"' * 1_000_000,
        "title,year\n" + "," * 1_000_000,
        "title,authors\nA," + "a, " * 200_000,
        'title,authors\nA,"' + "['" * 300_000 + ']"',
        "title," * 100_000,
        "title,authors\nA,['" + "\\'" * 100_000 + "]",
        "Title,Source title,EID,Authors\nA,B,C," + "B. " * 200_000,
    ],
)  # fmt: skip
def test_hostile_tables_are_read_to_their_end(text: str) -> None:
    start = time.perf_counter()
    for draft in _read(text)[0]:
        clean(draft, "a.csv")
    delimited.sniff(text[:65_536])
    assert time.perf_counter() - start < 20


@settings(max_examples=200, deadline=None)
@given(st.text())
@example('title,year\r"a\r\x00')
def test_any_text_gives_drafts_and_notices_alone(text: str) -> None:
    for whole in (text, f"title,authors,year,orcid\n{text}", f"Title,Source title,EID,Authors\n{text}"):
        delimited.sniff(whole)
        for found in delimited.read(Source("a.csv", "", whole)):
            assert isinstance(found, Draft | Notice)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=5)
)
def test_what_is_written_as_csv_is_read_again(titles: list[str]) -> None:
    text = _table(["title", "year"], *([title, "2021"] for title in titles))
    kept = [t.strip() for t in titles]
    absent = tables().absent
    assert [draft.title for draft in _read(text)[0]] == [
        t if t.casefold() not in absent else "" for t in kept
    ]
