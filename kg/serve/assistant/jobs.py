"""The tools as jobs of the workers (:mod:`kg.serve.pool`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

import orjson

from kg.graph.limits import limits
from kg.namespaces import prefixes
from kg.serve.assistant import tools
from kg.serve.assistant.answers import Answer, RefusedError
from kg.serve.assistant.settings import assistant_settings
from kg.serve.assistant.wording import text
from kg.serve.lanes import Lane
from kg.serve.reply import Reply, refusal
from kg.serve.worker import Job
from kg.serve.world import World

TOOLS: Mapping[str, Callable[[World, tools.Arguments], Answer]] = MappingProxyType(
    {
        "search": tools.search,
        "describe": tools.describe,
        "path": tools.path,
        "questions": tools.list_questions,
        "question": tools.question,
        "sparql": tools.sparql,
    }
)
LANES: Mapping[str, Lane] = MappingProxyType(
    {name: Lane.QUERY if name in ("question", "sparql") else Lane.PAGE for name in TOOLS}
)


@dataclass(frozen=True, slots=True)
class ToolRequest:
    """A call of a tool: its name and its arguments, checked against its schema."""

    tool: str
    arguments: Mapping[str, Any]


def assistant(world: World, asked: ToolRequest) -> Reply:
    """The answer of a tool: JSON with ``text`` for reading and ``data`` for programs; 400 with a line where none."""
    try:
        answer = TOOLS[asked.tool](world, asked.arguments)
    except RefusedError as error:
        return refusal(400, str(error))
    told = {"text": text(answer, prefixes(world.base)), "data": asdict(answer)}
    return Reply(200, "application/json", orjson.dumps(told))


ASSISTANT_JOBS: Mapping[str, Job] = MappingProxyType({"assistant": assistant})


def warm_assistant() -> None:
    """Have the files read that the tools need; call it before workers are forked."""
    assistant_settings()
    tools.shipped()
    limits()
