"""How sure a reading is: logistic regression over the features of a group.

The weights lie in ``data/confidence.json`` and are fitted by ``benchmarks/fit_extraction.py`` on annotated
abstracts: a group is right where a careful librarian indexes the paper under that concept with that kind.
"""

from __future__ import annotations

from kg.extract.logistic import Features, model, probability


def default_threshold() -> float:
    """The confidence from which a reading is asserted: the best F1 on the training annotations."""
    return float(model("confidence")["threshold"])


def floor() -> float:
    """The confidence below which a name outside the vocabulary is not even a mention."""
    return float(model("confidence")["floor"])


def confidence(values: Features) -> float:
    """The probability, 0 to 1, that a group with these features is a concept of its paper.

    Example:
        >>> 0.0 < confidence({"bias": 1.0}) < 0.5
        True
    """
    return probability(model("confidence")["weights"], values)
