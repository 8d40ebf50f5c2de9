"""Plain text, one paper a file: its title, perhaps its authors, its abstract.

    Rethinking Attention with Performers
    Krzysztof Choromanski, Valerii Likhosherstov and David Dohan

    We introduce Performers, Transformer architectures which ...

A title may run over lines where an empty one follows it. Fields may have labels (``Title:``, ``Authors:``,
``Year:``, ``Venue:``, ``DOI:``, ``URL:``, ``Abstract:``). Of a whole paper the abstract alone is read. There is no
specification: what people have is what ``pdftotext`` and copying from web pages give. The bounds stand in
``plain_text.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

from kg.read.author_names import Names, split_names
from kg.read.drafts import Draft, split_year
from kg.read.inverted_names import printed
from kg.read.named_identifiers import addresses
from kg.read.source import Source
from kg.records import Notice

NAME = "plain text"
EXTENSIONS: tuple[str, ...] = (".txt", ".text")

_MARKUP = re.compile(r"[#@{}\[<>|*=~%`\\]|-{3}|//|TY {1,2}-|FN |PT |PMID *-|[A-Za-z_]+\s*=")
_TAGGED = re.compile(
    r"[A-Z][A-Z0-9]{1,3} *- |[A-Z][A-Z0-9] \S|[^\t\n]*\t|[^,;\n]*[,;][^\s,;][^,;\n]*[,;]\S|\s*[{}\[<]"
)
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"([A-Za-z][A-Za-z() -]{0,18}?)\s*:(?:\s+(.*))?")
_NUMBERED = re.compile(r"^(?:[0-9]+|[IVX]+)\.?\s+")
_MARKS = re.compile(r"[*†‡§¶∗⋆♯#✉0-9¹²³⁰⁴-⁹]+(?:\s*,\s*[*†‡§¶∗⋆♯#0-9¹²³⁰⁴-⁹]+)*")
_SEMICOLON = re.compile(";")
_BETWEEN_NAMES = re.compile(r",\s?(?:and|&)\s|,|\s(?:and|&)\s|·|•|\s(?=et al\b)")


@dataclass(slots=True)
class _Fields:
    """What was found at the top, and where the abstract begins."""

    line: int
    title: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    body: int = 0


def sniff(head: str) -> bool:
    """Whether the text is prose below a short first line, without mark-up or tags.

    Example:
        >>> prose = "We introduce Performers, which estimate full attention with provable accuracy. " * 4
        >>> sniff(f"Rethinking Attention\\n\\n{prose}"), sniff(prose), sniff("# Rethinking\\n\\n" + prose)
        (True, False, False)
    """
    bounds = _bounds()
    first, _, rest = head.strip().partition("\n")
    if (
        not first
        or len(first) > bounds["title_characters"]
        or _MARKUP.match(first)
        or not _WORD.search(first)
    ):
        return False
    if _TAGGED.match(first) and _TAGGED.match(rest.lstrip()):
        return False
    lines = [line for line in rest.split("\n") if line.strip()]
    tagged = sum(1 for line in lines if _TAGGED.match(line))
    if tagged > bounds["tagged_lines"] * len(lines) or _few_words(rest, bounds["fewest_words"]):
        return False
    letters = sum(1 for character in rest if character.isalpha() or character.isspace())
    return letters >= float(bounds["letters"]) * len(rest)


def read(source: Source) -> Iterator[Draft | Notice]:
    """The one paper of a file; nothing where it holds none, as a README or a note, or has the name of another format.

    Example:
        >>> text = "A Title\\nAda Lovelace and Bo Li\\n\\nAbstract\\n" + "We show what is shown here. " * 9
        >>> draft = next(iter(read(Source("a.txt", "", text))))
        >>> draft.title, draft.authors, draft.abstract[:11]
        ('A Title', ('Ada Lovelace', 'Bo Li'), 'We show wha')
    """
    name = PurePosixPath(source.path.lower().removesuffix(".gz"))
    other_name = name.suffix not in ("", *EXTENSIONS) or name.stem in _bounds()["no_papers"]
    if other_name or not sniff(source.head):
        return
    lines = source.text.split("\n")
    fields = _fields(lines)
    named = fields.named
    abstract, whole = _abstract(lines, fields.body)
    if whole:
        most = _bounds()["most_characters"]
        yield source.warning(
            fields.line,
            f"more than {most:,} characters after the title; is this a whole paper, not its abstract?",
        )
    names = _names(", ".join(line.rstrip(" ,;") for line in fields.authors))
    if not names.complete:
        yield source.warning(fields.line, "the list of authors ends in 'et al.': it is not complete")
    venue, year = split_year(named.get("venue", ""))
    yield Draft(
        line=fields.line,
        title=" ".join(fields.title),
        authors=names.names,
        abstract=abstract,
        year=named.get("year") or year,
        venue=venue or None,
        url=named.get("url"),
        doi=named.get("doi"),
        identifiers=addresses([named.get("identifier", "")]),
    )


def _few_words(text: str, fewest: int) -> bool:
    return sum(1 for _, _ in zip(range(fewest), _WORD.finditer(text), strict=False)) < fewest


def _fields(lines: Sequence[str]) -> _Fields:
    """The fields at the top of the file, up to the first line that is none."""
    first = next(index for index, line in enumerate(lines) if line.strip())
    found = _Fields(line=first + 1, body=first)
    for index in range(first, len(lines)):
        line = lines[index].strip()
        label, value = _labelled(line)
        if label == "abstract" or not (_takes(found, lines, index, label, value) or not line):
            found.body = index
            return found
    found.body = len(lines)
    return found


def _takes(found: _Fields, lines: Sequence[str], index: int, label: str, value: str) -> bool:
    """Whether a line is one of the fields above the abstract, noting it."""
    line = lines[index].strip()
    if label == "title":
        found.title = [value]
    elif label == "authors":
        found.authors = [value]
    elif label:
        found.named.setdefault(label, line if label == "identifier" else value)
    elif not line:
        return True
    elif not found.title:
        found.title = [line]
    elif _may_be_authors(found, lines, index) and _are_names(line):
        found.authors.append(line)
    elif not found.authors and _runs_on(found, lines, index):
        found.title.append(line)
    else:
        return False
    return True


def _may_be_authors(found: _Fields, lines: Sequence[str], index: int) -> bool:
    """Whether authors may stand here: below the title, or behind a line of authors that a comma ends."""
    return not found.authors or lines[index - 1].rstrip().endswith((",", ";", " and", "&"))


def _runs_on(found: _Fields, lines: Sequence[str], index: int) -> bool:
    """Whether a title goes on here: in its paragraph, which is short and is followed by more."""
    bounds = _bounds()
    start = found.line - 1
    if not all(lines[at].strip() for at in range(start, index)) or index - start >= bounds["title_lines"]:
        return False
    end = next((at for at in range(index, len(lines)) if not lines[at].strip()), len(lines))
    paragraph = lines[start:end]
    return (
        len(paragraph) <= 2 * bounds["title_lines"]
        and any(line.strip() for line in lines[end : end + 3])
        and max(map(len, paragraph)) <= bounds["title_characters"] // 2
        and not lines[index].rstrip().endswith(".")
    )


def _labelled(line: str) -> tuple[str, str]:
    """The field that a line's label names and what follows it, or nothing and the line."""
    found = _LABEL.fullmatch(line)
    label = (found[1] if found else line.rstrip(".")).lower()
    named = next((field_ for field_, labels in _bounds()["labels"].items() if label in labels), "")
    if not found:  # a heading on a line of its own
        return ("abstract", "") if named == "abstract" else _by(line)
    return (named, found[2] or "") if named else ("", line)


