"""XML (https://www.w3.org/TR/xml/) from strangers, record by record.

A file is cut into its records by their tags, and each is parsed by lxml for itself: what is broken costs one record,
lines are exact beyond the 65,535 that libxml2 counts to, and no more than one record is held as a tree. No document
type is ever given to the parser, so nothing is loaded and nothing expands
(https://owasp.org/www-community/vulnerabilities/XML_External_Entity_(XXE)_Processing); a file that declares entities
of its own is refused. Names of characters (``&uuml;``), which DBLP's and others' document types declare, are those of
HTML (https://html.spec.whatwg.org/multipage/named-characters.html).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.entities import html5
from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from lxml.etree import _Element as Element

from kg.read.source import Source
from kg.records import Notice

_PROLOG = re.compile(
    r"(?:\s++|<\?[^<>]*+>|<!--(?:(?!-->).)*+-->|<!DOCTYPE\s[^<>\[]*+(?:\[[^\]]*+\]\s*+)?>)*+", re.DOTALL
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_FIRST = re.compile(r"<[A-Za-z_]")
_ENTITY = re.compile(r"<!ENTITY\s")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,31});")
_PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.-]*):[A-Za-z_]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_RESERVED = frozenset({"xml", "xmlns"})
_CLOSED_BY = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_ATTRIBUTES = r"""(?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+>"""


@dataclass(frozen=True, slots=True)
class Cut:
    """A record, or a tag around records, in the order of the file.

    Attributes:
        line: 1-based line of its tag.
        name: the name of the element, without a prefix.
        element: the record, or the element of an opening tag, which has attributes alone; names without namespaces.
        whole: whether it is a record.
    """

    line: int
    name: str
    element: Element
    whole: bool


@dataclass(slots=True)
class Passed:
    """Records that are no papers, told once a kind, since whole dumps hold millions of them."""

    first: dict[str, int] = field(default_factory=dict)
    count: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, line: int) -> None:
        """Count a record of a kind that stands at a line."""
        self.first.setdefault(kind, line)
        self.count[kind] += 1

    def notices(self, source: Source) -> Iterator[Notice]:
        """A notice for each kind at the line of its first record."""
        for kind, line in self.first.items():
            number = self.count[kind]
            kept = f"{number:,} records" if number > 1 else "1 record"
            yield source.rejected(
                line, f"{kept} of a kind that is no paper ({ascii(kind)[1:-1][:60]}) passed over"
            )


def root_name(head: str) -> str:
    """The name of a document's first element without its prefix; empty where the text is no XML.

    Example:
        >>> root_name("<?xml version='1.0'?><!DOCTYPE dblp SYSTEM 'dblp.dtd'><dblp>"), root_name("x <b>")
        ('dblp', '')
    """
    prolog = _PROLOG.match(head)
    found = _ROOT.match(head, prolog.end() if prolog else 0)
    return found[1] if found else ""


def cuts(source: Source, records: Collection[str], around: Collection[str] = ()) -> Iterator[Cut | Notice]:
    """The records of a document, each parsed for itself, and the opening tags around them.

    Args:
        source: the document.
        records: the names of the elements that are records; they do not stand in one another.
        around: the names of elements of which the opening tag alone is wanted.

    Yields:
        Cuts, and notices of the records that are not closed, too large or not well-formed.

    Example:
        >>> [cut.element.findtext("t") for cut in cuts(Source("a", "", "<s><r><t>J&ouml;rg</t></r></s>"), {"r"})]
        ['Jörg']
    """
    if (found := _ENTITY.search(source.text, 0, _length_of_prolog(source.text))) is not None:
        line = source.text.count("\n", 0, found.start()) + 1
        yield source.rejected(
            line, "declares entities of its own (<!ENTITY ...>); take them out and run again"
        )
        return
    line, counted, begin, opened = 1, 0, 0, (0, "")
    for start, end, name, closing, empty in _tags(source.text, {*records, *around}):
        line += source.text.count("\n", counted, start)
        counted = start
        if name not in records:
            if not closing:
                yield from _parsed(source, line, name, _emptied(source.text[start:end]), whole=False)
            continue
        if not closing:
            if opened[1]:
                yield source.rejected(opened[0], f"<{opened[1]}> is not closed before the next record")
            opened, begin = (line, name), start
        if opened[1] == name and (closing or empty):
            yield from _parsed(source, opened[0], name, source.text[begin:end], whole=True)
            opened = (0, "")
    if opened[1]:
        yield source.rejected(opened[0], f"<{opened[1]}> is not closed; the file may be cut short")


@cache
def kinds_of_no_paper(format: str) -> frozenset[str]:
    """The kinds of a format's records that ``xml_source.toml`` says are no papers."""
    return frozenset(_settings()["no_paper"][format])


@cache
def _settings() -> dict[str, Any]:
    return tomllib.loads(files("kg.read").joinpath("xml_source.toml").read_text(encoding="utf-8"))


def _length_of_prolog(text: str) -> int:
    """Where the first element begins; entities are declared nowhere behind it."""
    root = _FIRST.search(text)
    return root.start() if root else len(text)


def _tags(text: str, names: Collection[str]) -> Iterator[tuple[int, int, str, bool, bool]]:
    """The tags of elements: start, end, name, whether it closes, whether it opens and closes at once.

    Comments, CDATA and instructions are passed over.
    """
    alternatives = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    tag = re.compile(
        rf"(<!--|<!\[CDATA\[|<\?)|<(?:(/)(?:[\w.-]+:)?({alternatives})\s*>"
        rf"|(?:[\w.-]+:)?({alternatives})(?=[\s/>]){_ATTRIBUTES})"
    )
    position = 0
    while (found := tag.search(text, position)) is not None:
        position = found.end()
        if found[1]:
            position = text.find(_CLOSED_BY[found[1]], position)
            if position < 0:
                return
            continue
        closing = found[2] is not None
        empty = not closing and text[found.end() - 2] == "/"
        yield found.start(), found.end(), found[3] or found[4], closing, empty


def _emptied(tag: str) -> str:
    """An opening tag as an element of its own."""
    return tag if tag.endswith("/>") else f"{tag[:-1]}/>"


def _parsed(source: Source, line: int, name: str, text: str, *, whole: bool) -> Iterator[Cut | Notice]:
    if len(text) > _settings()["record_characters"]:
        yield source.rejected(line, f"<{name}> of {len(text):,} characters, more than a record may have")
        return
    legal, removed = _FORBIDDEN.subn("", text) if _FORBIDDEN.search(text) else (text, 0)
    if removed:
        characters = f"{removed} character{'s' if removed > 1 else ''}"
        yield source.warning(line, f"{characters} removed that XML cannot hold")
    try:
        element = etree.fromstring(_enclosed(legal).encode("utf-8"), _parser())[0]
    except (etree.XMLSyntaxError, IndexError) as error:
        reason = str(getattr(error, "msg", None) or "empty").rpartition(", line ")[0] or str(error)
        yield source.rejected(line, f"<{name}> is not well-formed XML ({ascii(reason)[1:-1][:200]})")
        return
    yield Cut(line, name, _local(element), whole)


@cache
def _parser() -> etree.XMLParser:
    """A parser that loads nothing, expands nothing and has libxml2's own limits on; it knows no document type."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _enclosed(text: str) -> str:
    """A record as a document: named characters written out, the prefixes declared that its root has declared."""
    if "&" in text:
        text = _NAMED.sub(_character, text)
    prefixes = sorted({found[1] for found in _PREFIX.finditer(text)} - _RESERVED) if ":" in text else ()
    declared = "".join(f' xmlns:{prefix}="urn:{prefix}"' for prefix in prefixes)
    return f"<record{declared}>{text}</record>"


def _character(found: re.Match[str]) -> str:
    """The characters of a name; a name that nobody knows stays as text."""
    if found[1] in _OF_XML:
        return found[0]
    known = html5.get(f"{found[1]};")
    return f"&amp;{found[1]};" if known is None else escape(known)


def _local(element: Element) -> Element:
    """The element with names that tell no namespace, since the same format comes with and without."""
    for part in element.iter(etree.Element):
        if part.tag[:1] == "{":
            part.tag = part.tag.rpartition("}")[2]
        for key in [key for key in part.attrib if str(key)[:1] == "{"]:
            part.attrib[str(key).rpartition("}")[2]] = part.attrib.pop(key)
    return element
