"""Take the pictures of the README from a built page, or from pages that ``kg serve`` gives.

python docs/screenshot.py exports/graph.html docs/page.png
python docs/screenshot.py http://127.0.0.1:8000/id/author/sergey-levine docs/author.png
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = {"width": 1440, "height": 900}


def browser() -> str:
    """The path of an installed Chromium."""
    found = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("docs/screenshot.py: no Chromium here; install one, or name it in KG_CHROMIUM")
    return found


def main(page: str, picture: str) -> None:
    """Open the page and save what is to be seen."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=browser(), args=arguments)
        tab = chromium.new_page(viewport=SIZE, device_scale_factor=1)
        tab.goto(page if page.startswith("http") else Path(page).resolve().as_uri())
        tab.wait_for_timeout(1500)
        tab.screenshot(path=picture)
        chromium.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
