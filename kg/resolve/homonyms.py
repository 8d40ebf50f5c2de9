"""One printed name, several people: where a name is common, its papers are parted by the company they keep.

Each two papers that bear the name are weighed by a logistic model; average linkage joins them while the mean of
the log-odds between two groups stays above a threshold. What is weighed leaves out the name itself and every
paper that bears it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array

from kg.resolve.commonness import commonness
from kg.resolve.company import rarity, within_name
from kg.resolve.model import Table, identity_model
from kg.resolve.names import PersonName
from kg.resolve.signatures import Floats, Integers, Signatures

Flags = NDArray[np.bool_]
_UNKNOWN_YEARS = 5.0  # apart, where one of two papers has no year


@dataclass(frozen=True, slots=True)
class Parted:
    """A unit and the one nearest to it among those that bear its name.

    Attributes:
        one: the unit.
        nearest: the other.
        probability: that they are one person after all.
        given: whether identifiers or people say that they are not.
    """

    one: int
    nearest: int
    probability: float
    given: bool


def part_homonyms(signed: Signatures, anchors: Mapping[int, str]) -> tuple[Signatures, tuple[Parted, ...]]:
    """Part the papers of every common name whose evidence falls apart, and of every name that is given apart.

    A name is common where more than a given number of bearers is expected
    (:meth:`kg.resolve.commonness.Commonness.bearers`); DBLP's numbers settle it beforehand.

    Args:
        signed: whose units are names.
        anchors: signatures of which it is given whose they are, and whose; the others of a name follow those that
            they resemble most.

    Returns:
        The same signatures, each unit one person as far as the name tells; and what was parted.
    """
    incidence = signed.incidence()
    rare = rarity(incidence)
    unit = np.zeros(len(signed.unit), np.int64)
    parted: list[Parted] = []
    free = 0
    for number, (name, members) in enumerate(zip(signed.names, signed.of_units(), strict=True)):
        given = [anchors.get(signature, "") for signature in members.tolist()]
        groups = np.zeros(len(members), np.int64)
        common = len(members) > 1 and _common(name)
        if common or len({*given} - {""}) > 1:
            odds = _odds(signed, members, incidence, rare, number)
            groups = _groups(odds, given, common)
            anchored = {int(group) for group, who in zip(groups, given, strict=True) if who}
            parted += _nearest(odds, groups, free, anchored)
        unit[members] = free + groups
        free += int(groups.max()) + 1
    return signed.parted(unit), tuple(parted)


def _common(name: PersonName) -> bool:
    return not name.number and commonness().bearers(name) >= identity_model().homonyms.bearers


def _odds(signed: Signatures, members: Integers, incidence: csr_array, rare: Floats, number: int) -> Floats:
    """The log-odds that two signatures are one person's, signatures x signatures."""
    evidence = weighed(signed, signed.paper[members], incidence, rare, np.array([number]))
    table = np.zeros((len(members), len(members)))
    one, other = np.triu_indices(len(members), 1)
    table[one, other] = table[other, one] = identity_model().homonyms.weights.log_odds(evidence)
    return table


def _groups(odds: Floats, given: Sequence[str], common: bool) -> Integers:
    """Groups of signatures: around what is given where two are given apart, else by linkage."""
    named = sorted({*given} - {""})
    threshold = identity_model().homonyms.threshold
    if len(named) < 2:
        one, other = np.triu_indices(len(odds), 1)
        return grouped(len(odds), odds[one, other], threshold)
    known = [np.array([i for i, who in enumerate(given) if who == name]) for name in named]
    likeness = np.stack([odds[:, members].mean(axis=1) for members in known], axis=1)
    choice = likeness.argmax(axis=1)
    if common:
        choice[likeness.max(axis=1) < threshold] = len(named)
    for number, members in enumerate(known):
        choice[members] = number
    return _numbered(choice)


def _nearest(odds: Floats, groups: Integers, first: int, anchored: set[int]) -> Iterator[Parted]:
    """For each group, where there are several, the one that resembles it most."""
    count = int(groups.max()) + 1
    if count == 1:
        return
    belongs = np.eye(count)[groups]
    sizes = belongs.sum(axis=0)
    means = (belongs.T @ odds @ belongs) / np.outer(sizes, sizes)
    np.fill_diagonal(means, -np.inf)
    for one, other in enumerate(means.argmax(axis=1).tolist()):
        told = one in anchored and other in anchored
        yield Parted(first + one, first + other, float(1 / (1 + np.exp(-means[one, other]))), told)


