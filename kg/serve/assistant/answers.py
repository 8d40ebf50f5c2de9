"""What the tools answer: plain values that become JSON, and their JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | bool | None


class RefusedError(Exception):
    """Something that cannot be answered; the message is one line for the assistant, with the remedy."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in the graph.

    Attributes:
        iri: its IRI, to cite it by.
        id: the end of the IRI, ``author/ada-lovelace``; empty for things of elsewhere.
        kind: the first part of the id.
        label: what it is called; quoted from strangers.
        papers: how many papers stand behind it where it is told.
        year: of a paper.
    """

    iri: str
    id: str
    kind: str
    label: str
    papers: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: by which of its names, and a few words that tell it from others."""

    thing: Thing
    matched: str
    description: str


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a search found, the best first, and how much there is in all."""

    found: tuple[Hit, ...]
    total: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Values of a thing under a name."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Things that stand in a relation to another: some of them, and how many there are."""

    relation: str
    things: tuple[Thing, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence and what was read from it.

    Attributes:
        says: what was read.
        sentence: quoted from the paper.
        paper: where it stands.
        confidence: how sure the reading is, 0 to 1.
        iri: of the mention or claim.
    """

    says: str
    sentence: str
    paper: Thing | None
    confidence: float
    iri: str


@dataclass(frozen=True, slots=True)
class DescribeAnswer:
    """What the graph knows of a thing."""

    thing: Thing
    facts: tuple[Fact, ...]
    related: tuple[Related, ...]
    evidence: tuple[Evidence, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PathLink:
    """Two people and the latest paper that they wrote together; ``papers`` is how many there are."""

    one: Thing
    other: Thing
    paper: Thing
    papers: int


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """A chain of papers between two people; without links where they are one person or not connected."""

    start: Thing
    end: Thing
    connected: bool
    links: tuple[PathLink, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParameterTold:
    """A parameter of a question."""

    name: str
    description: str
    example: str


@dataclass(frozen=True, slots=True)
class QuestionTold:
    """A question that can be asked by name."""

    name: str
    group: str
    text: str
    parameters: tuple[ParameterTold, ...]


@dataclass(frozen=True, slots=True)
class QuestionsAnswer:
    """The questions that come with the graph."""

    questions: tuple[QuestionTold, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowsAnswer:
    """A table.

    Attributes:
        columns: their names.
        rows: cells by column; IRIs in full.
        total: how many rows there are, also those left out.
        note: what was left out, and how to get it.
    """

    columns: tuple[str, ...]
    rows: tuple[dict[str, Cell], ...]
    total: int
    note: str = ""


Answer = SearchAnswer | DescribeAnswer | PathAnswer | QuestionsAnswer | RowsAnswer

ANSWERS: dict[str, type[Answer]] = {
    "search": SearchAnswer,
    "describe": DescribeAnswer,
    "path": PathAnswer,
    "questions": QuestionsAnswer,
    "question": RowsAnswer,
    "sparql": RowsAnswer,
}
"""By tool."""
