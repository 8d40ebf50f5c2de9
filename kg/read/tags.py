"""HTML, JATS and MathML in titles and abstracts: tags go, what they enclose stays.

Publishers deliver JATS (https://jats.nlm.nih.gov/), Crossref passes it on, and formulas in it are MathML
(https://www.w3.org/TR/mathml-core/), TeX, or both side by side; then TeX is read. What only looks like a tag
(``<unk>``, ``x < y > z``) is text.
"""

from __future__ import annotations

import html
import re
from functools import cache
from html.parser import HTMLParser

from kg.read.formulas import superscript
from kg.read.markup_data import markup

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->|<\?xml[^<>]*\?>|<!\[CDATA\[|\]\]>", re.DOTALL)
_MATH = re.compile(r"<(mml:)?math\b[^<>]*>(?:(?!<(?:mml:)?math\b).)*?</(?:mml:)?math>", re.DOTALL)
_BOTH = re.compile(r"<alternatives\b[^<>]*>((?:(?!<alternatives\b).)*?)</alternatives>", re.DOTALL)
_TEX = re.compile(r"<tex-math\b[^<>]*>((?:(?!<tex-math\b).)*?)</tex-math>", re.DOTALL)
_BEGIN, _END = r"\begin{document}", r"\end{document}"
# A mark, and the same mark again before the note itself.
_TWICE = re.compile(r"<sup\b[^<>]*>([^<>]{1,3})</sup>\s{0,9}<sup\b[^<>]*>\1</sup>\n?")
_ROUNDS = 6  # tags within tags, that deep


def read_tags(text: str) -> str:
    """A text without tags and character references.

    Example:
        >>> read_tags("<jats:p>For 10<sup>6</sup> users of AT&amp;T, <i>p</i> &lt; 0.05, not &lt;unk&gt;.</jats:p>")
        'For 10⁶ users of AT&T, p < 0.05, not <unk>.'
        >>> read_tags("the <mml:math><mml:msub><mml:mi>l</mml:mi><mml:mn>2</mml:mn></mml:msub></mml:math> norm")
        'the l_2 norm'
    """
    if "<" not in text and "&" not in text:
        return text
    text = _ENTITY.sub(_referred, text)
    if "<" not in text:
        return text
    text = _COMMENT.sub("", text)
    text = _BOTH.sub(lambda found: _tex(found[1]) or found[1], text)
    text = _TEX.sub(lambda found: _tex(found[0]), text)
    text = _MATH.sub(lambda found: mathematics(found[0]), text)
    text = _parted(text, _TWICE)
    for _ in range(_ROUNDS):
        shorter = _inline().sub(_content, text)
        if shorter == text:
            break
        text = shorter
    return _parted(text, _block())


def _parted(text: str, breaks: re.Pattern[str]) -> str:
    """The text with a line break where the pattern stands."""
    parts = breaks.sub("\ufdd0", text).split("\ufdd0")
    return text if len(parts) == 1 else "\n".join(part.strip() for part in parts if part.strip())


def _referred(found: re.Match[str]) -> str:
    """The character that a reference names; a space where it is one that does not break."""
    return html.unescape(found[0]).replace("\N{NO-BREAK SPACE}", " ")


def _tex(text: str) -> str:
    """The TeX of a formula, in dollar signs, without the document that some publishers set around it."""
    found = _TEX.search(text)
    if found is None:
        return ""
    inner = html.unescape(found[1]).strip()
    if _BEGIN in inner:
        inner = inner.partition(_BEGIN)[2].partition(_END)[0].strip()
    return inner if inner.startswith(("$", r"\(", r"\[")) else f"${inner}$"


def _content(found: re.Match[str]) -> str:
    """What an element encloses; a superscript raised, and the line breaks set around it by the layout gone."""
    name, inner = found["name"].lower(), found["inner"]
    if name == "sup" and inner.strip() not in markup()["tags"]["ordinals"]:
        return superscript(inner.strip()) if inner.strip() else ""
    return inner


@cache
def _inline() -> re.Pattern[str]:
    """An element that encloses none of its own name, with one line break on either side."""
    names = "|".join(sorted(markup()["tags"]["inline"], key=lambda name: (-len(name), name)))
    attributes = r"(?:\s[^<>]*)?"
    return re.compile(
        rf"\n?<(?P<tag>(?:\w+:)?(?P<name>{names})){attributes}>(?P<inner>(?:(?!<(?P=tag)\b).)*?)</(?P=tag)\s*>\n?"
        rf"|\n?<(?:\w+:)?(?:inline-graphic|xref)\b[^<>]*/>\n?",
        re.IGNORECASE | re.DOTALL,
    )


@cache
def _block() -> re.Pattern[str]:
    names = "|".join(sorted(markup()["tags"]["block"], key=lambda name: (-len(name), name)))
    return re.compile(rf"</?(?:\w+:)?(?:{names})(?:\s[^<>]*)?/?>", re.IGNORECASE)


def mathematics(element: str) -> str:
    """A MathML element on one line.

    Example:
        >>> mathematics("<math><mfrac><mn>1</mn><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math>")
        '1/(n+1)'
    """
    reader = _MathReader()
    reader.feed(element)
    reader.close()
    return " ".join("".join(reader.parts[0]).split())


class _MathReader(HTMLParser):
    """Renders elements as they end, so that no depth of nesting is too deep."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []
        self.parts: list[list[str]] = [[]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag.removeprefix("mml:"))
        self.parts.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag.removeprefix("mml:") == "mspace":
            self.parts[-1].append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.names and self.names[-1] == tag.removeprefix("mml:"):
            self.parts[-2].append(_element(self.names.pop(), self.parts.pop()))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.parts[-1].append(data.strip())

    def close(self) -> None:
        super().close()
        while self.names:  # elements that were never closed
            self.parts[-2].append(_element(self.names.pop(), self.parts.pop()))


def _element(name: str, parts: list[str]) -> str:
    if name == "annotation" or name == "annotation-xml":
        return ""
    match name, parts:
        case "msub" | "munder", [base, low]:
            return f"{base}_{_grouped(low)}"
        case "msup", [base, high]:
            return base + superscript(high)
        case "mover", [base, high]:
            return base if high in "^~¯˜ˆ→." else f"{base}^{_grouped(high)}"
        case "msubsup" | "munderover", [base, low, high]:
            return f"{base}_{_grouped(low)}{superscript(high)}"
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msqrt", _:
            return f"√({''.join(parts)})"
        case "mroot", [base, degree]:
            return f"{degree}√({base})"
    return "".join(parts)


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"
