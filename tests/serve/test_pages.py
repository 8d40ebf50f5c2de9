"""The linked-data pages: what they show, what machines read of them, and that strangers' words stay words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import pyoxigraph as ox
import pytest

from kg.namespaces import BASE, INSTANCE_KINDS, prefixes
from kg.query.store import load_store
from kg.serve.jobs import JOBS
from kg.serve.pages import PageRequest, page, start
from kg.serve.reply import Reply
from kg.serve.world import World, open_world
from tests.query.small import ABSTRACT, GRAPH, TITLE, changed

ORIGIN = "http://127.0.0.1:8000"
SMALL = (
    "run/r",
    "venue/iclr",
    "edition/iclr-2021",
    "method/adam",
    "dataset/imagenet",
    "author/ada-lovelace",
    "author/rene-descartes",
    "decision/rene-descartes-1",
    "identity/ada-lovelace--rene-descartes",
    "community/ada-lovelace",
    "paper/iclr-2021-0001",
    "authorship/iclr-2021-0001-2",
    "mention/iclr-2021-0001-1",
    "claim/iclr-2021-0001-1",
)
DATA = {
    ".ttl": ("text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
    ".nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ".rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ".jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
}


def world_of(graph: str, void: bytes = b"") -> World:
    return World(load_store(graph.encode()), BASE, void)


@pytest.fixture(scope="module")
def small() -> World:
    return world_of(GRAPH)


@pytest.fixture(scope="module")
def seeds(seed_folder: Path) -> World:
    return open_world(seed_folder)


def asked(world: World, path: str, accept: str | None = "text/html", number: int = 1) -> Reply:
    return page(world, PageRequest(path, accept, ORIGIN, number))


def shown(world: World, path: str, number: int = 1) -> str:
    reply = asked(world, path, number=number)
    assert reply.status == 200, f"/id/{path} answers {reply.status}"
    return reply.content.decode()


def words(html: str) -> str:
    """What a reader sees, in one line."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    body = tree.find("body")
    assert body is not None
    return " ".join("".join(body.itertext()).split())


def triples(content: bytes, shape: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(content, format=shape)}


@pytest.mark.parametrize("path", SMALL)
def test_every_thing_has_a_page_that_parses_strictly_and_bears_its_name(small: World, path: str) -> None:
    html = shown(small, path)
    html5lib.HTMLParser(strict=True).parse(html)
    assert "<h1>" in html and "None" not in words(html)


def test_every_kind_of_instance_has_a_page_here() -> None:
    assert {path.partition("/")[0] for path in SMALL} >= set(INSTANCE_KINDS) - {"topic", "metric"}


@pytest.mark.parametrize("suffix", DATA)
def test_every_thing_is_data_too_by_suffix_and_by_accept(small: World, suffix: str) -> None:
    media_type, shape = DATA[suffix]
    for path in SMALL:
        by_suffix = asked(small, path + suffix, "text/html")
        by_accept = asked(small, path, media_type.partition(";")[0])
        assert by_suffix.media_type == by_accept.media_type == media_type, path
        assert triples(by_suffix.content, shape) == triples(by_accept.content, shape), path
        assert any(t.subject.value == BASE + path for t in triples(by_suffix.content, shape)), path


def test_a_description_holds_what_is_said_what_leads_here_and_the_names_of_neighbours(small: World) -> None:
    found = triples(asked(small, "author/ada-lovelace.ttl").content, ox.RdfFormat.TURTLE)
    stated = {
        (t.subject.value.removeprefix(BASE), t.predicate.value.rpartition("/")[2].rpartition("#")[2])
        for t in found
    }
    assert ("author/ada-lovelace", "pageRank") in stated
    assert ("paper/iclr-2021-0001", "creator") in stated
    assert ("paper/iclr-2021-0001", "title") in stated
    assert ("author/rene-descartes", "name") in stated


def test_the_data_is_written_the_same_each_time_and_with_prefixes(small: World) -> None:
    first = asked(small, "method/adam.ttl").content
    assert first == asked(world_of(GRAPH), "method/adam.ttl").content
    assert b"@prefix kg:" in first and b"method:adam" in first and ORIGIN.encode() not in first


