"""LaTeX in bibliographies, decoded by pylatexenc: accents to letters, no braces, formulas as they are."""

from __future__ import annotations

import logging
import re
import tomllib
from functools import cache
from importlib.resources import files

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db  # type: ignore[import-untyped]

_LATEX = re.compile(r"[\\{}~$]|``|''|--")
# Bare, these begin a comment, part columns or name arguments; bibliographies mean the sign.
_BARE_SIGN = re.compile(r"(?<!\\)[%&#]")
_TIE = re.compile(r"(?<!\\)~")
_ESCAPED = re.compile(r"\\([_%&#~$^])(?:\{\})?|\{?\\textasciitilde\s?(?:\{\})?\}?")

# It logs what it cannot parse; without a handler that would go to standard error.
logging.getLogger("pylatexenc").addHandler(logging.NullHandler())


def decoded(text: str) -> str:
    r"""A title, name or abstract as Unicode text.

    Example:
        >>> decoded(r"Garc{\'i}a's {BERT} at 50\% of $O(n^2)$")
        "García's BERT at 50% of $O(n^2)$"
    """
    if not _LATEX.search(text):
        return text
    escaped = _TIE.sub(" ", _BARE_SIGN.sub(r"\\\g<0>", text))
    try:
        return str(_decoder().latex_to_text(escaped)).strip()
    except Exception:  # whatever strangers' LaTeX does to the parser, the plain text is better than none
        return text.replace("{", "").replace("}", "")


def unescaped(text: str) -> str:
    r"""An address or identifier without its backslashes; nothing else in it is LaTeX.

    Example:
        >>> unescaped(r"https://a.org/b\_c?d=1\&e=50%20")
        'https://a.org/b_c?d=1&e=50%20'
    """
    return _ESCAPED.sub(lambda found: found[1] or "~", text).strip()


@cache
def _decoder() -> LatexNodes2Text:
    characters = tomllib.loads(files("kg.read").joinpath("latex.toml").read_text(encoding="utf-8"))[
        "characters"
    ]
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=_constant(sign)) for name, sign in characters.items()]
    macros.append(MacroTextSpec("url", simplify_repl="%s"))
    context.add_context_category("bibliography", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", keep_comments=True)


def _constant(sign: str) -> object:
    """A function, since pylatexenc reads ``%`` in a text as a place for an argument."""
    return lambda node: sign
