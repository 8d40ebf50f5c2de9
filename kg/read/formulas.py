r"""LaTeX formulas as one line of Unicode: ``\ell_2`` is ℓ2, ``O(n^2)`` is O(n²).

Parsed and mostly rendered by pylatexenc (https://pylatexenc.readthedocs.io/). It drops the braces of scripts and
fractions and the macros that it does not know, so these are rendered here: nothing that the formula says is lost.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db  # type: ignore[import-untyped]
from pylatexenc.latexwalker import LatexWalker  # type: ignore[import-untyped]
from pylatexenc.latexwalker import get_default_latex_context_db as get_walker_context
from pylatexenc.macrospec import MacroSpec  # type: ignore[import-untyped]

from kg.read.markup_data import markup

_RAISE, _LOWER = "kgraise", "kglower"
_SCRIPT = re.compile(r"(?<!\\)([\^_])\s*")
_ARGUMENT = re.compile(r"\\(?:[A-Za-z]+|.)|[^\\{}]", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]{2,}")
_MACRO = re.compile(r"\\(?:[A-Za-z]+|.)|(?<=\{)x[0-9A-Fa-f]{4}(?=\})", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\b")
_INDEXED = re.compile(r"(?<![^\W\d_])([^\W\d_]|[A-Z]+)_([0-9]+|∞)(?![0-9])")
_SIMPLE = re.compile(r"[\w.∞]+|\(.*\)")
_OPERATOR, _OPERAND = "\ufdd2", "\ufdd3"  # noncharacters: no text holds them by right
_DEEPEST = 50

# It logs what it cannot parse; without a handler that would go to standard error.
logging.getLogger("pylatexenc").addHandler(logging.NullHandler())


@lru_cache(maxsize=4096)
def rendered(formula: str) -> str | None:
    r"""A formula without its delimiters as Unicode, or None where that would lose some of it.

    Example:
        >>> rendered(r"\ell_2"), rendered(r"\tilde{O}(d\sqrt{n})"), rendered(r"\mathbb{R}^{n \times d}")
        ('ℓ2', 'Õ(d√(n))', 'ℝ^(n × d)')
        >>> rendered(r"\frac{1}{1-\gamma}"), rendered("10^6"), rendered(r"p_\theta(x \mid y)")
        ('1/(1-γ)', '10⁶', 'p_θ(x | y)')
        >>> rendered(r"\begin{matrix} 1 & 2 \end{matrix}") is None
        True
    """
    if _ENVIRONMENT.search(formula) or _depth(formula) > _DEEPEST:
        return None
    try:
        marked = _with_scripts(formula.replace("%", r"\%").replace(r"\\%", r"\%"))
        nodes, _, _ = LatexWalker(marked, latex_context=_syntax(), tolerant_parsing=False).get_latex_nodes()
        text = _tidy(_renderer().nodelist_to_text(nodes))
    except (
        Exception
    ):  # whatever strangers' LaTeX does to the parser, the formula as printed is better than none
        return None
    return text if text and "\\" not in text and _keeps_words(formula, text) else None


def known(macro: str) -> bool:
    """Whether a macro means something in formulas.

    Example:
        >>> known("epsilon"), known("ourmethod")
        (True, False)
    """
    data = markup()
    own = macro in data["accents"] or macro in data["signs"] or macro in data["formula"]["functions"]
    return (
        own
        or macro in data["formula"]["fractions"]
        or macro in data["templates"]
        or _known_to_pylatexenc(macro)
    )


@cache
def _known_to_pylatexenc(macro: str) -> bool:
    spec = get_default_latex_context_db().get_macro_spec(macro)
    return spec is not None and bool(spec.macroname)


def arguments(macro: str) -> int:
    """How many arguments in braces a macro of formulas takes.

    Example:
        >>> arguments("frac"), arguments("sqrt"), arguments("alpha")
        (2, 1, 0)
    """
    spec = _syntax().get_macro_spec(macro)
    parser = getattr(spec, "args_parser", None)
    return str(getattr(parser, "argspec", "")).count("{")


def balanced(text: str, start: int) -> int:
    r"""The end of the group whose opening brace stands at ``start``; 0 where it is not closed soon.

    Example:
        >>> balanced(r"\x{a{b}}c", 2)
        8
    """
    depth, position = 0, start
    limit = min(len(text), start + markup()["limits"]["group"])
    while position < limit:
        character = text[position]
        position += 1 + (character == "\\")
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return min(position, len(text))
    return 0


def _depth(formula: str) -> int:
    depth = deepest = 0
    for character in formula:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    return deepest


def _with_scripts(formula: str) -> str:
    """Scripts as macros, which pylatexenc renders with their braces in sight."""
    parts: list[str] = []
    position = 0
    while found := _SCRIPT.search(formula, position):
        parts.append(formula[position : found.start()])
        name = _RAISE if found[1] == "^" else _LOWER
        end = _argument_end(formula, found.end())
        inner = formula[found.end() : end]
        if inner.startswith("{") and inner.endswith("}"):
            inner = inner[1:-1]
        parts.append(f"\\{name}{{{_with_scripts(inner)}}}")
        position = end
    return "".join([*parts, formula[position:]])


def _argument_end(formula: str, start: int) -> int:
    """Where the argument of a script ends: a group, a character, or a macro with its groups."""
    if formula[start : start + 1] == "{":
        return balanced(formula, start) or len(formula)
    found = _ARGUMENT.match(formula, start)
    if found is None:
        return start
    end = found.end()
    while found[0].startswith("\\") and formula[end : end + 1] == "{":
        end = balanced(formula, end) or len(formula)
    return end


def _tidy(text: str) -> str:
    """Spaces where names meet letters and around relations, plain letters, indices set to their letter."""
    text = re.sub(rf"(?<=[^\W_]|[)\]}}])\s*{_OPERATOR}", " ", text).replace(_OPERATOR, "")
    text = re.sub(rf"{_OPERAND}\s*(?=[^\W_]|√)", " ", text).replace(_OPERAND, "")
    text = "".join(unicodedata.normalize("NFKC", c) if "\U0001d400" <= c <= "\U0001d7ff" else c for c in text)
    relations = re.escape(markup()["scripts"]["relations"])
    text = re.sub(rf"(?<=[\s(])([{relations}×·])(?=\S)", r"\1 ", text)
    text = re.sub(r"(?<=[^\s(\[{,])([-+]) ", r" \1 ", text)
    text = _INDEXED.sub(r"\1\2", text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _keeps_words(formula: str, text: str) -> bool:
    """Whether every word of the formula that is no macro is still there."""
    present = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text)))
    return all(word in present for word in _WORD.findall(_MACRO.sub(" ", formula)))


@cache
def _syntax() -> Any:
    """What pylatexenc has to know of arguments."""
    context = get_walker_context()
    data = markup()
    one = [_RAISE, _LOWER, *data["accents"], *(m for m in data["formula"]["plain"] if m != "bm"), "unicode"]
    own = [MacroSpec(name, "{") for name in one] + [MacroSpec("bm", "{")]
    own += [MacroSpec(name, "{{") for name in data["formula"]["fractions"]]
    own += [MacroSpec(name, "{" * form.count("%s")) for name, form in data["templates"].items()]
    bare = (*data["signs"], *data["formula"]["functions"], *data["formula"]["silent"])
    own += [MacroSpec(name, "") for name in bare]
    context.add_context_category("kg", prepend=True, macros=own)
    return context


@cache
def _renderer() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    data = markup()
    own: dict[str, Callable[..., str]] = {
        **{name: _constant(sign) for name, sign in (data["words"] | data["signs"]).items()},
        **{name: _constant("") for name in data["formula"]["silent"]},
        **{name: _constant(f"{_OPERATOR}{name}{_OPERAND}") for name in data["formula"]["functions"]},
        **{name: _accented(accent) for name, accent in data["accents"].items()},
        **dict.fromkeys(data["formula"]["fractions"], _fraction),
        **dict.fromkeys(data["formula"]["plain"], _first),
        **{name: _filled(form) for name, form in data["templates"].items()},
        _RAISE: _raised,
        _LOWER: _lowered,
        "sqrt": _root,
        "unicode": _character,
    }
    context.add_context_category(
        "kg", prepend=True, macros=[MacroTextSpec(name, simplify_repl=make) for name, make in own.items()]
    )
    context.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=lambda node: str(node.macroname)))
    return LatexNodes2Text(latex_context=context, math_mode="text", strict_latex_spaces=False)


def _constant(sign: str) -> Callable[..., str]:
    """A function, since pylatexenc reads ``%`` in a text as a place for an argument."""
    return lambda node: sign


def _text(node: Any, l2tobj: Any, number: int) -> str:
    return str(l2tobj.nodelist_to_text([node.nodeargd.argnlist[number]])).strip()


def _first(node: Any, l2tobj: Any) -> str:
    return _text(node, l2tobj, -1)


def _accented(accent: str) -> Callable[..., str]:
    def make(node: Any, l2tobj: Any) -> str:
        inner = unicodedata.normalize("NFKC", _text(node, l2tobj, 0))
        return unicodedata.normalize("NFC", inner + accent) if len(inner) == 1 else inner

    return make


def _fraction(node: Any, l2tobj: Any) -> str:
    return f"{_grouped(_text(node, l2tobj, 0))}/{_grouped(_text(node, l2tobj, 1))}"


def _filled(form: str) -> Callable[..., str]:
    def make(node: Any, l2tobj: Any) -> str:
        return form % tuple(_text(node, l2tobj, number) for number in range(form.count("%s")))

    return make


def _root(node: Any, l2tobj: Any) -> str:
    degree = node.nodeargd.argnlist[0]
    power = str(l2tobj.nodelist_to_text([degree])).strip("[] ") if degree is not None else ""
    sign = {"": "√", "3": "∛", "4": "∜"}.get(power) or f"{power}√"
    return f"{sign}({_first(node, l2tobj)})"


def _raised(node: Any, l2tobj: Any) -> str:
    inner = _text(node, l2tobj, 0)
    return superscript(inner)


def superscript(text: str) -> str:
    """A superscript on the line.

    Example:
        >>> superscript("2"), superscript("-1"), superscript("*"), superscript("n"), superscript("2/3")
        ('²', '⁻¹', '*', '^n', '^(2/3)')
    """
    scripts = markup()["scripts"]
    if text == "∘":
        return "°"
    if text and all(c in scripts["raised"] for c in text) and (len(text) > 1 or text not in "+-−"):
        return "".join(scripts["raised"][c] for c in text)
    if len(text) == 1 and text in scripts["attached"]:
        return text
    return f"^{_grouped(text)}" if text else ""


def _lowered(node: Any, l2tobj: Any) -> str:
    inner = _text(node, l2tobj, 0)
    return f"_{_grouped(inner)}" if inner else ""


def _character(node: Any, l2tobj: Any) -> str:
    """MathJax names characters by number: ``\\unicode{x2014}``."""
    code = _text(node, l2tobj, 0)
    return chr(int(code[1:], 16) if code.startswith("x") else int(code))


def _grouped(text: str) -> str:
    """A text in parentheses, where the end of it could not be seen without."""
    plain = text.replace(_OPERATOR, "").replace(_OPERAND, "")
    return text if len(plain) <= 1 or _SIMPLE.fullmatch(plain) else f"({text})"
