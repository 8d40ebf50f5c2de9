from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from kg.namespaces import BASE
from kg.query.marked import Mark, MarkedPaper, MarkedText, marked_paper
from kg.query.marked_html import page
from kg.query.marked_text import bracketed, coloured, print_marked
from kg.query.marking import marking
from kg.query.plain import printable
from kg.query.store import answer, load_store
from kg.records import Kind, Role

from .small import ABSTRACT, GRAPH, TITLE, changed

IRI = f"{BASE}paper/iclr-2021-0001"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
# From the abstract of "Deformable DETR", ICLR 2021.
DETR = MarkedText(
    "we proposed Deformable DETR, whose attention modules only attend to a small set of key sampling points",
    (
        Mark(12, 27, "Deformable DETR", Kind.METHOD, Role.INTRODUCES, 0.99, asserted=True),
        Mark(35, 52, "attention mechanism", Kind.METHOD, Role.USES, 0.56, asserted=True),
        Mark(83, 102, "key sampling point", Kind.TOPIC, Role.HAS_TOPIC, 0.11, asserted=False),
    ),
)


def _marked(graph: str) -> MarkedPaper:
    return marked_paper(load_store(graph.encode()), IRI)


def _stretches(part: MarkedText) -> list[str]:
    return [piece for piece, mark in part.pieces() if mark]


@st.composite
def texts(draw: st.DrawFn) -> MarkedText:
    """Any text, cut anywhere, some of the pieces marked, with concepts of any name."""
    words = st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'[]{}:\x1b\n\u202e")), max_size=12)
    text, marks = "", []
    for piece in draw(st.lists(words, max_size=8)):
        if piece and draw(st.booleans()):
            kind, role = draw(st.sampled_from(Kind)), draw(st.sampled_from(Role))
            span = (len(text), len(text) + len(piece))
            marks.append(Mark(*span, draw(words), kind, role, 0.5, asserted=draw(st.booleans())))
        text += piece
    return MarkedText(text, tuple(marks))


# Reading


def test_the_mentions_of_a_paper_stand_where_the_graph_says_also_behind_an_emoji() -> None:
    paper = _marked(GRAPH)
    assert (paper.title.text, paper.abstract.text) == (TITLE, ABSTRACT)
    assert _stretches(paper.title) == []
    assert [(ABSTRACT[m.start : m.end], m.concept, m.kind, m.role) for m in paper.abstract.marks] == [
        ("ImageNet", "ImageNet", Kind.DATASET, Role.USES),
        ("Adam", "Adam", Kind.METHOD, Role.USES),
    ]
    assert [(m.start, m.confidence, m.asserted) for m in paper.abstract.marks] == [
        (38, 0.8, True),
        (50, 0.9, True),
    ]


def test_a_mention_of_a_concept_to_which_the_paper_has_no_edge_is_not_asserted() -> None:
    paper = _marked(changed("kg:uses method:adam, dataset:imagenet", "kg:uses dataset:imagenet"))
    assert [(mark.concept, mark.asserted) for mark in paper.abstract.marks] == [
        ("ImageNet", True),
        ("Adam", False),
    ]


def test_a_concept_asserted_in_another_role_than_the_mention_has_is_asserted() -> None:
    paper = _marked(changed("kg:uses method:adam, dataset:imagenet", "kg:studies method:adam"))
    assert [(mark.concept, mark.asserted) for mark in paper.abstract.marks] == [
        ("ImageNet", False),
        ("Adam", True),
    ]


