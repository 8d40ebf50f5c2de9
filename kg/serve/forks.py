"""The server's side of the template process: order workers, have them killed, hear of their end."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import socket
from collections.abc import Callable, Mapping

from kg.serve.limits import Limits
from kg.serve.template import BORN, FORK, KILL, RECORD, fork_template
from kg.serve.worker import Job
from kg.serve.world import World

_SECONDS_TO_END = 5.0  # before the template is killed
_SECONDS_TO_HEAR = 1.0  # of the end of a worker whose socket has closed


class TemplateEndedError(Exception):
    """The process that workers are forked from is gone."""


class Forks(asyncio.Protocol):
    """The template process, as the server sees it."""

    def __init__(self, pid: int, lost: Callable[[], None]) -> None:
        self.pid = pid
        self._lost = lost
        self._received = bytearray()
        self._tickets = itertools.count(1)
        self._births: dict[int, asyncio.Future[int]] = {}
        self._ends: dict[int, asyncio.Future[int]] = {}
        self._gone = asyncio.get_running_loop().create_future()
        self._control: socket.socket | None = None
        self._transport: asyncio.BaseTransport | None = None

    @staticmethod
    async def start(world: World, jobs: Mapping[str, Job], limits: Limits, lost: Callable[[], None]) -> Forks:
        """Fork the template.

        Args:
            world: what workers answer from.
            jobs: their jobs by name.
            limits: what a job may take.
            lost: called when the template ends, also after :meth:`close`.

        Raises:
            OSError: where the system cannot fork or has no room for a process.
        """
        pid, control = fork_template(world, jobs, limits)
        forks = Forks(pid, lost)
        control.setblocking(False)
        forks._control = control.dup()  # asyncio's transports cannot send a descriptor
        await asyncio.get_running_loop().connect_accepted_socket(lambda: forks, control)
        return forks

    async def worker(self, niceness: int) -> tuple[int, socket.socket]:
        """Fork a worker.

        Returns:
            its process id and the socket to it.

        Raises:
            TemplateEndedError: where there is nothing to fork from any more.
            OSError: where the system has no room for a process.
        """
        if self._gone.done() or self._control is None:
            raise TemplateEndedError
        ours, theirs = socket.socketpair()
        ticket = next(self._tickets)
        birth = self._births[ticket] = asyncio.get_running_loop().create_future()
        try:
            socket.send_fds(self._control, [RECORD.pack(FORK, ticket, niceness)], [theirs.fileno()])
            pid = await birth
            if not pid:
                raise OSError("no room for another process")
        except BaseException as error:
            ours.close()
            if isinstance(error, BrokenPipeError | ConnectionResetError):
                raise TemplateEndedError from None
            raise
        finally:
            theirs.close()
            self._births.pop(ticket, None)
        return pid, ours

    def kill(self, pid: int) -> None:
        """Have a worker killed, if it has not ended by itself."""
        if self._control is not None and not self._gone.done():
            with contextlib.suppress(OSError):
                self._control.sendall(RECORD.pack(KILL, pid, 0))

    async def ended(self, pid: int) -> int | None:
        """How a worker ended, as :func:`os.waitstatus_to_exitcode` tells; None where nobody knows."""
        end = self._ends.get(pid)
        if end is not None:
            with contextlib.suppress(TimeoutError, TemplateEndedError):
                async with asyncio.timeout(_SECONDS_TO_HEAR):
                    return os.waitstatus_to_exitcode(await asyncio.shield(end))
        return None

    async def close(self) -> None:
        """End the template and with it every worker; returns when all are gone."""
        if self._control is not None:
            with contextlib.suppress(OSError):
                self._control.shutdown(socket.SHUT_WR)
            try:
                async with asyncio.timeout(_SECONDS_TO_END):
                    await asyncio.shield(self._gone)
            except TimeoutError:
                os.kill(self.pid, signal.SIGKILL)
            self._control.close()
            self._control = None
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop once it listens to the template."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by the event loop with what the template says."""
        self._received += data
        while len(self._received) >= RECORD.size:
            news, first, second = RECORD.unpack_from(self._received)
            del self._received[: RECORD.size]
            if news == BORN:
                self._born(first, second)
            else:
                self._settle(first, second)

    def connection_lost(self, error: Exception | None) -> None:
        """Called by the event loop when the template has ended."""
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self._gone.set_result(None)
        for waiting in (*self._births.values(), *self._ends.values()):
            if not waiting.done():
                waiting.set_exception(TemplateEndedError())
                waiting.exception()  # it may be that nobody asks
        self._lost()

    def _born(self, ticket: int, pid: int) -> None:
        if pid:
            self._ends[pid] = asyncio.get_running_loop().create_future()
        birth = self._births.get(ticket)
        if birth is not None and not birth.done():
            birth.set_result(pid)

    def _settle(self, pid: int, status: int) -> None:
        end = self._ends.get(pid)
        if end is not None and not end.done():
            end.set_result(status)
            asyncio.get_running_loop().call_later(_SECONDS_TO_HEAR, self._ends.pop, pid, None)
