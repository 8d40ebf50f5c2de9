"""The query page: every question at hand, and an editor that asks no host but its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from kg.query.questions import questions
from kg.serve.editor_page import EditorRequest, editor_page
from kg.serve.world import World, open_world
from tests.browser import CHROMIUM

from .conftest import Running, serving

STATIC = Path(__file__).resolve().parents[2] / "kg" / "serve" / "static"


@pytest.fixture(scope="module")
def world(small_folder: Path) -> World:
    return open_world(small_folder)


@pytest.fixture(scope="module")
def seed_server(seed_folder: Path) -> Iterator[Running]:
    with serving(seed_folder, "--timeout", "10") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Browser, seed_server: Running) -> Iterator[Page]:
    """A tab whose every request must go to the server, and of which the browser must not complain."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    strange: list[str] = []
    opened.on("request", lambda r: r.url.startswith(seed_server.address) or strange.append(r.url))
    opened.on("pageerror", lambda error: strange.append(str(error)))
    opened.on("console", lambda message: message.type == "error" and strange.append(message.text))
    yield opened
    opened.close()
    assert strange == []


def _terms(html: str) -> dict[str, object]:
    (block,) = re.findall(r'<script type="application/json" id="terms">(.*?)</script>', html, re.DOTALL)
    return dict(json.loads(block))


def test_every_shipped_question_is_at_hand_once(world: World) -> None:
    html = editor_page(world, EditorRequest()).content.decode()
    assert sorted(re.findall(r'href="/query\?question=([\w-]+)"', html)) == sorted(
        q.name for q in questions()
    )


def test_a_question_comes_with_its_example_values_and_is_asked_at_once(world: World) -> None:
    told = _terms(editor_page(world, EditorRequest(question="papers-of")).content.decode())
    assert 'VALUES ?author { "Sergey Levine" }' in str(told["query"]) and told["run"] is True


def test_a_query_of_the_address_is_shown_but_not_asked(world: World) -> None:
    told = _terms(editor_page(world, EditorRequest(query="ASK {}")).content.decode())
    assert (told["query"], told["run"]) == ("ASK {}", False)


@pytest.mark.parametrize(
    "hostile", ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<!--"]
)
def test_a_hostile_query_stays_text(world: World, hostile: str) -> None:
    html = editor_page(world, EditorRequest(query=hostile)).content.decode()
    assert _terms(html)["query"] == hostile
    assert hostile not in html
    assert len(re.findall("<script", html)) == len(
        re.findall("<script", editor_page(world, EditorRequest()).content.decode())
    )


def test_the_terms_to_complete_are_those_of_the_ontology(world: World) -> None:
    told = _terms(editor_page(world, EditorRequest()).content.decode())
    assert "https://w3id.org/paperkg/ontology#Paper" in told["classes"]  # type: ignore[operator]
    assert "https://w3id.org/paperkg/ontology#introduces" in told["properties"]  # type: ignore[operator]


def test_the_page_is_valid_html(world: World) -> None:
    html5lib.HTMLParser(strict=True).parse(editor_page(world, EditorRequest("papers-of")).content.decode())


def test_what_is_bundled_comes_with_its_licences() -> None:
    told = (STATIC / "editor.licences.txt").read_text(encoding="utf-8")
    assert {"@zazuko/yasgui", "chart.js", "codemirror"} <= set(
        re.findall(r"^(\S+) [\d.]+ \(", told, re.MULTILINE)
    )
    assert "GPL" not in re.findall(r"^\S+ [\d.]+ \((.*)\)$", told, re.MULTILINE)


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium; name it in KG_CHROMIUM")
class TestInABrowser:
    def test_a_question_shows_its_rows_as_a_table_and_as_a_chart(
        self, tab: Page, seed_server: Running
    ) -> None:
        tab.goto(f"{seed_server.address}/query?question=who-works-on")
        tab.wait_for_selector(".yasr table td >> text=Sergey Levine")
        tab.click(".yasr >> text=Chart")
        tab.wait_for_selector(".yasr canvas[role=img]")

    def test_a_person_in_the_table_leads_to_the_page_here(self, tab: Page, seed_server: Running) -> None:
        tab.goto(f"{seed_server.address}/query?question=who-works-on")
        link = tab.wait_for_selector(".yasr table a >> text=sergey-levine")
        assert link is not None
        with tab.context.expect_page() as opened:
            link.click()
        assert opened.value.url == f"{seed_server.address}/id/author/sergey-levine"

    def test_nothing_serious_bars_people_who_use_aids(self, tab: Page, seed_server: Running) -> None:
        tab.goto(f"{seed_server.address}/query")
        tab.wait_for_selector(".yasqe .CodeMirror")
        found = Axe().run(tab).response["violations"]
        ours = [v for v in found if v["impact"] in ("serious", "critical")]
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in ours] == []