def _by(line: str) -> tuple[str, str]:
    """``by Ada Lovelace`` as a field."""
    word, _, rest = line.partition(" ")
    return ("authors", rest) if word.lower() == "by" and _are_names(rest) else ("", line)


def _abstract(lines: Sequence[str], start: int) -> tuple[str, bool]:
    """The abstract from a line on, and whether it is so long that it must be a whole paper."""
    kept: list[str] = []
    before = 0
    for index in range(start, len(lines)):
        line = lines[index].strip()
        label, value = _labelled(line)
        if label == "abstract" and before <= _bounds()["characters_before"]:
            # What stands between the authors and this heading (affiliations, addresses) is no part of it.
            kept = [value] if value else []
            before = _bounds()["characters_before"] + 1
        elif kept and _ends_abstract(line):
            break
        else:
            kept.append(line)
            before += len(line)
    abstract = "\n".join(kept).strip()
    return abstract, len(abstract) > _bounds()["most_characters"]


def _ends_abstract(line: str) -> bool:
    heading = _NUMBERED.sub("", line, count=1).lower()
    return any(
        heading == word or heading.startswith((f"{word}:", f"{word}.", f"{word}—", f"{word} –"))
        for word in _bounds()["after_abstract"]["headings"]
    )


def _names(line: str) -> Names:
    """The names of a line, without the marks that point to affiliations; ``Family, Given`` where ``;`` parts them."""
    plain = _MARKS.sub(" ", line)
    if ";" not in plain:
        return split_names(plain, (_BETWEEN_NAMES,))
    found = split_names(plain, (_SEMICOLON,))
    return Names(tuple(printed(name) for name in found.names), found.complete)


def _are_names(line: str) -> bool:
    """Whether a line is nothing but names.

    Example:
        >>> _are_names("Laurens van der Maaten*, C. J. Date and Bo Li1,2"), _are_names("A Large-Scale Study")
        (True, False)
    """
    if len(line) > _bounds()["authors_characters"]:
        return False
    names = _names(line).names
    return bool(names) and all(map(_is_name, names))


def _is_name(text: str) -> bool:
    words = text.split()
    bounds = _bounds()["names"]
    if not 2 <= len(words) <= bounds["most_words"] or text.endswith(("?", "!", ":")):
        return False
    plain = [word.strip(".,'’") for word in words]
    return all(
        word[:1].isupper() or word in bounds["particles"] or (word[:1].isalpha() and not word[:1].islower())
        for word in plain
    ) and not any(word.lower() in bounds["no_names"] for word in plain)


@cache
def _bounds() -> dict[str, Any]:
    return tomllib.loads(files("kg.read").joinpath("plain_text.toml").read_text(encoding="utf-8"))