def grouped(count: int, log_odds: Floats, threshold: float) -> Integers:
    """Groups by average linkage of log-odds, numbered in the order of their first members.

    Args:
        count: of things.
        log_odds: for each pair, in the order of :func:`numpy.triu_indices`, that they are the same.
        threshold: mean log-odds between two groups from which they are joined.

    Example:
        >>> grouped(3, np.array([2.0, -3.0, -3.0]), threshold=0.0).tolist()
        [0, 0, 1]
    """
    if count < 2:
        return np.zeros(count, np.int64)
    distance = log_odds.max() - log_odds
    labels = fcluster(linkage(distance, "average"), log_odds.max() - threshold, "distance")
    return _numbered(labels.astype(np.int64))


def _numbered(labels: Integers) -> Integers:
    """Labels as numbers from 0, in the order in which they first occur."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int64)


def weighed(
    signed: Signatures, papers: Integers, incidence: csr_array, rarity: Floats, left_out: Integers
) -> Table:
    """The evidence for each two papers that bear one name.

    Args:
        signed: all signatures.
        papers: the papers that bear the name, one at least.
        incidence: papers x units.
        rarity: of each unit.
        left_out: the units of the name.

    Returns:
        Columns of evidence, one row a pair, in the order of :func:`numpy.triu_indices`.
    """
    one, other = np.triu_indices(len(papers), 1)
    shared, rare, near = (table[one, other] for table in within_name(incidence, papers, rarity, left_out))
    titles = signed.titles[papers]
    alike = (titles @ titles.T).toarray()[one, other]
    topics = signed.topics[papers]
    near_topics = (topics @ topics.T)[one, other]
    years, venues = signed.year[papers], signed.venue[papers]
    known = (years[one] >= 0) & (years[other] >= 0)
    apart = np.where(known, np.abs(years[one] - years[other]), _UNKNOWN_YEARS)
    others = np.asarray(incidence[papers].sum(axis=1)) - 1
    fewest = np.minimum(others[one], others[other])
    alone = shared == 0
    return dict(
        _columns(shared, rare, near, alike, near_topics, apart, venues[one] == venues[other], fewest, alone)
    )


def _columns(
    shared: Floats,
    rare: Floats,
    near: Floats,
    alike: Floats,
    topics: Floats,
    apart: Floats,
    venue: Flags,
    fewest: Floats,
    alone: Flags,
) -> Iterator[tuple[str, Floats]]:
    yield "one", np.ones(len(shared))
    yield from _steps("shared co-authors", shared, (0, 1, 2))
    yield "rarity of shared co-authors", np.log1p(rare)
    yield "near company", near
    yield from _steps("near company", near, (0.05, 0.1, 0.2, 0.4))
    yield "like titles", alike
    yield from _steps("like titles", alike, (0.05, 0.15, 0.3))
    yield "near topics", topics
    yield "near topics, squared", np.maximum(topics, 0) ** 2
    yield "same venue", venue.astype(np.float64)
    yield "years apart", np.log1p(apart)
    yield from _steps("years apart", apart, (3, 8, 15))
    yield "co-authors", np.log1p(fewest)
    yield from _steps("co-authors", fewest, (0, 1))
    here, none = (topics > 0.3).astype(np.float64), alone.astype(np.float64)
    yield "near company and topics", (near > 0.1) * here
    yield "shared co-authors and topics", (1 - none) * here
    yield "near company, none shared", none * near
    yield "near topics, none shared", none * topics
    yield "like titles, none shared", none * alike
    yield "years apart, none shared", none * np.log1p(apart)


def _steps(name: str, column: Floats, steps: Sequence[float]) -> Iterator[tuple[str, Floats]]:
    """Whether a column is above each of several steps, so that what it tells need not grow evenly."""
    for step in steps:
        yield f"{name} > {step}", (column > step).astype(np.float64)
