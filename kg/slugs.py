"""Slugs: the last part of an instance's IRI, ``[a-z0-9-]+``, a legal local name in Turtle."""

from __future__ import annotations

import hashlib
import re

from anyascii import anyascii

_LONGEST = 80
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """A slug for a name: transliterated, lower case, words joined by hyphens.

    A short hash of the text is added where letters or signs that tell names apart were lost ("C++" beside
    "C", names in scripts that have no transliteration) and where the slug would be longer than 80 characters.

    Example:
        >>> slug("Łukasz Kaiser"), slug("mean average precision"), slug("F₁")
        ('lukasz-kaiser', 'mean-average-precision', 'f1')
        >>> slug("C++") != slug("C")
        True
    """
    plain = anyascii(text).lower()
    found = _OTHER.sub("-", plain).strip("-")
    if len(found) > _LONGEST:
        return f"{found[: _LONGEST - 9].rstrip('-')}-{_hash(text)}"
    if _lost(text, plain, found):
        return f"{found}-{_hash(text)}".lstrip("-")
    return found


def _lost(text: str, plain: str, found: str) -> bool:
    """Whether the slug says less than the text: no letter left, a letter without transliteration, a sign."""
    if not found or re.search(r"[+#*]", plain):
        return True
    return any(letter.isalnum() and not _OTHER.sub("", anyascii(letter).lower()) for letter in text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
