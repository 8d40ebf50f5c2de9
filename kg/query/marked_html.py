"""Marked text as a page: one HTML file by displaCy, without script, that asks no other host for anything.

displaCy is spaCy's visualizer, https://spacy.io/usage/visualizers. It escapes the text and nothing else: not its
titles, not its labels, not the parameters of a template; those are escaped here. Its page names no encoding and
its colours know one theme; both are mended here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from spacy import displacy

from kg.query.marked import Mark, MarkedPaper, MarkedText
from kg.query.marking import marking, samples
from kg.query.plain import printable
from kg.records import Kind

# The note stands inside the mark, so that a keyboard, a finger and a screen reader reach it as a mouse does.
_MARK = (
    '<mark class="entity {state}" style="--fill: {bg}; --line: {line}" tabindex="0"><span class="words">{text}</span>'
    '<span class="kind">&nbsp;{label}</span><span class="note"> {note}</span></mark>'
)
_SAMPLE = '<mark class="entity {state}" style="--fill: {bg}; --line: {line}"><span class="words">{text}</span></mark>'
_PAGE_TITLE = "<title>displaCy</title>"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(papers: Sequence[MarkedPaper]) -> str:
    """An HTML page of papers, each with title and abstract, and a legend.

    Args:
        papers: at least one.

    Returns:
        The document, for a file in UTF-8.
    """
    texts = [_document(part, heading) for paper in papers for part, heading in _parts(paper)]
    legend = _document(samples(), "Legend")
    body = _rendered(texts, _MARK, page=True)
    end = body.rindex("</body>")
    body = body[:end] + _rendered([legend], _SAMPLE, page=False) + body[end:]
    return body.replace(_PAGE_TITLE, _head(papers[0].title.text), 1) + "\n"


def _parts(paper: MarkedPaper) -> list[tuple[MarkedText, str]]:
    abstract = [(paper.abstract, "Abstract")] if paper.abstract.text else []
    return [(paper.title, "Title"), *abstract]


def _rendered(documents: list[dict[str, Any]], template: str, *, page: bool) -> str:
    told = marking()
    options = {"template": template, "colors": {told.kinds[kind]: f"var(--{kind})" for kind in Kind}}
    return displacy.render(
        documents, style="ent", manual=True, page=page, jupyter=False, options=options
    ).strip()


def _document(part: MarkedText, heading: str) -> dict[str, Any]:
    """A text as displaCy takes it by hand."""
    entities = [
        {
            "start": mark.start,
            "end": mark.end,
            "label": escape(marking().kinds[mark.kind]),
            "params": _parameters(mark),
        }
        for mark in part.marks
    ]
    return {"text": printable(part.text), "ents": entities, "title": heading}


def _parameters(mark: Mark) -> dict[str, str]:
    states = [] if mark.asserted else ["unasserted"]
    if mark.introduced:
        states.append("introduced")
    return {
        "state": " ".join(states),
        "line": f"var(--{mark.kind}_line)",
        "note": escape(printable(marking().told(mark))),
    }


def _head(title: str) -> str:
    style = files("kg.query").joinpath("marked.css").read_text(encoding="utf-8")
    told = marking()
    return (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(printable(title))}</title>\n"
        f"<style>\n:root {{ {_variables(told.light)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_variables(told.dark)} }} }}\n{style}</style>"
    )


def _variables(colours: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())
