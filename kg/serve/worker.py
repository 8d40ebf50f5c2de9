"""A process that answers requests one at a time, with no files, no network and a limit on its memory.

It is forked with the graph in its memory and has one open file, the socket to the server. What a query may
take is held by the kernel (setrlimit, https://man7.org/linux/man-pages/man2/setrlimit.2.html): RLIMIT_NOFILE
of 0 forbids every new file and socket, RLIMIT_AS bounds the memory, RLIMIT_CORE and RLIMIT_FSIZE of 0 leave
nothing on the disk. Time is held from outside: the server has the process killed.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from kg.serve.frames import Outcome, pack_outcome, read_request
from kg.serve.limits import MIB, Limits
from kg.serve.reply import Reply, refusal
from kg.serve.world import World

Job = Callable[[World, Any], Reply]
"""A pure function from what the server knows and a request to a reply; it opens no file and imports nothing."""

OUT_OF_MEMORY = 77  # exit status of a worker that could not even say so

_PR_SET_PDEATHSIG = 1
_KIB = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss, in bytes


def too_large(limits: Limits) -> Reply:
    """The refusal of a job that went over the memory limit."""
    return refusal(
        507, f"this took more than {limits.memory_mib} MiB of memory; narrow the query or add LIMIT"
    )


def work(channel: socket.socket, world: World, jobs: Mapping[str, Job], limits: Limits, parent: int) -> None:
    """Answer requests until the server closes the channel or the worker retires.

    Args:
        channel: the socket to the server; every other open file is closed.
        world: what the jobs answer from.
        jobs: the jobs by name.
        limits: what each may take.
        parent: process id of the parent, with which this process ends.
    """
    confine(channel, limits, parent)
    stream = channel.makefile("rb")
    most_resident = _peak() + int(limits.memory_bytes * limits.retire_share)
    while _serve_one(channel, stream, world, jobs, limits, most_resident):
        pass


def confine(channel: socket.socket, limits: Limits, parent: int) -> None:
    """Take from this process every way out but one socket; there is no way back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, and the server its workers
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _die_with(parent)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # what the engine prints when it aborts would only fill the server's log
        os.dup2(nowhere, standard)
    _close_all_but(channel.fileno())
    size = _address_space()
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
        *([(resource.RLIMIT_AS, size + limits.memory_bytes)] if size else []),
    ):
        resource.setrlimit(kind, (most, most))
    gc.enable()


def _serve_one(
    channel: socket.socket,
    stream: BinaryIO,
    world: World,
    jobs: Mapping[str, Job],
    limits: Limits,
    most_resident: int,
) -> bool:
    """Answer one request; False where it was the last."""
    try:
        asked = read_request(stream)
        if asked is None:
            return False
        outcome = _outcome(jobs[asked[0]], world, asked[1], limits)
        if _peak() > most_resident:
            outcome = Outcome(outcome.reply, retires=True, trouble=outcome.trouble)
        start, body = pack_outcome(outcome)
        if len(body) < MIB:
            channel.sendall(start + body)  # one message is one wake-up of the server
        else:
            channel.sendall(start)
            channel.sendall(body)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except OSError:  # the server is gone
        return False
    return not outcome.retires


def _outcome(job: Job, world: World, request: object, limits: Limits) -> Outcome:
    """The outcome of a job, whatever it does; after a failure the worker is not used again."""
    try:
        reply = job(world, request)
    except MemoryError:
        return Outcome(too_large(limits), retires=True)
    except BaseException:  # a panic of the engine is no Exception
        trouble = traceback.format_exc()
        return Outcome(refusal(500, "this failed; its cause stands in the server's log"), True, trouble)
    if len(reply.content) > limits.result_bytes:
        line = f"the answer is larger than {limits.result_mib} MiB; narrow the query or page with LIMIT and OFFSET"
        return Outcome(refusal(413, line))
    return Outcome(reply)


def _peak() -> int:
    """The most memory this process has held resident, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB


def _address_space() -> int:
    """The address space in use, in bytes; 0 where the system does not tell (it then does not limit it either)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _die_with(parent: int) -> None:
    """Have the kernel end this process with its parent, also while it is busy; Linux only.

    Elsewhere an idle worker sees its channel close, and a busy one is ended by the template.
    """
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it went before the kernel was told
        os._exit(0)


def _close_all_but(kept: int) -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    most = 65536 if most in (resource.RLIM_INFINITY, -1) else most
    os.closerange(3, kept)
    os.closerange(kept + 1, most)
