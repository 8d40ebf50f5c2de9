"""``kg train``: the extractor's data files, made anew from annotations and raw texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kg.commands.console import err, fail, out, plainly, warn
from kg.query.plain import printable

_BASE_FILES = ("model.safetensors", "tokenizer.json")
_PACKAGES = ("torch", "safetensors", "onnx")
_EXTRA = f"pip install 'paperkg[train]' ({', '.join(_PACKAGES)})"
_NEEDS = {
    "GOLD.jsonl": "annotated abstracts in JSON Lines, one object a paper: "
    '{"id": "...", "title": "...", "abstract": "...", '
    '"concepts": [{"type": "method", "label": "DETR", "surfaces": ["DETR"], "role": "introduces"}], '
    '"relations": [["usedFor", "DETR", "object detection"]]}; without title and abstract where the texts hold them',
    "--texts PATH": "raw papers in any form that kg build reads, a file or a folder; may be repeated",
    "--base FOLDER": f"the base encoder all-MiniLM-L6-v2: a folder with {' and '.join(_BASE_FILES)}",
    "packages": _EXTRA,
}


def train(
    gold: Annotated[
        list[Path] | None,
        typer.Argument(help="Annotated abstracts, JSON Lines, one paper a line.", metavar="GOLD.jsonl..."),
    ] = None,
    texts: Annotated[
        list[Path] | None,
        typer.Option(help="Raw papers, a file or a folder; may be repeated.", metavar="PATH"),
    ] = None,
    held_out: Annotated[
        list[Path] | None,
        typer.Option(
            help="Annotated papers to measure by, never learnt from; may be repeated.", metavar="GOLD.jsonl"
        ),
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(help="Folder of the base encoder, all-MiniLM-L6-v2.", metavar="FOLDER"),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="A stage to run instead of all; may be repeated.", metavar="STAGE"),
    ] = None,
) -> None:
    """Make the data files of the extractor anew, from annotated abstracts and raw texts.

    Example: kg train GOLD.jsonl --texts papers --base all-MiniLM-L6-v2
    """
    if not gold or not (only or (texts and base)):
        _tell_needs()
    missing = list(_missing([*gold, *(held_out or [])], texts or [], base))
    for line in missing:
        warn(line)
    if missing:
        raise typer.Exit(1)
    with plainly():
        _run(gold, texts or [], held_out or [], base, only or [])


def _tell_needs() -> NoReturn:
    """Say what training needs and end as after wrong usage."""
    warn("training needs")
    for name, told in _NEEDS.items():
        err.print(f"  {name}: {told}", markup=False)
    raise typer.Exit(2)


def _missing(gold: Sequence[Path], texts: Sequence[Path], base: Path | None) -> Iterator[str]:
    """A line for each thing that training needs and that is not there."""
    for path in gold:
        if not path.is_file():
            yield f"{path}: no such file; give {_NEEDS['GOLD.jsonl']}"
    for path in texts:
        if not path.exists():
            yield f"{path}: no such file or folder; give --texts {_NEEDS['--texts PATH']}"
    if base is not None and (lacking := [name for name in _BASE_FILES if not (base / name).is_file()]):
        yield f"{base}: holds no {' and no '.join(lacking)}; give --base {_NEEDS['--base FOLDER']}"
    if base is not None and (absent := [name for name in _PACKAGES if find_spec(name) is None]):
        yield f"an encoder is trained with {', '.join(absent)}, not installed here; run: {_EXTRA}"


def _run(
    gold: Sequence[Path],
    texts: Sequence[Path],
    held_out: Sequence[Path],
    base: Path | None,
    only: Sequence[str],
) -> None:
    from kg.train.training import STAGES
    from kg.train.training import train as train_stages

    for stage in only:
        if stage not in STAGES:
            fail(f"--only {stage}: no such stage; use {', '.join(STAGES)}", status=2)
    train_stages(gold, texts, held_out, base, tuple(only) or STAGES, say=_say)


def _say(line: str) -> None:
    out.print(printable(line), markup=False)
