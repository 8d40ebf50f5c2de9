"""How sure ranks and communities are: both found again in resampled papers."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np

from kg.graph.resampling import CHEAP, Measure, bootstrap, rank_attributes
from kg.graph.rounding import significant
from kg.graph.stability import by_resampling
from kg.graph.uncertainty import uncertainty_settings
from kg.records import Knowledge


def error_bars(knowledge: Knowledge, coauthors: nx.Graph, resamples: int) -> Knowledge:
    """Tell how sure the ranks of people and the communities are.

    Args:
        knowledge: all records, communities among them.
        coauthors: the co-authorship graph of :func:`kg.graph.analysis.analyse`, which gets of each node
            ``<measure>_rank``, ``<measure>_rank_low`` and ``<measure>_rank_high``
            (:func:`kg.graph.resampling.rank_attributes`), and itself ``partition_adjusted_rand``,
            ``partition_mutual_information`` and ``partition_resamples``.
        resamples: how often papers are drawn anew, above 0.

    Returns:
        The knowledge, its communities with their stability.

    Raises:
        ValueError: where resamples is not above 0.
    """
    small = len(coauthors) <= uncertainty_settings().ranks.betweenness_up_to
    measures = (*CHEAP, Measure.BETWEENNESS) if small else CHEAP
    nx.set_node_attributes(coauthors, rank_attributes(bootstrap(knowledge, measures, resamples)))
    number = {community.id: place for place, community in enumerate(knowledge.communities)}
    parts = np.array([number[coauthors.nodes[author]["community"]] for author in coauthors], np.int64)
    found = by_resampling(knowledge, parts, resamples)
    coauthors.graph |= {
        "partition_adjusted_rand": significant(found.adjusted_rand),
        "partition_mutual_information": significant(found.mutual_information),
        "partition_resamples": found.runs,
    }
    stable = [
        replace(community, stability=significant(float(found.jaccard[place])))
        for place, community in enumerate(knowledge.communities)
    ]
    return replace(knowledge, communities=tuple(stable))
