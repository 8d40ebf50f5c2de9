"""Draw how often readings are right beside how sure kg is of them.

    pip install -e '.[bench]'
    python docs/reliability.py GOLD.jsonl docs/reliability.png

One panel an extractor: the share of right readings in ten bins of confidence, with their numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib.pyplot as plt

from kg.evaluate import evaluate_extraction
from kg.extract.judges import EXTRACTORS


def main(gold: Path, picture: Path) -> None:
    """Write the picture."""
    figure, panels = plt.subplots(1, len(EXTRACTORS), figsize=(8, 4.2), sharey=True)
    for panel, extractor in zip(panels, EXTRACTORS, strict=True):
        told = evaluate_extraction(gold, extractor=extractor).calibration
        bins = [b for b in told.equal_width if b.count]
        panel.plot([0, 1], [0, 1], color="0.6", linewidth=1, linestyle="--")
        panel.plot([b.confidence for b in bins], [b.accuracy for b in bins], marker="o", color="#0072b2")
        for b in bins:
            panel.annotate(
                str(b.count), (b.confidence, b.accuracy), (4, -12), textcoords="offset points", fontsize=7
            )
        panel.set(
            title=f"{extractor}: expected calibration error {told.error_equal_width:.3f}", xlabel="confidence"
        )
        panel.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    panels[0].set(ylabel="share of readings that are right")
    figure.tight_layout()
    figure.savefig(picture, dpi=140, metadata={"Software": None})


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
