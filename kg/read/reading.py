"""Reading: all sources, every format, one result that depends on what the papers say alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.read.archive import is_archive, members
from kg.read.cleaning import clean
from kg.read.drafts import Format
from kg.read.duplicates import distinct
from kg.read.formats import GENERAL, SPECIFIC, formats
from kg.read.limits import limits
from kg.read.source import Input, ReadError, Source, file_content, source_of
from kg.read.versions import versions
from kg.read.walk import Found, find_files, has_extension
from kg.records import Location, Notice, Paper, Severity

_KNOWN = f"kg reads {', '.join(format.NAME for format in (*SPECIFIC, *GENERAL))}"


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
        sources: files in any format that kg reads, gzip-compressed or not, zip archives and folders of such files.
            In a folder or archive files without records (a README) are passed over.

    Raises:
        ReadError: where a source is missing, is no text, has an unknown format or holds no papers.
    """
    if not sources:
        raise ReadError("no source named; name a file or folder with papers")
    files = find_files(sources, formats().extensions)
    results = [list(read_file(file)) for file in files]
    _require_papers(sources, files, results)
    return whole([records for result in results for records in result])


def whole(results: Iterable[Records]) -> Reading:
    """What several files gave, together: each paper once."""
    records = list(results)
    papers, notices = distinct([paper for each in records for paper in each.papers])
    linked, version_notices = versions(papers)
    published = {version.preprint: version.published for version in linked}
    notices += [*version_notices, *formats().notices]
    notices += [notice for each in records for notice in each.notices]
    inputs = [each.input for each in records if each.input is not None]
    return Reading(
        papers=tuple(replace(paper, version_of=published.get(paper.id)) for paper in papers),
        notices=tuple(sorted(notices, key=lambda n: (n.location.file, n.location.line, n.reason))),
        inputs=tuple(sorted(inputs, key=lambda i: (i.path, i.sha256, i.format, i.papers))),
    )


def read_source(source: Source) -> Records:
    """Read one source in whatever format it has; nothing is merged.

    Raises:
        ReadError: where the format is unknown.
    """
    format = formats().of(source)
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


def read_file(file: Found) -> Iterator[Records]:
    """A file's records, or those of each file in an archive; a file met in a folder may fail, and is told.

    Raises:
        ReadError: where the user named the file and it cannot be read or holds no papers.
    """
    try:
        content = file_content(file.path, file.shown)
        if is_archive(content):
            yield from _members(content, file)
            return
        source = source_of(content, file.shown)
        found = read_source(source) if file.folder is None else _met(source)
    except ReadError as error:
        if file.folder is None:
            raise
        yield _left_out(file.shown, error)
        return
    if found.input is None and file.folder is None:
        raise ReadError(f"{file.shown}: no papers here; {_KNOWN}")
    yield found


def _members(content: bytes, file: Found) -> Iterator[Records]:
    some = False
    for member in members(content, file.shown, formats().extensions):
        if isinstance(member, Notice):
            found = Records((), (member,), None)
        else:
            try:
                found = _met(member)
            except ReadError as error:
                found = _left_out(member.path, error)
        some = some or found.input is not None or bool(found.notices)
        yield found
    if not some and file.folder is None:
        raise ReadError(f"{file.shown}: no papers here; {_KNOWN}")


def _met(source: Source) -> Records:
    """The records of a file that nobody named; nothing where neither text nor name is that of a format."""
    by_text, by_name = formats().by_text(source), formats().by_name(source.path)
    if by_text is None and by_name is None:
        return Records((), (), None)
    found = read_source(source)
    everyday = has_extension(source.path, limits().everyday_extensions)
    return Records((), (), None) if everyday and not found.papers and _is_by_guess(by_text) else found


def _is_by_guess(format: Format | None) -> bool:
    return format is None or format in formats().general


def _left_out(shown: str, error: ReadError) -> Records:
    reason = str(error).removeprefix(f"{shown}: ")
    return Records((), (Notice(Location(shown, 1), Severity.REJECTED, f"file left out: {reason}"),), None)


def _require_papers(
    sources: Sequence[str | Path], files: Sequence[Found], results: Sequence[Sequence[Records]]
) -> None:
    """Refuse a folder that gave nothing; where its records were all rejected, the notices say so instead."""
    for folder in (Path(source) for source in sources if Path(source).is_dir()):
        within = [
            records
            for file, result in zip(files, results, strict=True)
            for records in result
            if file.path.resolve().is_relative_to(folder.resolve()) or file.path.is_relative_to(folder)
        ]
        if not any(result.input for result in within):
            why = next((f"{n.location.file}: {n.reason}" for r in within for n in r.notices), _KNOWN)
            raise ReadError(f"{folder.as_posix()}: no papers here; {why}")
