"""What each tool does, as a function of the world and the tool's arguments.

The arguments have passed the tool's schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from kg.query.questions import Question, questions
from kg.query.store import QueryError
from kg.query.store import answer as answered
from kg.serve.assistant.answers import (
    DescribeAnswer,
    Fact,
    Hit,
    ParameterTold,
    PathAnswer,
    QuestionsAnswer,
    QuestionTold,
    RefusedError,
    RowsAnswer,
    SearchAnswer,
)
from kg.serve.assistant.connecting import links
from kg.serve.assistant.evidence import evidence
from kg.serve.assistant.related import related
from kg.serve.assistant.settings import assistant_settings
from kg.serve.assistant.tables import results, table, triples
from kg.serve.assistant.things import Known, clipped
from kg.serve.index import Likeness
from kg.serve.limits import MIB
from kg.serve.search import described
from kg.serve.sparql import SparqlRequest
from kg.serve.sparql import sparql as endpoint
from kg.serve.world import World

Arguments = Mapping[str, Any]

_TRIPLES = "application/n-triples"
_ACCEPT = f"application/sparql-results+json, {_TRIPLES}"


@cache
def shipped() -> Mapping[str, Question]:
    """The questions by name; read before workers part, who may open no file."""
    return {question.name: question for question in questions()}


def search(world: World, arguments: Arguments) -> SearchAnswer:
    """Things by name."""
    known, settings = Known.of(world), assistant_settings()
    kinds = [arguments["kind"]] if "kind" in arguments else []
    found = world.index.find(arguments["text"], kinds, arguments.get("limit", settings.limits["hits"]))
    hits = tuple(
        Hit(
            known.thing(hit.iri, hit.papers if hit.kind != "paper" else None),
            clipped(hit.matched),
            clipped(described(world, hit)),
        )
        for hit in found.hits
    )
    total = sum(found.totals.values())
    if not hits:
        return SearchAnswer((), 0, "nothing found; try fewer or other words, or leave out kind")
    more = f"{total - len(hits)} more; add words, or name a kind" if total > len(hits) else ""
    return SearchAnswer(hits, total, more)


def describe(world: World, arguments: Arguments) -> DescribeAnswer:
    """What is known of one thing."""
    known = Known.of(world)
    iri = known.meant(arguments["id"])
    found = related(known, iri)
    cut = [relation.relation for relation in found if relation.total > len(relation.things)]
    note = f"cut: {', '.join(dict.fromkeys(cut))}; ask sparql or a question for all" if cut else ""
    return DescribeAnswer(known.thing(iri), _facts(known, iri), found, evidence(known, iri), note)


def path(world: World, arguments: Arguments) -> PathAnswer:
    """The chain of papers between two people."""
    known = Known.of(world)
    one, other = (known.meant(arguments[name], ("author",)) for name in ("one", "other"))
    chain = links(known, one, other)
    note = "" if chain is not None else "no chain of papers in this graph leads from one to the other"
    note = "both names mean one person in this graph" if one == other else note
    return PathAnswer(known.thing(one), known.thing(other), chain is not None, chain or (), note)


def list_questions(world: World, arguments: Arguments) -> QuestionsAnswer:
    """The questions that can be asked by name."""
    wanted = arguments.get("group")
    groups = sorted({question.group for question in shipped().values()})
    if wanted is not None and wanted not in groups:
        raise RefusedError(f'no group "{clipped(wanted)}"; the groups are {", ".join(groups)}')
    chosen = [question for question in shipped().values() if wanted in (None, question.group)]
    return QuestionsAnswer(tuple(map(_told, chosen)))


def question(world: World, arguments: Arguments) -> RowsAnswer:
    """The answer to a question by name."""
    asked = shipped().get(arguments["name"])
    if asked is None:
        near = get_close_matches(arguments["name"], shipped(), 3)
        hint = f"did you mean {', '.join(near)}?" if near else "the tool questions lists them"
        raise RefusedError(f'no question is called "{clipped(arguments["name"])}"; {hint}')
    values = {name: str(value) for name, value in arguments.get("parameters", {}).items()}
    _check(asked, values)
    try:
        found = answered(world.store, asked.sparql, values)
    except QueryError as error:
        raise RefusedError(str(error)) from None
    shown = [place for place, name in enumerate(found.variables) if name not in found.parameters]
    rows = (tuple(row[place] for place in shown) for row in found.solutions)
    note = _unknown(world, values) if not found.solutions else ""
    return table([found.variables[place] for place in shown], rows, note)


def sparql(world: World, arguments: Arguments) -> RowsAnswer:
    """The answer to any query, checked as the endpoint checks it."""
    most = assistant_settings().limits["sparql_mib"] * MIB
    reply = endpoint(world, SparqlRequest(arguments["query"], _ACCEPT, most))
    if reply.status != 200:
        raise RefusedError(reply.content.decode().strip())
    return (triples if reply.media_type.startswith(_TRIPLES) else results)(reply.content)


def _facts(known: Known, iri: str) -> tuple[Fact, ...]:
    limits = assistant_settings().limits
    found = []
    for name, words in assistant_settings().facts.items():
        values = [*known.facts.texts(iri, name), *known.facts.iris(iri, name)][: limits["things"]]
        most = limits["abstract" if name == "dcterms:abstract" else "characters"]
        if values:
            found.append(Fact(words, tuple(clipped(value, most) for value in values)))
    return tuple(found)


def _told(asked: Question) -> QuestionTold:
    parameters = tuple(ParameterTold(p.name, p.description, p.example) for p in asked.parameters)
    return QuestionTold(asked.name, asked.group, asked.text, parameters)


def _check(asked: Question, values: Mapping[str, str]) -> None:
    needed = {parameter.name: parameter for parameter in asked.parameters}
    for name, parameter in needed.items():
        if name not in values:
            example = f', for example "{parameter.example}"' if parameter.example else ""
            raise RefusedError(f"{asked.name} needs the parameter {name} ({parameter.description}{example})")
    for name in sorted(set(values) - set(needed)):
        has = f"it has {', '.join(needed)}" if needed else "it has none"
        raise RefusedError(f'{asked.name} has no parameter "{clipped(name)}"; {has}')


def _unknown(world: World, values: Mapping[str, str]) -> str:
    """Which of the values nothing in the graph is called by, and what is called nearly so."""
    known, lines = Known.of(world), []
    for name, value in values.items():
        if not value.isdecimal():
            hits = world.index.search(value, limit=1)
            if not hits or hits[0].likeness is not Likeness.EXACT:
                lines.append(f'{name}: nothing is called "{clipped(value)}"; {known.near(value)}')
    return "; ".join(["no rows", *lines])