def test_a_property_that_leads_here_too_often_is_left_out_of_the_data() -> None:
    many = "".join(f"paper:p{n} a kg:Paper ; dcterms:isPartOf edition:iclr-2021 .\n" for n in range(150))
    found = triples(asked(world_of(GRAPH + many), "edition/iclr-2021.nt").content, ox.RdfFormat.N_TRIPLES)
    assert not [t for t in found if t.predicate.value.endswith("isPartOf") and "/paper/" in t.subject.value]


def test_what_no_form_satisfies_is_refused_with_those_on_offer(small: World) -> None:
    reply = asked(small, "method/adam", "image/png")
    assert reply.status == 406 and b"text/turtle" in reply.content


@pytest.mark.parametrize(
    "path", ["method/adm", "metod/adam", "method/nothing-at-all-like-it", "", "a b", "x\ud800<>"]
)
def test_what_is_not_there_is_not_found(small: World, path: str) -> None:
    reply = asked(small, path)
    assert reply.status == 404
    html5lib.HTMLParser(strict=True).parse(reply.content.decode())


def test_names_alike_are_offered_where_nothing_is_found(small: World) -> None:
    assert 'href="/id/author/ada-lovelace"' in asked(small, "author/ada-lovelac").content.decode()
    assert 'href="/id/paper/iclr-2021-0001"' in asked(small, "mention/iclr-2021-0001-99").content.decode()


def test_data_of_what_is_not_there_is_a_line(small: World) -> None:
    reply = asked(small, "method/adm.ttl")
    assert reply.status == 404 and reply.media_type.startswith("text/plain")


def test_a_person_shows_names_papers_coauthors_decisions_and_who_may_be_the_same(small: World) -> None:
    text = words(shown(small, "author/rene-descartes"))
    for told in (
        "René Descartes",
        "also printed as R. Descartes",
        TITLE,
        "Ada Lovelace",
        "uncertain that all papers here are by one person",
        "Brought together",
        "3 shared co-authors",
        "one printed name, kept apart by the evidence",
        "1 to 2 when drawn anew",
        "optimisation",
    ):
        assert told in text, f"{told!r} is missing"


def test_a_person_is_identified_by_web_addresses_and_other_names(small: World) -> None:
    html = shown(small, "author/ada-lovelace")
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in html and "dblp:lovelace" in html


def test_a_paper_shows_its_abstract_whole_with_what_it_names_linked(small: World) -> None:
    html = shown(small, "paper/iclr-2021-0001")
    assert ABSTRACT in words(html)
    assert re.search(r'<a class="mark method"[^>]*href="/id/method/adam"[^>]*>Adam</a> wins', html), (
        "marks moved"
    )


def test_a_paper_shows_each_statement_with_its_sentence_and_confidence(small: World) -> None:
    text = words(shown(small, "paper/iclr-2021-0001"))
    assert "Adam outperforms SGD confidence 0.70" in text
    assert "Uses Adam confidence 0.90 Adam wins." in text


def test_authors_of_a_paper_stand_in_their_order_as_printed(small: World) -> None:
    assert "Ada Lovelace, R. Descartes" in words(shown(small, "paper/iclr-2021-0001"))


def test_a_concept_shows_its_names_neighbours_people_papers_and_what_is_said_of_it(small: World) -> None:
    text = words(shown(small, "method/adam"))
    for told in (
        "also adaptive moments",
        "Broader SGD",
        "Adam outperforms SGD",
        TITLE,
        "Papers that use it",
        "René Descartes",
    ):
        assert told in text, f"{told!r} is missing"


def test_related_papers_are_those_that_share_most(seeds: World) -> None:
    html = shown(seeds, "paper/iclr-2021-0036")
    assert "Related papers" in html and "shares" in words(html)


