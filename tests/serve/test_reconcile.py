"""Reconciliation: what a table's rows are matched to, and that the answers keep to the specification."""

from __future__ import annotations

import json
from typing import Any

import html5lib
import pytest
from jsonschema import Draft202012Validator

from kg.serve.reconcile import ReconcileRequest, reconcile
from kg.serve.reconcile_settings import reconcile_settings
from kg.serve.reply import Reply
from kg.serve.world import World
from tests.serve.conftest import Running
from tests.serve.people import people
from tests.serve.reconciliation_schemas import ENTITIES, EXTENSION, MANIFEST, NAMED, PROPOSAL, RESULTS

ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def world() -> World:
    return people()


def reply(world: World, path: str = "", **parameters: object) -> Reply:
    given = tuple((name, v if isinstance(v, str) else json.dumps(v)) for name, v in parameters.items())
    return reconcile(world, ReconcileRequest(path, given, ORIGIN))


def answer(world: World, schema: dict[str, Any], path: str = "", **parameters: object) -> Any:
    given = reply(world, path, **parameters)
    assert (given.status, given.media_type) == (200, "application/json"), given.content
    read = json.loads(given.content)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(read)
    return read


def match(world: World, query: str, **more: object) -> list[tuple[str, bool]]:
    results = answer(world, RESULTS, queries={"q": {"query": query, **more}})["q"]["result"]
    scores = [result["score"] for result in results]
    assert scores == sorted(scores, reverse=True)
    return [(result["id"], result["match"]) for result in results]


def score(world: World, query: str, id_: str, **more: object) -> float:
    results = answer(world, RESULTS, queries={"q": {"query": query, **more}})["q"]["result"]
    found: float = next(result["score"] for result in results if result["id"] == id_)
    return found


def test_the_manifest_says_what_the_service_can_do(world: World) -> None:
    manifest = answer(world, MANIFEST)
    assert manifest["versions"] == ["0.1", "0.2"]
    assert manifest["identifierSpace"] == "https://w3id.org/paperkg/id/"
    assert manifest["view"] == {"url": f"{ORIGIN}/id/{{{{id}}}}"}


@pytest.mark.parametrize("name", ["Sergey Levine", "LEVINE, Sergey", "sergey levine", "author/sergey-levine",
                                  "https://w3id.org/paperkg/id/author/sergey-levine"])  # fmt: skip
def test_the_one_thing_that_is_called_so_is_a_match(world: World, name: str) -> None:
    assert match(world, name)[0] == ("author/sergey-levine", True)
    assert score(world, name, "author/sergey-levine") == 100


@pytest.mark.parametrize("name", ["S. Levine", "Sergey Levin", "Sergey Q. Levine", "Segrey Levine"])
def test_a_name_that_is_only_like_it_is_a_candidate_and_no_match(world: World, name: str) -> None:
    assert match(world, name)[0] == ("author/sergey-levine", False)
    assert score(world, name, "author/sergey-levine") < 100


def test_two_of_one_name_are_no_match_until_evidence_tells_them_apart(world: World) -> None:
    assert match(world, "Wei Wang")[:2] == [("author/wei-wang", False), ("author/wei-wang-2", False)]
    known = [{"pid": "coauthor", "v": "Lukasz Kaiser"}]
    assert match(world, "Wei Wang", properties=known)[:2] == [
        ("author/wei-wang-2", True),
        ("author/wei-wang", False),
    ]
    assert match(world, "Adam")[:2] == [("method/adam", False), ("topic/adam", False)]
    assert match(world, "Adam", type="Topic")[0] == ("topic/adam", True)


def test_a_name_of_two_letters_is_no_match(world: World) -> None:
    store = people().store
    store.update(
        "PREFIX kg: <https://w3id.org/paperkg/ontology#> INSERT DATA { <https://w3id.org/paperkg/id/method/dk>"
        ' a kg:Method ; <http://www.w3.org/2004/02/skos/core#prefLabel> "DK" }'
    )
    assert match(World(store, world.base, b""), "DK") == [("method/dk", False)]


