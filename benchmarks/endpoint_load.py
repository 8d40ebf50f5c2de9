"""How many small jobs a second the server's workers answer, and how soon a killed worker is replaced.

    python benchmarks/endpoint_load.py exports

Prints rates and times; needs no port and no client.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from pathlib import Path

from kg.query.store import answer
from kg.serve.lanes import Lane
from kg.serve.limits import limits
from kg.serve.pool import Pool
from kg.serve.reply import Reply
from kg.serve.world import World, open_world

CLIENTS = 16
JOBS = 4_000
REPLACEMENTS = 5
NAMES = "SELECT ?name { ?author foaf:name ?name } LIMIT 10"


def _nothing(_world: World, _request: object) -> Reply:
    return Reply(200, "text/plain", b"")


def _sparql(world: World, query: str) -> Reply:
    return Reply(200, "application/sparql-results+json", answer(world.store, query).content)


def _end(_world: World, _request: object) -> Reply:
    raise SystemExit


async def _rate(pool: Pool, job: str, request: object) -> float:
    """Jobs answered a second."""
    left = iter(range(JOBS))

    async def client() -> None:
        for _ in left:
            assert (await pool.run(job, request)).status == 200

    start = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return JOBS / (time.perf_counter() - start)


async def _replacement(pool: Pool) -> float:
    """Seconds from the failure of the one worker for pages to the next answer in its lane."""
    await pool.run("end", None, Lane.PAGE)
    start = time.perf_counter()
    assert (await pool.run("nothing", None, Lane.PAGE)).status == 200
    return time.perf_counter() - start


async def main(folder: Path) -> None:
    start = time.perf_counter()
    world = open_world(folder)
    print(f"graph read in {time.perf_counter() - start:.2f} s, {len(world.store):,} triples")
    start = time.perf_counter()
    async with Pool(world, {"nothing": _nothing, "sparql": _sparql, "end": _end}, limits()) as pool:
        print(f"{len(pool.processes)} workers in {time.perf_counter() - start:.3f} s")
        print(f"empty jobs: {await _rate(pool, 'nothing', None):,.0f} a second")
        print(f"small SPARQL queries: {await _rate(pool, 'sparql', NAMES):,.0f} a second")
        times = [await _replacement(pool) for _ in range(REPLACEMENTS)]
        print(
            f"a replacement: median {1000 * statistics.median(times):.0f} ms, most {1000 * max(times):.0f} ms"
        )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "exports")))
