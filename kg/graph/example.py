"""Four papers on six concepts, small enough to count by hand: for examples and tests."""

from __future__ import annotations

from kg.records import (
    Assertion,
    Author,
    Authorship,
    Concept,
    Kind,
    Knowledge,
    Location,
    Paper,
    Role,
)

_TOPICS = {"parsing": "p1 p2 p3", "tagging": "p1 p2", "translation": "p4"}
_METHODS = {"adam": "p1 p4", "crf": "p2 p3", "lstm": "p4"}
_PAPERS = {
    "p1": ("Ann Bob", 2020, "iclr"),
    "p2": ("Ann Cyd", 2021, "iclr"),
    "p3": ("Cyd", 2021, "acl"),
    "p4": ("Dee", 2021, "acl"),
}


def few_papers() -> Knowledge:
    """What four papers are about; a printed name in lower case is a person's id.

    Example:
        >>> [concept.key for concept in few_papers().concepts]
        ['method/adam', 'method/crf', 'method/lstm', 'topic/parsing', 'topic/tagging', 'topic/translation']
    """
    kinds = ((Kind.METHOD, Role.USES, _METHODS), (Kind.TOPIC, Role.HAS_TOPIC, _TOPICS))
    names = sorted({name for printed, _, _ in _PAPERS.values() for name in printed.split()})
    assertions = [
        Assertion(paper, f"{kind}/{concept}", role, 0.9)
        for kind, role, about in kinds
        for concept, papers in about.items()
        for paper in papers.split()
    ]
    return Knowledge(
        papers=tuple(_paper(identifier, line) for line, identifier in enumerate(_PAPERS, start=1)),
        concepts=tuple(Concept(name, kind, name) for kind, _, about in kinds for name in about),
        mentions=(),
        assertions=tuple(sorted(assertions, key=lambda a: (a.paper, a.concept))),
        claims=(),
        authors=tuple(Author(name.lower(), name, (name,)) for name in names),
        authorships=tuple(
            Authorship(identifier, position, name.lower(), name)
            for identifier, (printed, _, _) in _PAPERS.items()
            for position, name in enumerate(printed.split(), start=1)
        ),
    )


def _paper(identifier: str, line: int) -> Paper:
    printed, year, venue = _PAPERS[identifier]
    where = Location("papers.md", line)
    return Paper(identifier, f"On {identifier}", tuple(printed.split()), "", year, venue, None, None, where)