def test_evidence_that_disagrees_takes_the_match_away(world: World) -> None:
    assert match(world, "Ada Lovelace", properties=[{"pid": "year", "v": 1999}])[0] == (
        "author/ada-lovelace",
        False,
    )
    assert match(world, "Ada Lovelace", properties=[{"pid": "year", "v": 2021}])[0] == (
        "author/ada-lovelace",
        True,
    )


@pytest.mark.parametrize(
    "evidence",
    [
        {"pid": "paper", "v": "Adam beats SGD"},
        {"pid": "paper", "v": "Adam beats  sgd!"},
        {"pid": "paper", "v": {"id": "paper/iclr-2021-0001", "name": "any"}},
        {"pid": "paper", "v": ["Another paper", {"id": "https://w3id.org/paperkg/id/paper/iclr-2021-0001"}]},
        {"pid": "coauthor", "v": "R. Descartes"},
        {"pid": "year", "v": "2021"},
        {"pid": "identifier", "v": "dblp:lovelace"},
        {"pid": "edition", "v": "ICLR 2021"},
    ],
)
def test_evidence_raises_the_score_of_a_name_that_is_only_like_it(
    world: World, evidence: dict[str, Any]
) -> None:
    bare = score(world, "Ada Lovelase", "author/ada-lovelace")
    assert score(world, "Ada Lovelase", "author/ada-lovelace", properties=[evidence]) > bare


def test_properties_that_are_not_known_say_nothing(world: World) -> None:
    assert match(world, "Ada Lovelace", properties=[{"pid": "shoe size", "v": 38}])[0] == (
        "author/ada-lovelace",
        True,
    )


def test_an_abbreviated_name_is_no_match_where_it_may_be_anothers(world: World) -> None:
    assert match(world, "R. Descartes")[0] == ("author/rene-descartes", True)
    store = people().store
    store.update(
        "PREFIX kg: <https://w3id.org/paperkg/ontology#> INSERT DATA { <https://w3id.org/paperkg/id/author/robert>"
        ' a kg:Author ; <http://xmlns.com/foaf/0.1/name> "Robert Descartes" }'
    )
    assert match(World(store, world.base, b""), "R. Descartes")[0] == ("author/rene-descartes", False)


@pytest.mark.parametrize(
    ("type_", "strict", "kinds"),
    [
        ("Author", None, set()),
        ("Concept", None, {"method", "topic"}),
        (["Topic", "Method"], None, {"method", "topic"}),
        (["Concept", "Topic"], "all", {"topic"}),
        (["Topic", "Method"], "all", set()),
        ("https://w3id.org/paperkg/ontology#Topic", None, {"topic"}),
        ("Cheese", None, set()),
        (["Cheese", "Topic"], None, {"topic"}),
        (["Cheese", "Topic"], "all", set()),
    ],
)
def test_types_narrow_what_a_row_may_be(
    world: World, type_: object, strict: str | None, kinds: set[str]
) -> None:
    more = {"type_strict": strict} if strict else {}
    found = {id_.partition("/")[0] for id_, _ in match(world, "Adam", type=type_, **more)}
    assert found - {"author"} == kinds


def test_the_limit_of_a_query_is_kept(world: World) -> None:
    assert len(match(world, "Adam", limit=1)) == 1


def test_a_row_without_a_name_has_no_candidates(world: World) -> None:
    assert match(world, "") == []
    assert answer(world, RESULTS, queries={"q": {"properties": [{"pid": "year", "v": 2021}]}}) == {
        "q": {"result": []}
    }


def test_keys_of_the_client_come_back_as_they_were(world: World) -> None:
    keys = ["q0", "", "ü", '"', "</script>"]
    assert list(answer(world, RESULTS, queries={key: {"query": "Adam"} for key in keys})) == keys


