"""graph.html in a browser, offline: what a reader sees, finds and can do with the keyboard alone."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.build import Build
from kg.records import (
    Assertion,
    Author,
    Authorship,
    Community,
    Concept,
    Field,
    Kind,
    Knowledge,
    Location,
    Mention,
    Paper,
    Role,
    Span,
)
from kg.write.page import render
from tests.browser import CHROMIUM

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium; name it in KG_CHROMIUM")

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
HOSTILE = [
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 1</script>",
    '"><img src=x onerror="window.hacked = 1">',
    "line\u2028and\u2029paragraph",
    "<!--<script>",
    "{{ 7 * 7 }} & &amp;",
]


class Reader:
    """A page that is open, and what went wrong on it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, file: Path, card: str = "") -> None:
        self.page.goto(file.as_uri() + (f"#{card}" if card else ""))
        self.page.wait_for_selector("html[data-ready]")

    def expect(self, selector: str) -> Any:
        """What can be demanded of an element, with patience."""
        return playwright.expect(self.page.locator(selector))

    def shows(self, title: str) -> None:
        self.expect("#card h2").to_have_text(title)

    def labels(self) -> list[dict[str, Any]]:
        """Boxes of the labels in sight."""
        self.page.wait_for_timeout(200)
        boxes: list[dict[str, Any]] = self.page.evaluate(
            """() => [...document.querySelectorAll("#labels a")].filter((a) => !a.hidden).map((a) => {
                const { left, top, right, bottom } = a.getBoundingClientRect();
                return { text: a.innerText, group: a.classList.contains("group"), left, top, right, bottom };
            })"""
        )
        return boxes


def overlapping(boxes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (a["text"], b["text"])
        for a, b in itertools.combinations(boxes, 2)
        if min(a["right"], b["right"]) - max(a["left"], b["left"]) > 1
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > 1
    ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if root else [])
        yield running
        running.close()


@pytest.fixture
def reader(browser: Any) -> Iterator[Reader]:
    yield from reading(browser, DESKTOP)


@pytest.fixture
def phone(browser: Any) -> Iterator[Reader]:
    yield from reading(browser, PHONE)


def reading(browser: Any, viewport: dict[str, int]) -> Iterator[Reader]:
    context = browser.new_context(viewport=viewport, reduced_motion="reduce", offline=True)
    reader = Reader(context.new_page())
    yield reader
    context.close()
    assert reader.complaints == []
    assert [url for url in reader.requests if not url.startswith(("file:", "data:"))] == []


@pytest.fixture(scope="module")
def seed_page(seed_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(seed_build.knowledge, seed_build.coauthors, tmp_path_factory.mktemp("page"))


def saved(knowledge: Knowledge, coauthors: nx.Graph, folder: Path) -> Path:
    file = folder / "graph.html"
    file.write_text(render(knowledge, coauthors, "kg 0"), encoding="utf-8", newline="\n")
    return file


# At a glance.


def test_no_label_covers_another_when_the_page_opens(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page)
    boxes = reader.labels()
    assert len(boxes) > 30
    assert overlapping(boxes) == []


def test_every_group_of_the_opening_map_is_named(reader: Reader, seed_page: Path, seed_build: Build) -> None:
    reader.open(seed_page)
    named = [box for box in reader.labels() if box["group"]]
    assert len(named) == sum(len(group.papers) > 1 for group in seed_build.knowledge.communities)


@pytest.mark.parametrize("times", [1, 3, 5])
def test_no_label_covers_another_after_zooming(reader: Reader, seed_page: Path, times: int) -> None:
    reader.open(seed_page)
    for _ in range(times):
        reader.page.click("#zoom-in")
    assert overlapping(reader.labels()) == []


def test_no_label_covers_another_on_a_phone(phone: Reader, seed_page: Path) -> None:
    phone.open(seed_page)
    boxes = phone.labels()
    assert boxes
    assert overlapping(boxes) == []


def test_one_paper_teams_come_at_a_press_and_go_again(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page)
    reader.page.get_by_role("link", name="Show the 1").click()
    reader.expect("#other-map").to_contain_text("Back to the")
    reader.page.locator("#other-map").click()
    reader.expect("#other-map").to_contain_text("one-paper teams")


def test_a_field_pressed_leaves_only_its_groups_named(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page)
    before = len(reader.labels())
    button = reader.page.locator("#legend button").first
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert 0 < len(reader.labels()) < before
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert len(reader.labels()) == before


# Search and cards.


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("levine", "Sergey Levine"),
        ("hussenot", "Léonard Hussenot"),
        ("LEONARD huss", "Léonard Hussenot"),
        ("imagenet", "ImageNet"),
    ],
)
def test_search_finds_by_folded_letters(reader: Reader, seed_page: Path, typed: str, found: str) -> None:
    reader.open(seed_page)
    reader.page.fill("#search", typed)
    assert found in reader.page.locator("#results [role=option]").first.inner_text()
    reader.page.press("#search", "Enter")
    reader.shows(found)


