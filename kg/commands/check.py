"""``kg check``: whether a build holds what it promises."""

from __future__ import annotations

from pathlib import Path

import typer

from kg.commands.console import out, plainly, print_json
from kg.commands.options import AsJson, Folder
from kg.query.plain import printable


def check(folder: Folder = Path("exports"), as_json: AsJson = False) -> None:
    """Check a build: its shapes, and every offset against its text.

    Example: kg check exports
    """
    from kg.query.check import check as check_build

    with plainly():
        result = check_build(folder)
    if as_json:
        print_json(result.as_dict())
    else:
        for violation in result.violations:
            out.print(printable(f"{violation.focus}: {violation.message}"), markup=False)
        if not result.conforms:
            counts = ", ".join(f"{shape} {number}" for shape, number in result.by_shape.items())
            out.print(printable(f"by shape: {counts}"), markup=False)
        verdict = "clean" if result.conforms else f"{len(result.violations)} violations"
        told = f"{result.rules} rules held against it, {result.replayed} mentions and claims replayed"
        out.print(f"{folder}: {verdict}; {told}", markup=False)
    if not result.conforms:
        raise typer.Exit(1)
