"""The browser that pages are tried in: the one that KG_CHROMIUM names, else one on the path."""

from __future__ import annotations

import os
import shutil

CHROMIUM = os.environ.get("KG_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
