"""Values out of XML elements: by a path, as plain text, with the mark-up that cleaning reads, as a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree
from lxml.etree import _Element as Element

_ORCID = re.compile(r"(?<![0-9])(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])(?![0-9])")
_ARXIV = re.compile(
    r"(?:https?://arxiv\.org/(?:abs|pdf)/|arxiv:)?(\d{4}\.\d{4,5}|[a-z.-]+/\d{7})(?:v\d+)?(?:\.pdf)?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
# Mark-up that changes how a text reads, for kg.read.tags; what any other tag encloses is text.
_KEPT = frozenset({"sub", "sup", "math", "inline-formula", "disp-formula", "alternatives", "tex-math"})
_WHOLE = frozenset({"math", "tex-math"})
_EMPTY = frozenset({"mspace"})
_CHARACTERS = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]+")


def values(element: Element, path: str) -> Iterator[Element | str]:
    """What a path leads to: elements, or the values of an attribute where it ends in ``/@name``."""
    steps, _, attribute = path.partition("/@") if "/@" in path and not path.endswith("]") else (path, "", "")
    for found in element.iterfind(steps):
        if not attribute:
            yield found
        elif attribute in found.attrib:
            yield str(found.attrib[attribute])


def first(element: Element, paths: Sequence[str]) -> str:
    """The first text that any of the paths leads to; empty where none does.

    Example:
        >>> record = etree.fromstring("<r><a/><b c='1'>two</b></r>")
        >>> first(record, ("a", "b")), first(record, ("b/@c",)), first(record, ("d",))
        ('two', '1', '')
    """
    for path in paths:
        for found in values(element, path):
            text = found.strip() if isinstance(found, str) else plain(found)
            if text:
                return text
    return ""


def first_marked(element: Element, paths: Sequence[str]) -> str:
    """The same with the mark-up that cleaning reads."""
    for path in paths:
        for found in element.iterfind(path):
            if text := marked(found):
                return text
    return ""


def plain(element: Element | None) -> str:
    """All text of an element on one line, without mark-up.

    Example:
        >>> plain(etree.fromstring("<t>The <i>second</i>\\n  line</t>"))
        'The second line'
    """
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def marked(element: Element) -> str:
    """The text of an element on one line, with formulas and raised or lowered parts still tagged.

    Example:
        >>> marked(etree.fromstring("<t>10<sup>6</sup> <i>words</i>, see <xref><sup>3</sup></xref></t>"))
        '10<sup>6</sup> words, see <sup>3</sup>'
    """
    parts: list[str] = []
    within = 0
    for event, part in etree.iterwalk(element, events=("start", "end")):
        kept = part is not element and (within or part.tag in _KEPT)
        if event == "start":
            parts.append(f"<{part.tag}{'/' if part.tag in _EMPTY else ''}>" if kept else "")
            within += part.tag in _WHOLE
            parts.append(part.text or "")
        else:
            within -= part.tag in _WHOLE
            parts.append(f"</{part.tag}>" if kept and part.tag not in _EMPTY else "")
            parts.append((part.tail or "") if part is not element else "")
    return " ".join("".join(parts).split())


def paragraphs(element: Element, names: frozenset[str], heading: str = "") -> str:
    """The paragraphs of an abstract, parted by an empty line; what a heading names begins with it and a colon.

    Args:
        element: the abstract.
        names: the names of the elements that are paragraphs; where there are none, the whole is one.
        heading: the name of the elements that are headings.

    Example:
        >>> text = "<abstract><sec><title>Aim</title><p>One.</p></sec><p>Two.</p></abstract>"
        >>> paragraphs(etree.fromstring(text), frozenset({"p"}), "title")
        'Aim: One.\\n\\nTwo.'
    """
    found: list[str] = []
    title, skipped = "", None
    wanted = [*names, heading] if heading else [*names]
    for part in element.iter(*wanted):
        if skipped is not None and any(above is skipped for above in part.iterancestors()):
            continue
        if part.tag == heading:
            title = marked(part).rstrip(".: ")
            title = "" if title.lower() == element.tag.lower() else title  # "Abstract" says nothing
            continue
        skipped = part
        text = marked(part)
        found += [f"{title}: {text}" if title else text] if text else []
        title = ""
    return "\n\n".join(found) if skipped is not None else marked(element)


def person(given: str, family: str, suffix: str = "") -> str:
    """A name in the order of print.

    Example:
        >>> person("Laurens", "van der Maaten"), person("洋", "刘"), person("Martin Luther", "King", "Jr.")
        ('Laurens van der Maaten', '刘洋', 'Martin Luther King Jr.')
    """
    if family and given and _CHARACTERS.fullmatch(given + family):
        return family + given
    return " ".join(part for part in (given, family, suffix) if part)


def orcid(text: str) -> str:
    """An ORCID as its address, however it is written; empty where there is none.

    Example:
        >>> orcid("http://orcid.org/0000-0002-3087-242x"), orcid("000000023087242X"), orcid("0009")
        ('https://orcid.org/0000-0002-3087-242X', 'https://orcid.org/0000-0002-3087-242X', '')
    """
    found = _ORCID.search(text)
    return f"https://orcid.org/{'-'.join(found.groups()).upper()}" if found else ""


def arxiv(text: str) -> str:
    """An arXiv id as its address without its version; empty where it is none.

    Example:
        >>> arxiv("arXiv:2010.04159v4[cs.CV]"), arxiv("http://arxiv.org/abs/cs/0309040"), arxiv("https://a.org")
        ('https://arxiv.org/abs/2010.04159', 'https://arxiv.org/abs/cs/0309040', '')
    """
    found = _ARXIV.fullmatch(text.strip())
    return f"https://arxiv.org/abs/{found[1]}" if found else ""


def without_full_stop(title: str) -> str:
    """A title without the full stop that a bibliography sets behind each.

    Example:
        >>> [without_full_stop(title) for title in ("A Title.", "Why Not?", "And so on...")]
        ['A Title', 'Why Not?', 'And so on...']
    """
    return title[:-1].rstrip() if title.endswith(".") and not title.endswith("..") else title


def pubmed(number: str) -> str:
    """The address of a citation in PubMed; empty where the number is none.

    Example:
        >>> pubmed("33526905"), pubmed("")
        ('https://pubmed.ncbi.nlm.nih.gov/33526905', '')
    """
    return f"https://pubmed.ncbi.nlm.nih.gov/{number}" if number.isascii() and number.isdecimal() else ""
