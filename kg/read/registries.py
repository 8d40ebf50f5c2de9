"""Ids that papers have elsewhere (arXiv, PubMed, DBLP and more) in one form each, from ``registries.toml``.

Two records are of one paper where they share such an id, therefore each is brought into one form: arXiv's without
version, PubMed's at its present address.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.read.limits import limits
from kg.records import Paper


@dataclass(frozen=True, slots=True)
class Registry:
    """A place that gives papers ids.

    Attributes:
        name: its name in ``registries.toml``.
        pattern: what an id may look like.
        form: the id in its one form, as a template for :meth:`re.Match.expand`.
        case: ``upper`` or ``lower`` where cases are not told apart, else empty.
    """

    name: str
    pattern: re.Pattern[str]
    form: str
    case: str = ""

    def canonical(self, text: str) -> str | None:
        """The id in its one form; None where it is not of this registry."""
        found = self.pattern.fullmatch(text)
        if not found:
            return None
        prefix, place, rest = self.form.partition("\\g<")
        own = found.expand(place + rest)
        return prefix + (getattr(own, self.case)() if self.case else own)


@dataclass(frozen=True, slots=True, order=True)
class KnownId:
    """An id in its one form.

    Attributes:
        registry: the name of the registry that gave it; ``doi`` for a DOI.
        form: the id.
    """

    registry: str
    form: str


@cache
def registries() -> tuple[Registry, ...]:
    """The registries that are known, in the order of the file."""
    tables = tomllib.loads(files("kg.read").joinpath("registries.toml").read_text(encoding="utf-8"))
    return tuple(
        Registry(name, re.compile(table["pattern"], re.IGNORECASE), table["form"], table.get("case", ""))
        for name, table in tables.items()
    )


def known(text: str) -> KnownId | None:
    """An id as its registry's name and its one form; None where no registry is known that gives such ids.

    Example:
        >>> known("http://arxiv.org/pdf/2010.04159v4.pdf")
        KnownId(registry='arxiv', form='https://arxiv.org/abs/2010.04159')
        >>> known("https://www.ncbi.nlm.nih.gov/pubmed/33526905").form
        'https://pubmed.ncbi.nlm.nih.gov/33526905'
        >>> known("https://example.org/33526905") is None
        True
    """
    plain = text.strip()
    if len(plain) > limits().name_characters:
        return None
    found = ((registry.name, registry.canonical(plain)) for registry in registries())
    return next((KnownId(name, form) for name, form in found if form), None)


def told_ids(paper: Paper) -> Iterator[KnownId]:
    """The ids that a record gives its paper: DOI and further ones."""
    if paper.doi:
        yield KnownId("doi", f"https://doi.org/{paper.doi}")
        if paper.doi.startswith("10.48550/"):
            yield from _known([paper.doi])
    yield from _known(paper.identifiers)


def address_id(paper: Paper) -> KnownId | None:
    """The id that the address of a paper holds; weaker than one given, since lists copy addresses from line to line."""
    return known(paper.url) if paper.url else None


def _known(texts: Sequence[str]) -> Iterator[KnownId]:
    return (found for found in map(known, texts) if found)