def test_a_paper_without_an_abstract_has_its_title_alone() -> None:
    paper = _marked(changed(f'dcterms:abstract "{ABSTRACT}"@en ;', ""))
    assert (paper.title.text, paper.abstract) == (TITLE, MarkedText(""))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kg:start 50 ; kg:end 54", "kg:start 50 ; kg:end 5400"),
        ("kg:start 50 ; kg:end 54", "kg:start 54 ; kg:end 50"),
        ("kg:start 50 ; kg:end 54", "kg:start -4 ; kg:end 54"),
        ("kg:start 50 ; kg:end 54", 'kg:start "x" ; kg:end 54'),
        ("kg:start 50 ; kg:end 54", "kg:start 40 ; kg:end 54"),
        ('kg:exact "Adam" ; kg:role kg:uses', 'kg:exact "Adam" ; kg:role kg:likes'),
        ("kg:confidence 0.9", 'kg:confidence "very"'),
    ],
)
def test_a_mention_that_cannot_stand_where_it_says_is_left_out(old: str, new: str) -> None:
    assert _stretches(_marked(changed(old, new)).abstract) == ["ImageNet"]


def test_something_that_is_no_paper_has_no_text() -> None:
    with pytest.raises(KeyError):
        marked_paper(load_store(GRAPH.encode()), f"{BASE}method/adam")


@given(texts())
def test_the_pieces_of_a_text_are_the_text(part: MarkedText) -> None:
    assert "".join(piece for piece, _ in part.pieces()) == part.text
    assert [mark for _, mark in part.pieces() if mark] == list(part.marks)


def test_every_mention_of_the_seed_graph_is_marked_as_printed(seed_store: ox.Store) -> None:
    rows = answer(
        seed_store,
        "SELECT ?p (STR(?e) AS ?exact) { ?p kg:mention ?m . ?m kg:exact ?e ; kg:field ?f ; kg:start ?s }"
        " ORDER BY ?p DESC(?f) ?s",
    ).rows
    for iri in sorted({str(row["p"]) for row in rows})[:40]:
        paper = marked_paper(seed_store, iri)
        said = [str(row["exact"]) for row in rows if row["p"] == iri]
        assert _stretches(paper.title) + _stretches(paper.abstract) == said, iri


# On the terminal


def _printed(paper: MarkedPaper, width: int = 60, **how: object) -> str:
    settings = {"force_terminal": True, "color_system": "truecolor", "no_color": False, **how}
    file = io.StringIO()
    print_marked(Console(file=file, width=width, highlight=False, **settings), paper)  # type: ignore[arg-type]
    return file.getvalue()


def test_a_mark_has_the_colour_of_its_kind_and_an_introduction_is_bold_and_underlined() -> None:
    styles = {DETR.text[span.start : span.end]: span.style for span in coloured(DETR).spans}
    new, used, unsure = (styles[words] for words in _stretches(DETR))
    colours = marking().terminal
    assert new.bgcolor.name == used.bgcolor.name == colours["method"]  # type: ignore[union-attr]
    assert (new.bold, new.underline) == (True, True)  # type: ignore[union-attr]
    assert (used.bold, used.underline) == (None, None)  # type: ignore[union-attr]
    assert unsure.bgcolor is None  # type: ignore[union-attr]
    assert unsure.color.name == colours["topic_line"]  # type: ignore[union-attr]


def test_without_colours_a_mark_stands_in_brackets_with_its_kind() -> None:
    assert bracketed(DETR) == (
        "we proposed [Deformable DETR](method, introduced), whose [attention modules](method) only attend"
        " to a small set of [key sampling points](topic?)"
    )


@pytest.mark.parametrize(
    "how", [{"no_color": True}, {"color_system": None}, {"force_terminal": False, "color_system": None}]
)
def test_without_colours_nothing_but_text_is_printed(how: dict[str, object]) -> None:
    shown = _printed(MarkedPaper(IRI, MarkedText("A title"), DETR), **how)
    assert "\x1b" not in shown
    assert "[Deformable DETR](method, introduced)" in " ".join(shown.split())
    assert "[words](kind) names a topic, method, data set or metric" in " ".join(shown.split())


def test_in_a_pipe_a_text_stays_on_one_line() -> None:
    shown = _printed(MarkedPaper(IRI, MarkedText("A title"), DETR), force_terminal=False, color_system=None)
    assert [line.strip() for line in shown.splitlines() if line.strip()][:2] == ["A title", bracketed(DETR)]


