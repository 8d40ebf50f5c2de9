from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.build import Build
from kg.namespaces import BASE
from kg.query.questions import Group, Question, groups, prepare, question, questions
from kg.query.store import Answer, QueryError, answer
from kg.records import Role
from kg.resources import ontology

from .answers import examples, expected, found

EVERY = questions()
GROUPS = groups()
HOSTILE = [
    '"',
    '"""',
    "\\",
    "'",
    "}",
    "} #",
    '") } DROP ALL #',
    "?x",
    "\n",
    "\u2028",
    "",
    "a" * 10_000,
    "%",
    "\ud800",
]


def _plain(term: object) -> str:
    """A term as both libraries have it; decimals by value."""
    if isinstance(term, ox.NamedNode | ox.Literal):
        text, datatype = term.value, term.datatype.value if isinstance(term, ox.Literal) else ""
    else:
        text, datatype = str(term), str(getattr(term, "datatype", "") or "")
    return str(Decimal(text).normalize()) if datatype.endswith(("#decimal", "#integer")) else text


def _rows(found: Answer, asked: Question) -> list[tuple[str, ...]]:
    kept = [n for n, name in enumerate(found.variables) if name not in examples(asked)]
    return [tuple(_plain(row[n]) if row[n] is not None else "" for n in kept) for row in found.solutions]


def test_the_shipped_questions_stand_by_name() -> None:
    names = [asked.name for asked in EVERY]
    assert names == sorted(path.stem for path in ontology("questions").rglob("*.rq"))
    assert len(names) >= 60


def test_no_two_questions_have_one_name_or_one_wording() -> None:
    assert len({asked.name for asked in EVERY}) == len({asked.text for asked in EVERY}) == len(EVERY)


def test_every_folder_of_questions_is_a_group_with_a_heading() -> None:
    folders = {path.parent.name for path in ontology("questions").rglob("*.rq")}
    assert {group.name for group in GROUPS} == folders
    assert all(group.heading and group.questions for group in GROUPS)


def test_a_question_knows_its_group() -> None:
    assert {asked.name: asked.group for asked in EVERY} == {
        asked.name: group.name for group in GROUPS for asked in group.questions
    }


def test_every_question_stands_in_the_handbook_with_its_parameters() -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
    for asked in EVERY:
        names = ", ".join(parameter.name for parameter in asked.parameters)
        assert f"| `{asked.name}` | {asked.text} | {names} |" in handbook, asked.name


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_the_seeds_give_the_answers_that_are_kept(group: Group, seed_store: ox.Store) -> None:
    """Where the extractor was changed on purpose, rewrite them: python -m tests.query.answers."""
    kept = expected(group)
    assert list(kept) == [asked.name for asked in group.questions]
    got = {asked.name: found(asked, seed_store) for asked in group.questions}
    differing = [name for name in kept if got[name] != kept[name]]
    assert not differing, (
        f"other answers than kept (python -m tests.query.answers rewrites them): {differing}"
    )


@pytest.mark.parametrize("asked", EVERY, ids=lambda q: q.name)
def test_a_question_is_asked_in_english(asked: Question) -> None:
    assert re.fullmatch(r"[A-Z][A-Za-z ,'-]{15,}\?", asked.text)


@pytest.mark.parametrize("asked", EVERY, ids=lambda q: q.name)
def test_a_parameter_is_described_and_has_an_example_and_is_a_column(asked: Question) -> None:
    for parameter in asked.parameters:
        assert parameter.description and parameter.example
        assert re.search(rf"SELECT [^\n]*\?{parameter.name}\b", asked.sparql), parameter.name
    comments = [line for line in asked.sparql.split("\n") if line.startswith("#")]
    assert len(comments) == 1 + len(asked.parameters), "a comment line is neither question nor parameter"


@pytest.mark.parametrize("asked", EVERY, ids=lambda q: q.name)
def test_a_question_has_an_answer_in_the_seeds(asked: Question, seed_store: ox.Store) -> None:
    assert answer(seed_store, asked.sparql, examples(asked)).rows


@pytest.mark.parametrize("asked", EVERY, ids=lambda q: q.name)
def test_no_row_comes_twice_and_no_cell_is_empty_without_being_optional(
    asked: Question, seed_store: ox.Store
) -> None:
    rows = _rows(answer(seed_store, asked.sparql, examples(asked)), asked)
    assert len(rows) == len(set(rows))
    assert "OPTIONAL" in asked.sparql or all(all(row) for row in rows)


