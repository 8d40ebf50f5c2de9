"""``kg read``: what a build would read, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.console import err, fail, out, plainly, print_columns, print_json
from kg.commands.options import AsJson
from kg.query.plain import printable

_MOST_NOTICES = 20


def read(
    sources: Annotated[
        list[Path], typer.Argument(help="Files, zip archives or folders with papers.", metavar="FILE")
    ],
    as_json: AsJson = False,
) -> None:
    """Tell what files hold before anything is built: format, papers, years, and what is wrong.

    Example: kg read library.bib export.ris
    """
    from kg.read.survey import FileSurvey, survey

    with plainly():
        found = survey(sources)
    if as_json:
        print_json(found.as_dict())
        if not found.papers:
            raise typer.Exit(1)
        return

    def row(file: FileSurvey) -> list[str]:
        years = "-".join(map(str, sorted(set(file.years)))) if file.years else ""
        shares = (file.with_abstract, file.with_doi, file.with_orcid)
        return [file.path, file.format, years, str(file.papers), *(f"{share:.0%}" for share in shares)]

    if found.files:
        header = ["file", "format", "years", "papers", "abstract", "DOI", "ORCID"]
        print_columns("What would be read", header, map(row, found.files), numbers=4)
        for file in found.files:
            for title in file.titles:
                out.print(printable(f"{file.path}: {title}"), markup=False)
    for notice in found.notices[:_MOST_NOTICES]:
        err.print(printable(f"{notice.location} {notice.severity}: {notice.reason}"), markup=False)
    if len(found.notices) > _MOST_NOTICES:
        err.print(f"{len(found.notices) - _MOST_NOTICES} more notices; --json tells all of them")
    preprints = f", {found.preprints} of them preprints of others" if found.preprints else ""
    out.print(f"{found.papers} {'paper' if found.papers == 1 else 'papers'}{preprints}", markup=False)
    if not found.papers:
        fail("nothing here that kg reads; name files or folders with papers")
