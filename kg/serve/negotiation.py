"""Which of the forms that are offered a client would rather have.

Proactive negotiation by the Accept header, RFC 9110, section 12.5.1,
https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_PARTS = re.compile(r'((?:[^,"]|"(?:[^"\\]|\\.)*")+)')  # elements of a list; a quoted comma parts nothing
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*((?:;.*)?)\Z", re.DOTALL)
_PARAMETER = re.compile(rf';\s*({_TOKEN})\s*=\s*({_TOKEN}|"(?:[^"\\]|\\.)*")\s*')
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\Z")
_MOST_RANGES = 100  # a browser sends ten; more than this are not read


@dataclass(frozen=True, slots=True)
class _Range:
    """A media range: ``text/*;level=1;q=0.5``."""

    kind: str
    subkind: str
    parameters: frozenset[tuple[str, str]]
    quality: float

    def specificity(self, offer: _Range) -> int:
        """How exactly the range names an offer, from 1 (``*/*``); 0 where it does not."""
        if self.kind == "*":
            return 1 if self.subkind == "*" else 0
        if self.kind != offer.kind:
            return 0
        if self.subkind == "*":
            return 2
        if self.subkind != offer.subkind or not self.parameters <= offer.parameters:
            return 0
        return 3 + len(self.parameters)


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type to answer with.

    Of several ranges that name an offer, the most exact one tells its quality; of offers of equal quality the
    first is taken. A range that cannot be read counts for nothing; a header with none that can is as no header.

    Args:
        accept: the Accept header, its lines joined by commas; None where the client sent none.
        offered: media types, the one liked best first.

    Returns:
        One of those offered; None where the client takes none of them.

    Example:
        >>> choose("text/*;q=0.5, application/json", ["text/csv", "application/json"])
        'application/json'
        >>> choose("*/*, text/csv;q=0", ["text/csv", "text/tab-separated-values"])
        'text/tab-separated-values'
        >>> choose("image/png", ["text/csv"]) is None
        True
    """
    ranges = _ranges(accept or "")
    if not ranges:
        return offered[0]
    best, best_quality = None, 0.0
    for offer in offered:
        quality = _quality(ranges, offer)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def _quality(ranges: Sequence[_Range], offer: str) -> float:
    read = _range(offer)
    assert read is not None, f"{offer} is no media type"
    exactness = [(media_range.specificity(read), media_range.quality) for media_range in ranges]
    most_exact = max(exactness, key=lambda pair: pair[0])
    return most_exact[1] if most_exact[0] else 0.0


def _ranges(accept: str) -> list[_Range]:
    parts = (part.group() for _, part in zip(range(_MOST_RANGES), _PARTS.finditer(accept), strict=False))
    return [read for read in map(_range, parts) if read is not None]


@lru_cache(maxsize=256)  # clients name the same few again and again
def _range(text: str) -> _Range | None:
    """A media range; None where it is none."""
    found = _RANGE.match(text)
    if found is None:
        return None
    parameters: set[tuple[str, str]] = set()
    quality = 1.0
    for name, value in _PARAMETER.findall(found.group(3)):
        if name.lower() == "q":
            if not _QUALITY.match(value):
                return None
            quality = float(value)
            break  # what follows the weight is no parameter of the media type
        parameters.add((name.lower(), value.strip('"').lower()))
    return _Range(found.group(1).lower(), found.group(2).lower(), frozenset(parameters), quality)
