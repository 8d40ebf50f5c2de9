"""The process that workers are forked from: it has one thread, the graph, and nothing else to do.

Forking from the server itself would be simpler, but the server's process has an event loop, open connections
and, as soon as a library wishes, threads; a lock that another thread holds at that moment stays locked in the
child for ever (https://docs.python.org/3/library/os.html#os.fork). So the server forks once, at its start,
before it has connections or threads, and this fork stays as it is: each worker, the first and every
replacement, is forked from it within milliseconds and shares its memory pages (``gc.freeze`` keeps the garbage
collector from writing to them). A spawned process would have to read the graph again, seconds or minutes for
each worker that was killed.

The server and the template speak over a socket in records of one size. The template alone is the parent of
the workers, so it alone kills them: a process id cannot have passed to a stranger before its parent has
asked for the exit status. When the server ends in whatever way, the socket closes, and the template kills all
workers and ends too.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import NoReturn

from kg.serve.limits import Limits
from kg.serve.worker import Job, work
from kg.serve.world import World

RECORD = struct.Struct("!cii")

FORK = b"F"
"""To the template: fork a worker (ticket, niceness); the socket of the worker comes with it."""
KILL = b"K"
"""To the template: kill a worker (process id, 0)."""
BORN = b"B"
"""From the template: a worker is there (ticket, process id), or could not be forked (ticket, 0)."""
ENDED = b"E"
"""From the template: a worker has ended (process id, wait status as :func:`os.waitpid` gives it)."""


def fork_template(world: World, jobs: Mapping[str, Job], limits: Limits) -> tuple[int, socket.socket]:
    """Fork the template from this process; best while it has one thread.

    Returns:
        its process id and the socket to it.

    Raises:
        OSError: where the system cannot fork or has no room for a process.
    """
    if not hasattr(os, "fork"):
        raise OSError("this system cannot fork processes, which the server needs; use Linux, macOS or WSL")
    ours, theirs = socket.socketpair()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        _run(theirs, world, jobs, limits, parent)
    theirs.close()
    return child, ours


def _run(
    control: socket.socket, world: World, jobs: Mapping[str, Job], limits: Limits, parent: int
) -> NoReturn:
    """The life of the template; it never returns into the code of the server."""

    def life() -> None:
        _part_from_server(control)
        if os.getppid() == parent:
            _Template(control, world, jobs, limits).serve()

    _live(life)


def _live(life: Callable[[], object]) -> NoReturn:
    """The whole of what a forked process does; it ends with it, whatever happens."""
    status = 1
    try:
        life()
        status = 0
    except BaseException:
        with contextlib.suppress(BaseException):
            traceback.print_exc()
    finally:
        os._exit(status)


def _part_from_server(control: socket.socket) -> None:
    """Leave the server's signals and open files; of its sockets none may stay open when it ends."""
    gc.disable()
    gc.freeze()  # also, so that no socket of the server is collected when its number belongs to another
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, and the server ends the template
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # which may go to the whole group
    most = os.sysconf("SC_OPEN_MAX")
    os.closerange(3, control.fileno())
    os.closerange(control.fileno() + 1, most if most > 0 else 65536)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)


class _Template:
    """The loop of the template: fork, kill, and tell of the dead."""

    def __init__(self, control: socket.socket, world: World, jobs: Mapping[str, Job], limits: Limits) -> None:
        self._control = control
        self._world = world
        self._jobs = jobs
        self._limits = limits
        self._workers: set[int] = set()
        self._bell, ringing = socket.socketpair()  # a signal writes to it, so that the loop wakes up
        for end in (self._bell, ringing):
            end.setblocking(False)
        self._ringing = ringing
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.set_wakeup_fd(ringing.fileno(), warn_on_full_buffer=False)

    def serve(self) -> None:
        """Follow orders until the server is gone."""
        try:
            while True:
                ready, _, _ = select.select([self._control, self._bell], [], [])
                if self._bell in ready:
                    self._bell.recv(4096)
                    self._reap()
                if self._control in ready and not self._follow():
                    return
        except (BrokenPipeError, ConnectionResetError):
            return
        finally:
            for worker in self._workers:
                os.kill(worker, signal.SIGKILL)
            for worker in self._workers:  # the end of the template tells that all are gone
                os.waitpid(worker, 0)

    def _follow(self) -> bool:
        record, descriptors, _, _ = socket.recv_fds(self._control, RECORD.size, 1, socket.MSG_WAITALL)
        if len(record) < RECORD.size:
            return False
        order, first, second = RECORD.unpack(record)
        if order == FORK:
            self._tell(BORN, first, self._fork(socket.socket(fileno=descriptors[0]), second))
        elif order == KILL and first in self._workers:
            os.kill(first, signal.SIGKILL)
        return True

    def _fork(self, channel: socket.socket, niceness: int) -> int:
        """Fork a worker; 0 where there is no room for one."""
        template = os.getpid()
        try:
            worker = os.fork()
        except OSError:
            worker = -1
        if worker == 0:
            self._become_worker(channel, niceness, template)
        channel.close()
        if worker < 0:
            return 0
        self._workers.add(worker)
        return worker

    def _become_worker(self, channel: socket.socket, niceness: int, template: int) -> NoReturn:
        def life() -> None:
            signal.set_wakeup_fd(-1)
            os.nice(niceness)
            work(channel, self._world, self._jobs, self._limits, template)

        _live(life)

    def _reap(self) -> None:
        while self._workers:
            worker, status = os.waitpid(-1, os.WNOHANG)
            if worker == 0:
                return
            self._workers.discard(worker)
            self._tell(ENDED, worker, status)

    def _tell(self, news: bytes, first: int, second: int) -> None:
        self._control.sendall(RECORD.pack(news, first, second))
