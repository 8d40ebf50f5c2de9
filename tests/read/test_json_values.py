from __future__ import annotations

import time

import pytest

from kg.read.json_values import records
from kg.read.source import Source
from kg.records import Notice, Severity

RECORDS = '[\n  {"id": 1},\n  {"id": oops},\n  {"id": 3}\n]'


def _found(text: str, *lists: str) -> list[object]:
    """Objects as they are, notices by line and the first words of their reason."""
    found = records(Source("a.json", "", text), set(lists))
    return [
        (one.location.line, one.reason.partition(" (")[0]) if isinstance(one, Notice) else one
        for one in found
    ]


def test_after_a_broken_record_the_next_is_read() -> None:
    assert _found(RECORDS) == [(2, {"id": 1}), (3, "not valid JSON"), (4, {"id": 3})]


def test_after_a_broken_record_of_a_response_the_next_is_read_and_none_twice() -> None:
    text = '{\n"results": [\n{"id": 1},\n{"id": oops},\n{"id": 3}\n],\n"meta": broken\n}'
    assert _found(text, "results") == [
        (3, {"id": 1}),
        (4, "not valid JSON"),
        (5, {"id": 3}),
        (1, "not valid JSON from here on"),
    ]


def test_responses_one_a_line_are_opened() -> None:
    text = '{"notes": [{"id": 1}], "count": 1}\n{"notes": [], "count": 0}\n{"notes": [{"id": 2}, null]}'
    assert _found(text, "notes") == [(1, {"id": 1}), (3, {"id": 2}), (3, "not a JSON object")]


def test_an_array_of_responses_is_opened() -> None:
    assert _found('[{"notes": [{"id": 1}]},\n {"notes": [{"id": 2}]}]', "notes") == [
        (1, {"id": 1}),
        (2, {"id": 2}),
    ]


def test_what_follows_an_array_is_read() -> None:
    assert _found('[{"id": 1}]\n[{"id": 2}]') == [(1, {"id": 1}), (2, {"id": 2})]


def test_a_list_under_another_key_is_a_part_of_its_record() -> None:
    assert _found('{\n "id": 1, "results": 2, "data": [{"a": 1}]}', "results") == [
        (1, {"id": 1, "results": 2, "data": [{"a": 1}]})
    ]


def test_a_response_that_ends_too_early_is_told() -> None:
    assert _found('{\n"results": [\n{"id": 1},\n', "results") == [
        (3, {"id": 1}),
        (1, "the list of records is not closed; it may be cut short"),
    ]
    assert _found('{\n"results": [\n{"id": 1},\n{"id": ', "results") == [
        (3, {"id": 1}),
        (4, "not valid JSON from here on"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        "{\n" * 200_000,
        '{"results": [\n' * 100_000,
        '[\n{"a": [\n' + '{"a": [\n' * 100_000,
        "[\n" + ('{"a": [' + "1, " * 2_000 + "\n") * 300,
        "[\n" + '{"a": "\\"\n' * 100_000,
        '{\n"results": [' + "1," * 300_000,
    ],
)
def test_hostile_text_takes_no_longer_than_other_text(text: str) -> None:
    start = time.process_time()
    assert all(
        isinstance(one, Notice) and one.severity for one in records(Source("a", "", text), {"results"})
    )
    assert time.process_time() - start < 5


def test_a_broken_record_is_rejected() -> None:
    notices = [one for one in records(Source("a", "", RECORDS)) if isinstance(one, Notice)]
    assert [one.severity for one in notices] == [Severity.REJECTED]
