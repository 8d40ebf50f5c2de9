"""The job that answers for one thing: its page, or its description in RDF."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from kg.serve.negotiation import choose
from kg.serve.pages.asked import FORMS, HTML, HTML_TEXT, PageRequest
from kg.serve.pages.author import author
from kg.serve.pages.community import community
from kg.serve.pages.concept import concept
from kg.serve.pages.description import serialised
from kg.serve.pages.facts import Facts
from kg.serve.pages.missing import near
from kg.serve.pages.paper import paper
from kg.serve.pages.schema import data_block
from kg.serve.pages.settings import SETTINGS
from kg.serve.pages.signposts import data_signposts, header, signposts
from kg.serve.pages.start import source
from kg.serve.pages.survey import survey
from kg.serve.pages.thing import thing
from kg.serve.pages.venue import venue
from kg.serve.pages.view import Subject, View
from kg.serve.rendering import render
from kg.serve.reply import Reply, refusal
from kg.serve.world import World

_VIEWS: dict[str, Callable[[Subject], View]] = {
    "Author": author,
    "Paper": paper,
    "Topic": concept,
    "Method": concept,
    "Dataset": concept,
    "Metric": concept,
    "Venue": venue,
    "Edition": venue,
    "Community": community,
}
_TEXTUAL = frozenset({"text/turtle"})
_VARY = ("vary", "Accept")


def page(world: World, asked: PageRequest) -> Reply:
    """The page of a thing, or its description in RDF, as a suffix or else the Accept header asks.

    Args:
        world: with the graph.
        asked: for what, and in which form.

    Returns:
        200 with the page or the data; 404 with names alike where the graph has no such thing; 406 where none
        of the accepted forms is offered.
    """
    path, form = asked.parted()
    facts = Facts(world.store, world.base)
    iri = _known(facts, world.base + path) if path else None
    if iri is None:
        return _missing(world, asked)
    chosen = form or choose(asked.accept, tuple(FORMS.values()))
    if chosen is None:
        return refusal(406, f"offered are {', '.join(FORMS.values())}; ask for one of these")
    here = f"{asked.origin}/id/{quote(path, safe='/-._~')}"
    if chosen == HTML:
        return _page(world, facts, asked, iri, here)
    kind = f"{chosen}; charset=utf-8" if chosen in _TEXTUAL else chosen
    headers = (_VARY, header(data_signposts(iri, here)))
    return Reply(200, kind, serialised(world, iri, chosen), headers)


def _known(facts: Facts, iri: str) -> str | None:
    """The IRI where it is one, and the graph says anything of it."""
    try:
        return iri if facts.known(iri) else None
    except ValueError:  # strangers ask for what is no IRI
        return None


def _page(world: World, facts: Facts, asked: PageRequest, iri: str, here: str) -> Reply:
    kind = facts.kind(iri)
    view = _VIEWS.get(kind, thing)(Subject(facts, survey(world), iri, kind, asked.page))
    posts = signposts(world, view, iri, here)
    content = render(
        view.template,
        **view.context,
        name=view.title,
        kind=SETTINGS.word("kinds", kind) or "Thing",
        iri=iri,
        path=f"/id/{quote(facts.path(iri), safe='/-._~')}",
        forms=[(suffix, kind) for suffix, kind in FORMS.items() if kind != HTML],
        shown=SETTINGS.limits["links"],
        signposts=posts,
        schema=data_block(view.schema, iri, here),
        source=source(facts),
    )
    return Reply(200, HTML_TEXT, content.encode("utf-8", "replace"), (_VARY, header(posts)))


def _missing(world: World, asked: PageRequest) -> Reply:
    path, form = asked.parted()
    if (form or choose(asked.accept, tuple(FORMS.values()))) not in (HTML, None):
        return refusal(404, "the graph has nothing with this IRI; see / for what it has")
    facts = Facts(world.store, world.base)
    content = render("missing.html.j2", near=near(world, path), asked=path, source=source(facts))
    return Reply(404, HTML_TEXT, content.encode("utf-8", "replace"), (_VARY,))
