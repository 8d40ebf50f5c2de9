"""The workers of a server: jobs in, whole replies out, and no job that outlives its limits.

The engine cannot cancel a query, so each runs in a process that can be killed: after its time, or when its
client has gone. A killed worker is replaced by a fork of the template (:mod:`kg.serve.template`), which takes
milliseconds. Everything here runs in the event loop's thread; a request costs no thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Self

from kg.serve.connection import WorkerConnection, WorkerEndedError
from kg.serve.forks import Forks, TemplateEndedError
from kg.serve.frames import FrameError, pack_request
from kg.serve.lanes import Lane, Line, LineFullError
from kg.serve.leaving import while_there
from kg.serve.limits import Limits
from kg.serve.reply import Reply, refusal
from kg.serve.worker import OUT_OF_MEMORY, Job, too_large
from kg.serve.world import World

_LOG = logging.getLogger(__name__)
_CLIENT_LEFT = 499  # as nginx logs it; nobody is there to read it
_SECONDS_BEFORE_RETRY = 0.5  # to fork again where a fork failed or a worker ended before its first request
_OUT_OF_MEMORY = {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS}


class Pool:
    """Worker processes for the jobs of a server.

    Args:
        world: what the jobs answer from; shared by all workers, never changed.
        jobs: pure functions by name.
        limits: what a job may take.

    Example:
        ``async with Pool(world, jobs, limits()) as pool: reply = await pool.run("page", request, Lane.PAGE)``
    """

    def __init__(self, world: World, jobs: Mapping[str, Job], limits: Limits) -> None:
        self._world = world
        self._jobs = jobs
        self._limits = limits
        self._lines: dict[Lane, Line[WorkerConnection]] = {lane: Line(limits.waiting) for lane in Lane}
        self._workers: set[WorkerConnection] = set()
        self._chores: set[asyncio.Task[None]] = set()
        self._forks: Forks | None = None
        self._closing = False

    async def start(self) -> None:
        """Fork the template and the first workers; call it while the process has one thread.

        Raises:
            OSError: where the system cannot fork or has no room for the processes.
        """
        self._closing = False
        await self._fork_all()

    async def close(self) -> None:
        """End every worker; what is still being answered is refused."""
        self._closing = True
        for chore in self._chores:
            chore.cancel()
        if self._forks is not None:
            await self._forks.close()
        for worker in tuple(self._workers):
            worker.leave()
        self._workers.clear()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def processes(self) -> frozenset[int]:
        """The ids of the worker processes."""
        return frozenset(worker.pid for worker in self._workers)

    @property
    def template(self) -> int:
        """The id of the process that workers are forked from; 0 before the start."""
        return self._forks.pid if self._forks is not None else 0

    async def run(
        self,
        job: str,
        request: object,
        lane: Lane = Lane.QUERY,
        gone: Callable[[], Awaitable[bool]] | None = None,
    ) -> Reply:
        """Have a request answered.

        Args:
            job: the name of the job.
            request: a small picklable value for it.
            lane: whose workers may take it.
            gone: whether the client has left; asked every now and then while there is no answer, and where
                it has, the work is given up.

        Returns:
            the job's reply; else a refusal: 413 for an answer that is too large, 500 for a failure, 503
            where no worker became free, 504 after the time limit, 507 for too much memory.

        Raises:
            KeyError: where there is no such job.
        """
        if job not in self._jobs:
            raise KeyError(job)
        message = pack_request(job, request)
        if gone is None:
            return await self._answer(message, lane)
        try:
            async with while_there(gone, self._limits.look_seconds):
                return await self._answer(message, lane)
        except TimeoutError:
            return refusal(_CLIENT_LEFT, "the client has left")

    async def _answer(self, message: bytes, lane: Lane) -> Reply:
        if self._closing:
            return self._busy()
        try:
            worker = await self._lines[lane].take(self._limits.wait_seconds)
        except (LineFullError, TimeoutError):
            return self._busy()
        fit = False
        try:
            async with asyncio.timeout(self._limits.seconds):
                outcome = await worker.ask(message)
            if outcome.trouble:
                _LOG.error("a job failed\n%s", outcome.trouble)
            fit = not outcome.retires
            return outcome.reply
        except TimeoutError:
            return refusal(
                504,
                f"the query took longer than {self._limits.seconds:g} s; narrow it, add LIMIT, or ask kg query "
                "on your own machine",
            )
        except (WorkerEndedError, FrameError) as error:
            return await self._lost(worker, error)
        finally:
            if fit and worker.alive:
                self._lines[lane].offer(worker)
            else:
                self._dismiss(worker)

    def _busy(self) -> Reply:
        seconds = str(max(1, round(self._limits.seconds)))  # by then a worker is free
        line = f"all workers are busy; try again in {seconds} s"
        return replace(refusal(503, line), headers=(("retry-after", seconds),))

    async def _lost(self, worker: WorkerConnection, error: Exception) -> Reply:
        """What the client of a worker that ended is told."""
        if self._closing:
            return self._busy()
        if isinstance(error, WorkerEndedError) and self._forks is not None:
            code = await self._forks.ended(worker.pid)
            if code in _OUT_OF_MEMORY:
                return too_large(self._limits)
            _LOG.error("worker %d ended in the midst of a request, status %s", worker.pid, code)
        else:
            _LOG.error("worker %d sent what is no reply: %s", worker.pid, error)
        return refusal(500, "the process that worked on this ended; try again")

    def _dismiss(self, worker: WorkerConnection) -> None:
        """End a worker, busy or not; connection_lost brings its replacement."""
        if self._forks is not None:
            self._forks.kill(worker.pid)
        worker.leave()

    def _replace(self, worker: WorkerConnection) -> None:
        """Called when the socket of a worker has closed."""
        if worker not in self._workers:
            return
        self._workers.discard(worker)
        if not self._closing:
            self._do(self._succeed(worker))

    async def _succeed(self, worker: WorkerConnection) -> None:
        if not worker.used:
            await asyncio.sleep(_SECONDS_BEFORE_RETRY)
        while True:
            try:
                await self._fork(worker.lane)
                return
            except TemplateEndedError:  # its successor forks all workers anew
                return
            except OSError as error:
                _LOG.error("cannot replace a worker: %s", error)
                await asyncio.sleep(_SECONDS_BEFORE_RETRY)

    async def _fork(self, lane: Lane) -> None:
        assert self._forks is not None
        forks = self._forks
        pid, channel = await forks.worker(self._limits.niceness if lane is Lane.QUERY else 0)
        worker = WorkerConnection(pid, lane, self._limits.result_bytes, self._replace)
        self._workers.add(worker)
        await asyncio.get_running_loop().connect_accepted_socket(lambda: worker, channel)
        self._lines[lane].offer(worker)

    async def _fork_all(self) -> None:
        self._forks = await Forks.start(self._world, self._jobs, self._limits, self._template_lost)
        lanes = [Lane.QUERY] * self._limits.query_workers + [Lane.PAGE] * self._limits.page_workers
        for lane in lanes:
            await self._fork(lane)

    def _template_lost(self) -> None:
        """Called when the template has ended: its workers are of no use without it."""
        if self._closing:
            return
        _LOG.error("the template process ended; forking another")
        orphans, self._workers = self._workers, set()
        for worker in orphans:
            worker.leave()
        self._do(self._fork_all())

    def _do(self, chore: Awaitable[None]) -> None:
        task = asyncio.ensure_future(self._logged(chore))
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)

    @staticmethod
    async def _logged(chore: Awaitable[None]) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            try:
                await chore
            except Exception:
                _LOG.exception("the workers cannot be replaced")
