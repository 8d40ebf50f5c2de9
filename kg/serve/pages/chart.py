"""A small bar chart of papers by year, drawn in SVG by the template; its numbers stand in a table too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.serve.pages.settings import SETTINGS

_WIDTH, _HEIGHT, _FOOT, _HEAD = 300, 72, 18, 14  # in units of the drawing, which are pixels of the page
_WIDEST_STEP, _LABEL = 36, 30  # from bar to bar; what a year takes in writing


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: its place in the drawing, what it stands for, and whether its year and count are written."""

    year: int
    count: int
    x: int
    y: int
    width: int
    height: int
    labelled: bool
    counted: bool

    @property
    def middle(self) -> float:
        """Where the year is written."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, and the size of the drawing."""

    bars: tuple[Bar, ...]
    width: int
    height: int

    @property
    def told(self) -> str:
        """The chart in words, for those who do not see it."""
        most = max(self.bars, key=lambda bar: (bar.count, bar.year))
        return f"{self.bars[0].year} to {self.bars[-1].year}; most in {most.year}: {most.count}."


def by_year(years: Iterable[int]) -> Chart | None:
    """The chart of as many papers as there are years; None where they are all of one year.

    Example:
        >>> chart = by_year([2020, 2022, 2022])
        >>> [(bar.year, bar.count, bar.height) for bar in chart.bars]
        [(2020, 1, 36), (2021, 0, 0), (2022, 2, 72)]
        >>> by_year([2020, 2020]) is None
        True
    """
    counts = Counter(years)
    if len(counts) < 2:
        return None
    last = max(counts)
    first = max(min(counts), last - SETTINGS.limits["bars"] + 1)
    span = range(first, last + 1)
    most = max(counts[year] for year in span)
    step = min(_WIDEST_STEP, _WIDTH // len(span))
    width = step - max(1, step // 5)
    every = -(-_LABEL // step)
    bars = []
    for place, year in enumerate(span):
        height = max(2, round(_HEIGHT * counts[year] / most)) if counts[year] else 0
        labelled = (last - year) % every == 0
        counted = counts[year] > 0 and (every == 1 or counts[year] == most)
        top = _HEAD + _HEIGHT - height
        bars.append(Bar(year, counts[year], place * step, top, width, height, labelled, counted))
    return Chart(tuple(bars), max(len(span) * step, _LABEL), _HEAD + _HEIGHT + _FOOT)
