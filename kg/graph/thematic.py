"""Topic map and thematic map: themes as communities of concepts, and where each stands in its field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from kg.graph.cooccurrence import Cooccurrence, as_graph, cooccurrence_matrices, equivalence_index
from kg.graph.incidence import EVERY_ROLE
from kg.graph.mapping import mapping_settings
from kg.graph.measures import Floats, Integers
from kg.graph.partition import partition
from kg.graph.rounding import significant
from kg.records import Kind, Knowledge, Role

_TOPICS = (Kind.TOPIC,)


class Quadrant(StrEnum):
    """Where a theme stands on the thematic map."""

    MOTOR = "motor"  # central and dense: well developed, and the field turns on it
    BASIC = "basic"  # central, not dense: general, runs through the field
    NICHE = "niche"  # dense, not central: well developed, apart from the field
    EMERGING_OR_DECLINING = "emerging or declining"  # neither


@dataclass(frozen=True, slots=True)
class Theme:
    """Concepts that are written about together.

    Attributes:
        id: the key of its most central concept.
        label: that concept's label.
        concepts: keys of its concepts, the most central within it first.
        papers: ids of the papers about at least two of them (its core documents), sorted.
        centrality: Callon's, how much it is linked to other themes; 0 or more.
        density: Callon's, how much its concepts are linked to one another; 0 or more.
        quadrant: where the two put it among all themes.
    """

    id: str
    label: str
    concepts: tuple[str, ...]
    papers: tuple[str, ...]
    centrality: float
    density: float
    quadrant: Quadrant


def topic_map(
    knowledge: Knowledge,
    kinds: Collection[Kind] = _TOPICS,
    *,
    roles: Collection[Role] = EVERY_ROLE,
    minimum_papers: int | None = None,
    resolution: float | None = None,
) -> nx.Graph:
    """The co-occurrence network parted into themes.

    The themes are the communities that :func:`kg.graph.partition.partition` finds by association strength.

    Args:
        knowledge: papers, concepts and assertions, in any order.
        kinds: the kinds of concepts.
        roles: the roles that make a paper be about a concept.
        minimum_papers: papers that a concept must occur in; that of the settings where it is None.
        resolution: more gives more and smaller themes; that of the settings where it is None.

    Returns:
        The graph of :func:`kg.graph.cooccurrence.cooccurrence`, with ``theme`` on each node: the key of the
        most central concept of its theme, which is the ``id`` of one in :func:`thematic_map` unless the theme
        is too small for that.

    Example:
        >>> from kg.graph.example import few_papers
        >>> dict(topic_map(few_papers(), minimum_papers=1).nodes(data="theme"))["topic/tagging"]
        'topic/parsing'
    """
    network = cooccurrence_matrices(knowledge, kinds, roles=roles, minimum_papers=minimum_papers)
    graph = as_graph(network)
    keys = [concept.key for concept in network.incidence.concepts]
    for members in _themes(network, _equivalence(network), resolution):
        for member in members:
            graph.nodes[keys[member]]["theme"] = keys[members[0]]
    return graph


def thematic_map(
    knowledge: Knowledge,
    kinds: Collection[Kind] = _TOPICS,
    *,
    roles: Collection[Role] = EVERY_ROLE,
    minimum_papers: int | None = None,
    resolution: float | None = None,
) -> tuple[Theme, ...]:
    """The themes of :func:`topic_map` with centrality, density and quadrant, those of most papers first.

    Themes of fewer concepts than a setting are left out. The quadrants are parted at the medians of the themes
    that remain; a theme on a median counts as above it, so that with an odd number more are above than below.

    :func:`centrality_and_density` has the formulas. They are those of Callon and of Cobo et al., over the
    equivalence index. The bibliometrix package draws the same map but, in current versions, sums association
    strengths, each link for one of its themes only, and parts the quadrants at mean ranks: its numbers differ,
    the meaning does not.

    Args:
        knowledge: papers, concepts and assertions, in any order.
        kinds: the kinds of concepts.
        roles: the roles that make a paper be about a concept.
        minimum_papers: papers that a concept must occur in; that of the settings where it is None.
        resolution: more gives more and smaller themes; that of the settings where it is None.

    Example:
        >>> from kg.graph.example import few_papers
        >>> [theme] = thematic_map(few_papers(), minimum_papers=1)
        >>> theme.label, theme.concepts, theme.papers, theme.centrality, theme.density
        ('parsing', ('topic/parsing', 'topic/tagging'), ('p1', 'p2'), 0.0, 33.3333333333)
    """
    network = cooccurrence_matrices(knowledge, kinds, roles=roles, minimum_papers=minimum_papers)
    equivalence = _equivalence(network)
    least = mapping_settings().themes.minimum_concepts
    # All themes are measured before the narrow ones are dropped: a link to one of those is external, too.
    parts = _themes(network, equivalence, resolution)
    theme = np.zeros(equivalence.shape[0], dtype=np.int64)
    for number, members in enumerate(parts):
        theme[list(members)] = number
    centrality, density = centrality_and_density(equivalence, theme)
    wide = [number for number, members in enumerate(parts) if len(members) >= least]
    places = [(significant(float(centrality[n])), significant(float(density[n]))) for n in wide]
    quadrants = _quadrants(places)
    concepts = network.incidence.concepts
    found = [
        Theme(
            concepts[parts[number][0]].key,
            concepts[parts[number][0]].pref_label,
            tuple(concepts[member].key for member in parts[number]),
            _papers(network, parts[number]),
            *place,
            quadrant,
        )
        for number, place, quadrant in zip(wide, places, quadrants, strict=True)
    ]
    return tuple(sorted(found, key=lambda t: (-len(t.papers), -len(t.concepts), t.id)))


def centrality_and_density(equivalence: csr_array, theme: Integers) -> tuple[Floats, Floats]:
    """Callon's centrality and density of each theme.

    With e the equivalence index and w the number of a theme's concepts::

        centrality = 10 * sum of e over the links of the theme's concepts to concepts of other themes
        density = 100 * sum of e over the links between its concepts, each once, / w

    (Callon, Courtial and Laville 1991, https://doi.org/10.1007/BF02019280; the factors as in Cobo et al. 2011,
    https://doi.org/10.1016/j.joi.2010.10.002.) A high centrality says that the field turns on the theme, a high
    density that the theme is developed in itself. Both are 0 or more; a theme of w concepts has a density of
    50 * (w - 1) at most.

    Args:
        equivalence: the equivalence index of pairs of concepts, symmetric.
        theme: each concept's theme, numbered from 0 without gaps.

    Returns:
        The centralities and the densities, in the order of the themes' numbers.

    Example:
        >>> e = csr_array(np.array([[0, 0.5, 0.25], [0.5, 0, 0], [0.25, 0, 0]]))
        >>> centrality, density = centrality_and_density(e, np.array([0, 0, 1]))
        >>> centrality.tolist(), density.tolist()
        ([2.5, 2.5], [25.0, 0.0])
    """
    count = int(theme.max(initial=-1)) + 1
    tails = np.repeat(theme, np.diff(equivalence.indptr))
    within = tails == theme[equivalence.indices]
    outside = _sums(tails[~within], equivalence.data[~within], count)
    inside = _sums(tails[within], equivalence.data[within], count) / 2
    return 10 * outside, 100 * inside / np.bincount(theme, minlength=count)


def _equivalence(network: Cooccurrence) -> csr_array:
    return equivalence_index(network.counts, network.incidence.occurrences)


def _themes(
    network: Cooccurrence, equivalence: csr_array, resolution: float | None
) -> tuple[tuple[int, ...], ...]:
    """The positions of the concepts of each theme, the most central within it first.

    A concept is central by the sum of its equivalence indices to the others of its theme, then by its papers.
    """
    settings = mapping_settings().themes
    chosen = settings.resolution if resolution is None else resolution
    labels = partition(network.association, chosen, settings.iterations)
    inside = _inside(equivalence, labels)
    papers = network.incidence.occurrences.tolist()
    parts: dict[int, list[int]] = defaultdict(list)
    for position, label in enumerate(labels.tolist()):
        parts[label].append(position)

    def centrality(position: int) -> tuple[float, int, int]:
        return -inside[position], -papers[position], position  # positions are in the order of keys

    return tuple(tuple(sorted(parts[label], key=centrality)) for label in sorted(parts))


def _inside(equivalence: csr_array, labels: Integers) -> list[float]:
    """The sum of each concept's equivalence indices to concepts of its own theme, rounded as it is stored."""
    rows = np.repeat(np.arange(len(labels)), np.diff(equivalence.indptr))
    within = labels[rows] == labels[equivalence.indices]
    sums = _sums(rows[within], equivalence.data[within], len(labels))
    return [significant(total) for total in sums.tolist()]


def _sums(groups: Integers, weights: Floats, count: int) -> Floats:
    """The sum of the weights of each group."""
    return np.asarray(np.bincount(groups, weights=weights, minlength=count), dtype=np.float64)


def _quadrants(places: Sequence[tuple[float, float]]) -> list[Quadrant]:
    """The quadrant of each pair of centrality and density, parted at the medians."""
    if not places:
        return []
    centre, middle = median(c for c, _ in places), median(d for _, d in places)
    names = {
        (True, True): Quadrant.MOTOR,
        (True, False): Quadrant.BASIC,
        (False, True): Quadrant.NICHE,
        (False, False): Quadrant.EMERGING_OR_DECLINING,
    }
    return [names[centrality >= centre, density >= middle] for centrality, density in places]


def _papers(network: Cooccurrence, members: Sequence[int]) -> tuple[str, ...]:
    """The papers about at least two of a theme's concepts, or about its only one."""
    about = network.incidence
    shared = np.asarray(about.matrix[:, sorted(members)].sum(axis=1))
    rows = np.flatnonzero(shared >= min(2, len(members)))
    return tuple(about.papers[row].id for row in rows.tolist())
