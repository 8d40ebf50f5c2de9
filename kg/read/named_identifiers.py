"""Further ids of a paper as bibliographies name them: ``arXiv:2009.14794 [cs.LG]``, ``PMID: 33526905``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.read.registries import known

_SUBJECTS = re.compile(r"\[[^\[\]]*\]$")  # which arXiv prints behind an id


def addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """The ids that these texts are, in the one form of their registries, each once, in order; others are passed over.

    Example:
        >>> addresses(["arXiv:2009.14794v4 [cs, stat]", "PMID: 33526905", "Accepted at ICLR", "arXiv:2009.14794"])
        ('https://arxiv.org/abs/2009.14794', 'https://pubmed.ncbi.nlm.nih.gov/33526905')
    """
    found = (known(_SUBJECTS.sub("", text.strip()).strip()) for text in texts)
    return tuple(dict.fromkeys(identifier.form for identifier in found if identifier is not None))
