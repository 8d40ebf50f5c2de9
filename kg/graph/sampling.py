"""Sums over everyone, told from a sample of them, with their standard errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.graph.matrix import Floats, Integers


@dataclass(frozen=True, slots=True)
class Tally:
    """What a sample of starts has shown of each node so far.

    Attributes:
        total: the sum of what each start saw.
        squares: the sum of its squares.
    """

    total: Floats
    squares: Floats

    @classmethod
    def empty(cls, size: int) -> Tally:
        """A tally of nothing on so many nodes."""
        return cls(np.zeros(size), np.zeros(size))

    def add(self, seen: Floats) -> Tally:
        """With further starts, one a row."""
        return Tally(self.total + seen.sum(axis=0), self.squares + (seen**2).sum(axis=0))

    def scaled_up(self, drawn: Integers, everyone: int) -> tuple[Floats, Floats]:
        """The sum over everyone and its standard error.

        The standard error is that of a simple random sample drawn without replacement (Cochran 1977, Sampling
        Techniques, section 2.8): N sqrt((1 - k / N) s^2 / k) with the variance s^2 within the sample. It
        tells too little of a node that few of the sample saw at work.

        Args:
            drawn: k, how many starts speak of each node.
            everyone: N, how many there are in all.

        Example:
            >>> tally = Tally.empty(1).add(np.array([[1.0], [3.0]]))
            >>> total, error = tally.scaled_up(np.array([2]), 4)
            >>> total.tolist(), error.round(3).tolist()
            ([8.0], [2.828])
        """
        some, several = drawn > 0, drawn > 1
        mean = np.divide(self.total, drawn, out=np.zeros(len(drawn)), where=some)
        deviations = np.maximum(self.squares - drawn * mean**2, 0)
        variance = np.divide(deviations, drawn - 1, out=np.zeros(len(drawn)), where=several)
        unseen = np.maximum(1 - drawn / max(everyone, 1), 0)
        error = np.sqrt(np.divide(unseen * variance, drawn, out=np.zeros(len(drawn)), where=some))
        # As total * (N / k), which leaves a sum over everyone as it is.
        scale = np.divide(everyone, drawn, out=np.zeros(len(drawn)), where=some)
        return self.total * scale, everyone * error


def standard_error(drawn: Floats, everyone: int) -> float:
    """The standard error of the mean of a sample that was drawn without replacement; 0 if it has everyone.

    Example:
        >>> standard_error(np.array([1.0, 3.0]), 2), standard_error(np.array([1.0, 3.0]), 8)
        (0.0, 0.8660254037844386)
    """
    count = len(drawn)
    if count < 2 or count >= everyone:
        return 0.0
    return float(np.sqrt((1 - count / everyone) * drawn.var(ddof=1) / count))