@given(texts(), st.integers(5, 120))
def test_a_text_is_wrapped_at_the_width_and_strangers_words_steer_nothing(
    part: MarkedText, width: int
) -> None:
    shown = _printed(MarkedPaper(IRI, MarkedText(""), part), width)
    assert not set(re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\n", "")) & {"\x1b", "\r", "\u202e"}
    for line in shown.splitlines():
        assert Text.from_ansi(line).cell_len <= width
    assert coloured(part).plain == printable(part.text)


def test_markup_of_the_terminal_library_in_a_title_is_shown_as_it_stands() -> None:
    title = "[bold red]Not[/bold red] a style :cat: [link=https://a.org]x[/link]"
    for how in ({}, {"color_system": None}):
        shown = _printed(MarkedPaper(IRI, MarkedText(title), MarkedText("")), 120, **how)
        assert title in shown, shown


# As a page


class _Read(HTMLParser):
    """What a browser would make of a page: its elements, its addresses, and the words of the texts."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.path: list[tuple[str, str]] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.notes: list[str] = []
        self.title = ""
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        cls = dict(attrs).get("class") or ""
        if tag not in ("meta", "br"):
            self.path.append((tag, cls))
        if cls == "entities":
            self.texts.append("")
        if cls == "note":
            self.notes.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.path.pop()[0] == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        classes = [cls for _, cls in self.path]
        if "note" in classes:
            self.notes[-1] += data
        elif "entities" in classes and "kind" not in classes:
            self.texts[-1] += data
        elif self.path and self.path[-1][0] == "title":
            self.title += data


ELEMENTS = {"html", "head", "meta", "title", "style", "body", "figure", "h2", "div", "mark", "span"}


@given(texts(), texts())
def test_strangers_words_are_text_on_the_page_and_nothing_else(
    title: MarkedText, abstract: MarkedText
) -> None:
    shown = _Read(page([MarkedPaper(IRI, title, abstract)]))
    assert shown.elements <= ELEMENTS
    assert shown.attributes <= {
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "style",
        "tabindex",
    }
    assert shown.title == printable(title.text)
    parts = [part for part in (title, abstract) if part is title or part.text]
    assert shown.texts[:-1] == [printable(part.text) for part in parts]
    assert [note.split(":")[0].strip() for note in shown.notes] == [
        printable(mark.concept).split(":")[0].strip() for part in (title, abstract) for mark in part.marks
    ]


def test_a_script_in_a_title_and_in_a_name_is_text() -> None:
    mark = Mark(0, len(HOSTILE), HOSTILE, Kind.METHOD, Role.INTRODUCES, 0.9, asserted=True)
    text = MarkedText(HOSTILE, (mark,))
    document = page([MarkedPaper(IRI, text, text)])
    assert "<script" not in document
    assert "<img" not in document
    shown = _Read(document)
    assert shown.title == HOSTILE
    assert HOSTILE in shown.notes[0]


def test_the_page_asks_no_other_host_and_runs_nothing() -> None:
    document = page([_marked(GRAPH)])
    assert not re.search(r"https?:|url\(|@import|\bsrc=|\bhref=|\bon\w+=", document)
    assert "default-src 'none'" in document
    assert document.startswith("<!DOCTYPE html>")


def test_the_page_names_its_encoding_and_knows_day_and_night() -> None:
    document = page([_marked(GRAPH)])
    assert document.index('<meta charset="utf-8">') < 1024
    assert "prefers-color-scheme: dark" in document
    assert "displaCy</title>" not in document


def test_a_mark_tells_concept_role_confidence_and_whether_it_counts() -> None:
    assert _Read(page([MarkedPaper(IRI, MarkedText("A title"), DETR)])).notes == [
        " Deformable DETR: introduced here, confidence 0.99",
        " attention mechanism: used, confidence 0.56",
        " key sampling point: topic of the paper, confidence 0.11; below the threshold, so no edge",
    ]


def test_the_same_paper_gives_the_same_page() -> None:
    assert page([_marked(GRAPH)]) == page([_marked(GRAPH)])
