"""Answers as text, for assistants that read no structured output: every stranger's text in quotation marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import singledispatch

import orjson

from kg.query.results import shortened
from kg.serve.assistant.answers import (
    Answer,
    Cell,
    DescribeAnswer,
    Evidence,
    PathAnswer,
    QuestionsAnswer,
    RowsAnswer,
    SearchAnswer,
    Thing,
)


def text(answer: Answer, prefixes: Mapping[str, str]) -> str:
    """An answer in lines.

    Args:
        answer: the answer.
        prefixes: by which IRIs in tables are shortened.
    """
    lines = [*_lines(answer, prefixes), *([f"Note: {answer.note}"] if answer.note else [])]
    return "\n".join(lines)


@singledispatch
def _lines(answer: Answer, prefixes: Mapping[str, str]) -> Iterator[str]:
    raise TypeError(type(answer))


@_lines.register
def _(answer: SearchAnswer, prefixes: Mapping[str, str]) -> Iterator[str]:
    yield f"{len(answer.found)} of {answer.total} found"
    for hit in answer.found:
        yield f"- {_thing(hit.thing, counted=False)} ({hit.description}) <{hit.thing.iri}>"


@_lines.register
def _(answer: DescribeAnswer, prefixes: Mapping[str, str]) -> Iterator[str]:
    yield f"{answer.thing.kind}: {_thing(answer.thing)} <{answer.thing.iri}>"
    for fact in answer.facts:
        yield f"{fact.name}: {'; '.join(map(quoted, fact.values))}"
    for relation in answer.related:
        more = f" (first {len(relation.things)} of {relation.total})" * (
            relation.total > len(relation.things)
        )
        yield f"{relation.relation}{more}:"
        yield from (f"- {_thing(thing)}" for thing in relation.things)
    if answer.evidence:
        yield "evidence:"
        yield from (f"- {_evidence(found)}" for found in answer.evidence)


@_lines.register
def _(answer: PathAnswer, prefixes: Mapping[str, str]) -> Iterator[str]:
    start, end = _thing(answer.start, counted=False), _thing(answer.end, counted=False)
    how = f"connected by {_counted(len(answer.links), 'paper')}" if answer.connected else "not connected"
    yield f"{start} to {end}: {how}"
    for link in answer.links:
        one, other = _thing(link.one, counted=False), _thing(link.other, counted=False)
        yield f"- {one} and {other} wrote {_thing(link.paper)} <{link.paper.iri}>; {link.papers} together"


@_lines.register
def _(answer: QuestionsAnswer, prefixes: Mapping[str, str]) -> Iterator[str]:
    for asked in answer.questions:
        parameters = ", ".join(f"{p.name}: {p.description}" for p in asked.parameters)
        yield f"- {asked.name} ({asked.group}): {asked.text}{f' Parameters: {parameters}.' if parameters else ''}"


@_lines.register
def _(answer: RowsAnswer, prefixes: Mapping[str, str]) -> Iterator[str]:
    yield f"{len(answer.rows)} of {answer.total} rows: {' | '.join(answer.columns)}"
    for row in answer.rows:
        yield "- " + " | ".join(_cell(row[name], prefixes) for name in answer.columns)


def quoted(words: str) -> str:
    """A text between quotation marks, those within it escaped as in JSON.

    Example:
        >>> quoted('so-called "SGD"')
        '"so-called \\\\"SGD\\\\""'
    """
    return orjson.dumps(words).decode()


def _thing(thing: Thing, counted: bool = True) -> str:
    year = f" ({thing.year})" if thing.year is not None else ""
    papers = f", {_counted(thing.papers, 'paper')}" if counted and thing.papers is not None else ""
    return f"{quoted(thing.label)}{year} {thing.id or thing.iri}{papers}"


def _evidence(found: Evidence) -> str:
    paper = f", in {_thing(found.paper)}" if found.paper else ""
    return f"{quoted(found.says)} (confidence {found.confidence:g}): {quoted(found.sentence)}{paper} <{found.iri}>"


def _cell(cell: Cell, prefixes: Mapping[str, str]) -> str:
    if isinstance(cell, str):
        is_iri = cell.startswith(("http://", "https://")) and " " not in cell
        return shortened(cell, prefixes) if is_iri else quoted(cell)
    return "" if cell is None else orjson.dumps(cell).decode()


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
