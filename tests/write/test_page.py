"""graph.html as text: what it carries, what it asks for, and that strangers' titles stay text."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest

from kg.build import Build
from kg.records import Author, Authorship, Community, Concept, Knowledge, Location, Paper
from kg.write.page import render, script_json
from kg.write.page.data import page_data, web_url
from kg.write.page.fields import choose_fields
from kg.write.page.labels import Box, Dot, Side, group_box, place_names, text_width, wrap
from kg.write.page.layout import Map, lay_out
from kg.write.page.members import arrange, disc_radius
from kg.write.page.settings import settings

EMPTY = Knowledge((), (), (), (), (), (), ())
HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a\u2028b\u2029c",
    "<!--<script>",
    "\ud800",
]


def paper(number: int, title: str, url: str | None = None) -> Paper:
    return Paper(f"p-{number}", title, (title,), title, 2021, "iclr", url, None, Location("seeds/x.md", 1))


def one_author_a_paper(titles: list[str], url: str | None = None) -> tuple[Knowledge, nx.Graph]:
    """Papers whose only author and only group are called as the paper is; nobody wrote with anybody."""
    graph = nx.Graph()
    graph.add_nodes_from(f"a-{n}" for n in range(len(titles)))
    knowledge = Knowledge(
        tuple(paper(n, title, url) for n, title in enumerate(titles)),
        (),
        (),
        (),
        (),
        tuple(Author(f"a-{n}", title, (title,)) for n, title in enumerate(titles)),
        tuple(Authorship(f"p-{n}", 1, f"a-{n}", title) for n, title in enumerate(titles)),
        tuple(Community(f"a-{n}", title, (), (f"a-{n}",), (f"p-{n}",)) for n, title in enumerate(titles)),
    )
    return knowledge, graph


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found, "the page has no data block"
    read: dict[str, Any] = json.loads(found[1])
    return read


@pytest.fixture(scope="module")
def page(seed_build: Build) -> str:
    return render(seed_build.knowledge, seed_build.coauthors, "kg 0")


@pytest.fixture(scope="module")
def data(page: str) -> dict[str, Any]:
    return data_of(page)


@pytest.fixture(scope="module")
def seed_map(seed_build: Build) -> Map:
    return opened(seed_build.knowledge, seed_build.coauthors)


def opened(knowledge: Knowledge, coauthors: nx.Graph) -> Map:
    """The map that the page opens with."""
    how = settings()
    papers = {author: count for author, count in coauthors.nodes.data("paper_count")}
    return lay_out(
        [group for group in knowledge.communities if len(group.papers) > 1],
        coauthors,
        papers,
        {author.id: author.name for author in knowledge.authors},
        choose_fields(knowledge, how.fields).of_group,
        how,
    )


# What the page carries.


def test_the_same_records_give_the_same_bytes(seed_build: Build, page: str) -> None:
    assert render(seed_build.knowledge, seed_build.coauthors, "kg 0") == page


def test_the_order_of_edges_does_not_matter(seed_build: Build, page: str) -> None:
    shuffled = nx.Graph()
    shuffled.add_nodes_from(seed_build.coauthors.nodes(data=True))
    shuffled.add_edges_from((b, a, d) for a, b, d in reversed(list(seed_build.coauthors.edges(data=True))))
    assert render(seed_build.knowledge, shuffled, "kg 0") == page


def test_nothing_in_the_page_is_loaded_from_elsewhere(page: str) -> None:
    markup = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", r"<\1></\1>", page, flags=re.DOTALL)
    assert not re.search(r"<(link|iframe|img|object|embed|base)\b|\ssrc\s*=|@import", markup)


def test_the_policy_allows_exactly_the_scripts_and_styles_of_the_page(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    rules = policy[1].replace("&#39;", "'")
    inline = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in inline}
    assert set(re.findall(r"'sha256-[^']*'", rules)) == hashes
    assert "default-src 'none'" in rules
    assert "unsafe" not in rules


def test_every_paper_person_concept_and_group_is_there(data: dict[str, Any], seed_build: Build) -> None:
    knowledge = seed_build.knowledge
    assert [p["title"] for p in data["papers"]] == [p.title for p in knowledge.papers]
    assert [p["name"] for p in data["people"]] == [a.name for a in knowledge.authors]
    assert [c["id"] for c in data["concepts"]] == [c.key for c in knowledge.concepts]
    assert [g["label"] for g in data["groups"]] == [g.label for g in knowledge.communities]


def test_every_marked_place_is_the_words_that_were_read(data: dict[str, Any], seed_build: Build) -> None:
    exact = {
        (m.paper, m.span.field, m.span.start, m.span.end): m.exact for m in seed_build.knowledge.mentions
    }
    for record in data["papers"]:
        for field, start, end, *_ in record["mentions"]:
            name = ("title", "abstract")[field]
            assert record[name][start:end] == exact[record["id"], name, start, end]


def test_the_facts_count_papers_people_and_years(page: str, seed_build: Build) -> None:
    assert re.findall(r"<b>([^<]*)</b>", page)[:2] == ["200", str(len(seed_build.knowledge.authors))]
    assert "<b>2021</b>" in page


def test_one_paper_teams_are_folded_away(data: dict[str, Any]) -> None:
    shown, folded = data["maps"]
    papers = {group: len(data["groups"][group]["papers"]) for group in range(len(data["groups"]))}
    assert all(papers[disc["group"]] > 1 for disc in shown["discs"])
    assert all(papers[disc["group"]] <= 1 for disc in folded["discs"])


def test_collaborators_are_those_of_the_graph(data: dict[str, Any], seed_build: Build) -> None:
    ids = [person["id"] for person in data["people"]]
    told = {frozenset((ids[a], ids[b])): papers for a, b, papers in data["coauthors"]}
    edges = seed_build.coauthors.edges.data("paper_count")
    assert told == {frozenset((a, b)): papers for a, b, papers in edges}


# Strangers' text.


@pytest.mark.parametrize("title", HOSTILE, ids=ascii)
def test_a_hostile_title_is_only_data(title: str) -> None:
    page = render(*one_author_a_paper([title]), "kg 0")
    assert data_of(page)["papers"][0]["title"] == title
    block = page.split('id="data">')[1].split("</script>")[0]
    assert block.isascii()
    assert not re.search("[<>&]", block)
    assert page.count("<script") == render(*one_author_a_paper(["A"]), "kg 0").count("<script")
    page.encode("utf-8")


def test_json_for_a_script_has_no_angle_brackets() -> None:
    assert script_json({"a": "</script>&\u2028"}) == '{"a":"\\u003c/script\\u003e\\u0026\\u2028"}'


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.org",
        "http://",
        "file:///etc/passwd",
        "http://[x",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_url(url) is None
    assert data_of(render(*one_author_a_paper(["A"], url), "kg 0"))["papers"][0]["url"] is None


def test_the_generator_is_escaped() -> None:
    assert "<b>x" not in render(EMPTY, nx.Graph(), "<b>x")


# Small corpora and large ones.


def test_no_papers_give_a_page_without_a_map() -> None:
    page = render(EMPTY, nx.Graph(), "kg 0")
    assert data_of(page)["maps"] == []
    assert "<b>0</b> papers" in page


def test_people_who_wrote_alone_are_on_the_map_of_teams() -> None:
    maps = data_of(render(*one_author_a_paper(["A", "B", "C"]), "kg 0"))["maps"]
    assert [(m["id"], len(m["nodes"]), len(m["edges"])) for m in maps] == [("teams", 3, 0)]


def test_a_map_draws_no_more_people_than_its_limit(seed_build: Build) -> None:
    how = settings()
    few = replace(how, limits=replace(how.limits, people=100, groups=5))
    data = page_data(seed_build.knowledge, seed_build.coauthors, few)
    shown = data["maps"][0]
    assert len(shown["nodes"]) <= 100
    assert len(shown["discs"]) == 5
    assert shown["left"] == shown["groups"] - 5
    assert len(data["people"]) == len(seed_build.knowledge.authors)


def test_beyond_a_limit_of_papers_abstracts_stay_out(seed_build: Build) -> None:
    how = settings()
    bare = replace(how, limits=replace(how.limits, papers_with_abstracts=199))
    data = page_data(seed_build.knowledge, seed_build.coauthors, bare)
    assert not any(p["abstract"] or p["mentions"] for p in data["papers"])
    assert any(p["about"] for p in data["papers"])


# Fields.


def test_there_are_at_most_eight_fields_and_the_rest(data: dict[str, Any]) -> None:
    assert 2 <= len(data["fields"]) <= 9
    assert {group["field"] for group in data["groups"]} <= set(range(len(data["fields"])))


def test_a_group_has_a_field_that_its_papers_are_about(seed_build: Build) -> None:
    knowledge = seed_build.knowledge
    chosen = choose_fields(knowledge, settings().fields)
    concepts = {concept.key: concept for concept in knowledge.concepts}
    for group in knowledge.communities:
        number = chosen.of_group[group.id]
        if number < len(chosen.topics):
            wanted = chosen.topics[number].key
            said = {a.concept for a in knowledge.assertions if a.paper in group.papers}
            assert any(wanted in upwards(key, concepts) for key in said), group.label


CANVAS = {"light": "#fcfcfa", "dark": "#121417"}
EYES = {
    "usual": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}


def colours(scheme: str) -> list[str]:
    how = settings().fields
    return [*how.light, how.rest_light] if scheme == "light" else [*how.dark, how.rest_dark]


def linear(colour: str) -> Any:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: Any) -> Any:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ light / np.array([0.9505, 1, 1.089])
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("scheme", CANVAS)
@pytest.mark.parametrize("eye", EYES)
def test_every_eye_tells_the_fields_apart(eye: str, scheme: str) -> None:
    seen = {c: lab(np.clip(np.array(EYES[eye]) @ linear(c), 0, 1)) for c in colours(scheme)}
    for one, other in itertools.combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) >= 20, (one, other)


@pytest.mark.parametrize("scheme", CANVAS)
def test_fields_stand_out_from_the_canvas(scheme: str) -> None:
    luminance = np.array([0.2126, 0.7152, 0.0722])
    ground = linear(CANVAS[scheme]) @ luminance
    for colour in colours(scheme):
        dark, light = sorted((ground, linear(colour) @ luminance))
        assert (light + 0.05) / (dark + 0.05) >= 3, colour


def upwards(key: str, concepts: dict[str, Concept]) -> set[str]:
    concept = concepts[key]
    above = (f"{concept.kind}/{broader}" for broader in concept.broader)
    return {key}.union(*(upwards(other, concepts) for other in above if other in concepts))


# The map.


def labels_of(drawn: Map) -> list[tuple[str, Box]]:
    groups = [(f"group {g.group.label}", g.label) for g in drawn.groups]
    return groups + [(f"name {name.member}", name.box) for g in drawn.groups for name in g.names]


def test_no_label_covers_another_at_the_opening_zoom(seed_map: Map) -> None:
    assert seed_map.labelled
    covering = [
        (one, other)
        for (one, box), (other, second) in itertools.combinations(labels_of(seed_map), 2)
        if box.overlap(second) > 1e-6
    ]
    assert covering == []


def test_every_group_names_one_to_three_people(seed_map: Map) -> None:
    assert {len(group.names) for group in seed_map.groups} <= {1, 2, 3}


def test_discs_stand_apart(seed_map: Map) -> None:
    for one, other in itertools.combinations(seed_map.groups, 2):
        distance = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
        assert distance >= one.radius + other.radius, (one.group.label, other.group.label)


def test_people_stand_within_their_disc_and_not_on_each_other(seed_map: Map) -> None:
    for group in seed_map.groups:
        for dot in group.dots.values():
            assert ((dot.x - group.x) ** 2 + (dot.y - group.y) ** 2) ** 0.5 + dot.radius <= group.radius + 0.2
        for one, other in itertools.combinations(group.dots.values(), 2):
            apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert apart > one.radius + other.radius, group.group.label


def test_the_whole_map_fits_the_window_at_its_zoom(seed_map: Map) -> None:
    width, height = settings().packing.viewport
    bounds = seed_map.bounds
    assert (bounds.right - bounds.left) * seed_map.zoom <= width + 1
    assert (bounds.bottom - bounds.top) * seed_map.zoom <= height + 1


def test_two_teams_joined_by_one_person_lie_on_either_side() -> None:
    left, right = ["l1", "l2", "l3"], ["r1", "r2", "r3"]
    graph = nx.compose(nx.complete_graph([*left, "hub"]), nx.complete_graph([*right, "hub"]))
    members = ["hub", *left, *right]
    dots = dict(zip(members, arrange(graph, members, [2, *[1] * 6], settings().dots), strict=True))

    def distance(one: str, other: str) -> float:
        return float(((dots[one].x - dots[other].x) ** 2 + (dots[one].y - dots[other].y) ** 2) ** 0.5)

    assert max(distance("l1", other) for other in left) < min(distance(a, b) for a in left for b in right)


def test_a_person_alone_stands_in_the_middle() -> None:
    graph = nx.Graph()
    graph.add_node("a")
    (dot,) = arrange(graph, ["a"], [1], settings().dots)
    assert (dot.x, dot.y) == (0, 0)
    assert disc_radius([dot], settings().dots) > dot.radius


# Labels.


def test_a_label_of_two_topics_takes_a_line_each() -> None:
    assert wrap("robotics · reinforcement learning", settings().labels) == (
        "robotics",
        "reinforcement learning",
    )


@pytest.mark.parametrize("text", ["word " * 40, "x" * 200, "深層学習" * 30, "", "a · " * 9])
def test_any_label_fits_its_width_and_lines(text: str) -> None:
    how = settings().labels
    lines = wrap(text, how)
    assert len(lines) <= how.group_lines
    assert all(text_width(line, how.group_size, how.letters) <= how.group_width for line in lines)


def test_east_asian_letters_are_wider_than_latin_ones() -> None:
    letters = settings().labels.letters
    assert text_width("深い", 10, letters) > text_width("ab", 10, letters) > text_width("il", 10, letters)


def test_a_name_moves_to_the_side_that_is_free() -> None:
    dots = [Dot(0, 0, 4), Dot(20, 0, 4)]
    ((number, side, _),) = place_names([(0, "Ada")], dots, [], settings().labels, 1.0)
    assert (number, side) == (0, Side.WEST)


def test_a_name_without_room_is_left_out() -> None:
    everywhere = [Box(-500, -500, 500, 500)]
    assert place_names([(0, "Ada")], [Dot(0, 0, 4)], everywhere, settings().labels, 1.0) == []


def test_labels_take_more_of_the_map_the_farther_it_is() -> None:
    how = settings().labels
    near, far = group_box(["topic"], 10, how, 1.0), group_box(["topic"], 10, how, 0.5)
    assert far.right - far.left == pytest.approx(2 * (near.right - near.left))