def test_a_venue_shows_editions_topics_people_and_its_papers_in_pages(seeds: World) -> None:
    first, last = shown(seeds, "edition/iclr-2021"), shown(seeds, "edition/iclr-2021", 4)
    assert "Page 1 of 4" in words(first) and 'rel="next"' in first and 'rel="prev"' not in first
    assert "Page 4 of 4" in words(last) and 'rel="next"' not in last
    titles = [
        set(re.findall(r'class="title"><a href="([^"]+)"', shown(seeds, "edition/iclr-2021", n)))
        for n in (1, 2, 3, 4)
    ]
    assert len(set.union(*titles)) == sum(map(len, titles)) == 200
    assert shown(seeds, "edition/iclr-2021", 99) == last


def test_a_group_shows_its_people_its_leader_and_what_sets_it_apart(small: World) -> None:
    text = words(shown(small, "community/ada-lovelace"))
    assert "around Ada Lovelace" in text and "Set apart by Adam" in text and TITLE in text


def test_papers_over_several_years_are_drawn_and_told_in_a_table() -> None:
    html = shown(
        world_of(
            GRAPH
            + 'paper:b a kg:Paper ; dcterms:title "B"@en ; dcterms:issued "2019"^^xsd:gYear ; dcterms:creator author:ada-lovelace .\n'
        ),
        "author/ada-lovelace",
    )
    assert '<svg class="chart"' in html and 'role="img"' in html
    assert re.search(r'<th scope="row">2020</th><td>0</td>', html), "a year without papers is a year too"


def test_a_statement_and_a_mention_lead_to_their_paper(small: World) -> None:
    for path in ("claim/iclr-2021-0001-1", "mention/iclr-2021-0001-1", "authorship/iclr-2021-0001-1"):
        assert 'href="/id/paper/iclr-2021-0001"' in shown(small, path), path


def test_the_first_page_tells_what_there_is_and_where_to_begin(seeds: World) -> None:
    html = start(seeds, ORIGIN).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert "<dt>papers</dt><dd>200</dd>" in html
    for target in ("/query", "/explorer", "/sparql", "/data/graph.ttl", "/id/author/sergey-levine"):
        assert f'href="{target}"' in html, f"no link to {target}"


def test_signposts_stand_in_the_header_and_in_the_page_alike(small: World) -> None:
    reply = asked(small, "paper/iclr-2021-0001")
    header = dict(reply.headers)["link"]
    posts = {(rel, href) for href, rel in re.findall(r'<([^>]+)>; rel="([^"]+)"', header)}
    assert {
        ("cite-as", f"{BASE}paper/iclr-2021-0001"),
        ("type", "https://schema.org/ScholarlyArticle"),
        ("type", "https://schema.org/AboutPage"),
        ("describedby", f"{ORIGIN}/id/paper/iclr-2021-0001.ttl"),
        ("alternate", f"{ORIGIN}/id/paper/iclr-2021-0001.jsonld"),
        ("author", f"{BASE}author/ada-lovelace"),
        ("collection", f"{BASE}edition/iclr-2021"),
    } <= posts
    tree = html5lib.parse(reply.content, namespaceHTMLElements=False)
    links = {(link.get("rel"), link.get("href")) for link in tree.iter("link")} - {
        ("stylesheet", "/static/style.css")
    }
    assert posts <= links
    assert 'type="text/turtle"' in header


def test_a_licence_that_the_build_names_is_a_signpost() -> None:
    void = b"<https://example.org/void> <http://purl.org/dc/terms/license> <https://creativecommons.org/publicdomain/zero/1.0/> ."
    header = dict(asked(world_of(GRAPH, void), "method/adam").headers)["link"]
    assert '<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"' in header


def test_data_leads_back_to_the_page(small: World) -> None:
    header = dict(asked(small, "method/adam.ttl").headers)["link"]
    assert f'<{ORIGIN}/id/method/adam>; rel="describes"' in header


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("paper/iclr-2021-0001", "ScholarlyArticle"),
        ("author/ada-lovelace", "Person"),
        ("method/adam", "DefinedTerm"),
        ("dataset/imagenet", "Dataset"),
        ("venue/iclr", "Periodical"),
        ("community/ada-lovelace", "Organization"),
    ],
)
def test_search_engines_read_what_a_page_is_about(small: World, path: str, kind: str) -> None:
    (block,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', shown(small, path), re.DOTALL
    )
    read = json.loads(block)
    assert read["@type"] == kind and read["@id"] == BASE + path and read["name"]


