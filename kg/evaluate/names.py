"""When two names count as one: the normal form of the reference scorer of the annotations.

It is cruder than :func:`kg.extract.words.normal_form`, and deliberately not the same function: a measure that
changed with the extractor would compare nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.evaluate.settings import settings

_SEPARATORS = re.compile(r"[-–_/]")
_DROPPED = re.compile(r"[^\w\s+*]")
_ES_PLURAL = re.compile(r"(?:ses|xes|ches|shes)\Z")


def normal_names(names: Iterable[str]) -> frozenset[str]:
    """The normal forms of names, without those of which nothing is left.

    Example:
        >>> sorted(normal_names(["GANs", "gan", "Generative-Adversarial Networks", "?"]))
        ['gan', 'generative adversarial network']
    """
    return frozenset(map(normalise, names)) - {""}


@cache
def normalise(name: str) -> str:
    """A name in lower case, its words singular and parted by spaces, without punctuation but ``+`` and ``*``.

    Example:
        >>> normalise("Q-learning_(DQN)  policies"), normalise("C++")
        ('q learning dqn policy', 'c++')
    """
    words = _DROPPED.sub("", _SEPARATORS.sub(" ", name.lower())).split()
    return " ".join(map(singular, words))


def singular(word: str) -> str:
    """The singular of a lower-case noun, by its ending alone.

    Example:
        >>> [singular(word) for word in ("losses", "policies", "networks", "bias", "analysis", "databases")]
        ['loss', 'policy', 'network', 'bias', 'analysis', 'database']
    """
    if word in settings().unchanged:
        return word
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and _ES_PLURAL.search(word) and not word.endswith("bases"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
