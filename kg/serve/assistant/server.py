"""The server of the Model Context Protocol, by the official SDK, whatever carries its messages.

Tools with structured output: https://modelcontextprotocol.io/specification/2025-06-18/server/tools.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import mcp_types as types
import orjson
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import best_match  # type: ignore[import-untyped]
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from pydantic import TypeAdapter

from kg.serve.assistant.answers import ANSWERS
from kg.serve.assistant.documents import Document
from kg.serve.assistant.jobs import LANES, ToolRequest
from kg.serve.assistant.settings import Tool, assistant_settings
from kg.serve.assistant.things import clipped
from kg.serve.pool import Pool

_Context = ServerRequestContext[Any]
_Paged = types.PaginatedRequestParams | None
_MESSAGE_LENGTH = 240
_READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


@dataclass(frozen=True, slots=True)
class _Handlers:
    """What the server answers with."""

    pool: Pool
    documents: Mapping[str, Document]
    validators: Mapping[str, Draft202012Validator]

    async def list_tools(self, _: _Context, __: _Paged) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(tool) for tool in assistant_settings().tools])

    async def call_tool(self, _: _Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        if params.name not in self.validators:
            known = ", ".join(self.validators)
            raise MCPError(types.INVALID_PARAMS, f'no tool "{clipped(params.name, 100)}"; there are {known}')
        arguments = params.arguments or {}
        wrong = _objection(self.validators[params.name], arguments)
        if wrong:
            return _failed(wrong)
        reply = await self.pool.run("assistant", ToolRequest(params.name, arguments), LANES[params.name])
        if reply.status != 200:
            return _failed(reply.content.decode().strip())
        told = orjson.loads(reply.content)
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=told["text"])], structured_content=told["data"]
        )

    async def list_resources(self, _: _Context, __: _Paged) -> types.ListResourcesResult:
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=uri, name=found.name, description=found.description, mime_type=found.media_type
                )
                for uri, found in self.documents.items()
            ]
        )

    async def read_resource(
        self, _: _Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        uri = str(params.uri)
        if uri not in self.documents:
            raise MCPError(types.INVALID_PARAMS, f"no such resource; there are {', '.join(self.documents)}")
        found = self.documents[uri]
        content = types.TextResourceContents(uri=uri, mime_type=found.media_type, text=found.content)
        return types.ReadResourceResult(contents=[content])

    async def list_prompts(self, _: _Context, __: _Paged) -> types.ListPromptsResult:
        return types.ListPromptsResult(
            prompts=[
                types.Prompt(
                    name=prompt.name,
                    title=prompt.title,
                    description=prompt.description,
                    arguments=[
                        types.PromptArgument(name=name, description=told, required=True)
                        for name, told in prompt.arguments.items()
                    ],
                )
                for prompt in assistant_settings().prompts
            ]
        )

    async def get_prompt(self, _: _Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        prompt = next((p for p in assistant_settings().prompts if p.name == params.name), None)
        given = dict(params.arguments or {})
        if prompt is None or set(given) != set(prompt.arguments):
            known = "; ".join(f"{p.name} with {', '.join(p.arguments)}" for p in assistant_settings().prompts)
            raise MCPError(types.INVALID_PARAMS, f"the prompts are {known}")
        most = assistant_settings().limits["argument"]
        filled = prompt.text.format(**{name: clipped(value, most) for name, value in given.items()})
        message = types.PromptMessage(role="user", content=types.TextContent(type="text", text=filled))
        return types.GetPromptResult(description=prompt.description, messages=[message])


def assistant_server(pool: Pool, instructions: str, documents: Mapping[str, Document]) -> Server[Any]:
    """The server.

    Args:
        pool: started workers that have the job ``assistant``.
        instructions: what an assistant is told of the graph.
        documents: the resources by URI.
    """
    validators = {tool.name: Draft202012Validator(tool.schema) for tool in assistant_settings().tools}
    handlers = _Handlers(pool, documents, validators)
    return Server(
        "paperkg",
        title="Knowledge graph of research papers",
        version=version("paperkg"),
        instructions=instructions,
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_read_resource=handlers.read_resource,
        on_list_prompts=handlers.list_prompts,
        on_get_prompt=handlers.get_prompt,
    )


def _tool(tool: Tool) -> types.Tool:
    schema = TypeAdapter(ANSWERS[tool.name]).json_schema(mode="serialization")
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=dict(tool.schema),
        output_schema=schema,
        annotations=_READ_ONLY,
    )


def _objection(validator: Draft202012Validator, arguments: Mapping[str, Any]) -> str:
    """What is wrong with arguments, in one line; empty where nothing is."""
    error = best_match(validator.iter_errors(arguments))
    if error is None:
        return ""
    place = ".".join(map(str, error.absolute_path))
    told = error.message
    if len(told) > _MESSAGE_LENGTH:  # it repeats what was sent
        told = f"does not fit {error.validator} {error.validator_value}"
    return clipped(f"{place}: {told}" if place else told, _MESSAGE_LENGTH)


def _failed(line: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=line)], is_error=True)
