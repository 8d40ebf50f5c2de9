"""How long the page takes until its groups are named, beside an empty page in the same browser.

    python benchmarks/page_ready.py exports/graph.html

Prints the median of seven openings of each, in seconds, and their ratio.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPENINGS = 7
EMPTY = "data:text/html,<div id=labels><a class=group>x</a></div>"


def seconds(page: Page, address: str) -> float:
    """The median time from asking for a page to seeing the name of a group."""
    times = []
    for _ in range(OPENINGS):
        page.goto("about:blank")
        start = perf_counter()
        page.goto(address)
        page.locator("#labels a.group:visible").first.wait_for()
        times.append(perf_counter() - start)
    return statistics.median(times)


def main(file: str) -> None:
    """Measure and print."""
    path = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        page = playwright.chromium.launch(executable_path=path, args=arguments).new_page()
        empty = seconds(page, EMPTY)
        ours = seconds(page, Path(file).resolve().as_uri())
    print(f"empty page {empty:.2f} s, {file} {ours:.2f} s, ratio {ours / empty:.1f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
