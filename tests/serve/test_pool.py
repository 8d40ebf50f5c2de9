"""Jobs of strangers end in time, within their memory, and never take the server with them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from kg.namespaces import BASE
from kg.query.store import answer, load_store
from kg.serve.lanes import Lane
from kg.serve.limits import Limits, limits
from kg.serve.pool import Pool
from kg.serve.reply import Reply
from kg.serve.worker import Job
from kg.serve.world import World
from tests.query.small import GRAPH

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")

MIB = 1024 * 1024
SMALL = replace(
    limits(),
    seconds=10.0,
    memory_mib=200,
    result_mib=2,
    query_workers=2,
    page_workers=1,
    waiting=64,
    wait_seconds=5.0,
    look_seconds=0.05,
)


def _echo(_world: World, request: object) -> Reply:
    return Reply(200, "text/plain", str(request).encode())


def _sparql(world: World, request: str) -> Reply:
    return Reply(200, "application/sparql-results+json", answer(world.store, request).content)


def _spin(_world: World, _request: object) -> Reply:
    while True:
        pass


def _take(_world: World, mib: int) -> Reply:
    return Reply(200, "text/plain", str(len(b"x" * (mib * MIB))).encode())


def _long(_world: World, size: int) -> Reply:
    return Reply(200, "text/plain", b"x" * size)


def _fail(_world: World, _request: object) -> Reply:
    raise RuntimeError("the secret of the house")


def _end(_world: World, number: int) -> Reply:
    os.kill(os.getpid(), number)
    return Reply(200, "text/plain", b"")


def _pid(_world: World, _request: object) -> Reply:
    return Reply(200, "text/plain", str(os.getpid()).encode())


JOBS: dict[str, Job] = {
    "echo": _echo, "sparql": _sparql, "spin": _spin, "take": _take, "long": _long, "fail": _fail, "end": _end, "pid": _pid,
}  # fmt: skip
WORLD = World(load_store(GRAPH.encode()), BASE, b"")
STUCK = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }"


def _with_pool(journey: Callable[[Pool], Awaitable[None]], within: Limits = SMALL) -> None:
    """Run a journey with a pool, and hold that no process is left after it."""

    async def whole() -> None:
        async with asyncio.timeout(20):
            async with Pool(WORLD, JOBS, within) as pool:
                await journey(pool)
                left = pool.processes
        assert not [pid for pid in left if _runs(pid)], "a worker outlives the pool"

    asyncio.run(whole())


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def _all_well(pool: Pool) -> None:
    """Hold that every worker answers and every one that ended has been replaced."""
    for number in range(4):
        replies = await asyncio.gather(*(pool.run("echo", n) for n in range(2)))
        assert [reply.content for reply in replies] == [b"0", b"1"], f"after {number} rounds"
    async with asyncio.timeout(3):
        while len(pool.processes) < SMALL.query_workers + SMALL.page_workers:
            await asyncio.sleep(0.01)


def _stuck(pool: Pool, count: int) -> list[asyncio.Task[Reply]]:
    return [asyncio.create_task(pool.run("sparql", STUCK)) for _ in range(count)]


def test_many_jobs_one_after_the_other_are_answered_rightly() -> None:
    async def journey(pool: Pool) -> None:
        for number in range(200):
            assert (await pool.run("echo", number)).content == str(number).encode()

    _with_pool(journey)


def test_many_jobs_at_once_are_answered_each_with_its_own_reply() -> None:
    async def journey(pool: Pool) -> None:
        replies = await asyncio.gather(*(pool.run("echo", n) for n in range(50)))
        assert [reply.content for reply in replies] == [str(n).encode() for n in range(50)]
        assert {reply.status for reply in replies} == {200}

    _with_pool(journey)


def test_workers_see_the_graph() -> None:
    async def journey(pool: Pool) -> None:
        reply = await pool.run("sparql", "ASK { method:adam a kg:Method }")
        assert b"true" in reply.content

    _with_pool(journey)


def test_a_query_is_ended_at_the_time_limit_and_its_worker_replaced() -> None:
    async def journey(pool: Pool) -> None:
        before, start = pool.processes, time.monotonic()
        reply = await pool.run("sparql", STUCK)
        assert reply.status == 504
        assert b"longer than 0.5 s" in reply.content and b"LIMIT" in reply.content
        assert time.monotonic() - start < 5
        await _all_well(pool)
        assert len(before - pool.processes) == 1

    _with_pool(journey, replace(SMALL, seconds=0.5))


def test_memory_over_the_limit_is_refused_and_the_next_job_works() -> None:
    async def journey(pool: Pool) -> None:
        assert (await pool.run("take", 20)).status == 200
        reply = await pool.run("take", 400)
        assert reply.status == 507
        assert b"200 MiB" in reply.content
        await _all_well(pool)

    _with_pool(journey)


def test_a_query_that_fills_the_memory_is_refused() -> None:
    # the engine aborts where it finds no memory: every binding is kept for the sake of DISTINCT
    hungry = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

    async def journey(pool: Pool) -> None:
        assert (await pool.run("sparql", hungry)).status == 507
        await _all_well(pool)

    _with_pool(journey, replace(SMALL, seconds=15.0, memory_mib=40))


def test_a_worker_that_has_grown_is_replaced_after_its_answer() -> None:
    async def journey(pool: Pool) -> None:
        before = pool.processes
        reply = await pool.run("take", 64)  # more than a heap keeps back, so that the process does grow
        assert reply.content == str(64 * MIB).encode()
        await _all_well(pool)
        assert len(pool.processes - before) == 1

    _with_pool(journey, replace(SMALL, retire_share=0.05))


def test_an_answer_over_the_limit_is_refused_whole() -> None:
    async def journey(pool: Pool) -> None:
        assert len((await pool.run("long", 2 * MIB)).content) == 2 * MIB
        reply = await pool.run("long", 2 * MIB + 1)
        assert reply.status == 413
        assert b"larger than 2 MiB" in reply.content
        await _all_well(pool)

    _with_pool(journey)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGKILL, 500), (signal.SIGABRT, 507), (signal.SIGSEGV, 507)]
)
def test_a_worker_that_dies_at_work_is_replaced_and_its_request_answered(number: int, status: int) -> None:
    async def journey(pool: Pool) -> None:
        assert (await pool.run("end", int(number))).status == status
        await _all_well(pool)

    _with_pool(journey)


def test_workers_that_are_killed_while_they_wait_are_replaced() -> None:
    async def journey(pool: Pool) -> None:
        before = pool.processes
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        while before & pool.processes:  # until the event loop has heard of it
            await asyncio.sleep(0.01)
        await _all_well(pool)
        assert (await pool.run("echo", "page", Lane.PAGE)).content == b"page"

    _with_pool(journey)


def test_a_failure_names_no_inside_to_the_client_and_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def journey(pool: Pool) -> None:
        reply = await pool.run("fail", None)
        assert reply.status == 500
        assert b"secret" not in reply.content
        await _all_well(pool)

    _with_pool(journey)
    assert "the secret of the house" in caplog.text


def test_pages_answer_while_every_query_worker_is_stuck() -> None:
    async def journey(pool: Pool) -> None:
        stuck = _stuck(pool, 8)
        await asyncio.sleep(0.1)
        start = time.monotonic()
        reply = await pool.run("echo", "a page", Lane.PAGE)
        assert reply.content == b"a page"
        assert time.monotonic() - start < 1
        for task in stuck:
            task.cancel()

    _with_pool(journey)


def test_who_waits_too_long_or_finds_the_line_full_is_told_when_to_come_again() -> None:
    async def journey(pool: Pool) -> None:
        replies = await asyncio.gather(*_stuck(pool, 2), *(pool.run("echo", n) for n in range(3)))
        assert [reply.status for reply in replies] == [504, 504, 503, 503, 503]
        assert dict(replies[-1].headers)["retry-after"] == "1"
        await _all_well(pool)

    _with_pool(journey, replace(SMALL, seconds=1.0, waiting=2, wait_seconds=0.3))


def test_a_client_that_leaves_frees_its_worker() -> None:
    async def left() -> bool:
        return True

    async def journey(pool: Pool) -> None:
        start = time.monotonic()
        replies = await asyncio.gather(*(pool.run("sparql", STUCK, gone=left) for _ in range(2)))
        assert {reply.status for reply in replies} == {499}
        await _all_well(pool)
        assert time.monotonic() - start < 5

    _with_pool(journey)


def test_a_request_that_is_cancelled_frees_its_worker() -> None:
    async def journey(pool: Pool) -> None:
        stuck = _stuck(pool, 6)
        await asyncio.sleep(0.1)
        for task in stuck:
            task.cancel()
        assert all(
            isinstance(end, asyncio.CancelledError)
            for end in await asyncio.gather(*stuck, return_exceptions=True)
        )
        await _all_well(pool)

    _with_pool(journey)


def test_a_template_that_is_killed_is_forked_anew() -> None:
    async def journey(pool: Pool) -> None:
        before = pool.processes
        os.kill(pool.template, signal.SIGKILL)
        await asyncio.sleep(0.2)
        await _all_well(pool)
        assert not before & pool.processes
        assert not [pid for pid in before if _runs(pid)], "a worker outlives the template"

    _with_pool(journey)


def test_a_job_that_is_not_there_is_an_error_of_the_caller() -> None:
    async def journey(pool: Pool) -> None:
        with pytest.raises(KeyError):
            await pool.run("nothing", None)

    _with_pool(journey)


def test_no_process_outlives_a_server_that_is_killed() -> None:
    ours, theirs = socket.socketpair()
    server = get_context("fork").Process(target=_serve_and_tell, args=(theirs,))
    server.start()
    ours.settimeout(10)
    processes = json.loads(ours.recv(1000))
    assert len(processes) == 1 + SMALL.query_workers + SMALL.page_workers
    server.kill()
    server.join()
    end = time.monotonic() + 5
    while any(map(_runs, processes)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not [pid for pid in processes if _runs(pid)]


def _serve_and_tell(channel: socket.socket) -> None:
    """A server with one worker stuck, that tells its processes and stays."""

    async def whole() -> None:
        async with Pool(WORLD, JOBS, replace(SMALL, seconds=60.0)) as pool:
            stuck = _stuck(pool, 1)
            await asyncio.sleep(0.2)
            channel.sendall(json.dumps([pool.template, *pool.processes]).encode())
            await asyncio.gather(*stuck)

    asyncio.run(whole())


def _runs(pid: int) -> bool:
    """Whether a process is there and no zombie that nobody has buried yet."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
            if sys.platform == "linux"
            else _lives(pid)
        )
    except OSError:
        return False
