"""What a paper does with a method or a data set: introduces, uses, compares with or studies it.

One logistic regression a role over the features of a group, in ``data/roles.json``, fitted by
``benchmarks/fit_extraction.py`` on annotated abstracts.
"""

from __future__ import annotations

from kg.extract.logistic import Features, model, probability
from kg.records import Kind, Role

_FIXED = {Kind.TOPIC: Role.HAS_TOPIC, Kind.METRIC: Role.EVALUATES_WITH}
_OF_THE_NAME = ("name=", "concept=", "first=", "head=")


def role_of(kind: Kind, values: Features) -> Role:
    """The role of a concept in its paper.

    A topic is a topic and a metric measures. A method or data set is introduced where that is likelier than
    the model's threshold, which is set for precision; else the likeliest other role holds.

    Args:
        kind: the concept's kind.
        values: the features of its group.
    """
    if kind in _FIXED:
        return _FIXED[kind]
    shape = role_features(values)
    fitted = model("roles")
    likely = {role: probability(weights, shape) for role, weights in fitted["weights"].items()}
    if likely.pop(Role.INTRODUCES) >= fitted["threshold"]:
        return Role.INTRODUCES
    return Role(max(sorted(likely), key=lambda role: likely[role]))


def role_features(values: Features) -> Features:
    """The features that tell a role: how and where a name stands, not which name it is."""
    return {name: value for name, value in values.items() if not name.startswith(_OF_THE_NAME)}