@pytest.mark.parametrize(
    ("parameters", "status", "said"),
    [
        ({"queries": "{"}, 400, "queries is not valid JSON"),
        ({"queries": "[" * 100_000}, 400, "queries is not valid JSON"),
        ({"queries": []}, 400, "queries is not a JSON object"),
        ({"queries": {"q": 1}}, 400, "query 'q' cannot be read: it is not a JSON object"),
        ({"queries": {"q": {"query": 1}}}, 400, "its query is not a text"),
        ({"queries": {"q": {"query": "a", "limit": "many"}}}, 400, "its limit is not a number"),
        ({"queries": {"q": {"query": "a", "limit": -1}}}, 400, "its limit is not a number"),
        ({"queries": {"q": {"query": "a", "type": {}, "x": 1}}}, 200, ""),
        ({"queries": {"q": {"query": "a", "type": 7}}}, 400, "its type is neither"),
        ({"queries": {"q": {"query": "a", "properties": ["x"]}}}, 400, "its properties are not"),
        ({"queries": {"q": {"query": "a", "properties": [{}] * 21}}}, 400, "more than 20 properties"),
        ({"queries": {"q": {"query": "a", "properties": [{"pid": "year", "v": [1] * 21}]}}}, 400, "more than 20 values"),
        ({"queries": {f"q{i}": {"query": "a"} for i in range(1000)}}, 413, "a batch may have 250 queries"),
        ({"extend": {"ids": ["x"] * 1000, "properties": []}}, 413, "properties of 250 things"),
        ({"extend": {"ids": [], "properties": [{"id": "year"}] * 30}}, 413, "20 properties may be fetched"),
        ({"extend": {"ids": [], "properties": [{"id": "shoe size"}]}}, 400, "use one of paperCount, variant"),
        ({"extend": {"ids": [], "properties": ["year"]}}, 400, "a property to fetch is not known"),
        ({"extend": {"ids": [1], "properties": []}}, 400, 'extend is {"ids"'),
        ({"extend": {}}, 400, 'extend is {"ids"'),
        ({"extend": {"ids": [], "properties": [{"id": "year", "settings": {"limit": -1}}]}}, 400, "the setting limit"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_is_too_much_gets_one_line(
    world: World, parameters: dict[str, object], status: int, said: str
) -> None:
    given = reply(world, **parameters)
    assert given.status == status
    assert said in given.content.decode()
    assert status == 200 or given.content.count(b"\n") == 1


@pytest.mark.parametrize("path", ["nothing", "suggest", "suggest/everything", "preview/x"])
def test_services_that_are_not_there_are_not_found(world: World, path: str) -> None:
    assert reply(world, path).status == 404


def test_things_are_suggested_with_their_types(world: World) -> None:
    (first, *_) = answer(world, ENTITIES, "suggest/entity", prefix="lev")["result"]
    assert first == {
        "id": "author/sergey-levine",
        "name": "Sergey Levine",
        "description": "author · 42 papers",
        "notable": [{"id": "Author", "name": "author"}],
    }
    assert answer(world, ENTITIES, "suggest/entity", prefix="sergey levine", cursor="1") == {"result": []}


def test_types_and_properties_are_suggested_by_the_beginning_of_a_word(world: World) -> None:
    assert answer(world, NAMED, "suggest/type", prefix="dat")["result"] == [
        {"id": "Dataset", "name": "data set"}
    ]
    assert answer(world, NAMED, "suggest/property", prefix="iden")["result"] == [
        {"id": "identifier", "name": "identifier"}
    ]
    assert len(answer(world, NAMED, "suggest/type")["result"]) == len(reconcile_settings().types)
    assert reply(world, "suggest/type", cursor="x").status == 400


def test_rows_are_extended_by_numbers_texts_and_things(world: World) -> None:
    columns = ["paperCount", "variant", "identifier", "year", "coauthor", "paper", "group"]
    extended = answer(
        world,
        EXTENSION,
        extend={
            "ids": ["author/ada-lovelace", "author/rene-descartes"],
            "properties": [{"id": c} for c in columns],
        },
    )
    assert [column["id"] for column in extended["meta"]] == columns
    assert extended["meta"][4]["type"] == {"id": "Author", "name": "author"}
    assert extended["rows"]["author/ada-lovelace"] == {
        "paperCount": [{"int": 1}],
        "variant": [],
        "identifier": [{"str": "dblp:lovelace"}, {"str": "https://orcid.org/0000-0002-1825-0097"}],
        "year": [{"int": 2021}],
        "coauthor": [{"id": "author/rene-descartes", "name": "René Descartes"}],
        "paper": [{"id": "paper/iclr-2021-0001", "name": "Adam beats SGD"}],
        "group": [{"id": "community/ada-lovelace", "name": "optimisation"}],
    }
    assert extended["rows"]["author/rene-descartes"]["variant"] == [{"str": "R. Descartes"}]


def test_an_extension_keeps_the_limit_of_a_column_and_answers_for_every_id(world: World) -> None:
    column = {"id": "identifier", "settings": {"limit": "1"}}
    ids = ["author/ada-lovelace", "author/nobody", "<x>", ""]
    rows = answer(world, EXTENSION, extend={"ids": ids, "properties": [column]})["rows"]
    assert rows == {
        "author/ada-lovelace": {"identifier": [{"str": "dblp:lovelace"}]},
        "author/nobody": {"identifier": []},
        "<x>": {"identifier": []},
        "": {"identifier": []},
    }


def test_properties_are_proposed_by_type(world: World) -> None:
    proposed = answer(world, PROPOSAL, "properties", type="Author")
    assert {"id": "coauthor", "name": "co-author"} in proposed["properties"]
    assert {"id": "broader", "name": "broader concept"} not in proposed["properties"]
    assert len(answer(world, PROPOSAL, "properties", type="Author", limit="2")["properties"]) == 2
    assert len(answer(world, PROPOSAL, "properties")["properties"]) == len(reconcile_settings().properties)


def test_every_property_is_of_known_kinds_and_types() -> None:
    settings = reconcile_settings()
    kinds = {kind for type_ in settings.types.values() for kind in type_.kinds}
    assert all(set(of.kinds) <= kinds for of in settings.properties.values())
    assert {of.type for of in settings.properties.values()} - {""} <= set(settings.types)


def test_a_preview_is_a_page_for_a_strangers_frame(world: World) -> None:
    given = reply(world, "preview", id="author/ada-lovelace")
    assert given.status == 200 and given.media_type == "text/html; charset=utf-8"
    html5lib.HTMLParser(strict=True).parse(given.content.decode())
    assert "frame-ancestors *" in dict(given.headers)["content-security-policy"]
    assert f'href="{ORIGIN}/id/author/ada-lovelace"' in given.content.decode()
    assert b"<script>" not in reply(world, "preview", id="author/script").content
    assert reply(world, "preview", id="author/<script>").status == 404


def test_batches_come_in_the_address_or_as_a_form(server: Running) -> None:
    batch = {"queries": json.dumps({"q0": {"query": "Lovelace, Ada"}})}
    answers = [
        server.get("/reconcile", params=batch),
        server.post("/reconcile", data=batch),
        server.post("/reconcile/", data=batch),
    ]
    assert [a.json()["q0"]["result"][0]["match"] for a in answers] == [True] * 3
    assert server.get("/reconcile").json()["preview"]["url"].startswith(server.address)
    suggested = server.get("/reconcile/suggest/type", params={"prefix": "top"})
    assert suggested.json()["result"][0]["id"] == "Topic"


def test_pages_of_other_sites_may_use_the_service(server: Running) -> None:
    answer = server.get("/reconcile", headers={"origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    preview = server.get("/reconcile/preview", params={"id": "author/ada-lovelace"})
    assert "frame-ancestors *" in preview.headers["content-security-policy"]


def test_bodies_that_are_no_forms_or_too_large_are_refused(server: Running) -> None:
    assert server.post("/reconcile", json={}).status_code == 415
    assert server.post("/reconcile", data={"queries": "a" * (11 << 20)}).status_code == 413


def test_a_view_address_leads_to_the_page_of_the_thing(server: Running) -> None:
    view = server.get("/reconcile").json()["view"]["url"]
    for id_ in ("author/ada-lovelace", "author%2Fada-lovelace"):
        address = view.replace("{{id}}", id_).removeprefix(server.address)
        assert server.get(address, headers={"accept": "text/html"}).status_code == 200
