"""The server over standard input and output, for an assistant on this machine that starts it itself.

https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#stdio
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from pathlib import Path

from mcp.server.stdio import stdio_server

from kg.serve.assistant.documents import documents, instructions
from kg.serve.assistant.jobs import ASSISTANT_JOBS, warm_assistant
from kg.serve.assistant.server import assistant_server
from kg.serve.pool import Pool
from kg.serve.serving import Options, chosen
from kg.serve.world import open_world


def run(graph: Path, options: Options) -> None:
    """Answer an assistant until it closes standard input.

    Args:
        graph: the folder of a build, or the Turtle file of a graph.
        options: the limits that were chosen.

    Raises:
        kg.query.store.QueryError: where there is no graph, or one that cannot be read.
        OSError: where the system has no room for the workers.
    """
    logging.basicConfig(level=logging.ERROR, format="kg: %(message)s")  # on standard error
    world = open_world(graph)
    warm_assistant()
    told, resources = instructions(world), documents(world)

    async def answer() -> None:
        task = asyncio.current_task()
        assert task is not None
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        async with Pool(world, ASSISTANT_JOBS, chosen(options, alone=True)) as pool:  # forked before threads
            server = assistant_server(pool, told, resources)
            async with stdio_server() as (incoming, outgoing):
                await server.run(incoming, outgoing, server.create_initialization_options())

    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(answer())
