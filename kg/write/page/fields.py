"""The few fields by which the map is coloured: topics that cover most of the groups between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.records import Community, Concept, Kind, Knowledge
from kg.write.page.settings import Fields as How


@dataclass(frozen=True, slots=True)
class Fields:
    """Which topics are fields, and which field each group belongs to.

    Attributes:
        topics: the fields, the one with most people first.
        of_group: number of the field by community; ``len(topics)`` for those of no field.
    """

    topics: tuple[Concept, ...]
    of_group: Mapping[str, int]


def choose_fields(knowledge: Knowledge, how: How) -> Fields:
    """Choose fields and give each group the one that most of its papers are about.

    A topic can be the field of a group where enough of the group's papers have it or something narrower, and
    clearly more of them than of all papers.
    Fields are chosen greedily: each time the topic that is possible for the groups with most people and papers
    among those that have none yet.
    A topic that too many papers share tells nothing apart and is never chosen.

    Args:
        knowledge: all records.
        how: how many fields, and what makes a topic one.
    """
    topics = {c.key: c for c in knowledge.concepts if c.kind is Kind.TOPIC}
    about = _topics_of_papers(knowledge, topics)
    spread = Counter(topic for found in about.values() for topic in found)
    too_broad = max(2.0, how.broadest_share * len(knowledge.papers))
    shares = {
        group.id: {
            topic: share
            for topic, share in _shares(group, about).items()
            if share >= max(how.minimum_share, how.minimum_lift * spread[topic] / len(knowledge.papers))
            and spread[topic] <= too_broad
        }
        for group in knowledge.communities
    }
    chosen = _greedy(knowledge.communities, shares, spread, how.at_most)
    of_group = {group.id: _best(shares[group.id], chosen) for group in knowledge.communities}
    people: Counter[int] = Counter()
    for group in knowledge.communities:
        people[of_group[group.id]] += len(group.members)
    order = sorted(range(len(chosen)), key=lambda number: (-people[number], chosen[number]))
    rank = {old: new for new, old in enumerate(order)}
    return Fields(
        tuple(topics[chosen[old]] for old in order),
        {group: rank.get(number, len(chosen)) for group, number in of_group.items()},
    )


def _topics_of_papers(knowledge: Knowledge, topics: Mapping[str, Concept]) -> dict[str, set[str]]:
    """Keys of each paper's topics and of everything broader."""
    about: dict[str, set[str]] = defaultdict(set)
    for assertion in knowledge.assertions:
        if assertion.concept in topics:
            about[assertion.paper] |= _upwards(assertion.concept, topics)
    return about


def _upwards(key: str, topics: Mapping[str, Concept]) -> set[str]:
    found: set[str] = set()
    waiting = [key]
    while waiting:
        current = waiting.pop()
        if current in topics and current not in found:
            found.add(current)
            waiting += [f"{Kind.TOPIC}/{broader}" for broader in topics[current].broader]
    return found


def _shares(group: Community, about: Mapping[str, set[str]]) -> dict[str, float]:
    counts = Counter(topic for paper in group.papers for topic in about.get(paper, ()))
    return {topic: count / len(group.papers) for topic, count in counts.items()}


def _greedy(
    groups: Sequence[Community],
    shares: Mapping[str, Mapping[str, float]],
    spread: Mapping[str, int],
    at_most: int,
) -> list[str]:
    chosen: list[str] = []
    left = list(groups)
    while len(chosen) < at_most:
        gain: Counter[str] = Counter()
        for group in left:
            for topic in shares[group.id]:
                gain[topic] += len(group.members) * len(group.papers)
        if not gain:
            break
        best = min(gain, key=lambda topic: (-gain[topic], spread[topic], topic))
        chosen.append(best)
        left = [group for group in left if best not in shares[group.id]]
    return chosen


def _best(shares: Mapping[str, float], chosen: Sequence[str]) -> int:
    """The number of the chosen topic with the highest share, the later (narrower) one where two are even."""
    possible = [
        (share, number) for number, topic in enumerate(chosen) if (share := shares.get(topic, 0.0)) > 0
    ]
    return max(possible)[1] if possible else len(chosen)
