"""What the tests of the JSON formats share: samples in the shapes that the services give, and what is read of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.read.cleaning import clean
from kg.read.drafts import Draft, Format
from kg.read.source import Source, open_source
from kg.records import Notice, Paper

DATA = Path(__file__).parent / "data"


def sample(name: str) -> Source:
    """A file of ``tests/read/data``."""
    return open_source(DATA / name, name)


def lines(*records: Any) -> Source:
    """Records one a line."""
    return Source("a.jsonl", "", "\n".join(json.dumps(record) for record in records))


def papers(format: Format, source: Source) -> list[Paper]:
    """The papers as they are cleaned, in the order of the file."""
    drafts = [found for found in format.read(source) if isinstance(found, Draft)]
    return [paper for paper in (clean(draft, source.path)[0] for draft in drafts) if paper is not None]


def told(format: Format, source: Source) -> list[str]:
    """The notices of the reader and of cleaning as ``line severity: reason``."""
    notices: list[Notice] = []
    for found in format.read(source):
        notices += [found] if isinstance(found, Notice) else clean(found, source.path)[1]
    return [f"{notice.location.line} {notice.severity}: {notice.reason}" for notice in notices]
