r"""LaTeX in running text: what is plainly mark-up goes, every word stays.

Formulas are found first and set aside as :mod:`kg.read.formulas` renders them; then macros, accents, quotes, ties
and braces of the text between them are decoded. Dollars that are money stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from kg.read.formulas import arguments, balanced, known, rendered
from kg.read.latex import decoded
from kg.read.markup_data import markup

_LATEX = re.compile(r"[\\{}$]|``|[^\W\d]~|[.,)]~")
_DOLLAR = re.compile(r"(?<!\\)\$")
_BRACKETED = re.compile(r"\\\(((?:(?!\\\().)+?)\\\)|\\\[((?:(?!\\\[).)+?)\\\]", re.DOTALL)
_MARKED = re.compile(r"[\\^_{}~]")
_AMOUNT = re.compile(
    r"\s*[0-9][0-9.,]*(?:\s*[-–]\s*[0-9][0-9.,]*)?(?:\s*[a-z]{3,}|\s+[A-Za-z]{2,}|\s*[kKmMbB]\b(?!$))"
)
_PROSE = re.compile(r"[A-Za-z]{3,}(?:[\s,;]+[A-Za-z]{3,})*")
_BLANK_LINE = re.compile(r"\n\s*\n")
_ASIDE = re.compile("\ufdd0([0-9]+)\ufdd1")  # noncharacters: no text holds them by right

_ESCAPED_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\\'(?=(?:s|t|re|ve|ll|d|m)\b)")
_ACCENT = re.compile(
    r"\{?\\(?:['`^=.~]\s*(?:\{\\?[A-Za-z]\}|[A-Za-z]|\\[ij]\b)"
    r"|\"\s*(?:\{\\?[A-Za-z]\}|(?:(?<=\{\\\")|(?<=[A-Za-z]\\\"))[aeiouyAEIOUY])"
    r"|[cvHkburd]\s*\{[A-Za-z]\}|(?:ss|aa|AA|ae|AE|oe|OE|l|L|o|O|i|j)(?:\{\}|(?![A-Za-z])))\}?"
)
_MACRO = re.compile(r"(?<![A-Za-z0-9:\\])\\([A-Za-z]{2,})\*?|\\([A-Za-z]{2,})\*?(?=\s?\{|[^A-Za-z\s]|\s|$)")
_VERBATIM = re.compile(r"\\[vV]erb\*?([^A-Za-z0-9\s*])(.{0,200}?)\1")
_SCRIPT = re.compile(r"(?<=[^\s^_])[\^_](?=\{)")
_ESCAPED = re.compile(r"\\([%&_#${}|!,;: \"-])")
_NOTE = re.compile(r"(?<![~\s])[~\s]+(?=\\(?:footnote|thanks)\b)")
_ESCAPES = {",": " ", ";": " ", ":": " ", " ": " ", "!": "", "-": "", "|": "‖"}
_PAIRED_QUOTES = re.compile(r"``([^`]{1,300}?)''")
_MIXED_QUOTES = re.compile(r"``\"?([^`\"]{1,300}?)\"")
_TIE = re.compile(
    "(?<=[A-Za-z.,;)\\]}'’”\ufdd1])~(?=[A-Za-z(\\[{\\\\“\"'`\ufdd0])"  # behind a word, before a word
    r"|(?<=[a-z]{2})~(?=[0-9])|(?<=[A-Za-z]\.)~(?=[0-9])"  # before a number, unless it means "about" or "to"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s{}\\]*")
# Letters that braces keep as they are (accented, capital), dashes, nothing.
_TAKEN_APART = re.compile(
    r"\{([^\W\d_A-Za-z]{1,3}|[-–—]*)\}|(?<![A-Za-z0-9])\{([A-Z][A-Za-z]{0,2})\}(?=[a-z])"
)
_INNERMOST = re.compile(r"([A-Za-z0-9\ufdd1]?)\{([^{}]*)\}")
_WORDS = re.compile("\\s*(?:[^\\W\\d_]|-|\ufdd0[0-9]+\ufdd1\\S*\\s+\\w+\\s)")
_NO_WORDS = re.compile(r"[=:;|\"]")
_ENOUGH_WORDS = 8


def read_latex(text: str) -> str:
    r"""A text without its LaTeX.

    Example:
        >>> read_latex(r"An $\ell_2$-norm bound for $k$-means, \emph{na\"ive} or ``{\it new}''~(Theorem~1)")
        'An ℓ2-norm bound for k-means, naïve or “new” (Theorem 1)'
        >>> read_latex("from $5 million to $10 million; ~5% of CIFAR-{10, 100}")
        'from $5 million to $10 million; ~5% of CIFAR-{10, 100}'
    """
    if not _LATEX.search(text):
        return text
    try:
        return _read(text)
    except RecursionError:  # macros within macros, deeper than anyone writes them
        return text


def _read(text: str) -> str:
    aside: list[str] = []

    def put(plain: str) -> str:
        aside.append(plain)
        return f"\ufdd0{len(aside) - 1}\ufdd1"

    found = _ASIDE.sub("", text)
    found = _ADDRESS.sub(lambda address: put(address[0]), found)
    found = _BRACKETED.sub(lambda f: _bracketed(f, put), found)
    found = "".join(p if printed is None else put(_formula(p, printed, put)) for p, printed in _split(found))
    found = _text(found, put)
    while _ASIDE.search(found):
        found = _ASIDE.sub(lambda place: aside[int(place[1])] if int(place[1]) < len(aside) else "", found)
    return found


def _bracketed(found: re.Match[str], put: Callable[[str], str]) -> str:
    """A formula in LaTeX's own delimiters; a displayed one does not join the words around it."""
    printed = put(_formula(found[1] or found[2], found[0], put))
    return printed if found[1] else f" {printed} "


