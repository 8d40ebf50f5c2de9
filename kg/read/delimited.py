"""Tables of papers, parted by commas, tabs, semicolons or bars (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180).

Exports of Scopus, Web of Science, Dimensions, The Lens, Zotero, PubMed, OpenAlex, IEEE Xplore and Publish or Perish
are known by their columns, and any other table is read whose header has a title. ``delimited.toml`` says what the
columns of each hold and where that is documented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.read import named_identifiers, wos
from kg.read.author_names import attributed, given_first, initials_first, split_loosely, split_names
from kg.read.csv_rows import rows
from kg.read.drafts import Draft, split_year
from kg.read.kinds import no_paper, warnings
from kg.read.layouts import Layout, column, layout_of, tables
from kg.read.source import Source
from kg.records import Notice

NAME = "CSV"
EXTENSIONS: tuple[str, ...] = (".csv", ".tsv", ".tab")

_OTHER_FORMATS = tuple("<{[@%|")  # XML, JSON, BibTeX, a Markdown table
_NONE = "\x1f"  # parts the only column of a table from nothing
_PREFIXES = {"arxiv": "arxiv:", "pubmed": "pmid:"}  # of ids that stand bare in a column of their own
_FEWEST_FIELDS = 2  # a title and something else


@dataclass(frozen=True, slots=True)
class _Header:
    layout: Layout
    delimiter: str
    names: tuple[str, ...]
    position: int  # where the first row begins
    line: int
    quoted: bool

    def known(self) -> int:
        return self.layout.known(self.names)


def sniff(head: str) -> bool:
    """Whether the text begins with a header that has a title and another field.

    Example:
        >>> sniff('"Title";"Authors"\\n"A";"Ada Lovelace"\\n'), sniff("Title\\n\\nA text, by authors, of a year\\n")
        (True, False)
    """
    if head.lstrip().startswith(_OTHER_FORMATS):
        return False
    header = _header(head)
    if header is None or header.known() < _FEWEST_FIELDS:
        return False
    first = next(rows(head, header.delimiter, header.position, header.line, quoted=header.quoted), None)
    return first is None or bool(first.fault) or len(first.cells) > 1


def read(source: Source) -> Iterator[Draft | Notice]:
    """The rows of a table; a row with other cells than the header is rejected, the rest is read.

    Example:
        >>> text = "title,authors,year\\nOn BERT,Ada Lovelace; Bo Li,2021\\n"
        >>> draft = next(iter(read(Source("a.csv", "", text))))
        >>> draft.line, draft.title, draft.authors, draft.year
        (2, 'On BERT', ('Ada Lovelace', 'Bo Li'), '2021')
    """
    header = _header(source.text)
    if header is None:
        if source.text.strip():
            yield source.rejected(1, "no column named title in the first row; name the columns there")
        return
    width = len(header.names)
    body = rows(source.text, header.delimiter, header.position, header.line, width, header.quoted)
    for row in body:
        if row.fault:
            yield source.rejected(row.line, f"row not to be read: {row.fault}")
            continue
        if len(row.cells) < width:
            missing = f"{len(row.cells)} cells where the header has {width}; the last are taken for empty"
            yield source.warning(row.line, missing)
        cells: dict[str, str] = {}
        for name, cell in zip(header.names, row.cells, strict=False):
            if cell and cell.casefold() not in tables().absent:
                cells.setdefault(name, cell)
        if header.layout.tags:
            yield from wos.record(source, row.line, _tagged(cells))
        else:
            yield from _draft(source, row.line, header.layout, cells)


def _header(text: str) -> _Header | None:
    """The header under the delimiter that finds the most fields; None where there is no title."""
    position, line = 0, 1
    for _ in range(tables().lines_above_header):
        end = text.find("\n", position)
        if end < 0 or not any(pattern.search(text[position:end]) for pattern in tables().above_header):
            break
        position, line = end + 1, line + 1
    found = [header for mark in tables().delimiters if (header := _header_with(text, mark, position, line))]
    return max(found, key=_Header.known, default=None)


def _header_with(text: str, delimiter: str, position: int, line: int) -> _Header | None:
    end = text.find("\n", position)
    first = text[position:] if end < 0 else text[position:end]
    if len(first) > tables().record_characters:
        return None
    row = next(rows(first, delimiter), None)
    if row is None or row.fault or any(len(cell) > tables().header_cell_characters for cell in row.cells):
        return None
    layout = layout_of(row.cells)
    if layout is None:
        return None
    names = tuple(column(cell) for cell in row.cells)
    start = len(text) if end < 0 else end + 1
    delimiter = delimiter if len(names) > 1 else _NONE
    return _Header(layout, delimiter, names, start, line + 1, quoted=not layout.tags)


def _tagged(cells: Mapping[str, str]) -> dict[str, list[str]]:
    """Cells as the lines of tags that Web of Science's plain text has."""
    fields = {name.upper(): cell for name, cell in cells.items()}
    return {tag: text.split("; ") if tag in wos.LISTS else [text] for tag, text in fields.items()}


