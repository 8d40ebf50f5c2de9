"""Signposts for machines: typed links from a page to its identifier, its data, its authors and its parts.

FAIR Signposting Profile, https://signposting.org/FAIR/; Web Linking, https://www.rfc-editor.org/rfc/rfc8288.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg.serve.pages.asked import FORMS, HTML
from kg.serve.pages.facts import Facts, web_only
from kg.serve.pages.schema import types
from kg.serve.pages.settings import SETTINGS
from kg.serve.pages.view import View
from kg.serve.world import World

# What a target between angle brackets in a header may hold: https://www.rfc-editor.org/rfc/rfc3986#appendix-A
_TARGET = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


@dataclass(frozen=True, slots=True)
class Signpost:
    """A typed link: its relation, where it leads, and the media type found there, if told."""

    rel: str
    href: str
    media_type: str = ""


def signposts(world: World, view: View, iri: str, page: str) -> tuple[Signpost, ...]:
    """The signposts of a page.

    Args:
        world: with the build's description, which may name a licence.
        view: the page.
        iri: of the thing.
        page: the address of its page, without a suffix.
    """
    forms = [(f"{page}.{suffix}", kind) for suffix, kind in FORMS.items() if kind != HTML]
    found = (
        Signpost("cite-as", iri),
        *(Signpost("type", kind) for kind in types(view.schema)),
        *(Signpost("describedby", address, kind) for address, kind in forms),
        *(Signpost("alternate", address, kind) for address, kind in forms),
        *_all("author", view.authors),
        *_all("license", licences(world.void)),
        *_all("collection", view.collections),
        *_all("item", view.items),
    )
    return tuple(
        signpost for signpost in found if web_only(signpost.href) and _TARGET.fullmatch(signpost.href)
    )


def data_signposts(iri: str, page: str) -> tuple[Signpost, ...]:
    """The signposts of a description in RDF: back to the page, and to what it describes."""
    found = (Signpost("cite-as", iri), Signpost("describes", page, HTML))
    return tuple(
        signpost for signpost in found if web_only(signpost.href) and _TARGET.fullmatch(signpost.href)
    )


def header(found: Iterable[Signpost]) -> tuple[str, str]:
    """The Link header field.

    Example:
        >>> header([Signpost("describedby", "https://example.org/a.ttl", "text/turtle")])
        ('link', '<https://example.org/a.ttl>; rel="describedby"; type="text/turtle"')
    """
    return "link", ", ".join(_written(found))


def _written(found: Iterable[Signpost]) -> Iterator[str]:
    for signpost in found:
        kind = f'; type="{signpost.media_type}"' if signpost.media_type else ""
        yield f'<{signpost.href}>; rel="{signpost.rel}"{kind}'


def _all(rel: str, targets: Iterable[str]) -> list[Signpost]:
    return [Signpost(rel, target) for target in tuple(targets)[: SETTINGS.limits["items"]]]


@lru_cache(maxsize=4)
def licences(void: bytes) -> tuple[str, ...]:
    """The licences that a description of the data set names."""
    store = ox.Store()
    try:
        store.load(void, ox.RdfFormat.TURTLE)
    except (SyntaxError, ValueError):
        return ()
    facts = Facts(store, "")
    return tuple(sorted({t.value for _, t in facts.pairs("dcterms:license") if isinstance(t, ox.NamedNode)}))
