"""Groups laid side by side without touching: first free place on a grid that is filled as they come."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.write.page.labels import Box
from kg.write.page.settings import Packing

_Cells = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one group covers.

    Attributes:
        radius: of its disc about (0, 0).
        boxes: of its labels, relative to the disc's middle.
        field: the number of its field; pieces of one field are drawn together.
        near: numbers of other pieces that it should be near, with how much.
    """

    radius: float
    boxes: tuple[Box, ...]
    field: int
    near: Mapping[int, float]

    def rectangles(self) -> list[Box]:
        """The disc as three rectangles that hold it but for slivers, and the labels."""
        r = self.radius
        half, most = r * math.sin(math.pi / 6), r * math.cos(math.pi / 6)
        return [Box(-r, -half, r, half), Box(-half, -r, half, r), Box(-most, -most, most, most), *self.boxes]


def pack(pieces: Sequence[Piece], how: Packing, cell: float) -> list[tuple[float, float]]:
    """Middles of the pieces' discs; the pieces are placed in their order, each where it costs least.

    A place costs its distance from the middle (flattened to the shape of the viewport), from the pieces of
    the same field and from those it should be near.

    Args:
        pieces: what each group covers.
        how: what counts how much.
        cell: the width of the grid's cells, in units of the map.
    """
    if not pieces:
        return []
    ground = _Ground(pieces, how, cell)
    placed: list[tuple[float, float]] = []
    for piece in pieces:
        placed.append(ground.place(piece, pieces, placed))
    return placed


class _Ground:
    """The grid of taken cells, big enough for all pieces."""

    def __init__(self, pieces: Sequence[Piece], how: Packing, cell: float) -> None:
        self.how = how
        self.cell = cell
        self.aspect = how.viewport[0] / how.viewport[1]
        area = sum(_area(piece, how.gap) for piece in pieces)
        widest = max(_reach(piece) for piece in pieces) + how.gap
        height = 1.8 * math.sqrt(area / self.aspect) + 2 * widest
        self.rows = 2 * math.ceil(height / 2 / cell)
        self.columns = 2 * math.ceil(height * self.aspect / 2 / cell)
        self.taken = np.zeros((self.rows, self.columns), dtype=np.int32)
        self.y = (np.arange(self.rows) - self.rows // 2)[:, None] * cell
        self.x = (np.arange(self.columns) - self.columns // 2)[None, :] * cell

    def place(
        self, piece: Piece, pieces: Sequence[Piece], placed: Sequence[tuple[float, float]]
    ) -> tuple[float, float]:
        cells = [self._cells(box) for box in piece.rectangles()]
        cost = np.where(self._free(cells), self._cost(piece, pieces, placed).round(4), np.inf)
        row, column = divmod(int(np.argmin(cost)), self.columns)
        for top, bottom, left, right in cells:
            self.taken[row + top : row + bottom, column + left : column + right] = 1
        return float(self.x[0, column]), float(self.y[row, 0])

    def _cells(self, box: Box) -> _Cells:
        cell, half = self.cell, self.how.gap / 2
        return (
            math.floor((box.top - half) / cell),
            math.ceil((box.bottom + half) / cell),
            math.floor((box.left - half) / cell),
            math.ceil((box.right + half) / cell),
        )

    def _free(self, cells: Sequence[_Cells]) -> NDArray[np.bool_]:
        """Where all rectangles find free ground, by a summed-area table (Crow, SIGGRAPH 1984)."""
        table = np.zeros((self.rows + 1, self.columns + 1), dtype=np.int32)
        table[1:, 1:] = self.taken.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
        top, bottom = min(c[0] for c in cells), max(c[1] for c in cells)
        left, right = min(c[2] for c in cells), max(c[3] for c in cells)
        first_row, last_row = -top, self.rows - bottom
        first_column, last_column = -left, self.columns - right

        def corner(row: int, column: int) -> NDArray[np.int32]:
            return table[
                first_row + row : last_row + row + 1, first_column + column : last_column + column + 1
            ]

        covered: NDArray[np.float64] = np.zeros(corner(0, 0).shape)
        for t, b, le, r in cells:
            covered = covered + corner(b, r) - corner(t, r) - corner(b, le) + corner(t, le)
        free = np.zeros(self.taken.shape, dtype=np.bool_)
        rows, columns = self.rows - first_row, self.columns - first_column
        free[first_row : last_row + 1, first_column : last_column + 1] = covered[:rows, :columns] == 0
        return free

    def _cost(
        self, piece: Piece, pieces: Sequence[Piece], placed: Sequence[tuple[float, float]]
    ) -> NDArray[np.float64]:
        how = self.how
        cost = how.middle * self._distance(0.0, 0.0)
        alike = [
            place
            for other, place in zip(pieces[: len(placed)], placed, strict=True)
            if other.field == piece.field
        ]
        if alike:
            x, y = (sum(values) / len(alike) for values in zip(*alike, strict=True))
            cost = cost + how.same_field * self._distance(x, y)
        strongest = sorted(piece.near.items(), key=lambda link: (-link[1], link[0]))[: how.links]
        weight = sum(share for _, share in strongest)
        for number, share in strongest:
            if number < len(placed):
                cost = cost + how.shared_authors * share / weight * self._distance(*placed[number])
        return cost

    def _distance(self, x: float, y: float) -> NDArray[np.float64]:
        distance: NDArray[np.float64] = np.sqrt(((self.x - x) / self.aspect) ** 2 + (self.y - y) ** 2)
        return distance


def _area(piece: Piece, gap: float) -> float:
    return (
        sum((b.right - b.left + gap) * (b.bottom - b.top + gap) for b in piece.boxes)
        + (2 * piece.radius + gap) ** 2
    )


def _reach(piece: Piece) -> float:
    sides = [abs(side) for b in piece.boxes for side in (b.left, b.top, b.right, b.bottom)]
    return max([piece.radius, *sides])
