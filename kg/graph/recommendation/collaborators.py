"""Who somebody might work with: people who are no co-authors yet, ranked, with what speaks for each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.graph.recommendation.candidates import candidates
from kg.graph.recommendation.explanation import Explanation, explain
from kg.graph.recommendation.features import DISTANCE, NAMES, features
from kg.graph.recommendation.model import Model, shipped_model
from kg.graph.recommendation.network import Network
from kg.graph.rounding import significant


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One person recommended to another as a collaborator.

    Attributes:
        person: id of the one recommended.
        score: the probability, as learnt, that the two write together next; in (0, 1), more is better.
        distance: edges between the two in the co-authorship graph, 2 or 3; None for more.
        explanation: what speaks for it.
        features: by name, sorted, what the score was computed from.
    """

    person: str
    score: float
    distance: int | None
    explanation: Explanation
    features: tuple[tuple[str, float], ...]


def collaborators(
    network: Network, person: str, limit: int = 10, model: Model | None = None
) -> tuple[Recommendation, ...]:
    """People that somebody might work with, the likeliest first, ties by id.

    Candidates are all people a few edges away and those whose topics are most alike; co-authors are none.

    Args:
        network: from :func:`kg.graph.recommendation.network.network`.
        person: the id of an author.
        limit: how many are wanted, at most.
        model: the weights; the shipped ones where none is given.

    Raises:
        KeyError: where there is no such person.

    Example:
        >>> from kg.records import Author, Authorship, Knowledge, Location, Paper
        >>> from kg.graph.recommendation.network import network
        >>> teams = {"p1": ("ada", "bo"), "p2": ("bo", "cy")}
        >>> known = Knowledge(
        ...     tuple(Paper(p, p, t, "", 2021, "iclr", None, None, Location("x", 1)) for p, t in teams.items()),
        ...     (), (), (), (), tuple(Author(a, a, (a,)) for a in ("ada", "bo", "cy")),
        ...     tuple(Authorship(p, i, a, a) for p, t in teams.items() for i, a in enumerate(t, 1)),
        ... )
        >>> found = collaborators(network(known), "ada")
        >>> [(r.person, r.distance, r.explanation.common_collaborators) for r in found]
        [('cy', 2, ('bo',))]
    """
    rows, others = candidates(network, np.array([network.row[person]], dtype=np.int64))
    found = features(network, rows, others)
    scores = (model or shipped_model()).probability(found)
    order = np.lexsort((others, -scores.round(12)))[:limit]
    explanations = explain(network, network.row[person], others[order].tolist())
    return tuple(
        Recommendation(
            network.people[others[place]],
            significant(scores[place]),
            int(found[DISTANCE][place]) or None,
            explanation,
            tuple((name, significant(found[name][place])) for name in sorted(NAMES)),
        )
        for place, explanation in zip(order.tolist(), explanations, strict=True)
    )
