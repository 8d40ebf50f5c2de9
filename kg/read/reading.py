"""Reading: all sources, every format, one result that depends on what the papers say alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.read import bibtex, jsonl, markdown
from kg.read.cleaning import clean
from kg.read.drafts import Format
from kg.read.duplicates import distinct
from kg.read.source import Input, ReadError, Source, open_source
from kg.read.walk import Found, find_files, has_extension
from kg.records import Location, Notice, Paper, Severity

FORMATS: tuple[Format, ...] = (markdown, bibtex, jsonl)
_KNOWN = "kg reads Markdown lists, BibTeX and JSON Lines"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        papers: every paper once, sorted by id.
        notices: what could not be read as it should, sorted by file, line and reason.
        inputs: the files that records came from, sorted by path.
    """

    papers: tuple[Paper, ...]
    notices: tuple[Notice, ...]
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """What one file gave.

    Attributes:
        papers: in the order of the file; one may stand twice.
        notices: what could not be read as it should.
        input: the file, or None where it holds no records at all.
    """

    papers: tuple[Paper, ...]
    notices: tuple[Notice, ...]
    input: Input | None


def read_sources(sources: Sequence[str | Path]) -> Reading:
    """Read papers from files and folders.

    The papers and their ids do not depend on the order of the files or on how the records are split over them.

    Args:
        sources: files in any format that kg reads, gzip-compressed or not, and folders of such files. In a folder
            files without records (a README) are passed over.

    Raises:
        ReadError: where a source is missing, is no text, has an unknown format or holds no papers.
    """
    if not sources:
        raise ReadError("no source named; name a file or folder with papers")
    extensions = [extension for format in FORMATS for extension in format.EXTENSIONS]
    files = find_files(sources, extensions)
    results = [_read_file(file) for file in files]
    _require_papers(sources, files, results)
    papers, notices = distinct([paper for result in results for paper in result.papers])
    notices += [notice for result in results for notice in result.notices]
    inputs = [result.input for result in results if result.input is not None]
    return Reading(
        papers=tuple(papers),
        notices=tuple(sorted(notices, key=lambda n: (n.location.file, n.location.line, n.reason))),
        inputs=tuple(sorted(inputs, key=lambda i: i.path)),
    )


def read_source(source: Source) -> Records:
    """Read one source in whatever format it has; nothing is merged.

    Raises:
        ReadError: where the format is unknown.
    """
    format = _format(source)
    if format is None:
        raise ReadError(f"{source.path}: unknown format; {_KNOWN}")
    papers: list[Paper] = []
    notices: list[Notice] = []
    for record in format.read(source):
        if isinstance(record, Notice):
            notices.append(record)
            continue
        paper, told = clean(record, source.path)
        notices += told
        if paper is not None:
            papers.append(paper)
    lost = any(notice.severity is Severity.REJECTED for notice in source.notices)
    if not papers and not notices and not lost:
        return Records((), (), None)
    entry = Input(source.path, source.sha256, format.NAME, len(papers))
    return Records(tuple(papers), (*source.notices, *notices), entry)


def _read_file(file: Found) -> Records:
    """A file's records; one met in a folder that cannot be read is told and left out."""
    try:
        found = read_source(open_source(file.path, file.shown))
    except ReadError as error:
        if file.folder is None:
            raise
        reason = str(error).removeprefix(f"{file.shown}: ")
        notice = Notice(Location(file.shown, 1), Severity.REJECTED, f"file left out: {reason}")
        return Records((), (notice,), None)
    if found.input is None and file.folder is None:
        raise ReadError(f"{file.shown}: no papers here; {_KNOWN}")
    return found


def _format(source: Source) -> Format | None:
    """The format that the name says where the text agrees; else the text's; else the name's."""
    by_name = [format for format in FORMATS if has_extension(source.path, format.EXTENSIONS)]
    by_text = [format for format in FORMATS if format.sniff(source.head)]
    both = [format for format in by_name if format in by_text]
    return next(iter([*both, *by_text, *by_name]), None)


def _require_papers(
    sources: Sequence[str | Path], files: Sequence[Found], results: Sequence[Records]
) -> None:
    """Refuse a folder that gave nothing; where its records were all rejected, the notices say so instead."""
    for folder in (Path(source) for source in sources if Path(source).is_dir()):
        within = [
            result
            for file, result in zip(files, results, strict=True)
            if file.path.resolve().is_relative_to(folder.resolve()) or file.path.is_relative_to(folder)
        ]
        if not any(result.input for result in within):
            why = next((f"{n.location.file}: {n.reason}" for r in within for n in r.notices), _KNOWN)
            raise ReadError(f"{folder.as_posix()}: no papers here; {why}")
