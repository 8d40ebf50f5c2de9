"""How long each shipped question takes on a built graph, with the example of its own header.

    python benchmarks/questions.py exports [--runs 5] [--rdflib] [--only papers-of ...]

kg answers in this process, as ``kg query`` does; the first run of each question, which warms nothing but the
machine's caches, counts like the others. With ``--rdflib`` each question is put once to rdflib on the same
graph as well, its example written into the query, in a process that is ended after ``--patience`` seconds;
whether it finds as many rows is told too. Prints Markdown, the slowest first.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import pyoxigraph as ox
import rdflib

from kg.query.inlining import inlined
from kg.query.questions import Question, questions
from kg.query.store import answer, load_graph


@dataclass(frozen=True)
class Measured:
    """A question's times.

    Attributes:
        name: of the question.
        rows: that kg found.
        seconds: of each run with kg.
        rdflib: seconds and rows of the run with rdflib; None where it was not asked or did not end in time.
    """

    name: str
    rows: int
    seconds: tuple[float, ...]
    rdflib: tuple[float, int] | None = None


def measure(store: ox.Store, question: Question, runs: int) -> Measured:
    """Ask kg some times."""
    seconds = []
    for _ in range(runs):
        start = perf_counter()
        rows = len(answer(store, question.sparql, _examples(question)).rows)
        seconds.append(perf_counter() - start)
    return Measured(question.name, rows, tuple(seconds))


def with_rdflib(graph: rdflib.Graph, question: Question, patience: float) -> tuple[float, int] | None:
    """Seconds and rows of rdflib; None where it fails or takes longer than it may."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("fork")  # the graph is shared, not copied
    process = context.Process(target=_ask_rdflib, args=(graph, question, theirs))
    process.start()
    theirs.close()
    try:
        found: tuple[float, int] | None = ours.recv() if ours.poll(patience) else None
    except EOFError:
        found = None
    process.kill()
    process.join()
    return found


def _ask_rdflib(graph: rdflib.Graph, question: Question, out: Connection) -> None:
    start = perf_counter()
    rows = len(list(graph.query(inlined(question.sparql, _examples(question)))))
    out.send((perf_counter() - start, rows))


def _examples(question: Question) -> dict[str, str]:
    return {parameter.name: parameter.example for parameter in question.parameters}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("graph", type=Path, help="the folder of a build")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rdflib", action="store_true", help="ask rdflib too")
    parser.add_argument("--patience", type=float, default=60.0, help="seconds that rdflib may take")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these questions alone")
    chosen = parser.parse_args()
    asked = [question for question in questions() if not chosen.only or question.name in chosen.only]
    start = perf_counter()
    store = load_graph(chosen.graph)
    print(f"kg reads the graph in {perf_counter() - start:.1f} s")
    measured = [measure(store, question, chosen.runs) for question in asked]
    if chosen.rdflib:
        start = perf_counter()
        graph = rdflib.Graph().parse(chosen.graph / "graph.ttl", format="turtle")
        print(f"rdflib reads the graph in {perf_counter() - start:.1f} s")
        measured = [
            Measured(one.name, one.rows, one.seconds, with_rdflib(graph, question, chosen.patience))
            for one, question in zip(measured, asked, strict=True)
        ]
    show(measured, chosen.rdflib, chosen.patience)


def show(measured: Sequence[Measured], beside: bool, patience: float) -> None:
    """Print the table and what it comes to."""
    print(f"\n| question | rows | kg, ms |{' rdflib, ms | rows | times |' if beside else ''}")
    print(f"|---|---:|---:|{'---:|---:|---:|' if beside else ''}")
    for one in sorted(measured, key=lambda one: (-median(one.seconds), one.name)):
        cells = [one.name, f"{one.rows:,}", f"{1000 * median(one.seconds):,.1f}"]
        if beside and one.rdflib is None:
            cells += [f"not in {patience:g} s", "", ""]
        elif one.rdflib is not None:
            seconds, rows = one.rdflib
            cells += [f"{1000 * seconds:,.0f}", f"{rows:,}", f"{seconds / median(one.seconds):,.0f}"]
        print(f"| {' | '.join(cells)} |")
    times = [1000 * median(one.seconds) for one in measured]
    p95 = quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
    runs = len(measured[0].seconds)
    print(
        f"\n{len(times)} questions, median of {runs} runs each: p50 {median(times):.1f} ms, p95 {p95:.1f} ms, ",
        end="",
    )
    print(f"slowest {max(times):.1f} ms")
    done = [(one.rdflib[0] / median(one.seconds), one) for one in measured if one.rdflib is not None]
    if done:
        differ = sorted(one.name for _, one in done if one.rdflib is not None and one.rdflib[1] != one.rows)
        print(
            f"rdflib answered {len(done)}, in the median {median(times for times, _ in done):,.0f} times slower"
        )
        print(f"other numbers of rows: {', '.join(differ) or 'none'}")


if __name__ == "__main__":
    main()