SUGGEST = "/static/suggest.js"
ATTACK = "</script><script>alert(1)</script><img src=x onerror=alert(1)>'\\\" & \\u0007"


def attacked() -> str:
    """The small graph with an attack in every literal that is no number, and in every address."""
    poisoned = re.sub(
        r'"([A-Za-z][^"]*)"(?!\^)', lambda found: f'"{found[1]} {ATTACK}"', GRAPH.partition("run:r a")[2]
    )
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
    return (
        head
        + "run:r a"
        + poisoned.replace("<https://example.org/1>", "<javascript:alert(1)>").replace(
            "<https://orcid.org/0000-0002-1825-0097>", "<javascript:alert(2)>, <data:text/html,x>"
        )
    )


@pytest.mark.parametrize("path", SMALL)
def test_no_word_of_a_stranger_becomes_markup(path: str) -> None:
    world = world_of(attacked())
    for html in (shown(world, path), start(world, ORIGIN).content.decode()):
        html5lib.HTMLParser(strict=True).parse(html)
        tree = html5lib.parse(html, namespaceHTMLElements=False)
        scripts = [script for script in tree.iter("script") if script.get("src") != SUGGEST]
        assert all(script.get("type") == "application/ld+json" for script in scripts), "a script got in"
        assert all(json.loads(script.text or "") for script in scripts)
        assert not list(tree.iter("img")), "an element got in"
        leading = [a.get("href", "") for a in tree.iter("a")] + [
            link.get("href", "") for link in tree.iter("link")
        ]
        assert all(href.startswith(("/", "http://", "https://", "#")) for href in leading), leading


@pytest.mark.parametrize("path", SMALL)
def test_poisoned_data_can_still_be_read_in_each_form(path: str) -> None:
    world = world_of(attacked())
    for suffix, (_, shape) in DATA.items():
        assert triples(asked(world, path + suffix).content, shape), suffix


def test_a_header_cannot_be_broken_by_an_iri() -> None:
    world = world_of(GRAPH + "paper:iclr-2021-0001 dcterms:creator <https://example.org/a,b;c> .\n")
    for name, field in asked(world, "paper/iclr-2021-0001").headers:
        assert "\n" not in field and "\r" not in field, name
        field.encode("ascii")


def test_pages_ask_no_other_host_and_run_no_script_but_that_of_the_search_box(seeds: World) -> None:
    for path in ("author/sergey-levine", "topic/reinforcement-learning", "paper/iclr-2021-0036"):
        html = shown(seeds, path).replace(f'<script src="{SUGGEST}" defer></script>', "", 1)
        assert not re.search(r"<(?:img|iframe|object|embed)|\ssrc=|\sstyle=|<style|\son\w+=", html), path


def test_a_page_is_the_same_each_time(seed_folder: Path, seeds: World) -> None:
    again = open_world(seed_folder)
    for path in ("author/sergey-levine", "topic/generalization", "community/sergey-levine", "venue/iclr"):
        assert shown(again, path) == shown(seeds, path), path


def test_a_paper_that_lacks_nearly_everything_has_a_page() -> None:
    world = world_of(GRAPH + 'paper:bare a kg:Paper ; dcterms:title "Bare"@en .\n')
    text = words(shown(world, "paper/bare"))
    assert "Bare" in text and "Abstract" not in text


def test_strange_places_and_numbers_do_not_break_a_page() -> None:
    strange = changed("kg:start 50 ; kg:end 54", "kg:start 500 ; kg:end 54").replace(
        '"2021"^^xsd:gYear', '"20x1"^^xsd:gYear'
    )
    assert TITLE in words(shown(world_of(strange), "paper/iclr-2021-0001"))


def test_the_workers_know_the_jobs() -> None:
    assert JOBS["page"] is page and JOBS["start"] is start


def test_the_style_sheet_stays_small() -> None:
    style = Path(__file__).resolve().parents[2] / "kg" / "serve" / "static" / "style.css"
    assert len(style.read_bytes()) < 12 * 1024
