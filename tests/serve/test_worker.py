"""What a worker cannot do, whatever a job tries; tried in a pool, since there is no way back from a worker."""

from __future__ import annotations

import asyncio
import io
import os
import resource
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.namespaces import BASE
from kg.query.store import load_store
from kg.serve.frames import FrameError, Outcome, OutcomeReader, pack_outcome, pack_request, read_request
from kg.serve.lanes import Lane, Line, LineFullError
from kg.serve.limits import limits
from kg.serve.pool import Pool
from kg.serve.reply import Reply, refusal
from kg.serve.world import World
from tests.query.small import GRAPH

forked = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")

_INHERITED = socket.socketpair()


def _told(action: Callable[[], object]) -> Reply:
    """What comes of an action: its value or the error that it ends with."""
    try:
        return Reply(200, "text/plain", repr(action()).encode())
    except OSError as error:
        return Reply(200, "text/plain", type(error).__name__.encode() + b" " + str(error).encode())


def _open(_world: World, path: str) -> Reply:
    return _told(lambda: Path(path).read_bytes())


def _create(_world: World, path: str) -> Reply:
    return _told(lambda: Path(path).write_bytes(b"x"))


def _socket(_world: World, _request: object) -> Reply:
    return _told(lambda: socket.socket())


def _pipe(_world: World, _request: object) -> Reply:
    return _told(lambda: os.pipe())


def _inherited(_world: World, _request: object) -> Reply:
    return _told(lambda: _INHERITED[0].send(b"x"))


def _service(world: World, _request: object) -> Reply:
    def ask() -> object:
        return list(world.store.query("SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"))  # type: ignore[arg-type]

    return _told(ask)


def _settings(_world: World, _request: object) -> Reply:
    kinds = (resource.RLIMIT_NOFILE, resource.RLIMIT_CORE, resource.RLIMIT_FSIZE)
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return _told(lambda: (*(resource.getrlimit(kind) for kind in kinds), ignored))


def _nice(_world: World, _request: object) -> Reply:
    return _told(lambda: os.nice(0))


def _shout(_world: World, _request: object) -> Reply:
    os.write(1, b"to the terminal")
    os.write(2, b"to the terminal")
    return refusal(200, "shouted")


JOBS = {
    "open": _open, "create": _create, "socket": _socket, "pipe": _pipe, "inherited": _inherited, "service": _service,
    "settings": _settings, "nice": _nice, "shout": _shout,
}  # fmt: skip
WORLD = World(load_store(GRAPH.encode()), BASE, b"")


def _asked(job: str, request: object = None, lane: Lane = Lane.QUERY) -> bytes:
    async def whole() -> bytes:
        small = replace(limits(), seconds=5.0, query_workers=1, page_workers=1)
        async with asyncio.timeout(10), Pool(WORLD, JOBS, small) as pool:
            return (await pool.run(job, request, lane)).content

    return asyncio.run(whole())


@forked
def test_a_worker_can_open_no_file(tmp_path: Path) -> None:
    assert b"Too many open files" in _asked("open", __file__)
    assert b"Too many open files" in _asked("create", str(tmp_path / "x"))
    assert not list(tmp_path.iterdir())


@forked
@pytest.mark.parametrize("job", ["socket", "pipe"])
def test_a_worker_can_open_no_socket_and_no_pipe(job: str) -> None:
    assert b"Too many open files" in _asked(job)


@forked
def test_a_worker_has_none_of_the_sockets_of_the_server() -> None:
    assert b"Bad file descriptor" in _asked("inherited")


@forked
def test_the_engine_in_a_worker_reaches_no_other_host_even_where_a_query_is_not_looked_at() -> None:
    assert b"Error" in _asked("service")


@forked
def test_a_worker_leaves_nothing_on_the_disk_and_lets_the_server_see_to_interrupts() -> None:
    assert _asked("settings") == b"((0, 0), (0, 0), (0, 0), True)"


@forked
def test_workers_for_queries_stand_back_behind_those_for_pages() -> None:
    assert int(_asked("nice")) == min(19, int(_asked("nice", lane=Lane.PAGE)) + limits().niceness)


@forked
def test_a_worker_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert _asked("shout") == b"shouted\n"
    assert "terminal" not in "".join(capfd.readouterr())


def test_a_reply_is_put_together_from_pieces_of_any_size() -> None:
    outcome = Outcome(Reply(200, "text/plain", bytes(range(256)), (("vary", "accept"),)), True, "trouble")
    whole = b"".join(pack_outcome(outcome))
    for size in (1, 7, len(whole)):
        reader = OutcomeReader(most=256)
        pieces = [whole[place : place + size] for place in range(0, len(whole), size)]
        assert [reader.feed(piece) for piece in pieces] == [None] * (len(pieces) - 1) + [outcome]


def test_a_reply_larger_than_allowed_is_refused_before_it_is_read() -> None:
    start, _ = pack_outcome(Outcome(Reply(200, "text/plain", b"x" * 101)))
    with pytest.raises(FrameError, match="larger"):
        OutcomeReader(most=100).feed(start)


def test_bytes_that_are_no_reply_are_refused() -> None:
    start, _ = pack_outcome(Outcome(Reply(200, "text/plain", b"")))
    with pytest.raises(FrameError):
        OutcomeReader(most=100).feed(start[:12] + b"\xff" * (len(start) - 12))


def test_a_request_that_breaks_off_is_none() -> None:
    whole = pack_request("page", ("topic/vision", 2))
    assert read_request(io.BytesIO(whole)) == ("page", ("topic/vision", 2))
    assert read_request(io.BytesIO(whole[:-1])) is None
    assert read_request(io.BytesIO(b"")) is None


class _Man:
    alive = True


def test_who_came_first_is_served_first_and_who_left_is_passed_over() -> None:
    async def journey() -> None:
        line: Line[_Man] = Line(most=2)
        served: list[str] = []

        async def wait(name: str) -> None:
            await line.take(5)
            served.append(name)

        first, second = (asyncio.create_task(wait(name)) for name in ("first", "second"))
        await asyncio.sleep(0)
        with pytest.raises(LineFullError):
            await line.take(5)
        first.cancel()
        line.offer(_Man())
        await asyncio.sleep(0.01)
        assert served == ["second"] and second.done()

    asyncio.run(journey())


def test_a_worker_that_comes_in_the_moment_of_leaving_is_not_lost() -> None:
    async def journey() -> None:
        line: Line[_Man] = Line(most=2)
        leaving = asyncio.create_task(line.take(5))
        await asyncio.sleep(0)
        line.offer(man := _Man())
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        assert await line.take(0.1) is man

    asyncio.run(journey())


def test_a_dead_worker_is_never_handed_out() -> None:
    async def journey() -> None:
        line: Line[_Man] = Line(most=2)
        dead, man = _Man(), _Man()
        line.offer(man)
        line.offer(dead)
        dead.alive = False
        assert await line.take(0.1) is man
        with pytest.raises(TimeoutError):
            await line.take(0.01)

    asyncio.run(journey())


def test_the_limits_are_those_of_the_file_and_an_option_replaces_one() -> None:
    assert limits().seconds == 10 and limits().result_bytes == 64 * 1024 * 1024
    assert replace(limits(), seconds=1.0).seconds == 1
