"""A check in parts, one for each processor: what can be found out apart, found out side by side.

The graph is read once; workers are forked and share it. Where a platform cannot fork, or a graph is small, the parts
are done one after the other, with the same outcome.
"""

from __future__ import annotations

import multiprocessing
import os
import tomllib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TypeVar

import pyoxigraph as ox

_Found = TypeVar("_Found")
Task = Callable[[ox.Store], Sequence[_Found]]

_shared: list[
    tuple[ox.Store, Sequence[Task[object]]]
] = []  # what forked workers inherit; never more than one


def done(store: ox.Store, tasks: Sequence[Task[_Found]]) -> list[_Found]:
    """What tasks find in a graph, in the order of the tasks.

    Args:
        store: the graph.
        tasks: each is given the graph; what it finds must be picklable.

    Example:
        >>> done(ox.Store(), [lambda store: [len(store)], lambda store: ["two", "three"]])
        [0, 'two', 'three']
    """
    workers = min(_processors(), len(tasks))
    if workers < 2 or len(store) < _least_triples() or "fork" not in multiprocessing.get_all_start_methods():
        return [found for task in tasks for found in task(store)]
    _shared.append((store, tasks))
    try:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
            return list(chain.from_iterable(pool.map(_do, range(len(tasks)))))  # type: ignore[arg-type]
    finally:
        _shared.pop()


def _do(number: int) -> list[object]:
    store, tasks = _shared[-1]
    return list(tasks[number](store))


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _least_triples() -> int:
    """The number of triples from which on workers are worth their start."""
    table = tomllib.loads(files("kg.query.check").joinpath("limits.toml").read_text(encoding="utf-8"))
    number: int = table["least_triples_for_workers"]
    return number
