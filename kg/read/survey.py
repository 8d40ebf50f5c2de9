"""What would be read: each file's format, papers and faults, before anything is built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.read.formats import formats
from kg.read.reading import Reading, Records, read_file, whole
from kg.read.source import ReadError
from kg.read.walk import Found, find_files
from kg.records import Location, Notice, Paper, Severity

_TITLES = 3


@dataclass(frozen=True, slots=True)
class FileSurvey:
    """What one file, or one member of an archive, holds.

    Attributes:
        path: the path as given.
        format: the name of its format.
        papers: how many papers it gives, before those that stand twice are merged.
        years: the first and the last year, or None where none is told.
        with_abstract: the share of papers with an abstract, 0 to 1.
        with_doi: the share with a DOI.
        with_orcid: the share of papers with the ORCID of an author.
        titles: its first titles.
    """

    path: str
    format: str
    papers: int
    years: tuple[int, int] | None
    with_abstract: float
    with_doi: float
    with_orcid: float
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What sources hold.

    Attributes:
        files: those with records, by path.
        papers: how many papers there are, each once.
        preprints: how many of them are preprints of others among them.
        notices: all that could not be read as it should, by place.
    """

    files: tuple[FileSurvey, ...]
    papers: int
    preprints: int
    notices: tuple[Notice, ...]

    def as_dict(self) -> dict[str, Any]:
        """The survey in plain types, for JSON."""
        return {
            "papers": self.papers,
            "preprints": self.preprints,
            "files": [asdict(file) for file in self.files],
            "notices": [
                {
                    "file": notice.location.file,
                    "line": notice.location.line,
                    "severity": str(notice.severity),
                    "reason": notice.reason,
                }
                for notice in self.notices
            ],
        }


def survey(sources: Sequence[str | Path]) -> Survey:
    """Look at files and folders as :func:`kg.read.read_sources` would read them; one that cannot be read is told.

    Raises:
        ReadError: where a source is missing.
    """
    results = [records for file in find_files(sources, formats().extensions) for records in _records(file)]
    reading: Reading = whole(results)
    files = [_file(records) for records in results if records.input is not None]
    return Survey(
        files=tuple(sorted(files, key=lambda file: file.path)),
        papers=len(reading.papers),
        preprints=sum(paper.version_of is not None for paper in reading.papers),
        notices=reading.notices,
    )


def _records(file: Found) -> Iterator[Records]:
    try:
        yield from read_file(file)
    except ReadError as error:
        reason = str(error).removeprefix(f"{file.shown}: ")
        notice = Notice(Location(file.shown, 1), Severity.REJECTED, f"file left out: {reason}")
        yield Records((), (notice,), None)


def _file(records: Records) -> FileSurvey:
    papers, told = records.papers, records.input
    assert told is not None
    years = [paper.year for paper in papers if paper.year is not None]
    return FileSurvey(
        path=told.path,
        format=told.format,
        papers=len(papers),
        years=(min(years), max(years)) if years else None,
        with_abstract=_share(papers, [bool(paper.abstract) for paper in papers]),
        with_doi=_share(papers, [bool(paper.doi) for paper in papers]),
        with_orcid=_share(papers, [any("//orcid.org/" in i for i in paper.author_ids) for paper in papers]),
        titles=tuple(paper.title for paper in papers[:_TITLES]),
    )


def _share(papers: Sequence[Paper], having: Sequence[bool]) -> float:
    return round(sum(having) / len(papers), 3) if papers else 0.0
