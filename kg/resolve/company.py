"""The company that authors keep: shared co-authors, and co-authors of co-authors, the authors themselves left out.

A path between two people that passes through their own names tells nothing but that the names are alike, so what
is compared never counts the people themselves, nor, for one printed name, any paper that bears it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from kg.resolve.signatures import Floats, Integers, unit_rows

Pairs = tuple[Integers, Integers]
_CHUNK = 20_000  # pairs that are compared at once, which bounds memory


@dataclass(frozen=True, slots=True)
class Company:
    """Who signed with whom.

    Attributes:
        incidence: papers x units, of 0 and 1.
        joint: units x units, 1 where two signed one paper; no unit is joined to itself.
        papers: for each unit the number of its papers.
        rarity: of each unit, as :func:`rarity` tells it.
    """

    incidence: csr_array
    joint: csr_array
    papers: Floats
    rarity: Floats


def company(incidence: csr_array) -> Company:
    """The company of each unit.

    Args:
        incidence: papers x units, of 0 and 1.
    """
    joint = csr_array(incidence.T @ incidence)
    joint.setdiag(0)
    joint.eliminate_zeros()
    joint.data[:] = 1
    return Company(incidence, joint, np.asarray(incidence.sum(axis=0), dtype=np.float64), rarity(incidence))


def rarity(incidence: csr_array) -> Floats:
    """For each unit 1 where it has one paper, falling to 0 where it signed all.

    The inverse document frequency over its largest value, so that it means the same in small and large corpora.

    Args:
        incidence: papers x units, of 0 and 1.

    Example:
        >>> rarity(csr_array(np.array([[1, 1], [0, 1]]))).round(2).tolist()
        [1.0, 0.63]
    """
    papers = np.asarray(incidence.sum(axis=0), dtype=np.float64)
    count = max(2, incidence.shape[0])
    rare: Floats = np.log(1 + count / np.maximum(papers, 1)) / np.log(1 + count)
    return rare


def shared(who: Company, pairs: Pairs) -> tuple[Floats, Floats]:
    """How many co-authors two units share, and the sum of their rarities; one pair a place."""
    count, rare = np.zeros(len(pairs[0])), np.zeros(len(pairs[0]))
    for start in range(0, len(count), _CHUNK):
        place = slice(start, start + _CHUNK)
        both = csr_array(who.joint[pairs[0][place]].multiply(who.joint[pairs[1][place]]))
        count[place], rare[place] = both.sum(axis=1), both @ who.rarity
    return count, rare


def together(who: Company, pairs: Pairs) -> NDArray[np.bool_]:
    """Whether two units signed one paper side by side; then they are two people."""
    if not len(pairs[0]):
        return np.zeros(0, np.bool_)
    found: NDArray[np.bool_] = np.asarray(who.joint[pairs[0], pairs[1]]).ravel() > 0
    return found


def second_hand(who: Company, pairs: Pairs) -> Floats:
    """The cosine of whom the co-authors of two units write with, weighted by rarity, the two left out; 0 to 1."""
    sizes = np.asarray(who.incidence.sum(axis=1))
    share = diags_array(1 / np.maximum(sizes - 1, 1))
    involved = np.unique(np.concatenate(pairs))
    row = np.full(len(who.papers), -1)
    row[involved] = np.arange(len(involved))
    near = who.joint[involved] @ (who.incidence.T @ (share @ who.incidence))
    near = csr_array(csr_array(near) @ diags_array(who.rarity))
    cosines = np.zeros(len(pairs[0]))
    lengths = np.asarray(near.multiply(near).sum(axis=1))
    for start in range(0, len(cosines), _CHUNK):
        place = slice(start, start + _CHUNK)
        one, other = pairs[0][place], pairs[1][place]
        a, b = row[one], row[other]
        product = np.asarray(near[a].multiply(near[b]).sum(axis=1))
        squares = [lengths[a].copy(), lengths[b].copy()]
        for left_out in (one, other):
            at_a, at_b = np.asarray(near[a, left_out]).ravel(), np.asarray(near[b, left_out]).ravel()
            product -= at_a * at_b
            squares[0] -= at_a**2
            squares[1] -= at_b**2
        scale = np.sqrt(np.maximum(squares[0], 0) * np.maximum(squares[1], 0))
        cosines[place] = np.divide(product, scale, out=np.zeros(len(a)), where=scale > 1e-12)
    return np.clip(cosines, 0, 1)


def within_name(
    incidence: csr_array, papers: Integers, rarity: Floats, left_out: Integers
) -> tuple[Floats, Floats, Floats]:
    """What papers that bear one name share in co-authors, and how alike these co-authors' company is.

    The papers that bear the name, and the name itself, are taken out of that company first.

    Args:
        incidence: papers x units.
        papers: those that bear the name.
        rarity: of each unit.
        left_out: the units of that name.

    Returns:
        Papers x papers: the number of shared co-authors, the sum of their rarities, and the cosine of the
        companies of their co-authors.
    """
    kept = np.ones(incidence.shape[1])
    kept[left_out] = 0
    wrote = csr_array(incidence[papers] @ diags_array(kept))
    wrote.eliminate_zeros()
    people = np.unique(wrote.indices)
    wrote = wrote[:, people]
    rare = rarity[people]
    count = (wrote @ wrote.T).toarray()
    weight = (wrote @ diags_array(rare) @ wrote.T).toarray()
    theirs = csr_array(incidence[:, people].T)
    elsewhere = np.ones(incidence.shape[0])
    elsewhere[np.unique(csr_array(incidence[:, left_out]).nonzero()[0])] = 0
    share = elsewhere / np.maximum(np.asarray(incidence.sum(axis=1)) - 1, 1)
    near = unit_rows(csr_array(theirs @ diags_array(share) @ incidence @ diags_array(kept * rarity)))
    seen = unit_rows(csr_array(wrote @ near))
    return count, weight, (seen @ seen.T).toarray()
