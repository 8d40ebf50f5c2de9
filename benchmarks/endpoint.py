"""Small queries a second at the SPARQL endpoint, beside ``oxigraph serve-read-only``, and how soon it starts.

    python benchmarks/endpoint.py exports --rounds 5 --seconds 2

Both servers have the same data and run throughout, on this machine; one client, whose connections are kept
alive, asks first the one and then the other, round by round, so that what else the machine does falls on both.
The light client (:mod:`asyncio`, one process) reads no more of an answer than where it ends, so that it waits
for the servers and not they for it; the last line of the table has httpx instead, a client as programs use it.
Before anything is measured the answers to the same queries are compared. Needs the extras ``bench`` and ``test``.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import IO
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

import httpx
import pyoxigraph as ox

from kg.query.store import load_graph

_JSON = "application/sparql-results+json"
_SAMPLE = 200  # different things that each kind of query is asked about, spread over the graph
_COMPARED = 10  # queries of each kind whose answers are compared
_PREFIXES = (
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX dcterms: <http://purl.org/dc/terms/> "
    "PREFIX kg: <https://w3id.org/paperkg/ontology#> "
)
_SUBJECTS = "PREFIX kg: <https://w3id.org/paperkg/ontology#> SELECT ?it {{ ?it a {} }} ORDER BY ?it"


@dataclass(frozen=True)
class Kind:
    """Queries that differ only in what they are about.

    Attributes:
        name: for the table.
        about: the class of what they are about.
        pattern: the query with ``$it`` where the IRI goes.
    """

    name: str
    about: str
    pattern: str


KINDS = (
    Kind("label of an IRI", "kg:Topic", "SELECT ?label { <$it> rdfs:label ?label }"),
    Kind(
        "papers of an author",
        "kg:Author",
        "SELECT ?paper ?title { ?paper dcterms:creator <$it> ; dcterms:title ?title }",
    ),
    Kind(
        "co-authors counted",
        "kg:Author",
        "SELECT (COUNT(DISTINCT ?other) AS ?n) { ?paper dcterms:creator <$it>, ?other }",
    ),
    Kind(
        "ASK for an author's paper",
        "kg:Author",
        "ASK { ?paper dcterms:creator <$it> ; dcterms:issued ?year }",
    ),
)


@dataclass
class Round:
    """What one round brought.

    Attributes:
        rate: answers a second.
        latencies: seconds from each request to the end of its answer.
    """

    rate: float
    latencies: list[float]


@dataclass
class _Client(asyncio.Protocol):
    """One connection: a request, its whole answer, the next request."""

    requests: Iterator[bytes]
    latencies: list[float] = field(default_factory=list)
    received: bytearray = field(default_factory=bytearray)
    sent: float = 0.0
    open: bool = True
    transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self.received += data
        if not _whole(self.received):
            return
        if not self.received.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"not answered: {bytes(self.received[:300])!r}")
        self.latencies.append(perf_counter() - self.sent)
        self.received.clear()
        if self.open:
            self._ask()

    def _ask(self) -> None:
        assert self.transport is not None
        self.sent = perf_counter()
        self.transport.write(next(self.requests))


def _whole(answer: bytearray) -> bool:
    """Whether an HTTP/1.1 answer is there to its end (RFC 9112, section 6)."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = bytes(answer[:end]).lower()
    _, announced, length = head.partition(b"\r\ncontent-length:")
    if announced:
        return len(answer) >= end + 4 + int(length.partition(b"\r\n")[0])
    return answer.endswith(b"\r\n0\r\n\r\n")


async def _asked_httpx(address: str, requests: Sequence[str], clients: int, seconds: float) -> Round:
    """The same with httpx: each client a coroutine, the connections kept alive by the library."""
    latencies: list[float] = []
    endless = cycle(requests)
    start = perf_counter()

    async def ask(client: httpx.AsyncClient) -> None:
        while (sent := perf_counter()) - start < seconds:
            answer = await client.get(next(endless), headers={"Accept": _JSON})
            answer.raise_for_status().json()
            latencies.append(perf_counter() - sent)

    async with httpx.AsyncClient(base_url=address) as client:
        await asyncio.gather(*(ask(client) for _ in range(clients)))
    return Round(len(latencies) / (perf_counter() - start), latencies)


async def _asked(address: str, requests: Sequence[bytes], clients: int, seconds: float) -> Round:
    where = urlsplit(address)
    loop = asyncio.get_running_loop()
    endless = cycle(requests)
    start = perf_counter()
    opened = [
        (await loop.create_connection(lambda: _Client(endless), where.hostname or "", where.port or 80))[1]
        for _ in range(clients)
    ]
    await asyncio.sleep(seconds)
    elapsed = perf_counter() - start
    for client in opened:
        client.open = False
        assert client.transport is not None
        client.transport.abort()
    latencies = [latency for client in opened for latency in client.latencies]
    return Round(len(latencies) / elapsed, latencies)


