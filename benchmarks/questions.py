"""How long each shipped question takes on a built graph.

    python benchmarks/questions.py exports

Every parameter gets the example of the question's own header. Prints seconds and rows, the slowest first.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

from kg.query.questions import questions
from kg.query.store import answer, load_graph


def main(folder: str) -> None:
    """Measure and print."""
    store = load_graph(Path(folder))
    measured = []
    for question in questions():
        values = {parameter.name: parameter.example for parameter in question.parameters}
        start = perf_counter()
        rows = len(answer(store, question.sparql, values).rows)
        measured.append((perf_counter() - start, rows, question.name))
    for seconds, rows, name in sorted(measured, reverse=True):
        print(f"{seconds:.3f} s  {rows:5} rows  {name}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
