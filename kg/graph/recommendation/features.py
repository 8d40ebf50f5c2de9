"""What is known of a pair of people, as numbers: the features of the model, by name.

All are symmetric: the order of the two does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kg.graph.measures import Floats, Integers
from kg.graph.recommendation import walks
from kg.graph.recommendation.network import Network
from kg.graph.recommendation.settings import settings

_Near = Callable[[Network, Integers], csr_array]
_Compared = Callable[[Network, Integers, Integers], Floats]
_Scale = Callable[[Floats], Floats]

DISTANCE = "distance"

# Over walks: for people, a matrix of them and all.
_NEAR: Mapping[str, _Near] = MappingProxyType(
    {
        DISTANCE: lambda n, rows: walks.distance(n.links, rows, settings().pairs.distance),
        "common_neighbours": lambda n, rows: walks.common_neighbours(n.links, rows),
        "adamic_adar": lambda n, rows: walks.adamic_adar(n.links, rows),
        "resource_allocation": lambda n, rows: walks.resource_allocation(n.links, rows),
        "local_path": lambda n, rows: walks.local_path(n.links, rows, settings().walks.longer),
        "katz": lambda n, rows: walks.katz(
            n.links, rows, settings().walks.attenuation, settings().walks.longest
        ),
        "pagerank": lambda n, rows: walks.pagerank(
            n.strength, rows, settings().walks.damping, settings().walks.longest
        ),
        "weighted_paths": lambda n, rows: walks.weighted_paths(n.strength, rows),
        "common_seniors": lambda n, rows: csr_array(n.senior[rows] @ n.senior.T),
    }
)

# Over what each of the two is: for pairs, a number each.
_COMPARED: Mapping[str, _Compared] = MappingProxyType(
    {
        "preferential_attachment": lambda n, a, b: walks.preferential_attachment(n.links, a, b),
        "shared_topics": lambda n, a, b: _dots(n.topics, n.topics, a, b),
        "shared_methods": lambda n, a, b: _dots(n.methods, n.methods, a, b),
        "complementary_methods": lambda n, a, b: (
            _dots(n.methods, n.fitting, a, b) + _dots(n.fitting, n.methods, a, b)
        ),
        "shared_words": lambda n, a, b: _dots(n.words, n.words, a, b),
        "same_venues": lambda n, a, b: _dots(n.venues, n.venues, a, b),
        "inactivity": lambda n, a, b: np.floor(n.now) - np.floor(np.minimum(n.active[a], n.active[b])),
        "productivity": lambda n, a, b: n.productivity[a] * n.productivity[b],
        "seniority": lambda n, a, b: n.seniority[a] + n.seniority[b],
    }
)

NAMES: tuple[str, ...] = tuple(name for name in (*_NEAR, *_COMPARED) if name != DISTANCE)
"""The features that the model weighs. Beyond the indices of :mod:`kg.graph.recommendation.walks`:

- ``common_seniors``: the last authors that papers of both share, by their share of the team, from 0;
- ``shared_topics``, ``shared_methods``, ``shared_words``, ``same_venues``: cosines, 0 to 1;
- ``complementary_methods``: how much one uses methods that the other's topics are studied with and that the
  other does not use, added both ways, 0 to 2;
- ``inactivity``: calendar years from the last paper of the less recent of the two to the last of all, from 0
  (months would tell which venues a corpus has, not who is active);
- ``productivity``: the product of their numbers of papers, from 1;
- ``seniority``: the shares of their papers on which they come last, added, 0 to 2.

More speaks for a pair in all but ``inactivity``, as far as one feature alone can tell.
"""

# What spans orders of magnitude is scaled, so that a weight means the same along it.
_SCALES: Mapping[str, _Scale] = MappingProxyType(
    dict.fromkeys(
        ("common_neighbours", "adamic_adar", "local_path", "preferential_attachment", "productivity"),
        np.log1p,
    )
    | dict.fromkeys(("resource_allocation", "weighted_paths", "common_seniors"), np.sqrt)
    | dict.fromkeys(("katz", "pagerank"), lambda found: np.log(np.maximum(found, settings().least)))
)


def features(network: Network, sources: Integers, targets: Integers) -> dict[str, Floats]:
    """The features of pairs.

    Args:
        network: who wrote with whom, on what.
        sources: the row of one of the two of each pair.
        targets: the row of the other.

    Returns:
        By name, one number a pair: :data:`NAMES` and ``distance``, edges between the two, 0 if too many.
    """
    found = {name: np.zeros(len(sources)) for name in (*_NEAR, *_COMPARED)}
    for pairs, people, local in _batches(sources):
        for name, near in _NEAR.items():
            found[name][pairs] = _cells(near(network, people), local, targets[pairs])
        for name, compared in _COMPARED.items():
            found[name][pairs] = compared(network, sources[pairs], targets[pairs])
    return found


def scaled(found: Mapping[str, Floats], names: Sequence[str]) -> Floats:
    """Features as the model takes them: a row a pair, a column a name."""
    columns = [_SCALES[name](found[name]) if name in _SCALES else found[name] for name in names]
    return np.stack(columns, axis=1) if columns else np.zeros((len(found[DISTANCE]), 0))


def _dots(one: csr_array, other: csr_array, sources: Integers, targets: Integers) -> Floats:
    """The dot product of a row of one matrix and a row of another, for each pair."""
    found = np.zeros(len(sources))
    step = settings().pairs.compared
    for start in range(0, len(sources), step):
        part = slice(start, start + step)
        found[part] = one[sources[part]].multiply(other[targets[part]]).sum(axis=1)
    return found


def _batches(sources: Integers) -> Iterator[tuple[Integers, Integers, Integers]]:
    """Pairs of a few sources at a time: which pairs, the sources, and which of them each pair has."""
    people, which = np.unique(sources, return_inverse=True)
    order = np.argsort(which, kind="stable")
    starts = np.arange(0, len(people), settings().pairs.batch)
    bounds = np.searchsorted(which[order], [*starts, len(people)])
    for start, low, high in zip(starts, bounds[:-1], bounds[1:], strict=True):
        pairs = order[low:high]
        yield pairs, people[start : start + settings().pairs.batch], which[pairs] - start


def _cells(matrix: csr_array, rows: Integers, columns: Integers) -> Floats:
    """The numbers in some cells, found all at once among the sorted places of those that are not 0."""
    matrix.sort_indices()
    if not matrix.nnz:
        return np.zeros(len(rows))
    held = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)) * matrix.shape[1] + matrix.indices
    asked = rows * matrix.shape[1] + columns
    place = np.minimum(np.searchsorted(held, asked), len(held) - 1)
    hit: NDArray[np.bool_] = held[place] == asked
    return np.where(hit, matrix.data[place], 0.0)
