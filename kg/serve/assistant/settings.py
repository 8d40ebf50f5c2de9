"""What an assistant is told and given, from ``assistant.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.serve.search_settings import search_settings

CONCEPTS = frozenset({"topic", "method", "dataset", "metric"})


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as its list shows it.

    Attributes:
        name: by which it is called.
        title: for people.
        description: for the assistant.
        schema: of its arguments, JSON Schema 2020-12.
    """

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request that a person may choose: its text has places for the arguments, which are told by name."""

    name: str
    title: str
    description: str
    text: str
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AssistantSettings:
    """The settings.

    Attributes:
        instructions: with places for what differs from graph to graph.
        limits: by name; counts, and characters of texts.
        tools: in the order of the file.
        prompts: likewise.
        facts: properties and what they are called.
        related: by kind, relations and their property paths.
    """

    instructions: str
    limits: Mapping[str, int]
    tools: tuple[Tool, ...]
    prompts: tuple[Prompt, ...]
    facts: Mapping[str, str]
    related: Mapping[str, tuple[tuple[str, str], ...]]

    def relations(self, kind: str) -> tuple[tuple[str, str], ...]:
        """What things of a kind are related by, and the property paths of that."""
        return self.related["concept" if kind in CONCEPTS else kind if kind in self.related else "other"]


@cache
def assistant_settings() -> AssistantSettings:
    """The settings.

    Example:
        >>> [tool.name for tool in assistant_settings().tools]
        ['search', 'describe', 'path', 'questions', 'question', 'sparql']
    """
    table = tomllib.loads(files("kg.serve.assistant").joinpath("assistant.toml").read_text(encoding="utf-8"))
    return AssistantSettings(
        instructions=table["instructions"].strip(),
        limits=table["limits"],
        tools=tuple(_tool(name, entry, table["limits"]) for name, entry in table["tools"].items()),
        prompts=tuple(Prompt(name, **entry) for name, entry in table["prompts"].items()),
        facts=table["facts"],
        related={
            kind: tuple((name, path) for name, path in paths) for kind, paths in table["related"].items()
        },
    )


def _tool(name: str, entry: Mapping[str, Any], limits: Mapping[str, int]) -> Tool:
    properties = {argument: dict(schema) for argument, schema in entry["properties"].items()}
    for argument, schema in properties.items():
        if schema["type"] == "string":
            schema["maxLength"] = limits["query" if argument == "query" else "argument"]
        if argument == "kind":
            schema["enum"] = list(search_settings().kinds)
        if argument == "limit":
            schema |= {"minimum": 1, "maximum": limits["most_hits"], "default": limits["hits"]}
    schema = {
        "type": "object",
        "properties": properties,
        "required": entry["required"],
        "additionalProperties": False,
    }
    return Tool(name, entry["title"], entry["description"], schema)