def test_search_works_with_the_keyboard_alone(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page)
    page = reader.page
    page.keyboard.press("/")
    page.keyboard.type("learning")
    search = page.locator("#search")
    assert search.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert search.get_attribute("aria-activedescendant") == "result-1"
    second = page.locator("#result-1 span").inner_text()
    page.keyboard.press("Enter")
    reader.shows(second)
    page.keyboard.press("Escape")
    reader.expect("#card h2").to_have_count(0)


def test_a_search_for_nothing_says_so(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page)
    reader.page.fill("#search", "[(*\\ zzz")
    assert "Nothing" in reader.page.locator("#results").inner_text()


def test_from_a_person_one_walks_on_and_back(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page, "person/sergey-levine")
    reader.shows("Sergey Levine")
    other = reader.page.locator("section", has_text="Collaborators").locator("a.row").first
    name = other.locator("span").first.inner_text()
    other.click()
    reader.shows(name)
    reader.page.go_back()
    reader.shows("Sergey Levine")


def test_a_click_on_a_group_s_label_opens_its_card(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page)
    box = next(box for box in reader.labels() if box["group"])
    reader.page.mouse.click((box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2)
    reader.expect(".eyebrow").to_contain_text("Group")


def test_enter_on_a_group_s_label_opens_its_card(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page)
    reader.page.locator("#labels a.group:visible").first.focus()
    reader.page.keyboard.press("Enter")
    reader.expect(".eyebrow").to_contain_text("Group")


def test_a_click_on_a_dot_opens_that_person(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page)
    box = next(box for box in reader.labels() if box["text"] == "Sergey Levine")
    reader.page.mouse.click((box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2)
    reader.page.wait_for_selector("#card h2")
    reader.shows("Sergey Levine")


def test_a_paper_s_marks_are_the_words_that_were_read(
    reader: Reader, seed_page: Path, seed_build: Build
) -> None:
    paper = next(p for p in seed_build.knowledge.papers if p.id == "iclr-2021-0036")
    reader.open(seed_page, f"paper/{paper.id}")
    assert reader.page.locator("#card .abstract").inner_text() == paper.abstract
    marks = reader.page.locator("#card .abstract mark").all_inner_texts()
    read = {m.exact for m in seed_build.knowledge.mentions if m.paper == paper.id}
    assert marks
    assert set(marks) <= read
    told = reader.page.locator("#card mark").first.get_attribute("title")
    assert "% sure" in told


def test_a_concept_shows_the_sentence_that_it_comes_from(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page, "dataset/imagenet")
    sentence = reader.page.locator("#card .sentence").first
    assert "imagenet" in sentence.locator("mark").first.inner_text().lower()


def test_a_title_links_to_its_paper_without_giving_the_page_away(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page, "paper/iclr-2021-0036")
    link = reader.page.locator("#card h2 a")
    assert link.get_attribute("href").startswith("https://")
    assert "noopener" in link.get_attribute("rel")


def test_on_a_phone_a_card_is_a_sheet_that_opens_and_closes(phone: Reader, seed_page: Path) -> None:
    phone.open(seed_page)
    handle = phone.page.locator("#handle")
    assert handle.get_attribute("aria-expanded") == "false"
    phone.page.fill("#search", "levine")
    phone.page.press("#search", "Enter")
    phone.expect("#handle[aria-expanded=true]").to_be_visible()
    assert phone.page.locator("#card h2").bounding_box()["y"] < PHONE["height"]
    handle.click()
    assert handle.get_attribute("aria-expanded") == "false"
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_map_follows_the_dark_scheme(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page)
    background = "getComputedStyle(document.body).backgroundColor"
    light = reader.page.evaluate(background)
    reader.page.emulate_media(color_scheme="dark")
    assert reader.page.evaluate(background) != light


# What strangers write, and papers of which little is known.


def strange(titles: list[str]) -> tuple[Knowledge, nx.Graph]:
    """Two papers of each title by the same two people, who are called like it, as is the concept they name."""
    papers, authors, authorships, groups, concepts, mentions, said = [], [], [], [], [], [], []
    graph = nx.Graph()
    for n, title in enumerate(titles):
        people = (f"a-{n}-0", f"a-{n}-1")
        graph.add_edge(*people, paper_count=2, weight=1.0)
        authors += [Author(person, title, (title, f"{title} II")) for person in people]
        concepts.append(Concept(f"c-{n}", Kind.METHOD, title, (f"{title} III",)))
        for paper in (f"p-{n}-0", f"p-{n}-1"):
            papers.append(
                Paper(paper, title, people, title, 2021, title, "https://x.org/", None, Location("x", 1))
            )
            authorships += [Authorship(paper, at, who, title) for at, who in enumerate(people, start=1)]
            whole = Span(Field.ABSTRACT, 0, len(title))
            mentions.append(
                Mention(paper, whole, title, whole, Kind.METHOD, title, f"method/c-{n}", Role.USES, 0.9)
            )
            said.append(Assertion(paper, f"method/c-{n}", Role.USES, 0.9))
        groups.append(Community(people[0], title, (f"method/c-{n}",), people, (f"p-{n}-0", f"p-{n}-1")))
    knowledge = Knowledge(
        tuple(papers),
        tuple(concepts),
        tuple(mentions),
        tuple(said),
        (),
        tuple(authors),
        tuple(authorships),
        tuple(groups),
    )
    return knowledge, graph


@pytest.mark.parametrize("card", ["", "person/a-{}-0", "paper/p-{}-0", "method/c-{}", "group/a-{}-0"])
def test_hostile_text_stays_text(reader: Reader, tmp_path: Path, card: str) -> None:
    file = saved(*strange(HOSTILE), tmp_path)
    for number, title in enumerate(HOSTILE):
        reader.open(file, card.format(number))
        reader.page.fill("#search", title[:12])
        assert reader.page.evaluate("window.hacked") is None
        assert reader.page.locator("img").count() == 0
        if card:
            assert " ".join(title.split()) in " ".join(reader.page.locator("#card h2").text_content().split())


def test_marks_stand_right_after_letters_outside_the_basic_plane(reader: Reader, tmp_path: Path) -> None:
    knowledge, graph = strange(["plain"])
    abstract = "We 𝕊how 😀 that Adam wins."
    span = Span(Field.ABSTRACT, 15, 19)
    assert abstract[span.start : span.end] == "Adam"
    papers = tuple(replace(paper, abstract=abstract) for paper in knowledge.papers)
    sentence = Span(Field.ABSTRACT, 0, len(abstract))
    mentions = tuple(replace(m, span=span, exact="Adam", sentence=sentence) for m in knowledge.mentions)
    file = saved(replace(knowledge, papers=papers, mentions=mentions), graph, tmp_path)
    reader.open(file, "paper/p-0-0")
    assert reader.page.locator("#card .abstract mark").all_inner_texts() == ["Adam"]
    assert reader.page.locator("#card .abstract").inner_text() == abstract


def test_without_papers_the_page_says_so(reader: Reader, tmp_path: Path) -> None:
    reader.open(saved(Knowledge((), (), (), (), (), (), ()), nx.Graph(), tmp_path))
    assert reader.page.locator("#empty").inner_text() == "No papers were read."


def test_people_without_collaborators_are_on_the_map(reader: Reader, tmp_path: Path) -> None:
    knowledge, _ = strange(["alone"])
    papers = (replace(knowledge.papers[0], authors=("alone",)),)
    graph = nx.Graph()
    graph.add_node("a-0-0")
    alone = Knowledge(
        papers,
        (),
        (),
        (),
        (),
        knowledge.authors[:1],
        knowledge.authorships[:1],
        (Community("a-0-0", "alone", (), ("a-0-0",), ("p-0-0",)),),
    )
    reader.open(saved(alone, graph, tmp_path))
    assert [box["text"] for box in reader.labels() if box["group"]] == ["alone"]


def test_an_address_of_nothing_shows_the_start(reader: Reader, seed_page: Path) -> None:
    reader.open(seed_page, "person/nobody%E0")
    assert reader.page.locator("#card h2").count() == 0
    assert reader.page.locator("#card .hint").count() == 1