def _formula(inner: str, verbatim: str, put: Callable[[str], str]) -> str:
    """A formula without its delimiters; as printed where it cannot be rendered."""
    if not inner.strip("~ "):
        return " "
    if (macro := _MACRO.match(inner.strip())) and (macro[1] or macro[2]) in _linking():
        return _text(inner.strip(), put)
    plain = rendered(inner.strip()) if len(inner) <= markup()["formula"]["longest"] else None
    return verbatim if plain is None else plain


def _split(text: str) -> Iterator[tuple[str, str | None]]:
    """The text in parts: what stands between formulas, and formulas with the words as printed."""
    start, position = 0, 0
    while opening := _DOLLAR.search(text, position):
        sign = "$$" if text.startswith("$$", opening.start()) else "$"
        closing = text.find(sign, opening.start() + len(sign))
        while closing > 0 and text[closing - 1] == "\\":
            closing = text.find(sign, closing + 1)
        if closing < 0:
            position = opening.start() + len(sign)
            continue
        inner = text[opening.start() + len(sign) : closing]
        position = end = closing + len(sign)
        if _is_formula(inner, text[end : end + 1]):
            yield text[start : opening.start()], None
            yield inner, text[opening.start() : end]
            start = end
        else:
            position = opening.start() + len(sign)
    yield text[start:], None


def _is_formula(inner: str, after: str) -> bool:
    """Whether what stands between two dollar signs is a formula rather than prose between two amounts."""
    if not inner.strip() or len(inner) > markup()["formula"]["longest"] or _BLANK_LINE.search(inner):
        return False
    plain = re.sub(r"\\[A-Za-z]+\s*\{[^{}]*\}|\\[A-Za-z]+", "§", inner)
    prose = max((len(run.split()) for run in _PROSE.findall(plain)), default=0)
    if prose >= markup()["formula"]["prose_words"]:
        return False
    if _MARKED.search(inner):
        return "\\" in inner or not (after.isdigit() or _AMOUNT.match(inner))
    if len(inner.strip()) == 1 and inner.strip().isalpha():
        return True
    even = prose < 2 and inner[0].isspace() == inner[-1].isspace()
    return even and not after.isdigit() and not _AMOUNT.match(inner)


def _text(text: str, put: Callable[[str], str]) -> str:
    """Running text without macros, accents, quotes, ties and braces."""
    text = _ESCAPED_APOSTROPHE.sub("'", text)
    text = _ACCENT.sub(lambda found: decoded(found[0]) or found[0], text)
    text = _NOTE.sub("", text)
    text = _VERBATIM.sub(lambda found: put(found[2]), text)
    text = _without_macros(text, put)
    text = _with_scripts(text, put)
    text = _TIE.sub(" ", text)
    text = _ESCAPED.sub(lambda found: put(_ESCAPES.get(found[1], found[1])), text)
    text = _PAIRED_QUOTES.sub(r"“\1”", text)
    text = _MIXED_QUOTES.sub(r'"\1"', text).replace("``", "“")
    return _without_braces(text)


def _without_macros(text: str, put: Callable[[str], str]) -> str:
    """Macros replaced by what they print, from left to right."""
    parts: list[str] = []
    position = 0
    while found := _MACRO.search(text, position):
        parts.append(text[position : found.start()])
        printed, position = _macro(found[1] or found[2], text, found, put)
        parts.append(printed)
    return "".join([*parts, text[position:]])


