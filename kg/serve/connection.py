"""One worker process, as the server's event loop sees it: a request goes out, an outcome comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kg.serve.frames import FrameError, Outcome, OutcomeReader
from kg.serve.lanes import Lane


class WorkerEndedError(Exception):
    """A worker ended in the midst of a request."""


class WorkerConnection(asyncio.Protocol):
    """A worker process and the socket to it.

    Attributes:
        pid: its process id.
        lane: whose requests it serves.
        alive: whether it can be asked.
        used: whether it has lived to its first request.

    Args:
        pid: its process id.
        lane: whose requests it serves.
        most: bytes that the body of a reply may have.
        lost: called once its socket has closed.
    """

    def __init__(self, pid: int, lane: Lane, most: int, lost: Callable[[WorkerConnection], None]) -> None:
        self.pid = pid
        self.lane = lane
        self.alive = True
        self.used = False
        self._lost = lost
        self._reader = OutcomeReader(most)
        self._answer: asyncio.Future[Outcome] | None = None
        self._transport: asyncio.Transport | None = None

    def ask(self, request: bytes) -> asyncio.Future[Outcome]:
        """Send a request; the future fails with WorkerEndedError or FrameError where no outcome comes."""
        self.used = True
        self._answer = asyncio.get_running_loop().create_future()
        if self._transport is None or not self.alive:
            self._answer.set_exception(WorkerEndedError())
        else:
            self._transport.write(request)
        return self._answer

    def leave(self) -> None:
        """Stop listening to it."""
        self.alive = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop once it listens to the worker."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by the event loop with what the worker sends."""
        try:
            outcome = self._reader.feed(data)
        except FrameError as error:
            self._settle(error)
            return
        if outcome is not None:
            self._settle(outcome)

    def connection_lost(self, error: Exception | None) -> None:
        """Called by the event loop when the worker has ended."""
        self.alive = False
        self._settle(WorkerEndedError())
        self._lost(self)

    def _settle(self, outcome: Outcome | Exception) -> None:
        if self._answer is None or self._answer.done():
            return
        if isinstance(outcome, Exception):
            self._answer.set_exception(outcome)
        else:
            self._answer.set_result(outcome)
