"""How long the check of a built graph takes, beside pyshacl on the same shapes.

    python benchmarks/check.py exports              both engines
    python benchmarks/check.py exports --alone      kg alone: pyshacl takes minutes at some thousand papers

Prints seconds of wall clock and of processor time (with that of the workers) and the largest memory of the process.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from kg.query.check import check_store
from kg.query.store import load_graph
from kg.resources import ontology

_Result = TypeVar("_Result")


def main(folder: str, alone: bool) -> None:
    """Measure and print."""
    store = _timed("load", lambda: load_graph(Path(folder)))
    report = _timed("check", lambda: check_store(store))
    print(
        f"{report.triples} triples, {report.rules} rules, {report.replayed} replayed; by shape: {report.by_shape}"
    )
    if not alone:
        _timed("pyshacl", lambda: _reference(Path(folder)))


def _timed(name: str, run: Callable[[], _Result]) -> _Result:
    start, before = perf_counter(), _processor()
    result = run()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds, busy = perf_counter() - start, _processor() - before
    print(f"{name:8} {seconds:7.1f} s  {busy:7.1f} s of processor  {memory:6} MB", flush=True)
    return result


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _reference(folder: Path) -> bool:
    """The shapes by pyshacl, its parsing of both files included; offsets are not replayed."""
    import rdflib
    from pyshacl import validate

    data = rdflib.Graph().parse(folder / "graph.ttl", format="turtle")
    shapes = rdflib.Graph().parse(ontology("shapes.ttl"), format="turtle")
    conforms, _, _ = validate(data, shacl_graph=shapes, advanced=False, inplace=True)
    return bool(conforms)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--alone"]):
        sys.exit(__doc__)
    main(sys.argv[1], len(sys.argv) == 3)
