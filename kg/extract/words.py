"""Words in their normal form: what makes two printed names the same name."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_SEPARATORS = re.compile(r"[-‐‑‒–—_/\s]+")
_PUNCTUATION = re.compile(r"[^\w\s+*#]")
_ES_PLURAL = re.compile(r"(?:ss|x|ch|sh|z)es\Z")


@cache
def data(name: str) -> dict[str, Any]:
    """A data file of this room, parsed.

    Args:
        name: file name below ``data/``, without ``.toml``.
    """
    return tomllib.loads(files("kg.extract").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of ``data/words.toml``."""
    return frozenset(data("words")[name])


@cache
def singular(word: str) -> str:
    """The singular of a lower-case noun, by the regular endings and a list of exceptions.

    Example:
        >>> [singular(w) for w in ("networks", "policies", "losses", "bias", "analysis", "axes")]
        ['network', 'policy', 'loss', 'bias', 'analysis', 'axis']
    """
    irregular: dict[str, str] = data("words")["irregular_plurals"]
    if word in irregular:
        return irregular[word]
    regular = _without_ending(word)
    return irregular.get(regular, regular)


def _without_ending(word: str) -> str:
    if len(word) <= 3 or word in word_list("invariable") or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if _ES_PLURAL.search(word):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


@cache
def normal_form(name: str) -> str:
    """A name without case, hyphens, punctuation and plurals.

    Example:
        >>> normal_form("Graph-Neural  Networks")
        'graph neural network'
        >>> normal_form("CIFAR-10") == normal_form("CIFAR 10")
        True
    """
    words = _PUNCTUATION.sub("", _SEPARATORS.sub(" ", name.lower())).split()
    return " ".join(singular(word) for word in words)


def has_capital_inside(word: str) -> bool:
    """Whether a word is an acronym or in mixed case, so that its case is part of the name.

    Example:
        >>> [has_capital_inside(w) for w in ("GAN", "ImageNet", "D4RL", "Adam", "learning", "A")]
        [True, True, True, False, False, False]
    """
    return len(word) > 1 and any(character.isupper() for character in word[1:])
