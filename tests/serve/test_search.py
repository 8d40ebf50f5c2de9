"""Search: what is found under which spelling, in which order, and how it is shown."""

from __future__ import annotations

import json
import os
import random
import resource
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, sync_playwright

from kg.query.store import load_store
from kg.serve.index import LabelIndex, Likeness
from kg.serve.search import JSON, SearchRequest, SuggestRequest, search, suggest
from kg.serve.search_settings import search_settings
from kg.serve.web import web
from kg.serve.world import World, open_world
from tests.browser import CHROMIUM
from tests.query.small import GRAPH
from tests.serve.people import MORE, people

ORIGIN = "http://127.0.0.1:8000"
STATIC = Path(__file__).resolve().parents[2] / "kg" / "serve" / "static"


@pytest.fixture(scope="module")
def world() -> World:
    return people()


@pytest.fixture(scope="module")
def seeds(seed_folder: Path) -> World:
    return open_world(seed_folder)


def first(world: World, text: str) -> str:
    hits = world.index.search(text, limit=1)
    return hits[0].path if hits else ""


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Sergey Levine", "author/sergey-levine"),
        ("sergey levine", "author/sergey-levine"),
        ("  SERGEY   LEVINE ", "author/sergey-levine"),
        ("Levine, Sergey", "author/sergey-levine"),
        ("S. Levine", "author/sergey-levine"),
        ("Levine S", "author/sergey-levine"),
        ("serg", "author/sergey-levine"),
        ("Sergey Levin", "author/sergey-levine"),
        ("Segrey Levine", "author/sergey-levine"),
        ("Sergey Q. Levine", "author/sergey-levine"),
        ("Lukasz Kaiser", "author/lukasz-kaiser"),
        ("ŁUKASZ", "author/lukasz-kaiser"),
        ("Rene Descartes", "author/rene-descartes"),
        ("R. Descartes", "author/rene-descartes"),
        ("Xu Xu", "author/xu-xu"),
        ("transfomer", "method/transformer"),
        ("transformers", "method/transformer"),
        ("vision-transformer", "method/vision-transformer"),
        ("cnn", "method/cnn"),
        ("cifar10", "dataset/cifar-10"),
        ("CIFAR 10", "dataset/cifar-10"),
        ("image net", "dataset/imagenet"),
        ("C++", "method/cpp"),
        ("adam beats", "paper/iclr-2021-0001"),
        ("iclr 2021", "edition/iclr-2021"),
        ("optimisation", "community/ada-lovelace"),
    ],
)
def test_a_thing_is_found_however_its_name_is_written(world: World, text: str, path: str) -> None:
    assert first(world, text) == path


@pytest.mark.parametrize(
    "text", ["", " ", "!?", '"', "*", "\x00", "\ud800", "' OR 1=1 --", "zzzzqqqq", "((((", "a" * 10_000]
)
def test_what_names_nothing_finds_nothing(world: World, text: str) -> None:
    assert world.index.search(text) == ()


def test_the_closer_name_comes_first_and_then_what_has_more_papers(world: World) -> None:
    hits = world.index.search("adam")
    assert [(hit.path, hit.likeness) for hit in hits] == [
        ("method/adam", Likeness.EXACT),
        ("topic/adam", Likeness.EXACT),
        ("paper/iclr-2021-0001", Likeness.PREFIX),
        ("author/ada-lovelace", Likeness.NEAR),
    ]
    assert [hit.path for hit in world.index.search("wei wang")] == ["author/wei-wang", "author/wei-wang-2"]
    assert [hit.path for hit in world.index.search("levine")] == [
        "author/sergey-levine",
        "author/yoav-levine",
    ]
    assert [hit.path for hit in world.index.search("transfomer")] == [
        "method/transformer",
        "method/vision-transformer",
    ]