@pytest.mark.parametrize("asked", EVERY, ids=lambda q: q.name)
def test_rdflib_gives_the_same_rows(asked: Question, seed_store: ox.Store, seed_rdflib: rdflib.Graph) -> None:
    bound = {name: rdflib.Literal(example) for name, example in examples(asked).items()}
    result = seed_rdflib.query(asked.sparql, initBindings=bound)
    kept = [str(v) for v in result.vars or [] if str(v) not in bound]
    theirs = [
        tuple(_plain(row[name]) if row[name] is not None else "" for name in kept)  # type: ignore[index, call-overload]
        for row in result
    ]
    assert sorted(_rows(answer(seed_store, asked.sparql, examples(asked)), asked)) == sorted(theirs)


def test_the_pairs_who_never_wrote_together_are_those_of_the_records(
    seed_build: Build, seed_store: ox.Store
) -> None:
    knowledge = seed_build.knowledge
    papers: dict[str, set[str]] = defaultdict(set)
    for authorship in knowledge.authorships:
        papers[authorship.author].add(authorship.paper)
    topics: dict[str, set[str]] = defaultdict(set)
    for assertion in knowledge.assertions:
        if assertion.role is Role.HAS_TOPIC:
            topics[assertion.paper].add(assertion.concept)
    people = {a: set().union(*(topics[p] for p in papers[a])) for a in sorted(papers) if len(papers[a]) > 1}
    names = {author.id: author.name for author in knowledge.authors}
    expected = [
        (-len(people[a] & people[b]), names[a], names[b], a, b)
        for a, b in combinations(people, 2)
        if len(people[a] & people[b]) > 1 and not papers[a] & papers[b]
    ]
    found = answer(seed_store, question("never-wrote-together").sparql).rows
    assert [
        (-row["topics"], row["one"], row["other"], *(str(row[x]).removeprefix(f"{BASE}author/") for x in ("first", "second")))  # type: ignore[operator]
        for row in found
    ] == sorted(expected)[:50]  # fmt: skip


@pytest.mark.parametrize("asked", [q for q in EVERY if q.parameters], ids=lambda q: q.name)
def test_a_hostile_value_is_a_value_and_nothing_else(asked: Question, seed_store: ox.Store) -> None:
    before = len(seed_store)
    for value in HOSTILE:
        values = dict.fromkeys(examples(asked), value)
        assert prepare(asked.name, values) == asked.sparql, "a value was pasted into the query"
        assert answer(seed_store, asked.sparql, values).rows == [], value
    assert len(seed_store) == before


def test_a_person_with_two_spellings_is_counted_once() -> None:
    from kg.query.store import load_store

    from .small import GRAPH

    store = load_store(GRAPH.replace('"R. Descartes" ;', '"R. Descartes", "rené descartes" ;', 1).encode())
    (row,) = answer(store, question("words-read-as").sparql, {"concept": "ADAM"}).rows
    assert (row["words"], row["mentions"]) == ("Adam", 1)
    (row,) = answer(store, question("coauthors-of").sparql, {"author": "René Descartes"}).rows
    assert (row["person"], row["papers"]) == ("Ada Lovelace", 1)


def test_people_who_never_wrote_together_are_told_so(seed_store: ox.Store) -> None:
    pair = {"author": "Sergey Levine", "other": "Zhangyang Wang"}
    (row,) = answer(seed_store, question("wrote-together").sparql, pair).rows
    assert (row["answer"], row["papers"], row["first_year"]) == (False, 0, None)


def test_the_identifiers_of_an_author_are_told() -> None:
    from kg.query.store import load_store

    from .small import GRAPH, TITLE

    store = load_store(GRAPH.encode())
    first, second = answer(store, question("authors-of-paper").sparql, {"paper": TITLE}).rows
    assert (first["orcid"], second["orcid"]) == ("https://orcid.org/0000-0002-1825-0097", None)
    values = {
        row["value"] for row in answer(store, question("names-of").sparql, {"author": "ada lovelace"}).rows
    }
    assert values == {"Ada Lovelace", "dblp:lovelace", "https://orcid.org/0000-0002-1825-0097"}


def test_a_claim_and_its_contrary_are_told_together() -> None:
    from kg.query.store import load_store

    from .small import GRAPH

    contrary = (
        "claim:contrary a kg:Claim ; kg:subject method:adam ; kg:object method:sgd ;"
        ' kg:predicate kg:comparedWith ; kg:polarity "outperformed" .\n'
    )
    rows = answer(load_store((GRAPH + contrary).encode()), question("said-for-and-against").sparql).rows
    assert {(row["better"], row["for"], row["against"]) for row in rows} == {("Adam", 1, 1), ("SGD", 1, 1)}


