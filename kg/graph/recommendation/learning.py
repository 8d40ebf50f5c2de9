"""The weights of the model, learnt from what came later: who of the people present wrote together next.

    python benchmarks/recommendation.py CORPORA --learn kg/graph/recommendation/weights.json

learns the weights that kg ships: features from the papers up to 2021, new pairs from those of 2022.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array

from kg.graph.coauthorship import authors_by_paper
from kg.graph.limits import limits
from kg.graph.measures import Floats, Integers
from kg.graph.recommendation.calendar import time_of
from kg.graph.recommendation.features import NAMES, features, scaled
from kg.graph.recommendation.model import REGIMES, Model, Regression, regimes
from kg.graph.recommendation.network import Network, network
from kg.graph.recommendation.settings import settings
from kg.graph.recommendation.walks import distance
from kg.records import Knowledge


@dataclass(frozen=True, slots=True, eq=False)
class NewPairs:
    """Pairs of people, all of them present before, who first write together later.

    Attributes:
        pairs: their rows in the network, the smaller one first; sorted.
        papers: the number of the first (by id) of the later papers that each pair writes.
    """

    pairs: Integers
    papers: Integers


def restricted(knowledge: Knowledge, papers: Collection[str]) -> Knowledge:
    """What was known with some of the papers alone; concepts stay, mentions and claims are left out."""
    kept = frozenset(papers)
    authorships = tuple(a for a in knowledge.authorships if a.paper in kept)
    people = {a.author for a in authorships}
    return replace(
        knowledge,
        papers=tuple(paper for paper in knowledge.papers if paper.id in kept),
        mentions=(),
        assertions=tuple(a for a in knowledge.assertions if a.paper in kept),
        claims=(),
        authors=tuple(author for author in knowledge.authors if author.id in people),
        authorships=authorships,
        communities=(),
    )


def split(knowledge: Knowledge, time: float) -> tuple[Knowledge, Knowledge]:
    """What appeared before a time, in years as :func:`time_of` tells, and what then or later.

    Undated papers are in neither.
    """
    times = {paper.id: time_of(paper) for paper in knowledge.papers}
    before = {paper for paper, t in times.items() if t is not None and t < time}
    after = {paper for paper, t in times.items() if t is not None and t >= time}
    return restricted(knowledge, before), restricted(knowledge, after)


def last_edition(knowledge: Knowledge) -> float:
    """The time of the last papers: that at which to split to learn from the latest.

    Raises:
        ValueError: where no paper has a year.
    """
    times = [time for paper in knowledge.papers if (time := time_of(paper)) is not None]
    if not times:
        raise ValueError("no paper has a year; nothing can be learnt of what comes later")
    return max(times)


def new_pairs(before: Network, later: Knowledge) -> NewPairs:
    """Who writes together for the first time; papers of too many authors make no pairs, as in the graph."""
    first: dict[tuple[int, int], int] = {}
    for number, people in enumerate(authors_by_paper(later.authorships).values()):
        if len(people) <= limits().most_authors:
            present = sorted(before.row[person] for person in people if person in before.row)
            for pair in combinations(present, 2):
                first.setdefault(pair, number)
    pairs = np.array(sorted(first), dtype=np.int64).reshape(-1, 2)
    papers = np.array([first[pair] for pair in sorted(first)], dtype=np.int64)
    unknown = _without(before.links, pairs)
    return NewPairs(pairs[unknown], papers[unknown])


def _without(links: csr_array, pairs: Integers) -> Integers:
    """Which pairs are not linked."""
    linked = np.asarray(links[pairs[:, 0], pairs[:, 1]]).ravel() if len(pairs) else np.zeros(0)
    return np.flatnonzero(linked == 0)


def pairs_at(people: Network, edges: int) -> Integers:
    """All pairs at a distance, the smaller row first; sorted."""
    found: list[Integers] = [np.zeros((0, 2), dtype=np.int64)]
    count = len(people.people)
    for start in range(0, count, settings().pairs.batch):
        rows = np.arange(start, min(start + settings().pairs.batch, count))
        away = distance(people.links, rows, edges).tocoo()
        here = (away.data == edges) & (rows[away.row] < away.col)
        found.append(np.stack([rows[away.row[here]], away.col[here]], axis=1).astype(np.int64))
    joined = np.concatenate(found)
    return joined[np.lexsort((joined[:, 1], joined[:, 0]))]


def random_pairs(people: Network, count: int, generator: np.random.Generator) -> Integers:
    """Distinct pairs drawn uniformly from all that are not linked, the smaller row first; sorted.

    At most ``count``, fewer where chance drew linked or equal ones.
    """
    size = len(people.people)
    drawn = np.sort(generator.integers(0, max(size, 1), (count, 2)), axis=1)
    pairs = np.unique(drawn[drawn[:, 0] < drawn[:, 1]], axis=0).reshape(-1, 2)
    return pairs[_without(people.links, pairs)]


def other_than(pairs: Integers, excluded: Integers, size: int) -> Integers:
    """The pairs that are not among others; ``size`` is the number of people."""
    return pairs[~np.isin(pairs[:, 0] * size + pairs[:, 1], excluded[:, 0] * size + excluded[:, 1])]


def learn(before: Knowledge, later: Knowledge, names: tuple[str, ...] = NAMES) -> Model:
    """Learn which features of pairs come before joint papers.

    In each regime, every new pair is held against pairs sampled from those that do not write together. That
    leaves the weights as they are and shifts the intercept alone, by the logarithm of the sampled share
    (Prentice and Pyke 1979, https://doi.org/10.1093/biomet/66.3.403); it is shifted back, so the model gives
    probabilities among all pairs.

    Args:
        before: what the features are taken from.
        later: papers that appeared after them.
        names: of the features to weigh.

    Raises:
        ValueError: where too few people present before write together for the first time later.
    """
    people = network(before)
    new = new_pairs(people, later).pairs
    found = features(people, new[:, 0], new[:, 1])
    regime = regimes(found)
    absent = sorted(set(range(len(REGIMES))) - set(regime.tolist()))
    if absent:
        told = " or ".join(REGIMES[number] for number in absent)
        raise ValueError(f"nobody {told} writes together for the first time later; give more papers")
    rows = scaled(found, names)
    regressions = []
    for number, (others, share) in enumerate(_sampled(people, new)):
        negative = scaled(features(people, others[:, 0], others[:, 1]), names)
        regressions.append(_fitted(rows[regime == number], negative, share))
    return Model(names, tuple(regressions))


def _sampled(people: Network, new: Integers) -> list[tuple[Integers, float]]:
    """For each regime, pairs that do not write together later, and their share of all such pairs."""
    generator = np.random.default_rng(settings().learning.seed)
    size, wanted = len(people.people), settings().learning.negatives
    near = [pairs_at(people, edges) for edges in (2, 3)]
    sampled = []
    for pairs in near:
        others = other_than(pairs, new, size)
        chosen = np.sort(generator.permutation(len(others))[:wanted])
        sampled.append((others[chosen], len(chosen) / max(len(others), 1)))
    far = random_pairs(people, 2 * wanted, generator)
    for pairs in (*near, new):
        far = other_than(far, pairs, size)
    far = far[np.sort(generator.permutation(len(far))[:wanted])]
    all_far = size * (size - 1) // 2 - people.links.nnz // 2 - sum(map(len, near))
    return [*sampled, (far, len(far) / max(all_far, 1))]


def _fitted(positive: Floats, negative: Floats, share: float) -> Regression:
    """Regularised maximum likelihood by Newton's method; ``share`` is that of the negative pairs sampled."""
    limit = settings().learning
    rows = np.concatenate([positive, negative])
    wrote = np.concatenate([np.ones(len(positive)), np.zeros(len(negative))])
    means, deviations = rows.mean(axis=0), rows.std(axis=0)
    deviations[deviations < settings().least] = 1.0  # what does not vary here tells nothing
    inputs = np.concatenate([np.ones((len(rows), 1)), (rows - means) / deviations], axis=1)
    penalty = np.diag([0.0, *np.full(rows.shape[1], limit.penalty)])
    weights = np.zeros(inputs.shape[1])
    for _ in range(limit.iterations):
        expected = 1 / (1 + np.exp(-(inputs @ weights)))
        slope = inputs.T @ (wrote - expected) - penalty @ weights
        curvature = (inputs * (expected * (1 - expected))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curvature, slope)
        weights = weights + step
        if np.abs(step).max() < limit.tolerance:
            break
    intercept = weights[0] + np.log(share) if share else weights[0]
    return Regression(_rounded(intercept)[0], _rounded(means), _rounded(deviations), _rounded(weights[1:]))


def _rounded(numbers: Floats | np.float64) -> tuple[float, ...]:
    return tuple(round(float(n), settings().learning.digits) for n in np.atleast_1d(numbers))
