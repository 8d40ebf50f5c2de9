"""Recommendation held against what came later: papers up to a year foretell who first writes together after.

The pairs to foretell are of people who both wrote before, and not with each other. They are held

- against pairs drawn uniformly from all that never write together (AUC, uniform): mostly strangers;
- and, those with a common co-author, against pairs drawn from all others with one (AUC, hard);
- and in a ranking: each person of such a pair is recommended ten people, out of all within three edges, those
  of the most similar topics, and some at random. A person counts whose list holds a new co-author (hits@10).
  Equal scores are put in random order, the same for every method.

The weights of the model are learnt inside the earlier papers, at their last edition, so that nothing later
is seen. Intervals are bootstrapped: new pairs by the later paper that joins them (a team gives many pairs at
once), drawn pairs one by one, lists by person; all methods see the same samples.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from kg.evaluate.calibration import Interval
from kg.evaluate.rankings import Sampled, aucs, hits, shares
from kg.graph.measures import Floats, Integers
from kg.graph.recommendation.candidates import candidates
from kg.graph.recommendation.features import features
from kg.graph.recommendation.learning import (
    NewPairs,
    last_edition,
    learn,
    new_pairs,
    other_than,
    pairs_at,
    random_pairs,
    split,
)
from kg.graph.recommendation.model import Model, regimes
from kg.graph.recommendation.network import Network, network
from kg.records import Assertion, Concept, Knowledge, Paper
from kg.resolve.people import resolve_people

MODEL = "kg"
REFERENCE = "adamic_adar"
METHODS = (MODEL, "pagerank", REFERENCE, "katz", "common_neighbours", "preferential_attachment", "random")


@dataclass(frozen=True, slots=True)
class BacktestSettings:
    """How recommendation is measured; ``recommending.toml`` says what each is for."""

    hits_at: int
    non_pairs: int
    random: int
    samples: int
    level: float
    seed: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one method.

    Attributes:
        value: the figure, 0 to 1; more is better.
        interval: its confidence interval.
        gain: how much it is above that of Adamic and Adar.
        gain_interval: the confidence interval of the gain, over the same samples.
    """

    value: float
    interval: Interval
    gain: float
    gain_interval: Interval


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """What one method foretells.

    Attributes:
        method: one of :data:`METHODS`.
        uniform: the probability that a new pair scores above a uniformly drawn one (AUC; 0.5 is chance).
        hard: the same among pairs with a common co-author.
        hits: the share of people with a new co-author whose list holds one.
    """

    method: str
    uniform: Figure
    hard: Figure
    hits: Figure


@dataclass(frozen=True, slots=True)
class RecommendationBacktest:
    """How well recommendations foretell who writes together.

    Attributes:
        until: the last year that the recommendations know.
        papers_before: papers up to then.
        papers_after: later papers.
        people: people who wrote before.
        pairs: new pairs of them after.
        pairs_near: those of them with a common co-author before.
        drawn: pairs that did not write together, drawn uniformly.
        drawn_near: the same with a common co-author.
        active: people of new pairs, who are each given a list.
        reachable: the share of them who have a new co-author among the candidates: no method has more hits.
        hits_at: the length of the lists.
        rows: one a method, in the order of :data:`METHODS`.
    """

    until: int
    papers_before: int
    papers_after: int
    people: int
    pairs: int
    pairs_near: int
    drawn: int
    drawn_near: int
    active: int
    reachable: float
    hits_at: int
    rows: tuple[RecommendationRow, ...]


@cache
def backtest_settings() -> BacktestSettings:
    """The shipped settings.

    Example:
        >>> backtest_settings().hits_at
        10
    """
    text = files("kg.evaluate").joinpath("recommending.toml").read_text(encoding="utf-8")
    return BacktestSettings(**tomllib.loads(text))


