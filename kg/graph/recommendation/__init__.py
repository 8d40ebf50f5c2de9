"""Recommendation: who to work with, and who could review a paper, each with what speaks for it.

``network`` prepares the people of a corpus for ``collaborators``, ``expertise`` for ``reviewers``.
"""

from __future__ import annotations

from kg.graph.recommendation.collaborators import Recommendation, collaborators
from kg.graph.recommendation.explanation import Explanation, Step
from kg.graph.recommendation.learning import learn
from kg.graph.recommendation.model import Model, shipped_model
from kg.graph.recommendation.network import Network, network
from kg.graph.recommendation.reviewers import (
    Evidence,
    Expertise,
    Reviewer,
    conflicts,
    expertise,
    reviewers,
)

__all__ = [
    "Evidence",
    "Expertise",
    "Explanation",
    "Model",
    "Network",
    "Recommendation",
    "Reviewer",
    "Step",
    "collaborators",
    "conflicts",
    "expertise",
    "learn",
    "network",
    "reviewers",
    "shipped_model",
]