def test_a_thing_of_several_names_is_found_once_under_its_label(world: World) -> None:
    (hit,) = world.index.search("R. Descartes")
    assert (hit.label, hit.matched, hit.papers) == ("René Descartes", "R. Descartes", 1)


def test_editions_and_venues_have_the_papers_that_are_counted_in_them(world: World) -> None:
    assert {hit.path: hit.papers for hit in world.index.search("iclr")} == {
        "venue/iclr": 1,
        "edition/iclr-2021": 1,
    }


def test_kinds_limits_and_offsets_cut_what_is_found(world: World) -> None:
    assert [hit.path for hit in world.index.search("adam", ("topic", "paper"))] == [
        "topic/adam",
        "paper/iclr-2021-0001",
    ]
    found = world.index.find("adam", limit=1, offset=1)
    assert [hit.path for hit in found.hits] == ["topic/adam"]
    assert found.totals == {"author": 1, "topic": 1, "method": 1, "paper": 1}


def test_search_by_kind_begins_with_the_kind_of_the_best_hit(world: World) -> None:
    each = world.index.find_each("adam", 1)
    assert list(each) == ["method", "topic", "paper", "author"]


def test_the_order_does_not_hang_on_the_order_in_the_file() -> None:
    head, _, body = (GRAPH + MORE).partition("\nrun:r")
    blocks = ("run:r" + body).split(" .\n")
    random.Random(3).shuffle(blocks)
    store = load_store(
        (head + "\n" + " .\n".join(block for block in blocks if block.strip()) + " .\n").encode()
    )
    turned = World(store, people().base, b"")
    for text in ("a", "s", "wang", "transformer", "levien"):
        assert turned.index.find(text, limit=50) == people().index.find(text, limit=50)


def test_a_graph_without_names_finds_nothing() -> None:
    index = LabelIndex.build(load_store(b""), "https://example.org/")
    assert index.search("a") == () and index.get("author/x") is None


def test_names_that_are_no_literals_or_not_of_the_graphs_things_are_passed_over() -> None:
    store = load_store(
        (
            GRAPH
            + 'author:odd foaf:name <https://example.org/name> . <https://example.org/x> foaf:name "Stranger" .'
            ' author:long foaf:name "Two\\nLines" ; kg:paperCount 99999999999999999999, "many" .'
        ).encode()
    )
    index = World(store, people().base, b"").index
    assert index.search("stranger") == ()
    assert [(hit.label, hit.papers) for hit in index.search("two lines")] == [("Two Lines", 0)]


def test_search_works_in_a_process_that_may_open_nothing(world: World) -> None:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
            found = [
                hit.path for text in ("transfomer", "S. Levine", "王") for hit in world.index.search(text)
            ]
            page = search(world, SearchRequest((("q", "levine"),), "text/html"))
            os.write(writer, json.dumps([found, page.status]).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader) as stream:
        said = stream.read()
    assert os.waitpid(child, 0)[1] == 0, "the child failed"
    found, status = json.loads(said)
    assert status == 200
    assert found[:3] == ["method/transformer", "method/vision-transformer", "author/sergey-levine"]


def test_the_seeds_are_indexed_and_searched_fast(seeds: World) -> None:
    started = time.process_time()
    index = LabelIndex.build(seeds.store, seeds.base)
    assert time.process_time() - started < 0.15
    texts = ["a", "s", "lev", "reinforcment lerning", "deformable", "graph neural netwrk"] * 5
    started = time.process_time()
    for text in texts:
        index.search(text)
    assert (time.process_time() - started) / len(texts) < 0.01


def test_every_name_in_the_seeds_finds_its_thing(seeds: World) -> None:
    names = seeds.store.query(
        "SELECT ?it ?name { ?it foaf:name|skos:prefLabel|dcterms:title ?name }",
        prefixes={
            "foaf": "http://xmlns.com/foaf/0.1/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "dcterms": "http://purl.org/dc/terms/",
        },
    )
    missed = []
    for row in list(names)[::7]:  # type: ignore[arg-type]
        iri, name = row[0].value, row[1].value  # type: ignore[index]
        if not iri.startswith(seeds.base):
            continue
        if iri not in {
            hit.iri for hit in seeds.index.search(name, limit=20) if hit.likeness == Likeness.EXACT
        }:
            missed.append(name)
    assert not missed