def queries(store: ox.Store) -> Mapping[str, Sequence[str]]:
    """The queries of each kind, about things spread evenly over the graph, and all of them in turn."""
    made: dict[str, Sequence[str]] = {}
    for kind in KINDS:
        found = store.query(_SUBJECTS.format(kind.about))
        assert isinstance(found, ox.QuerySolutions)
        things = [row["it"].value for row in found]
        step = max(1, len(things) // _SAMPLE)
        made[kind.name] = [_PREFIXES + kind.pattern.replace("$it", thing) for thing in things[::step]]
    together = [query for one_of_each in zip(*made.values(), strict=False) for query in one_of_each]
    return made | {"all four in turn": together}


def target(path: str, query: str) -> str:
    """A query as the target of a GET request of the SPARQL 1.1 Protocol."""
    return f"{path}?query={quote(query, safe='')}"


def request(address: str, path: str, query: str) -> bytes:
    """A query as a GET request."""
    return (
        f"GET {target(path, query)} HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\n"
        f"User-Agent: benchmark\r\nAccept: {_JSON}\r\n\r\n"
    ).encode()


def _answer(address: str, path: str, query: str) -> object:
    """What a server answers, without the order that SPARQL leaves open."""
    asked = Request(address + target(path, query), headers={"Accept": _JSON})
    with urlopen(asked, timeout=60) as answer:
        said = json.load(answer)
    rows = said.get("results", {}).get("bindings", [])
    return said.get("boolean"), sorted(json.dumps(row, sort_keys=True) for row in rows)


@contextlib.contextmanager
def kg_serve(graph: Path) -> Iterator[tuple[str, float]]:
    """``kg serve`` on a free port: its address, and the seconds until its first answer."""
    start = perf_counter()
    command = [sys.executable, "-m", "kg", "serve", "-g", str(graph), "--port", "0"]
    with _running(command, subprocess.PIPE) as process:
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip().rstrip("/")
        if not address:
            raise SystemExit("kg serve did not start")
        _answer(address, "/sparql", "ASK {}")
        yield address, perf_counter() - start


@contextlib.contextmanager
def oxigraph_serve(graph: Path) -> Iterator[str]:
    """``oxigraph serve-read-only`` on a free port, on a copy of the data made for reading: its address."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        raise SystemExit("no program oxigraph here; pip install 'paperkg[bench]'")
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        for step in (["load", "-l", folder, "-f", str(graph / "graph.ttl")], ["optimize", "-l", folder]):
            subprocess.run([program, *step], check=True, capture_output=True)
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        with _running([program, "serve-read-only", "-l", folder, "-b", bind], subprocess.DEVNULL):
            for _ in range(200):
                with contextlib.suppress(OSError):
                    _answer(f"http://{bind}", "/query", "ASK {}")
                    break
                sleep(0.05)
            yield f"http://{bind}"


@contextlib.contextmanager
def _running(command: Sequence[str], output: int | IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("graph", type=Path, help="the folder of a build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each round with each server")
    parser.add_argument("--clients", type=int, default=8)
    chosen = parser.parse_args()
    asked = queries(load_graph(chosen.graph))
    with oxigraph_serve(chosen.graph) as other, kg_serve(chosen.graph) as (ours, start):
        servers = ((ours, "/sparql"), (other, "/query"))
        compare(servers, asked)
        print(f"kg serve answers {start:.1f} s after its start; {chosen.clients} clients\n")
        print("| queries | kg serve, a second | p50, p95 | oxigraph, a second | p50, p95 | ratio |")
        print("|---|---:|---:|---:|---:|---:|")
        for name, of_kind in asked.items():
            print(row(name, rounds(servers, of_kind, chosen, usual=False)), flush=True)
        print(row("the same by httpx", rounds(servers, of_kind, chosen, usual=True)))


def rounds(
    servers: Sequence[tuple[str, str]], asked: Sequence[str], chosen: argparse.Namespace, usual: bool
) -> list[tuple[Round, Round]]:
    """Rounds with one server and then the other, with the usual client or the light one."""

    def one(address: str, path: str) -> Round:
        if usual:
            targets = [target(path, query) for query in asked]
            return asyncio.run(_asked_httpx(address, targets, chosen.clients, chosen.seconds))
        requests = [request(address, path, query) for query in asked]
        return asyncio.run(_asked(address, requests, chosen.clients, chosen.seconds))

    (ours, our_path), (theirs, their_path) = servers
    return [(one(ours, our_path), one(theirs, their_path)) for _ in range(chosen.rounds)]


def compare(servers: Sequence[tuple[str, str]], asked: Mapping[str, Sequence[str]]) -> None:
    """Make sure that the servers agree."""
    for of_kind in asked.values():
        for query in of_kind[:_COMPARED]:
            first, second = (_answer(address, path, query) for address, path in servers)
            if first != second:
                raise SystemExit(f"the servers disagree: {query}\n{first}\n{second}")


def row(name: str, rounds: Sequence[tuple[Round, Round]]) -> str:
    """A line of the table: medians of the rounds, the ratio of each round with its spread."""
    cells = [name]
    for one in zip(*rounds, strict=True):
        latencies = [1000 * latency for each in one for latency in each.latencies]
        cells.append(f"{median(each.rate for each in one):,.0f}")
        cells.append(f"{median(latencies):.1f}, {quantiles(latencies, n=20)[-1]:.1f} ms")
    ratios = [ours.rate / theirs.rate for ours, theirs in rounds]
    cells.append(f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
