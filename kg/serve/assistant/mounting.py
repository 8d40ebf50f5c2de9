"""Whether ``kg serve`` can answer assistants: the package ``mcp`` is an extra."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.serve.assistant.jobs import warm_assistant
from kg.serve.pool import Pool
from kg.serve.world import World

if TYPE_CHECKING:
    from kg.serve.assistant.http import AssistantEndpoint


def assistant_endpoint(world: World, pool: Pool, names: Collection[str]) -> AssistantEndpoint | None:
    """What answers at ``/mcp``; None where the package is not installed. Call it before workers are forked.

    Args:
        world: the graph.
        pool: of the server, with the job ``assistant`` among its jobs.
        names: the names that the server goes by; empty for any.
    """
    try:
        from kg.serve.assistant.http import AssistantEndpoint
    except ImportError:
        return None
    warm_assistant()
    return AssistantEndpoint(world, pool, names)
