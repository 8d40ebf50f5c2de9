"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Extractor(StrEnum):
    """The extractors, by the names that :data:`kg.extract.judges.EXTRACTORS` gives them."""

    FAST = "fast"
    ACCURATE = "accurate"


Folder = Annotated[Path, typer.Argument(help="The folder of a build.", metavar="DIR")]
Graph = Annotated[Path, typer.Option("-g", "--graph", help="graph.ttl, or its folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Top = Annotated[int, typer.Option(min=1, help="How many at most.", metavar="N")]
Vocabularies = Annotated[
    list[Path] | None, typer.Option(help="Turtle file with more SKOS concepts; may be repeated.")
]
MinConfidence = Annotated[
    float | None, typer.Option(min=0.0, max=1.0, help="Readings below it stay mentions.")
]
