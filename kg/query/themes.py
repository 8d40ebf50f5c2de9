"""What a build writes about, in tables: themes, trends, bursts and what emerges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.graph.bursts import Burst, bursts
from kg.graph.emergence import Emergence, emergence
from kg.graph.thematic import Theme, thematic_map
from kg.graph.trends import Trend, trends
from kg.records import Kind, Knowledge


@dataclass(frozen=True, slots=True)
class Subjects:
    """The concepts of one kind, as papers are about them.

    Attributes:
        kind: the kind.
        labels: of the concepts by key.
        themes: concepts that are written about together, those of most papers first.
        trends: how often papers are about each, the most frequent first.
        bursts: years in which more papers than usual are about one, the strongest first.
        emergence: by how surely the share of the papers has grown, the surest first.
    """

    kind: Kind
    labels: Mapping[str, str]
    themes: tuple[Theme, ...]
    trends: tuple[Trend, ...]
    bursts: tuple[Burst, ...]
    emergence: tuple[Emergence, ...]


def subjects(knowledge: Knowledge, kind: Kind, top: int) -> Subjects:
    """The themes, trends, bursts and emergence of the concepts of one kind.

    Args:
        knowledge: papers, concepts and assertions, in any order.
        kind: the kind.
        top: how many of each.

    Example:
        >>> from kg.graph.example import few_papers
        >>> found = subjects(few_papers(), Kind.TOPIC, 1)
        >>> [(trend.label, trend.papers) for trend in found.trends]
        [('parsing', 3)]
    """
    kinds = (kind,)
    return Subjects(
        kind,
        {concept.key: concept.pref_label for concept in knowledge.concepts if concept.kind is kind},
        thematic_map(knowledge, kinds)[:top],
        trends(knowledge, kinds)[:top],
        bursts(knowledge, kinds)[:top],
        emergence(knowledge, kinds)[:top],
    )