def test_years_are_compared_as_numbers() -> None:
    from kg.query.store import load_store

    from .small import GRAPH

    store = load_store(GRAPH.encode())
    asked = question("papers-of-since").sparql
    found_since = {
        year: len(answer(store, asked, {"author": "Ada Lovelace", "since": year}).rows)
        for year in ("999", "2021", "2022", "10000", "soon")
    }
    assert found_since == {"999": 1, "2021": 1, "2022": 0, "10000": 0, "soon": 0}


def test_a_name_is_found_whatever_its_case(seed_store: ox.Store) -> None:
    asked = question("papers-of")
    name = examples(asked)["author"]
    without = [
        {k: v for k, v in row.items() if k != "author"}
        for row in answer(seed_store, asked.sparql, {"author": name}).rows
    ]
    shouted = [
        {k: v for k, v in row.items() if k != "author"}
        for row in answer(seed_store, asked.sparql, {"author": name.upper()}).rows
    ]
    assert without == shouted != []


def test_a_value_with_quotes_finds_what_is_called_so() -> None:
    from kg.query.store import load_store

    from .small import GRAPH

    store = load_store(GRAPH.replace('"Ada Lovelace"', '"Ada \\"}\\\\ Lovelace"').encode())
    (row,) = answer(store, question("papers-of").sparql, {"author": 'Ada "}\\ Lovelace'}).rows
    assert row["title"] == "Adam beats SGD"


def test_a_missing_value_is_asked_for_with_an_example() -> None:
    with pytest.raises(
        QueryError, match=r'^papers-of needs -p author=\.\.\. \(a person\'s name, for example ".+"\)$'
    ):
        prepare("papers-of", {})


def test_an_unknown_parameter_is_refused_with_those_there_are() -> None:
    with pytest.raises(QueryError, match="^papers-of has no parameter name; it has author$"):
        prepare("papers-of", {"author": "Ada", "name": "Ada"})


def test_a_parameter_of_a_question_without_any_is_refused() -> None:
    with pytest.raises(QueryError, match="^largest-topics has no parameter topic; it has none$"):
        prepare("largest-topics", {"topic": "vision"})


def test_an_unknown_question_is_refused_with_the_nearest() -> None:
    with pytest.raises(QueryError, match="did you mean papers-of\\? see kg query --list"):
        question("paper-of")


def test_a_question_that_is_like_no_other_is_refused_without_a_guess() -> None:
    with pytest.raises(QueryError, match="^xyzzy: no question is called so; see kg query --list$"):
        question("xyzzy")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no such file"):
        question(str(tmp_path / "mine.rq"))


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match="not UTF-8 text"):
        question(str(tmp_path / "mine.rq"))


def test_a_folder_is_no_question(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").mkdir()
    with pytest.raises(QueryError, match="name a readable .rq file"):
        question(str(tmp_path / "mine.rq"))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_of_ones_own_is_read_with_its_parameters(tmp_path: Path, mark: str, newline: str) -> None:
    lines = [
        "# Who is it?",
        '# name: a name, for example "Ada"',
        "# note: no example",
        "",
        "SELECT ?name { ?s ?p ?name }",
    ]
    (tmp_path / "mine.rq").write_bytes((mark + newline.join(lines)).encode())
    asked = question(str(tmp_path / "mine.rq"))
    assert (asked.name, asked.text) == ("mine", "Who is it?")
    assert [(p.name, p.description, p.example) for p in asked.parameters] == [
        ("name", "a name", "Ada"),
        ("note", "no example", ""),
    ]


def test_a_file_of_ones_own_without_comments_takes_any_parameter(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT ?s { ?s ?p ?o }", encoding="utf-8")
    asked = question(str(tmp_path / "mine.rq"))
    assert asked.text == "" and asked.parameters == ()
    assert prepare(str(tmp_path / "mine.rq"), {"o": "x"}) == "SELECT ?s { ?s ?p ?o }"


@pytest.mark.parametrize("content", ["", "\n", "#", "# \n#\n"])
def test_an_empty_file_is_a_question_without_words(tmp_path: Path, content: str) -> None:
    (tmp_path / "mine.rq").write_text(content, encoding="utf-8")
    assert question(str(tmp_path / "mine.rq")).text == ""
