"""BibTeX, as Zotero, DBLP and the ACL Anthology export it; parsed by bibtexparser.

Names are split as BibTeX does (http://tug.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf, section 11) before LaTeX
is decoded, since braces hold a corporate name together.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

from kg.read.drafts import Draft, split_year
from kg.read.latex import decoded, unescaped
from kg.read.source import Source
from kg.records import Notice

NAME = "BibTeX"
EXTENSIONS: tuple[str, ...] = (".bib",)

_SNIFF = re.compile(r"(?:\s|%[^\n]*\n)*@[a-zA-Z]+\s*[{(]")
_VENUES = ("booktitle", "journal", "journaltitle")

# It logs what is told as notices here; without a handler that would go to standard error.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def sniff(head: str) -> bool:
    """Whether the text begins with an entry, comments aside.

    Example:
        >>> sniff("% Encoding: UTF-8\\n\\n@inproceedings{key,"), sniff("# Read me\\n\\n@article{key,")
        (True, False)
    """
    return _SNIFF.match(head) is not None


def read(source: Source) -> Iterator[Draft | Notice]:
    """The entries of a bibliography; blocks that cannot be parsed are rejected, the rest is read.

    Example:
        >>> text = "@article{k, title = {On {BERT}}, author = {Lovelace, Ada and Garc{\\\\'i}a, Jos{\\\\'e}}}"
        >>> draft = next(iter(read(Source("a.bib", "", text))))
        >>> draft.title, draft.authors
        ('On BERT', ('Ada Lovelace', 'José García'))
    """
    try:
        library = parse_string(source.text, parse_stack=[])
    except Exception as error:  # the parser's own faults have no common class
        yield source.rejected(
            1, f"not to be parsed as BibTeX ({type(error).__name__}); nothing of it was read"
        )
        return
    strings = {string.key.lower(): _unenclosed(string.value) for string in library.strings}
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, ParsingFailedBlock):
            yield _failure(source, line, block)
        entry = _entry(block)
        if entry is not None:
            yield from _draft(source, line, entry, strings)


def _entry(block: object) -> Entry | None:
    """The entry of a block, also where its key or a field's stands twice."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        block = block.ignore_error_block
        if isinstance(block, DuplicateFieldKeyBlock):
            block = block.ignore_error_block
    return block if isinstance(block, Entry) else None


def _failure(source: Source, line: int, block: ParsingFailedBlock) -> Notice:
    if isinstance(block, DuplicateBlockKeyBlock):
        return source.warning(line, f"the key {ascii(block.key)[:80]} stands more than once in this file")
    if isinstance(block, DuplicateFieldKeyBlock):
        keys = ", ".join(ascii(key)[:80] for key in sorted(block.duplicate_keys)[:5])
        return source.warning(line, f"fields that stand twice in the entry ({keys}); the first is taken")
    reason = " ".join(str(getattr(block.error, "abort_reason", block.error)).split())
    return source.rejected(line, f"entry not closed or broken: {ascii(reason)[1:-1][:200]}")


def _draft(source: Source, line: int, entry: Entry, strings: dict[str, str]) -> Iterator[Draft | Notice]:
    fields: dict[str, str] = {}
    for field in entry.fields:
        fields.setdefault(field.key.lower(), _value(str(field.value), strings))
    year = fields.get("year") or fields.get("date")
    venue = next((fields[name] for name in _VENUES if fields.get(name)), "")
    name, year_of_venue = split_year(decoded(venue))
    names = split_multiple_persons_names(fields.get("author", "").replace("\n", " "))
    if any(name.strip().lower() == "others" for name in names):
        yield source.warning(line, "the list of authors ends in 'others': it is not complete")
    yield Draft(
        line=line,
        title=decoded(fields.get("title", "")),
        authors=tuple(_printed(name) for name in names if name.strip().lower() != "others"),
        abstract=decoded(fields.get("abstract", "")),
        year=decoded(year) if year else year_of_venue,
        venue=name or None,
        url=unescaped(fields.get("url", "")),
        doi=unescaped(fields.get("doi", "")),
        key=entry.key,
    )


def _value(raw: str, strings: dict[str, str]) -> str:
    """A field's value: text in braces or quotes, or what @string says of a bare word."""
    found = strings.get(raw.strip().lower())
    return _unenclosed(raw) if found is None else found


def _unenclosed(raw: str) -> str:
    text = raw.strip()
    if len(text) > 1 and (text[0], text[-1]) in {("{", "}"), ('"', '"')}:
        return text[1:-1].strip()
    return text


def _printed(name: str) -> str:
    """A name in the order of print: First von Last Jr.

    Example:
        >>> _printed("van der Maaten, Laurens"), _printed("{World Health Organization}")
        ('Laurens van der Maaten', 'World Health Organization')
        >>> _printed("King, Jr., Martin Luther")
        'Martin Luther King Jr.'
    """
    parts = parse_single_name_into_parts(name, strict=False)
    words = [*parts.first, *parts.von, *parts.last, *parts.jr]
    return decoded(" ".join(words))
