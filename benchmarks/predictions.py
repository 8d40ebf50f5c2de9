"""What a built graph says of each paper, in the form of the annotated abstracts, to be scored against them.

    python benchmarks/predictions.py EXPORTS PREDICTED.jsonl [GOLD.jsonl]

Everything comes from EXPORTS/graph.ttl by SPARQL: the concepts that a paper is linked to, with the words by
which it names them. With GOLD, prints also how many introductions are right.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from kg.extract.words import normal_form
from kg.query.store import answer, load_graph

ASSERTED = """
SELECT (STRAFTER(STR(?p), "/paper/") AS ?paper) (STR(?c) AS ?concept) (STR(?l) AS ?label) ?class ?role ?exact
WHERE {
  VALUES ?role { kg:hasTopic kg:introduces kg:uses kg:comparesWith kg:studies kg:evaluatesWith }
  ?p ?role ?c ; kg:mention ?m .
  ?m kg:concept ?c ; kg:exact ?exact .
  ?c skos:prefLabel ?l ; a ?class .
}
ORDER BY ?paper ?concept ?exact"""
ROLES = {"introduces": "introduces", "uses": "uses", "comparesWith": "compares", "studies": "studies"}


def predictions(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The concepts of every paper, by the paper's id."""
    papers: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in answer(load_graph(folder), ASSERTED).rows:
        concept = papers[str(row["paper"])].setdefault(
            str(row["concept"]),
            {
                "type": str(row["class"]).rpartition("#")[2].lower(),
                "label": row["label"],
                "surfaces": [],
                "role": ROLES.get(str(row["role"]).rpartition("#")[2]),
            },
        )
        if row["exact"] not in concept["surfaces"]:
            concept["surfaces"].append(row["exact"])
    return {paper: list(concepts.values()) for paper, concepts in sorted(papers.items())}


def introductions(
    predicted: dict[str, list[dict[str, Any]]], gold: list[dict[str, Any]]
) -> tuple[int, int, int]:
    """How many introductions are right, are said, and are annotated."""
    right = said = annotated = 0
    for paper in gold:
        own = [c for c in paper["concepts"] if c["role"] == "introduces"]
        known = {normal_form(name) for c in own for name in [c["label"], *c["surfaces"], *c["aliases"]]}
        announced = [c for c in predicted.get(paper["id"], []) if c["role"] == "introduces"]
        annotated += len(own)
        said += len(announced)
        for c in announced:
            right += bool(known & {normal_form(name) for name in [c["label"], *c["surfaces"]]})
    return right, said, annotated


def main(folder: str, target: str, gold: str | None) -> None:
    predicted = predictions(Path(folder))
    lines = (
        json.dumps({"id": paper, "concepts": concepts}, ensure_ascii=False)
        for paper, concepts in predicted.items()
    )
    Path(target).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    if gold:
        papers = [json.loads(line) for line in Path(gold).read_text(encoding="utf-8").splitlines()]
        right, said, annotated = introductions(predicted, papers)
        print(
            f"introduces: precision {right / (said or 1):.3f} ({right} of {said}), recall {right / annotated:.3f}"
        )


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)
