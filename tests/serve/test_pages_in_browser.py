"""The linked-data pages in a browser: accessible by day and by night, on a wide and on a narrow screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

from kg.serve.pages import PageRequest, page, start
from kg.serve.web import web
from kg.serve.world import World, open_world
from tests.browser import CHROMIUM

ORIGIN = "http://127.0.0.1:8000"
STATIC = Path(__file__).resolve().parents[2] / "kg" / "serve" / "static"
PATHS = (
    "",
    "id/author/chao-chen-iclr-2021-0074",
    "id/paper/iclr-2021-0036",
    "id/topic/reinforcement-learning",
    "id/dataset/coco",
    "id/edition/iclr-2021",
    "id/community/sergey-levine",
    "id/mention/iclr-2021-0036-1",
    "id/topic/nothing-of-that-name",
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium; name it in KG_CHROMIUM")


@pytest.fixture(scope="module")
def world(seed_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The seeds, their papers spread over three years so that charts are drawn."""
    years = iter(range(10**6))
    text = (seed_folder / "graph.ttl").read_text(encoding="utf-8")
    spread = re.sub(r'issued "2021"', lambda _: f'issued "{2019 + next(years) % 3}"', text)
    folder = tmp_path_factory.mktemp("years")
    (folder / "graph.ttl").write_text(spread, encoding="utf-8")
    return open_world(folder)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def visit(
    browser: Browser, world: World, path: str, scheme: str, width: int = 1280
) -> tuple[Page, list[str]]:
    """A page open in the browser under the server's own policy, and what the browser complained of."""
    complaints: list[str] = []
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 900}
    )
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(message.text))

    def answer(route: Route) -> None:
        asked = route.request.url.removeprefix(f"{ORIGIN}/")
        if asked.startswith("static/"):
            return route.fulfill(path=STATIC / asked.removeprefix("static/"))
        if asked == "favicon.ico":
            return route.fulfill(status=204)
        reply = (
            page(world, PageRequest(asked.removeprefix("id/"), "text/html", ORIGIN))
            if asked
            else start(world, ORIGIN)
        )
        headers = {**dict(web().headers), "content-type": reply.media_type}
        return route.fulfill(status=200, body=reply.content, headers=headers)

    opened.route("**/*", answer)
    opened.goto(f"{ORIGIN}/{path}")
    return opened, complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "start")
def test_everyone_can_read_a_page(browser: Browser, world: World, path: str, scheme: str) -> None:
    opened, complaints = visit(browser, world, path, scheme)
    opened.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    found = [v for v in Axe().run(opened).response["violations"] if v["impact"] in ("serious", "critical")]
    told = [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:120]}" for v in found]
    opened.context.close()
    assert not told, "\n".join(told)
    assert not complaints, complaints


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "start")
def test_a_page_fits_a_telephone(browser: Browser, world: World, path: str) -> None:
    opened, _ = visit(browser, world, path, "light", 360)
    wide = opened.evaluate("document.documentElement.scrollWidth")
    opened.context.close()
    assert wide <= 360, f"{wide} pixels wide"


def test_headings_go_down_one_step_at_a_time(browser: Browser, world: World) -> None:
    for path in PATHS:
        opened, _ = visit(browser, world, path, "light")
        levels = opened.eval_on_selector_all(
            "h1, h2, h3, h4", "found => found.map(h => Number(h.tagName[1]))"
        )
        opened.context.close()
        assert levels[0] == 1 and levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path


def test_the_keyboard_reaches_the_content_at_once(browser: Browser, world: World) -> None:
    opened, _ = visit(browser, world, "id/author/sergey-levine", "light")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.getAttribute('href')") == "#main"
    opened.context.close()