def ask(world: World, *parameters: tuple[str, str], accept: str | None = JSON) -> dict[str, object]:
    reply = search(world, SearchRequest(parameters, accept))
    assert (reply.status, reply.media_type) == (200, JSON)
    found: dict[str, object] = json.loads(reply.content)
    return found


def test_programs_get_json(world: World) -> None:
    found = ask(world, ("q", "S. Levine"), ("kind", "author"), ("limit", "1"))
    assert found == {
        "query": "S. Levine",
        "kinds": ["author"],
        "totals": {"author": 1},
        "limit": 1,
        "offset": 0,
        "results": [
            {
                "id": "author/sergey-levine",
                "iri": "https://w3id.org/paperkg/id/author/sergey-levine",
                "path": "/id/author/sergey-levine",
                "label": "Sergey Levine",
                "matched": "Sergey Levine",
                "kind": "author",
                "papers": 42,
                "description": "author · 42 papers",
            }
        ],
    }


def test_suggestions_tell_people_of_one_name_apart(world: World) -> None:
    reply = suggest(world, SuggestRequest((("q", "wei wang"),)))
    results = json.loads(reply.content)["results"]
    assert [result["description"] for result in results] == [
        "author · 5 papers · optimisation",
        "author · 2 papers",
    ]


def test_a_paper_is_described_by_its_edition(world: World) -> None:
    results = json.loads(suggest(world, SuggestRequest((("q", "adam beats"),))).content)["results"]
    assert [result["description"] for result in results] == ["paper · iclr 2021"]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ((("q", "a"), ("kind", "person")), "kind is one of"),
        ((("q", "a"), ("limit", "0")), "limit is a number from 1 to 100"),
        ((("q", "a"), ("limit", "1000")), "limit is a number"),
        ((("q", "a"), ("limit", "²")), "limit is a number"),
        ((("q", "a"), ("offset", "-1")), "offset is a number from 0"),
        ((("q", "a" * 301),), "q is longer than 300 characters"),
    ],
)
def test_wrong_parameters_get_a_line_with_the_remedy(
    world: World, parameters: tuple[tuple[str, str], ...], said: str
) -> None:
    for reply in (search(world, SearchRequest(parameters, JSON)), suggest(world, SuggestRequest(parameters))):
        assert reply.status == 400
        assert said in reply.content.decode() and reply.content.count(b"\n") == 1


def test_a_form_that_is_not_there_is_refused(world: World) -> None:
    assert search(world, SearchRequest((("q", "a"),), "image/png")).status == 406


def written(world: World, *parameters: tuple[str, str]) -> str:
    reply = search(world, SearchRequest(parameters, "text/html"))
    assert (reply.status, reply.media_type) == (200, "text/html; charset=utf-8")
    page = reply.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    return page


def test_the_page_groups_what_is_found_and_counts_it(world: World) -> None:
    page = written(world, ("q", "adam"))
    assert [page.index(heading) for heading in (">Methods <", ">Topics <", ">Papers <")] == sorted(
        page.index(heading) for heading in (">Methods <", ">Topics <", ">Papers <")
    )
    assert 'href="/id/method/adam"' in page and 'href="/search?q=adam&amp;kind=topic"' in page


def test_long_lists_of_one_kind_come_in_pages(seeds: World) -> None:
    page = written(seeds, ("q", "learning"), ("kind", "paper"))
    assert 'href="/search?q=learning&amp;kind=paper&amp;limit=20&amp;offset=20"' in page
    later = written(seeds, ("q", "learning"), ("kind", "paper"), ("offset", "20"))
    assert 'start="21"' in later and 'rel="prev"' in later