def _draft(source: Source, line: int, layout: Layout, cells: Mapping[str, str]) -> Iterator[Draft | Notice]:
    text = {
        field: next((cells[name] for name in names if cells.get(name)), "")
        for field, names in layout.columns.items()
    }
    kinds = text.get("kinds", "").split("; ")
    if kind := no_paper(layout.name, kinds):
        yield source.rejected(line, f"a record of kind {ascii(kind)[:80]}, no paper; left out")
        return
    yield from warnings(source, line, layout.name, kinds)
    names, ids, told = _people(layout, text)
    for reason in told:
        yield source.warning(line, reason)
    venue, year = split_year(text.get("venue", ""))
    yield Draft(
        line=line,
        title=text["title"],
        authors=names,
        abstract=text.get("abstract", ""),
        year=text.get("year") or year,
        venue=venue or None,
        url=next(iter(text.get("url", "").split()), None),
        doi=text.get("doi") or None,
        key=_key(layout, text),
        author_ids=ids if any(ids) else (),
        identifiers=_identifiers(text),
    )


def _key(layout: Layout, text: Mapping[str, str]) -> str | None:
    key = text.get("key", "")
    key = key.rpartition("/")[2] if key.startswith(("http://", "https://")) else key
    return f"pmid-{key}" if key and layout.columns["key"] == layout.columns.get("pubmed") else key or None


def _identifiers(text: Mapping[str, str]) -> tuple[str, ...]:
    """Further ids of the paper: those with a column of their own, and what Zotero has under Extra."""
    columns = [(prefix, text[field].strip()) for field, prefix in _PREFIXES.items() if text.get(field)]
    named = [name for prefix, value in columns for name in (value, f"{prefix}{value}")]
    found = named_identifiers.addresses([*named, *text.get("extra", "").split("\n")])
    own = text.get("identifiers", "")
    return (*found, *([own] if own else []))


def _people(layout: Layout, text: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...], list[str]]:
    """The authors in the order of print, the id of each or an empty text, and what of them could not be read."""
    told: list[str] = []
    listed = text.get("authors", "")
    sure = not layout.loose or listed.startswith("[") or any(s.search(listed) for s in layout.separators)
    found = split_names(listed, layout.separators) if sure else split_loosely(listed)
    if not found.complete:
        told.append("the list of authors says that there are more: it is not complete")
    bare, ids = _ids_in_names(layout, found.names)
    if any(text.get(field) for field in ("orcids_by_name", "researchers_by_name")):
        known, unread = wos.author_ids(text.get("orcids_by_name", ""), text.get("researchers_by_name", ""))
        ids, left = attributed(bare, known)
        if left or unread:
            told.append(f"ids of authors that belong to none of those named: {left + unread}; dropped")
    elif text.get("author_ids") and not any(ids):
        ids = _ids_in_column(layout, text["author_ids"], len(bare))
        if not ids:
            told.append("not as many ids of authors as names; the ids are dropped")
    turned = initials_first if layout.initials_last else given_first
    groups = split_names(text.get("groups", ""), layout.separators).names
    return (*(turned(name) for name in bare), *groups), ids, told


def _ids_in_names(layout: Layout, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if layout.id_in_name is None:
        return tuple(names), ()
    found = [layout.id_in_name.search(name) for name in names]
    ids = tuple(layout.id_address.format(match[1]) if match else "" for match in found)
    return tuple(n[: m.start()] if m else n for n, m in zip(names, found, strict=True)), ids


def _ids_in_column(layout: Layout, listed: str, count: int) -> tuple[str, ...]:
    """One id an author, in their order; nothing where there are more or fewer."""
    mark = next((mark for mark in (";", "|", ",") if mark in listed), ";")
    parts = [part.strip() for part in listed.split(mark)]
    parts = parts[:-1] if len(parts) == count + 1 and not parts[-1] else parts
    if len(parts) != count:
        return ()
    return tuple(layout.id_address.format(part) if part else "" for part in parts)
