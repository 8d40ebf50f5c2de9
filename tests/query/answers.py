"""The expected answers to the shipped questions on the seed papers: how they are kept, and rewriting them.

    python -m tests.query.answers [FOLDER]

FOLDER holds a build of ``seeds/``; without it the seeds are built first. Rewrite after a change of the questions
or of what is read from the seeds, and look through the difference before keeping it.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox

from kg.query.questions import Group, Question, groups
from kg.query.results import header, table
from kg.query.store import answer, load_graph

ANSWERS = Path(__file__).parent / "data" / "answers"
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
_KEPT = 10
_HASH = re.compile(r"\b[0-9a-f]{12,64}\b")  # of code, data and papers: other ones after any change of these


def examples(asked: Question) -> dict[str, str]:
    """The values that a question's header gives as examples."""
    return {parameter.name: parameter.example for parameter in asked.parameters}


def found(asked: Question, store: ox.Store) -> dict[str, object]:
    """What is kept of an answer: its columns, the number of its rows, and the first of them as people see them."""
    got = answer(store, asked.sparql, examples(asked))
    rows = table(got)
    first = [[_HASH.sub("#", cell) for cell in row] for row in rows[:_KEPT]]
    return {"columns": header(got), "rows": len(rows), "first": first}


def expected(group: Group) -> dict[str, dict[str, object]]:
    """The kept answers to the questions of a group, by the question's name."""
    kept: dict[str, dict[str, object]] = json.loads(
        (ANSWERS / f"{group.name}.json").read_text(encoding="utf-8")
    )
    return kept


def rewrite(store: ox.Store) -> None:
    """Write the answers that a graph gives as those to expect."""
    ANSWERS.mkdir(parents=True, exist_ok=True)
    for group in groups():
        kept = {asked.name: found(asked, store) for asked in group.questions}
        text = json.dumps(kept, ensure_ascii=False, indent=1)
        (ANSWERS / f"{group.name}.json").write_text(text + "\n", encoding="utf-8")


def main(folder: Path | None) -> None:
    """Rewrite from a build of the seeds, or from one made for the purpose."""
    if folder is not None:
        rewrite(load_graph(folder))
        return
    from kg.build import Options, make, write

    with tempfile.TemporaryDirectory() as temporary:
        write(make([SEEDS], Options()), Path(temporary))
        rewrite(load_graph(Path(temporary)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
