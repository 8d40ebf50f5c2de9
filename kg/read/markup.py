r"""Mark-up out of titles and abstracts, before anything else reads them: LaTeX, HTML, JATS and MathML.

Only what is surely mark-up changes. Words broken over lines, spaces and misprints stay as they are, since what the
graph quotes must stand in its text.
"""

from __future__ import annotations

import re
from functools import cache

from kg.read.markup_data import markup
from kg.read.running_latex import read_latex
from kg.read.tags import read_tags


def without_markup(text: str) -> str:
    r"""A text as a reader would see it; one longer than any abstract stays as it is.

    Example:
        >>> without_markup(r"<i>Fast</i> $k$-means in $\ell_2$: R\'enyi &amp; \emph{friends}")
        'Fast k-means in ℓ2: Rényi & friends'
    """
    return read_latex(read_tags(text)) if len(text) <= markup()["limits"]["text"] else text


def without_rider(title: str) -> str:
    """A title without what the publisher set behind it.

    Example:
        >>> without_rider("Learning to Walk (Student Abstract)"), without_rider("Learning (Provably)")
        ('Learning to Walk', 'Learning (Provably)')
    """
    found = _rider().search(title)
    return title if found is None else title[: found.start()].rstrip() or title


@cache
def _rider() -> re.Pattern[str]:
    riders = "|".join(f"(?:{rider})" for rider in markup()["title"]["riders"])
    return re.compile(rf"\s*(?:\((?:{riders})\)|\[(?:{riders})\])\s*\.?$", re.IGNORECASE)
