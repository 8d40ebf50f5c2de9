"""Emergence: concepts whose share of the papers has grown from earlier to later years, tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt

import numpy as np
from scipy.stats import false_discovery_control, hypergeom, norm

from kg.graph.incidence import EVERY_ROLE, incidence
from kg.graph.mapping import EmergenceSettings, mapping_settings
from kg.graph.measures import Floats, Integers
from kg.graph.rounding import significant
from kg.graph.trends import yearly
from kg.records import Kind, Knowledge, Paper, Role
from kg.slugs import slug


@dataclass(frozen=True, slots=True)
class Emergence:
    """A concept in earlier and later years.

    Attributes:
        concept: its key.
        label: its name.
        kind: its kind.
        since: the first of the later years.
        earlier: how many earlier papers are about it.
        earlier_total: how many earlier papers there are.
        later: how many later papers are about it.
        later_total: how many later papers there are.
        log_odds_ratio: the logarithm of later over earlier odds; above 0 where the share has grown.
        lower: where its confidence interval begins.
        upper: where its confidence interval ends.
        p_value: of Fisher's exact test, one-sided, 0 to 1; small where the growth is no accident.
        q_value: the p-value corrected for the number of concepts by Benjamini and Hochberg, 0 to 1: of the
            concepts with at most that, so large a share is expected to be accidents.
    """

    concept: str
    label: str
    kind: Kind
    since: int
    earlier: int
    earlier_total: int
    later: int
    later_total: int
    log_odds_ratio: float
    lower: float
    upper: float
    p_value: float
    q_value: float


def emergence(
    knowledge: Knowledge,
    kinds: Collection[Kind],
    *,
    since: int | None = None,
    roles: Collection[Role] = EVERY_ROLE,
    common_venues: bool = False,
    settings: EmergenceSettings | None = None,
) -> tuple[Emergence, ...]:
    """The concepts by how surely their share of the papers has grown, the surest first.

    All concepts with enough papers are tested and told, those that have grown and those that have not, for the
    correction is over all of them. The tests, :func:`fisher` and :func:`log_odds_ratio`, count a paper as one
    independent draw; they say nothing of why a share has grown. A venue that the sources have of one period
    only brings its whole field with it, which ``common_venues`` keeps out.

    Args:
        knowledge: papers, concepts and assertions, in any order; papers without a year are left out.
        kinds: the kinds of concepts.
        since: the first of the later years; where it is None, the year that parts the papers most evenly, the
            later one of two.
        roles: the roles that make a paper be about a concept.
        common_venues: whether only papers of venues count that have papers of both periods.
        settings: papers that a concept needs, and the interval; the shipped ones where None.

    Returns:
        Sorted by q-value, p-value, log odds ratio (the largest first) and key; empty where one of the periods
        has no papers.

    Example:
        >>> from kg.graph.example import few_papers
        >>> few = EmergenceSettings(minimum_papers=1, pseudo_papers=0.5, confidence=0.95)
        >>> found = emergence(few_papers(), [Kind.TOPIC], settings=few)
        >>> [(e.concept, e.since, e.earlier, e.later, e.p_value) for e in found[:2]]
        [('topic/translation', 2021, 0, 1, 0.75), ('topic/parsing', 2021, 1, 2, 1.0)]
    """
    chosen = mapping_settings().emergence if settings is None else settings
    first = split_year(knowledge.papers) if since is None else since
    if first is None:
        return ()
    papers = _of_common_venues(knowledge.papers, first) if common_venues else knowledge.papers
    about = incidence(replace(knowledge, papers=tuple(papers)), kinds, roles)
    counts = yearly(about)
    later_years = np.array(counts.years, dtype=np.int64) >= first
    later, later_total = counts.papers[:, later_years].sum(axis=1), int(counts.totals[later_years].sum())
    earlier, earlier_total = (
        counts.papers[:, ~later_years].sum(axis=1),
        int(counts.totals[~later_years].sum()),
    )
    tested = np.flatnonzero(earlier + later >= chosen.minimum_papers)
    if not (len(tested) and later_total and earlier_total):
        return ()
    p_values = fisher(later[tested], later_total, earlier[tested], earlier_total)
    q_values = false_discovery_control(p_values, method="bh")
    found = []
    for row, p, q in zip(tested.tolist(), p_values.tolist(), q_values.tolist(), strict=True):
        concept, after, before = about.concepts[row], int(later[row]), int(earlier[row])
        ratio, lower, upper = log_odds_ratio(after, later_total, before, earlier_total, chosen)
        found.append(
            Emergence(
                concept.key, concept.pref_label, concept.kind, first,
                before, earlier_total, after, later_total,
                significant(ratio), significant(lower), significant(upper), significant(p), significant(q),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda e: (e.q_value, e.p_value, -e.log_odds_ratio, e.concept)))


def split_year(papers: Sequence[Paper]) -> int | None:
    """The first year of the later half: the one that parts the papers most evenly, the later one of two.

    Returns:
        A year later than the first, or None where the papers are of fewer than two years.

    Example:
        >>> from kg.graph.example import few_papers
        >>> split_year(few_papers().papers)
        2021
    """
    by_year = Counter(paper.year for paper in papers if paper.year is not None)
    total = sum(by_year.values())

    def unevenness(year: int) -> tuple[int, int]:
        later = sum(count for other, count in by_year.items() if other >= year)
        return abs(total - 2 * later), -year

    return min(sorted(by_year)[1:], key=unevenness, default=None)


def fisher(later: Integers, later_total: int, earlier: Integers, earlier_total: int) -> Floats:
    """The p-values of Fisher's exact test that shares have grown, one-sided.

    Of the papers about a concept, as many or more would be later ones with this probability if they fell on
    earlier and later papers by chance: the upper tail of the hypergeometric distribution (Fisher 1922,
    https://doi.org/10.2307/2340521), as ``scipy.stats.fisher_exact(..., alternative="greater")`` has it for
    one table. 0 to 1; small where the share has grown.

    Args:
        later: papers of the later years about each concept.
        later_total: papers of the later years.
        earlier: papers of the earlier years about each concept.
        earlier_total: papers of the earlier years.

    Example:
        >>> fisher(np.array([3]), 3, np.array([0]), 3).round(6).tolist()
        [0.05]
    """
    tail = hypergeom.sf(later - 1, later_total + earlier_total, later + earlier, later_total)
    return np.clip(np.asarray(tail, dtype=np.float64), 0.0, 1.0)


def log_odds_ratio(
    later: int, later_total: int, earlier: int, earlier_total: int, settings: EmergenceSettings
) -> tuple[float, float, float]:
    """The logarithm of the odds ratio of two shares, and its confidence interval.

    With a pseudo-count in each cell of the table (Haldane 1956, Anscombe 1956), so that it is finite where a
    concept is new; the interval is the logit interval of Woolf (1955): the estimate plus and minus z times the
    root of the sum of the inverse cells. 0 where both shares are equal, above 0 where the later is larger.

    Args:
        later: later papers about the concept.
        later_total: later papers.
        earlier: earlier papers about the concept.
        earlier_total: earlier papers.
        settings: the pseudo-count and the interval's confidence.

    Returns:
        The estimate, and where the interval begins and ends.

    Example:
        >>> settings = EmergenceSettings(minimum_papers=1, pseudo_papers=0.5, confidence=0.95)
        >>> [round(x, 3) for x in log_odds_ratio(30, 100, 10, 100, settings)]
        [1.316, 0.549, 2.083]
    """
    cells = (later, later_total - later, earlier, earlier_total - earlier)
    a, b, c, d = (cell + settings.pseudo_papers for cell in cells)
    estimate = log(a / b) - log(c / d)
    margin = float(norm.ppf((1 + settings.confidence) / 2)) * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return estimate, estimate - margin, estimate + margin


def _of_common_venues(papers: Sequence[Paper], since: int) -> list[Paper]:
    """The papers of venues that have papers both before a year and from it on."""
    dated = [
        (paper, slug(paper.venue), paper.year) for paper in papers if paper.venue and paper.year is not None
    ]
    before = {venue for _, venue, year in dated if year < since}
    after = {venue for _, venue, year in dated if year >= since}
    return [paper for paper, venue, _ in dated if venue in before & after]
