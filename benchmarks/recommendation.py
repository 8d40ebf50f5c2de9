"""How well kg foretells who will write together, beside indices of link prediction; and learns to.

    python benchmarks/recommendation.py CORPORA [--until YEAR]
    python benchmarks/recommendation.py CORPORA --learn kg/graph/recommendation/weights.json

CORPORA is a folder of papers of several years. The first form prints the table that
kg.evaluate.recommending describes; the second writes the weights that kg ships, learnt from the papers up to
the year and the new pairs of the later ones. Both extract what the papers are on, with the fast extractor.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.table import Table

from kg.build import Options, make
from kg.evaluate.recommending import Figure, RecommendationBacktest, backtest_recommendation
from kg.extract.judges import FAST
from kg.graph.recommendation.learning import learn, split
from kg.records import Knowledge


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--until", type=int, default=2021)
    parser.add_argument("--learn", type=Path)
    options = parser.parse_args()
    known = make([options.corpora], Options(extractor=FAST)).knowledge
    try:
        if options.learn:
            learn_weights(known, options.until, options.learn)
        else:
            show(backtest_recommendation(known.papers, known.assertions, known.concepts, options.until))
    except ValueError as error:
        parser.exit(1, f"{options.corpora}: {error}\n")


def learn_weights(known: Knowledge, until: int, path: Path) -> None:
    model = learn(*split(known, until + 1.0))
    path.write_text(model.as_json(), encoding="utf-8", newline="\n")


def show(found: RecommendationBacktest) -> None:
    console = Console(width=150)
    console.print(
        f"{found.papers_before} papers up to {found.until}, {found.papers_after} later; {found.people} people, "
        f"{found.pairs} new pairs ({found.pairs_near} with a common co-author) of {found.active} people; "
        f"for {found.reachable:.1%} of them a new co-author is among the candidates"
    )
    table = Table("method", "AUC uniform", "gain", "AUC hard", "gain", f"hits@{found.hits_at}", "gain")
    for row in found.rows:
        cells = (text for figure in (row.uniform, row.hard, row.hits) for text in told(figure))
        table.add_row(row.method, *cells)
    console.print(table)


def told(figure: Figure) -> tuple[str, str]:
    """The figure and its gain over Adamic and Adar, each with its interval."""
    interval, gained = figure.interval, figure.gain_interval
    return (
        f"{figure.value:.3f} ({interval.low:.3f}, {interval.high:.3f})",
        f"{figure.gain:+.3f} ({gained.low:+.3f}, {gained.high:+.3f})",
    )


if __name__ == "__main__":
    main()