def test_nothing_a_stranger_writes_becomes_markup(world: World) -> None:
    page = written(world, ("q", '"><script>alert(1)</script> mallory'))
    assert "<script>alert" not in page
    assert "<script>alert(1)</script> Mallory" in unescape(written(world, ("q", "mallory")))
    assert "<script>alert" not in written(world, ("q", "mallory"))


@pytest.mark.parametrize("text", ["", "zzzzqqqq"])
def test_a_search_without_hits_still_gives_a_page_with_the_form(world: World, text: str) -> None:
    assert '<select id="of" name="kind">' in written(world, ("q", text))


def test_every_kind_that_is_searched_has_a_name(world: World) -> None:
    assert set(search_settings().kinds) >= {
        hit.kind for text in "abcdefghijklmnopqrstuvwxyz" for hit in world.index.search(text, limit=99)
    }


@pytest.fixture(scope="module")
def browser_page(world: World) -> Iterator[Page]:
    """The page of results in a browser, under the server's policy, with suggestions by the job itself."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium on the path")

    def answer(route: Route) -> None:
        asked = route.request.url.removeprefix(f"{ORIGIN}/")
        if asked.startswith("static/"):
            return route.fulfill(path=STATIC / asked.removeprefix("static/"))
        if asked.startswith("api/suggest"):
            text = asked.partition("q=")[2].partition("&")[0].replace("+", " ")
            reply = suggest(world, SuggestRequest((("q", text),)))
        elif asked.startswith("search"):
            reply = search(world, SearchRequest((("q", "adam"),), "text/html"))
        else:
            return route.fulfill(status=200, body="<title>elsewhere</title>", content_type="text/html")
        headers = {**dict(web().headers), "content-type": reply.media_type}
        return route.fulfill(status=200, body=reply.content, headers=headers)

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = opened.new_page()
        page.route("**/*", answer)
        yield page
        opened.close()


def test_the_box_suggests_and_is_worked_by_keys(browser_page: Page) -> None:
    complaints: list[str] = []
    browser_page.on("console", lambda message: complaints.append(message.text))
    browser_page.goto(f"{ORIGIN}/search?q=adam")
    box = browser_page.get_by_role("combobox", name="Search people")
    assert box.get_attribute("aria-expanded") == "false"
    box.press_sequentially("levine")
    options = browser_page.locator(".suggestions > [role=option]:visible")
    options.nth(1).wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert options.all_inner_texts()[0].startswith("Sergey Levine")
    box.press("ArrowDown")
    chosen = box.get_attribute("aria-activedescendant")
    assert chosen == options.nth(0).get_attribute("id")
    assert options.nth(0).get_attribute("aria-selected") == "true"
    violations = Axe().run(browser_page).response["violations"]
    assert not violations, [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations]
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and box.input_value() == "levine"
    box.press("ArrowDown")
    options.nth(1).wait_for()
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    box.press("Enter")
    browser_page.wait_for_url(f"{ORIGIN}/id/author/yoav-levine")
    assert not complaints


def test_a_name_that_is_markup_is_suggested_as_text(browser_page: Page) -> None:
    browser_page.goto(f"{ORIGIN}/search?q=adam")
    browser_page.get_by_role("combobox", name="Search people").press_sequentially("mallory")
    option = browser_page.locator(".suggestions > [role=option]:visible").first
    option.wait_for()
    assert option.inner_text().startswith("<script>alert(1)</script> Mallory")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_accessible_by_day_and_night_on_any_screen(
    browser_page: Page, scheme: str, width: int
) -> None:
    browser_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto(f"{ORIGIN}/search?q=adam")
    browser_page.get_by_role("combobox", name="Name, title or term").fill("wei")
    browser_page.locator(".suggestions > [role=option]:visible").first.wait_for()
    violations = Axe().run(browser_page).response["violations"]
    assert not violations, [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations]
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
