"""Marked text for a terminal: coloured where it has colours, in brackets where it has none."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.style import Style
from rich.text import Text

from kg.query.marked import Mark, MarkedPaper, MarkedText
from kg.query.marking import marking, samples
from kg.query.plain import printable
from kg.records import Kind


def print_marked(console: Console, paper: MarkedPaper) -> None:
    """Print the title, the abstract and a legend, wrapped at the terminal's width.

    A stranger's words reach the terminal without control characters and are never read as markup. Without
    colours (no terminal, or NO_COLOR is set) a mark is ``[its words](its kind)``; without a terminal, each text
    stays on one line, for the programs that read it.

    Args:
        console: where to.
        paper: the marked paper.
    """
    colours = console.color_system is not None and not console.no_color
    parts = [part for part in (paper.title, paper.abstract) if part.text]
    texts = [coloured(part) if colours else Text(bracketed(part)) for part in parts]
    legend = coloured(samples()) if colours else Text(_bracketed_legend())
    for number, text in enumerate([*texts, legend]):
        if number:
            console.print()
        for line in _lines(console, text):
            console.print(line, soft_wrap=True)


def coloured(part: MarkedText) -> Text:
    """A text whose marks have the colour of their kind.

    What the paper introduces is bold and underlined; what is not asserted has the colour in its letters instead
    of behind them, and darker.
    """
    text = Text()
    for piece, mark in part.pieces():
        text.append(printable(piece), _style(mark) if mark else None)
    return text


def bracketed(part: MarkedText) -> str:
    """A text whose marks stand in brackets, with their kind.

    Example:
        >>> from kg.records import Kind, Role
        >>> adam = Mark(0, 4, "Adam", Kind.METHOD, Role.INTRODUCES, 0.9, asserted=True)
        >>> fast = Mark(9, 14, "speed", Kind.METRIC, Role.EVALUATES_WITH, 0.3, asserted=False)
        >>> bracketed(MarkedText("Adam has speed.", (adam, fast)))
        '[Adam](method, introduced) has [speed](metric?).'
    """
    return "".join(
        printable(piece) if mark is None else f"[{printable(piece)}]({_label(mark)})"
        for piece, mark in part.pieces()
    )


def _label(mark: Mark) -> str:
    unsure = "" if mark.asserted else "?"
    return marking().kinds[mark.kind] + unsure + (", introduced" if mark.introduced else "")


def _style(mark: Mark) -> Style:
    colours = marking().terminal
    emphasis = True if mark.introduced else None
    if mark.asserted:
        return Style(color=colours["ink"], bgcolor=colours[mark.kind], bold=emphasis, underline=emphasis)
    return Style(color=colours[f"{mark.kind}_line"], underline=emphasis)


def _bracketed_legend() -> str:
    told = marking()
    *most, last = (told.kinds[kind] for kind in Kind)
    return (
        f"[words](kind) names a {', '.join(most)} or {last}; (kind, introduced): {told.states['introduced']}; "
        f"(kind?): {told.states['unasserted']}"
    )


def _lines(console: Console, text: Text) -> Iterator[Text]:
    """The text in lines that fit, indented; in one line where there is no width to fit."""
    indent = marking().indent
    wrapped = text.wrap(console, max(console.width - indent, 1)) if console.is_terminal else [text]
    for line in wrapped:
        line.rstrip()
        yield Text(" " * indent).append_text(line)
