"""Where people stand within their group: stress majorisation, then dots pushed apart.

Gansner, Koren and North, Graph Drawing by Stress Majorization, GD 2004, with all points moved at once by half
their step; no matrix library takes part, so that the numbers repeat.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.write.page.labels import Dot
from kg.write.page.settings import Dots

_STEPS = 120
_PUSHES = 200
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

_Points = NDArray[np.float64]


def arrange(graph: nx.Graph, members: Sequence[str], papers: Sequence[int], sizes: Dots) -> list[Dot]:
    """Dots of a group around its middle (0, 0), co-authors near each other, none on another.

    Args:
        graph: the co-authorship graph.
        members: the people to place, most connected first.
        papers: how many papers each of them wrote.
        sizes: radii and gaps.
    """
    radii = np.array([radius(count, sizes) for count in papers])
    points = _spread(_stress(_distances(graph, members), _sunflower(len(members))), sizes)
    points = _centred(_pushed_apart(points, radii, sizes.gap), radii)
    return [
        Dot(round(float(x), 1), round(float(y), 1), round(float(r), 1))
        for (x, y), r in zip(points, radii, strict=True)
    ]


def radius(papers: int, sizes: Dots) -> float:
    """The radius of a person with so many papers."""
    return min(sizes.largest, sizes.smallest + sizes.growth * (math.sqrt(max(1, papers)) - 1))


def disc_radius(dots: Sequence[Dot], sizes: Dots) -> float:
    """The radius of the disc about (0, 0) that holds all dots and a margin."""
    reach = max((math.hypot(dot.x, dot.y) + dot.radius for dot in dots), default=0.0)
    return round(reach + sizes.disc_margin, 1)


def _sunflower(count: int) -> _Points:
    steps = np.arange(count)
    distance, angle = np.sqrt(steps), steps * _GOLDEN_ANGLE
    return np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=1)


def _distances(graph: nx.Graph, members: Sequence[str]) -> _Points:
    """Hops between each two; people without a way between them stand one further than the farthest."""
    inside = graph.subgraph(members)
    number = {member: n for n, member in enumerate(members)}
    hops = np.full((len(members), len(members)), np.inf)
    for member in members:
        for other, distance in nx.single_source_shortest_path_length(inside, member).items():
            hops[number[member], number[other]] = distance
    farthest = np.max(hops[np.isfinite(hops)], initial=0.0)
    hops[np.isinf(hops)] = farthest + 1
    return hops


def _stress(hops: _Points, points: _Points) -> _Points:
    count = len(points)
    if count < 3:
        return points
    off_diagonal = ~np.eye(count, dtype=bool)
    weights = np.zeros_like(hops)
    weights[off_diagonal] = hops[off_diagonal] ** -2.0
    total = weights.sum(axis=1)
    for _ in range(_STEPS):
        apart = points[:, None, :] - points[None, :, :]
        length = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-9)
        wanted = points[None, :, :] + apart * (hops / length)[:, :, None]
        target = (weights[:, :, None] * wanted).sum(axis=1) / total[:, None]
        points = (points + target) / 2
    return points


def _spread(points: _Points, sizes: Dots) -> _Points:
    points = points - points.mean(axis=0)
    reach = float(np.sqrt((points**2).sum(axis=1)).max(initial=0.0))
    return points * (sizes.spacing * math.sqrt(len(points)) / reach) if reach > 1e-9 else points


def _pushed_apart(points: _Points, radii: _Points, gap: float) -> _Points:
    need = radii[:, None] + radii[None, :] + gap
    np.fill_diagonal(need, 0.0)
    for _ in range(_PUSHES):
        apart = points[:, None, :] - points[None, :, :]
        length = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-9)
        short = np.maximum(need - length, 0.0)
        if short.max(initial=0.0) < 0.1:
            break
        points = points + (apart * (short / length / 2.2)[:, :, None]).sum(axis=1)
    return points


def _centred(points: _Points, radii: _Points) -> _Points:
    """Points about the middle of their smallest circle (Bădoiu and Clarkson, SODA 2003)."""
    middle = points.mean(axis=0)
    for step in range(1, 200):
        reach = np.sqrt(((points - middle) ** 2).sum(axis=1)) + radii
        middle = middle + (points[int(np.argmax(reach.round(6)))] - middle) / (step + 1)
    centred: _Points = points - middle
    return centred