def _macro(name: str, text: str, found: re.Match[str], put: Callable[[str], str]) -> tuple[str, int]:
    """What a macro prints, and where the text goes on."""
    data = markup()["text"]
    end = found.end()
    groups: list[str] = []
    wanted = 2 if name in data["second"] or name == "href" else 1
    if known(name) and name not in _textual():
        return _mathematics(name, text, end, text[found.start() - 1 : found.start()], put)
    while (
        len(groups) < wanted
        and (start := _opening(text, end)) is not None
        and (close := balanced(text, start))
    ):
        groups.append(text[start + 1 : close - 1])
        end = close
    word = markup()["words"].get(name)
    if word is not None and not "".join(groups):
        return put(word), end if groups else _after_word(name, text, end)
    if "".join(groups).strip():
        return _printed(name, groups, put), end
    if name in data["switches"]:
        return "", end + text[end : end + 1].isspace()
    return (name if groups or found[1] else found[0]), end


def _opening(text: str, position: int) -> int | None:
    """Where the next argument opens, one space aside."""
    for start in (position, position + 1):
        if text[start : start + 1] == "{":
            return start
        if not text[start : start + 1].isspace():
            return None
    return None


def _after_word(name: str, text: str, end: int) -> int:
    """TeX takes the space behind a macro; authors who know it only mean it behind an opening quote."""
    return end + 1 if name.endswith("quotedblleft") and text[end : end + 1] == " " else end


def _printed(name: str, groups: list[str], put: Callable[[str], str]) -> str:
    data = markup()["text"]
    inner = groups[-1]
    if name in data["second"] and len(groups) < 2:
        return ""
    if name in data["addresses"]:
        return put(decoded_address(inner))
    if name == "href" and len(groups) == 2:
        shown = _text(inner, put)
        address = decoded_address(groups[0])
        return put(address) if shown.strip() in ("", address) else f"{shown} ({put(address)})"
    if name in data["citations"] or name in data["references"]:
        return put(f"[{inner.strip()}]")
    if name in data["notes"]:
        return f" ({_text(inner, put).strip().rstrip('.')})"
    return _text(inner, put)


def decoded_address(address: str) -> str:
    """An address without the backslashes that LaTeX needs."""
    return re.sub(r"\\([%&_#~$])", r"\1", address).strip()


def _mathematics(name: str, text: str, end: int, before: str, put: Callable[[str], str]) -> tuple[str, int]:
    """A macro of formulas that stands in the text, with its arguments."""
    start = end
    for _ in range(arguments(name)):
        opening = _opening(text, end)
        close = 0 if opening is None else balanced(text, opening)
        end = close or end
    plain = rendered(f"\\{name}{text[start:end]}")
    printed = put(f"\\{name}{text[start:end]}" if plain is None else plain)
    if name in markup()["formula"]["functions"]:
        begins = re.search(r"[\w)\ufdd1]$", before) is not None
        goes_on = re.match(r"[\w\\\ufdd0]", text[end : end + 1]) is not None
        printed = " " * begins + printed + " " * goes_on
    return printed, end


def _with_scripts(text: str, put: Callable[[str], str]) -> str:
    """Scripts in braces as they stand in formulas: ``T^{2/3}``."""
    parts: list[str] = []
    position = 0
    while found := _SCRIPT.search(text, position):
        end = balanced(text, found.end())
        plain = rendered(text[found.start() : end]) if end else None
        parts.append(text[position : found.start()])
        parts.append(text[found.start() : found.end()] if plain is None else put(plain))
        position = found.end() if plain is None else end
    return "".join([*parts, text[position:]])


def _without_braces(text: str) -> str:
    """Braces that group letters or words go; those of sets and lists stay."""
    for _ in range(3):
        text = _TAKEN_APART.sub(lambda found: found[1] or found[2] or "", text)
        text = _INNERMOST.sub(_ungrouped, text)
    return text


def _ungrouped(found: re.Match[str]) -> str:
    before, inner = found.groups()
    if _ASIDE.fullmatch(inner):
        return before + inner
    if not _WORDS.match(inner) or _NO_WORDS.search(inner):
        return found[0]
    words = inner.split()
    if len(inner.strip()) <= 1 or ("," in inner.rstrip(",") and len(words) < _ENOUGH_WORDS):
        return found[0]
    if before == "\ufdd1":
        return f"{before} {inner}" if inner[0].isalpha() else before + inner
    if before and not inner[0].isupper():  # a macro got lost before a phrase; a single word is left alone
        return found[0] if len(words) == 1 else f"{before} {inner.lstrip()}"
    return before + inner


@cache
def _linking() -> frozenset[str]:
    """Macros of text that some set into formulas whole."""
    return frozenset({"href", *markup()["text"]["addresses"], *markup()["text"]["citations"]})


@cache
def _textual() -> frozenset[str]:
    """Macros that pylatexenc knows and whose reading in a text is our own."""
    data = markup()["text"]
    lists = ("transparent", "switches", "citations", "addresses", "notes", "references", "second")
    return frozenset(name for key in lists for name in data[key]) | set(markup()["words"]) | {"href"}
