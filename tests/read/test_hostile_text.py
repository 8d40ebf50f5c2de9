"""Texts made to be slow to match; each would take minutes in a reader that goes over them more than once."""

from __future__ import annotations

import pytest

from kg.read.reading import read_source
from kg.read.source import source_of

HOSTILE = {
    "headings.md": "## a\n" * 200_000,
    "blank-lines.md": "## a" + "\n" * 1_000_000,
    "spaces.md": "## [1] a" + " " * 1_000_000,
    "commas.md": "## [1] a\n**Conference**: *a" + " ," * 100_000 + "x*\n",
    "links.md": "## [1] a\n**URL**: [" + "](" * 200_000 + "\n",
    "entries.bib": "@a{" * 20_000,
    "braces.bib": "@a{b, title={" + "{" * 100_000 + "}" * 100_000 + "}}",
    "spaces.bib": "@a{b, title={x}, author={a" + " " * 300_000 + "b}}",
    "brackets.jsonl": '{"title":' + "[" * 1_000_000,
    "spaces.jsonl": '{"title":"a","authors":"a' + " " * 300_000 + 'b"}',
    "objects.jsonl": "{\n" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_to_its_end(name: str) -> None:
    records = read_source(source_of(HOSTILE[name].encode(), name))
    lines = HOSTILE[name].count("\n") + 1
    assert all(1 <= notice.location.line <= lines for notice in records.notices)
    assert all(paper.title for paper in records.papers)
