"""How much less extraction finds in papers of other venues than the seed corpus's.

    python benchmarks/other_venues.py DEV.jsonl CORPORA [fast|accurate]

DEV holds annotated seed papers. ``other-venues.jsonl`` beside this file holds the annotations of 60 papers of
AAAI, CVPR, ICML, IJCAI and NeurIPS of 2021 and 2022, made by hand after the same guide and never trained on; their
texts are taken from CORPORA, a folder that kg reads.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from kg.evaluate import evaluate_extraction
from kg.extract.judges import ACCURATE
from kg.read import read_sources

ANNOTATIONS = Path(__file__).with_name("other-venues.jsonl")


def main(dev: Path, corpora: Path, extractor: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        other = with_texts(corpora, Path(folder) / "other.jsonl")
        told = [evaluate_extraction(gold, extractor=extractor) for gold in (dev, other)]
    for form in ("typed", "untyped"):
        seeds, others = (getattr(evaluation, form)[-1].f1 for evaluation in told)
        print(f"{extractor}, {form}: seeds {seeds:.3f}, other {others:.3f}, drop {seeds - others:.3f}")


def with_texts(corpora: Path, target: Path) -> Path:
    """Join the annotations with the texts that they speak of."""
    papers = {paper.id: paper for paper in read_sources([corpora]).papers}
    lines = []
    for line in ANNOTATIONS.read_text(encoding="utf-8").splitlines():
        annotated = json.loads(line)
        paper = papers[annotated["id"]]
        lines.append(json.dumps({"title": paper.title, "abstract": paper.abstract, **annotated}))
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) == 4 else ACCURATE)
