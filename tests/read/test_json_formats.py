"""What holds for every service whose records are JSON: which text is whose, broken records, hostile text."""

from __future__ import annotations

import importlib
import json
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg.read
from kg.read import arxiv, jsonl, openalex, openreview, semantic_scholar
from kg.read.drafts import Draft, Format
from kg.read.source import Source
from kg.records import Notice

from .json_samples import DATA, papers, sample, told

FORMATS: tuple[Format, ...] = (openalex, semantic_scholar, arxiv, openreview)
SAMPLES: dict[str, Format] = {
    "openalex.json": openalex,
    "openalex_part.jsonl": openalex,
    "semantic_scholar.json": semantic_scholar,
    "semantic_scholar_bulk.jsonl": semantic_scholar,
    "arxiv.jsonl": arxiv,
    "openreview_v1.json": openreview,
    "openreview_v2.jsonl": openreview,
}
OTHERS = [
    "{}",
    "[]",
    '{"title": "A", "authors": ["X"], "id": "https://openalex.org/W7"}',
    "",
    "# kg",
    "@a{b,",
]


def _formats() -> list[Format]:
    modules = [
        importlib.import_module(f"kg.read.{found.name}") for found in pkgutil.iter_modules(kg.read.__path__)
    ]
    known: list[Any] = [module for module in modules if hasattr(module, "sniff") and hasattr(module, "NAME")]
    return [format for format in known if format is not jsonl]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_of_its_own_format_alone(name: str) -> None:
    assert [format.NAME for format in _formats() if format.sniff(sample(name).head)] == [SAMPLES[name].NAME]


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_no_other_sample_is_taken(path: Path) -> None:
    head = path.read_text(encoding="utf-8")[:65_536]
    takers = [format for format in FORMATS if format.sniff(head)]
    assert takers == ([SAMPLES[path.name]] if path.name in SAMPLES else [])


@pytest.mark.parametrize("text", OTHERS)
def test_texts_of_no_service_are_not_taken(text: str) -> None:
    assert not any(format.sniff(text) for format in FORMATS)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.NAME)
@pytest.mark.parametrize("text", OTHERS)
def test_an_empty_record_is_told_not_dropped(format: Format, text: str) -> None:
    found = list(format.read(Source("a", "", text)))
    assert found or text in ("[]", "")


@pytest.mark.parametrize("name", SAMPLES)
def test_lines_lists_and_responses_read_alike(name: str) -> None:
    format, source = SAMPLES[name], sample(name)
    whole = json.loads(source.text) if name.endswith(".json") else None
    records = (
        next(value for key, value in whole.items() if key in ("results", "data", "notes"))
        if whole
        else [json.loads(line) for line in source.text.splitlines()]
    )
    shapes = [
        "\n".join(json.dumps(record) for record in records),
        json.dumps(records),
        json.dumps(records, indent=2),
        *([json.dumps(whole), json.dumps(whole, indent=4)] if whole else []),
    ]
    readings = {
        tuple((paper.id, paper.authors, paper.abstract) for paper in papers(format, Source("a", "", shape)))
        for shape in shapes
    }
    assert len(readings) == 1
    assert readings.pop()


@pytest.mark.parametrize("name", [name for name in SAMPLES if "bulk" not in name])
def test_a_broken_record_is_told_and_the_others_read(name: str) -> None:
    format, source = SAMPLES[name], sample(name)
    whole = papers(format, source)
    place = source.text.index(whole[0].title[:20])
    broken = Source(source.path, "", source.text[:place] + '"' + source.text[place:])
    assert [paper.id for paper in papers(format, broken)] == [paper.id for paper in whole[1:]]
    assert any("rejected: not valid JSON" in reason for reason in told(format, broken))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_that_is_cut_short_is_told(name: str) -> None:
    source = sample(name)
    cut = Source(source.path, "", source.text[: -len(source.text) // 3])
    assert any("not valid JSON" in reason for reason in told(SAMPLES[name], cut))


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_records_with_any_value_anywhere_are_read_or_told(name: str, data: st.DataObject) -> None:
    format, source = SAMPLES[name], sample(name)
    record = (
        json.loads(source.text.partition("\n")[0]) if name.endswith(".jsonl") else json.loads(source.text)
    )
    if name.endswith(".json"):
        record = next(value for key, value in record.items() if key in ("results", "data", "notes"))[0]
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    )
    for key in data.draw(st.lists(st.sampled_from(sorted(record)), max_size=4)):
        inner = record[key]
        if isinstance(inner, dict) and inner and data.draw(st.booleans()):
            inner[data.draw(st.sampled_from(sorted(inner)))] = data.draw(anything)
        else:
            record[key] = data.draw(anything)
    found = list(format.read(Source("a", "", json.dumps(record))))
    assert found
    told(format, Source("a", "", json.dumps(record)))


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.NAME)
@settings(max_examples=50, deadline=None)
@given(
    st.text()
    | st.text(alphabet='{}[]",:\n\\ 1aEe-')
    | st.lists(
        st.sampled_from(
            ['{"', '"notes": [', '"results": [', "\n", "]", "}", '"a":', "1", ",", '"', "{", "[", "null"]
        )
    ).map("".join)
)
def test_any_text_gives_drafts_and_notices_alone(format: Format, text: str) -> None:
    lines = text.count("\n") + 1
    for found in format.read(Source("a", "", text)):
        assert isinstance(found, Draft | Notice)
        assert 1 <= (found.line if isinstance(found, Draft) else found.location.line) <= lines
