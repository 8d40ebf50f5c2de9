"""Why two people might work together: what a reader can check, as frozen records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from kg.graph.measures import Integers
from kg.graph.recommendation.network import Network
from kg.graph.recommendation.settings import settings


@dataclass(frozen=True, slots=True)
class Step:
    """One step on a path of papers: through a joint paper to its other author.

    Attributes:
        paper: id of the paper; the first where several are joint.
        person: id of the author that it leads to.
    """

    paper: str
    person: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What speaks for two people working together; every list the most telling first, and short.

    Attributes:
        common_collaborators: ids of people who wrote with both.
        shared_topics: keys of topics that both work on.
        brought: keys of methods that the candidate uses and that the person does not, though the person's
            topics are studied with them.
        offered: the same the other way.
        path: the shortest way of joint papers from the person to the candidate; empty where there is none.
    """

    common_collaborators: tuple[str, ...]
    shared_topics: tuple[str, ...]
    brought: tuple[str, ...]
    offered: tuple[str, ...]
    path: tuple[Step, ...]


def explain(network: Network, person: int, others: Sequence[int]) -> tuple[Explanation, ...]:
    """What speaks for somebody working with each of some others.

    Args:
        network: who wrote with whom, on what.
        person: the person's row.
        others: the rows of the others.
    """
    _, found = breadth_first_order(network.links, person, directed=False, return_predecessors=True)
    before = found.astype(np.int64)
    return tuple(
        Explanation(
            _strongest(network.strength, network.strength, person, other, network.people),
            _strongest(network.topics, network.topics, person, other, network.topic_keys),
            _strongest(network.fitting, network.methods, person, other, network.method_keys),
            _strongest(network.methods, network.fitting, person, other, network.method_keys),
            _path(network, before, person, other),
        )
        for other in others
    )


def _strongest(
    one: csr_array, other: csr_array, person: int, candidate: int, names: Sequence[str]
) -> tuple[str, ...]:
    """The columns in which the rows of both are most; ties by name."""
    both = csr_array(one[[person]].multiply(other[[candidate]]))
    both.sort_indices()
    order = np.lexsort((both.indices, -both.data.round(9)))[: settings().explained]
    return tuple(names[column] for column in both.indices[order].tolist() if both[0, column] > 0)


def _path(network: Network, before: Integers, person: int, other: int) -> tuple[Step, ...]:
    steps: list[Step] = []
    here = other
    while here != person:
        previous = int(before[here])
        if previous < 0:
            return ()
        joint = np.intersect1d(_papers(network, previous), _papers(network, here))
        steps.append(Step(network.papers[int(joint.min())], network.people[here]))
        here = previous
    return tuple(reversed(steps))


def _papers(network: Network, person: int) -> Integers:
    start, end = network.wrote.indptr[person : person + 2]
    return np.asarray(network.wrote.indices[start:end], dtype=np.int64)
