"""Texts made to be slow to match; each would take minutes in a reader that goes over them more than once."""

from __future__ import annotations

from time import process_time

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
def test_hostile_text_is_read_in_seconds(name: str) -> None:
    start = process_time()
    read_source(source_of(HOSTILE[name].encode(), name))
    assert process_time() - start < 5
