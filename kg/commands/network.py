"""``kg network``: the co-authorship network, and what is written about, in tables."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.console import out, plainly, print_columns, print_json
from kg.commands.options import AsJson, Graph, Top
from kg.records import Kind

if TYPE_CHECKING:
    from kg.query.network import Place, Portrait
    from kg.query.themes import Subjects

_CONCEPTS_TOLD = 6  # of a theme
_YEARS_TOLD = 6


class Of(StrEnum):
    """What ``kg network`` tells of."""

    PEOPLE = "people"
    TOPICS = "topics"
    METHODS = "methods"
    DATASETS = "datasets"
    METRICS = "metrics"


_KINDS = {
    Of.TOPICS: Kind.TOPIC,
    Of.METHODS: Kind.METHOD,
    Of.DATASETS: Kind.DATASET,
    Of.METRICS: Kind.METRIC,
}


def network(
    graph: Graph = Path("exports"),
    of: Annotated[
        Of, typer.Option("--of", help="People who write together, or what they write about.")
    ] = Of.PEOPLE,
    top: Top = 10,
    as_json: AsJson = False,
) -> None:
    """Describe the network: facts on the whole and who comes first, or the themes and trends of concepts.

    Example: kg network --of topics
    """
    if of is Of.PEOPLE:
        _people(graph, top, as_json)
    else:
        _subjects(graph, _KINDS[of], top, as_json)


def _people(graph: Path, top: int, as_json: bool) -> None:
    from kg.query.network import portrait, read_coauthors

    with plainly():
        found = portrait(read_coauthors(graph), top)
    if as_json:
        print_json(
            {
                "graph": {fact.name: fact.value for fact in found.facts},
                "top": {
                    measure: [asdict(place) for place in places] for measure, places in found.top.items()
                },
            }
        )
    else:
        _print_portrait(found)


def _print_portrait(found: Portrait) -> None:
    from kg.query.network import MEASURES

    facts = [
        (fact.words, _number(fact.value)) for fact in found.facts if not _says_nothing(fact.name, fact.value)
    ]
    print_columns("The co-authorship network", ("", "value"), facts, numbers=1)
    for measure, places in found.top.items():
        resampled = any(place.low is not None for place in places)
        estimated = any(place.error is not None for place in places)
        header = ["rank", *(["where it may be"] if resampled else []), "person", "value"]
        rows = [_row(place, resampled) for place in places]
        if estimated:
            header.append("±")
            rows = [
                [*row, "" if place.error is None else _number(place.error)]
                for row, place in zip(rows, places, strict=True)
            ]
        print_columns(f"First by {MEASURES[measure]}", header, rows, numbers=1 + estimated)


def _row(place: Place, resampled: bool) -> list[str]:
    interval = f"{place.low} to {place.high}" if place.low is not None else ""
    return [str(place.rank), *([interval] if resampled else []), place.name, _number(place.value)]


def _says_nothing(name: str, value: float | str) -> bool:
    """Whether it is an error of something exact."""
    return name.endswith(("_error", "_bound")) and value == 0


def _number(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.4g}" if isinstance(value, float) else f"{value}"


def _subjects(graph: Path, kind: Kind, top: int, as_json: bool) -> None:
    from kg.query.tables import folder_of, read_knowledge
    from kg.query.themes import subjects

    with plainly():
        found = subjects(read_knowledge(folder_of(graph)), kind, top)
    if as_json:
        print_json({name: content for name, content in asdict(found).items() if name != "labels"})
        return
    _print_themes(found)
    _print_trends(found)
    _print_bursts(found)
    _print_emergence(found)


def _print_themes(found: Subjects) -> None:
    if not found.themes:
        out.print(f"no themes: too few papers are about several frequent {found.kind} concepts", markup=False)
        return
    rows = []
    for theme in found.themes:
        told = [found.labels.get(key, key) for key in theme.concepts]
        more = [f"and {len(told) - _CONCEPTS_TOLD} more"] if len(told) > _CONCEPTS_TOLD else []
        concepts = ", ".join([*told[:_CONCEPTS_TOLD], *more])
        figures = (str(len(theme.papers)), _number(theme.centrality), _number(theme.density))
        rows.append((theme.label, str(theme.quadrant), concepts, *figures))
    header = ("theme", "place", "concepts", "papers", "centrality", "density")
    print_columns("Themes: concepts that are written about together", header, rows, numbers=3)


def _print_trends(found: Subjects) -> None:
    if not found.trends:
        out.print(f"no trends: no paper is about a {found.kind}", markup=False)
        return
    years = [count.year for count in found.trends[0].by_year][-_YEARS_TOLD:]
    rows = []
    for trend in found.trends:
        shares = [f"{count.share:.1%}" for count in trend.by_year][-_YEARS_TOLD:]
        rows.append((trend.label, str(trend.papers), *shares))
    title = "Trends: papers, and the share of each year's papers"
    print_columns(title, ("concept", "papers", *map(str, years)), rows, numbers=1 + len(years))


def _print_bursts(found: Subjects) -> None:
    if not found.bursts:
        out.print("no bursts: in no year are markedly more papers than usual about a concept", markup=False)
        return
    rows = [
        (b.label, f"{b.start} to {b.end}", f"{b.papers} of {b.total}", _number(b.weight))
        for b in found.bursts
    ]
    print_columns("Bursts (Kleinberg)", ("concept", "years", "papers", "weight"), rows, numbers=2)


def _print_emergence(found: Subjects) -> None:
    if not found.emergence:
        out.print(
            "nothing to compare: papers of two years or more are needed to see what emerges", markup=False
        )
        return
    rows = [
        (
            e.label,
            f"{e.earlier} of {e.earlier_total}",
            f"{e.later} of {e.later_total}",
            f"{e.log_odds_ratio:.2f} ({e.lower:.2f} to {e.upper:.2f})",
            f"{e.q_value:.2g}",
        )
        for e in found.emergence
    ]
    since = found.emergence[0].since
    header = ("concept", f"before {since}", f"since {since}", "log odds ratio", "q-value")
    print_columns("Emergence: shares that have grown, the surest first", header, rows, numbers=4)
