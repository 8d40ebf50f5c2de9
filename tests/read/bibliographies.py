"""What the tests of the single formats share: a text through one reader, its papers and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.read.cleaning import clean
from kg.read.drafts import Draft, Format
from kg.read.source import Source, open_source
from kg.records import Notice, Paper

from .independent import Printed, printed_papers

DATA = Path(__file__).parent / "data"
SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "iclr-2021.md"


def drafts(format: Format, text: str, name: str = "a") -> list[Draft]:
    """The drafts alone."""
    return [record for record in _records(format, text, name) if isinstance(record, Draft)]


def draft(format: Format, text: str, name: str = "a") -> Draft:
    """The one draft of a text."""
    (only,) = drafts(format, text, name)
    return only


def told(format: Format, text: str, name: str = "a") -> list[str]:
    """What the reader tells, as ``line severity: reason``."""
    notices = (record for record in _records(format, text, name) if isinstance(record, Notice))
    return [f"{n.location.line} {n.severity}: {n.reason}" for n in notices]


def papers(format: Format, name: str) -> list[Paper]:
    """The papers of a sample, cleaned as every format's are."""
    source = open_source(DATA / name, name)
    assert format.sniff(source.head), f"{name} is not known as {format.NAME}"
    found = (clean(record, name)[0] for record in format.read(source) if isinstance(record, Draft))
    return [paper for paper in found if paper is not None]


def text_of(name: str) -> str:
    """A sample as text."""
    return open_source(DATA / name, name).text


def others(*own: str) -> list[str]:
    """The names of all samples but those of a format."""
    return sorted(path.name for path in DATA.iterdir() if path.name not in own)


def seed(title: str) -> Printed:
    """The seed paper of this title, read apart from kg."""
    return next(p for p in printed_papers(SEEDS.read_text(encoding="utf-8")).values() if p.title == title)


def _records(format: Format, text: str, name: str) -> Iterator[Draft | Notice]:
    return format.read(Source(name, "", text))
