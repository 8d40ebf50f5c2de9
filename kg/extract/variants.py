"""When two names of one paper are variants of one another: "convolutional net" and "convolutional network".

Only the last words are looked at, after the tables of ``data/variants.toml``. Names that differ otherwise are
the same thing only where the vocabulary or the paper's own definition says so.
"""

from __future__ import annotations

from functools import cache

from kg.extract.words import data


@cache
def stem(name: str) -> str:
    """What variants of a name have in common.

    Args:
        name: in its normal form.

    Example:
        >>> stem("fully connected net") == stem("fully connected neural network")
        True
        >>> stem("sharpness aware method"), stem("excess risk bound"), stem("neural network")
        ('sharpness aware method', 'excess risk bound', 'neural network')
    """
    words = name.split()
    while len(words) > 2 and words[-1] in data("variants")["hollow"]:
        words.pop()
    return " ".join(_in_one_form(words))


def _in_one_form(words: list[str]) -> list[str]:
    """The words with the last of them in the form that stands for its variants."""
    for length in (2, 1):
        ending = " ".join(words[-length:])
        if len(words) > length and ending in data("variants")["endings"]:
            return [*words[:-length], *data("variants")["endings"][ending].split()]
    return words