def backtest_recommendation(
    papers: Sequence[Paper],
    assertions: Sequence[Assertion],
    concepts: Sequence[Concept] = (),
    until: int = 2021,
) -> RecommendationBacktest:
    """Foretell from the papers up to a year who first writes together later.

    Args:
        papers: in any order; those without a year do not count.
        assertions: what the papers are on, as extracted.
        concepts: those that the assertions name.
        until: the last year that the recommendations know.

    Raises:
        ValueError: where there is too little before or after: no new pairs to learn from or to foretell.
    """
    found = resolve_people(papers)
    known = Knowledge(
        tuple(papers), tuple(concepts), (), tuple(assertions), (), found.authors, found.authorships
    )
    before, after = split(known, until + 1.0)
    if not before.papers or not after.papers:
        missing = "later than" if before.papers else "up to"
        raise ValueError(f"there are no papers {missing} {until}; give papers before and after a year")
    model = learn(*split(before, last_edition(before)))
    people = network(before)
    new = new_pairs(people, after)
    if not len(new.pairs):
        raise ValueError(f"nobody who wrote up to {until} writes with somebody new later; give more papers")
    return _backtest(until, before, after, people, new, model)


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """All scores: of new pairs, of drawn ones, of drawn ones with a common co-author, and of candidates."""

    new: Mapping[str, Floats]
    drawn: Mapping[str, Floats]
    drawn_near: Mapping[str, Floats]
    listed: Mapping[str, Floats]


def _backtest(
    until: int, before: Knowledge, after: Knowledge, people: Network, new: NewPairs, model: Model
) -> RecommendationBacktest:
    limit = backtest_settings()
    generator = np.random.default_rng(limit.seed)
    size = len(people.people)
    drawn = other_than(random_pairs(people, limit.non_pairs, generator), new.pairs, size)
    all_near = other_than(pairs_at(people, 2), new.pairs, size)
    near = all_near[np.sort(generator.permutation(len(all_near))[: limit.non_pairs])]
    active = np.unique(new.pairs)
    listed = _listed(people, active, generator)
    right = np.isin(listed.min(axis=1) * size + listed.max(axis=1), new.pairs[:, 0] * size + new.pairs[:, 1])
    found = features(people, new.pairs[:, 0], new.pairs[:, 1])
    is_near = regimes(found) == 0
    trial = _Trial(*(_scores(people, pairs, model, generator) for pairs in (new.pairs, drawn, near, listed)))
    order = generator.random(len(listed))
    hit = {m: hits(listed[:, 0], trial.listed[m], right, order, limit.hits_at) for m in METHODS}
    uniform = aucs(trial.new, trial.drawn, new.papers, limit.samples, limit.seed)
    near_scores = {m: scores[is_near] for m, scores in trial.new.items()}
    hard = aucs(near_scores, trial.drawn_near, new.papers[is_near], limit.samples, limit.seed)
    listings = shares(hit, limit.samples, limit.seed)
    rows = tuple(
        RecommendationRow(m, _figure(m, uniform), _figure(m, hard), _figure(m, listings)) for m in METHODS
    )
    return RecommendationBacktest(
        until=until,
        papers_before=len(before.papers),
        papers_after=len(after.papers),
        people=size,
        pairs=len(new.pairs),
        pairs_near=int(is_near.sum()),
        drawn=len(drawn),
        drawn_near=len(near),
        active=len(active),
        reachable=len(np.unique(listed[right, 0])) / len(active),
        hits_at=limit.hits_at,
        rows=rows,
    )


def _listed(people: Network, active: Integers, generator: np.random.Generator) -> Integers:
    """Every person with every candidate, some random ones included; sorted."""
    pairs = np.stack(candidates(people, active), axis=1)
    size, each = len(people.people), backtest_settings().random
    random = np.stack([np.repeat(active, each), generator.integers(0, size, len(active) * each)], axis=1)
    linked = np.asarray(people.links[random[:, 0], random[:, 1]]).ravel() > 0
    strangers = random[~linked & (random[:, 0] != random[:, 1])]
    return np.unique(np.concatenate([pairs, strangers]), axis=0)


def _scores(
    people: Network, pairs: Integers, model: Model, generator: np.random.Generator
) -> dict[str, Floats]:
    """The scores of pairs by each method."""
    found = features(people, pairs[:, 0], pairs[:, 1])
    ours = {MODEL: model.probability(found), "random": generator.random(len(pairs))}
    # rounded, so that sums in another order are no other rank
    return {method: (ours[method] if method in ours else found[method]).round(12) for method in METHODS}


def _figure(method: str, every: Mapping[str, Sampled]) -> Figure:
    own, reference = every[method], every[REFERENCE]
    gains = own.samples - reference.samples
    return Figure(own.value, _interval(own.samples), own.value - reference.value, _interval(gains))


def _interval(sampled: Floats) -> Interval:
    level = backtest_settings().level
    low, high = np.quantile(sampled, [(1 - level) / 2, (1 + level) / 2])
    return Interval(level, float(low), float(high))
