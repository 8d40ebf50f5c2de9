"""The compiled shapes beside a validator of SHACL: each constraint broken at least once, the same results from both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl import validate
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, XSD
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.query.check.findings import findings
from kg.query.check.rules import Rule, rules
from kg.resources import ontology

from .check_graph import WHOLE

Result = tuple[
    str, str, str
]  # the name of the focus node, the constraint component, the value where one is at fault


STRANGER = rdflib.URIRef("http://example.org/stranger")
VALUELESS = {
    "MinCount",
    "MaxCount",
    "UniqueLang",
    "SPARQL",
}  # the results of these name no value, or need not


@pytest.fixture(scope="module")
def sound() -> rdflib.Graph:
    return rdflib.Graph().parse(data=WHOLE, format="turtle")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology("shapes.ttl"))


def _named(term: object) -> str:
    """A term as both engines can be compared by: blank nodes have no name that they share."""
    if isinstance(term, rdflib.BNode | ox.BlankNode):
        return "_:"
    return str(term) if isinstance(term, rdflib.term.Node) else str(getattr(term, "value", ""))


def _by_reference(graph: rdflib.Graph, shapes: rdflib.Graph) -> Counter[Result]:
    """The results of pyshacl."""
    _, report, _ = validate(graph, shacl_graph=shapes, advanced=False, inplace=True)
    assert isinstance(report, rdflib.Graph)
    found: Counter[Result] = Counter()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        component = str(report.value(result, SH.sourceConstraintComponent)).partition("#")[2]
        component = component.removesuffix("ConstraintComponent")
        value = "" if component in VALUELESS else _named(report.value(result, SH.value))
        found[_named(report.value(result, SH.focusNode)), component, value] += 1
    return found


def _component(rule: Rule) -> str:
    return "SPARQL" if rule.component == "sparql" else rule.component[0].upper() + rule.component[1:]


def _by_rules(store: ox.Store, applied: tuple[Rule, ...]) -> tuple[Counter[Result], set[Rule]]:
    """The results of the compiled rules, and which of them are broken."""
    found: Counter[Result] = Counter()
    broken = set()
    for finding in findings(store, applied):
        broken.add(finding.rule)
        component = _component(finding.rule)
        value = "" if component in VALUELESS else _named(finding.bound.get("value"))
        found[_named(finding.focus), component, value] += 1
    return found, broken


def _stored(graph: rdflib.Graph) -> ox.Store:
    store = ox.Store()
    store.load(graph.serialize(format="nt").encode(), ox.RdfFormat.N_TRIPLES)
    return store


# What breaks a constraint of a property shape: the wrong values that one focus node is given.


def _wrong(component: str, limit: rdflib.term.Node) -> list[rdflib.term.Node]:
    """Values that break a constraint on single values, or are too many."""
    if component == "maxCount":
        return [rdflib.Literal(f"value {number}") for number in range(int(str(limit)) + 1)]
    if component == "datatype":
        # What SPARQL can compare, for rdflib also compares what SPARQL cannot: an IRI with a number.
        comparable = {
            XSD.integer: rdflib.Literal("7.5", datatype=XSD.decimal),
            XSD.decimal: rdflib.Literal(0.5),
        }
        return [comparable.get(limit, rdflib.Literal("wrong", datatype=XSD.token))]  # type: ignore[call-overload]
    if component in ("minInclusive", "minExclusive"):
        return [rdflib.Literal(int(float(str(limit))) - 1), rdflib.Literal("no number")]
    if component in ("maxInclusive", "maxExclusive"):
        return [rdflib.Literal(int(float(str(limit))) + 1)]
    if component == "uniqueLang":
        return [rdflib.Literal("one", lang="fr"), rdflib.Literal("deux", lang="fr")]
    wrong = {
        "class": STRANGER,
        "or": STRANGER,
        "in": rdflib.Literal("never"),
        "minLength": rdflib.Literal(""),
    }
    wrong |= {"nodeKind": rdflib.Literal("no node"), "pattern": rdflib.URIRef("ftp://example.org/NO PATTERN".replace(" ", "-"))}  # fmt: skip
    return [wrong[component]]


def _mutation(
    graph: rdflib.Graph, focus: rdflib.term.Node, shapes: rdflib.Graph, shape: rdflib.term.Node, name: str
) -> bool:
    """Break one constraint of a property shape at one focus node; False where it takes a hand to do so."""
    path, limit = shapes.value(shape, SH.path), shapes.value(shape, SH[name])
    inverse, several = shapes.value(path, SH.inversePath), shapes.value(path, SH.alternativePath)
    if several is not None:
        path = Collection(shapes, several)[0]
    elif inverse is None and not isinstance(path, rdflib.URIRef):
        return False
    subject_first = inverse is None
    prop = path if inverse is None else inverse

    def add(value: rdflib.term.Node, by: rdflib.term.Node) -> None:
        forwards = subject_first or by == limit
        graph.add((focus, by, value) if forwards else (value, by, focus))  # type: ignore[arg-type]

    if name == "minCount":
        graph.remove((focus, prop, None) if subject_first else (None, prop, focus))  # type: ignore[arg-type]
    elif name == "equals":
        graph.add((focus, limit, STRANGER))  # type: ignore[arg-type]
    elif name == "disjoint":
        add(rdflib.Literal("both"), prop), add(rdflib.Literal("both"), limit)
    elif name in ("lessThan", "lessThanOrEquals"):
        add(rdflib.Literal(5000), prop), add(rdflib.Literal(4999), limit)
    else:
        for value in _wrong(name, limit):
            if isinstance(value, rdflib.URIRef) or subject_first:
                add(value, prop)
            else:
                add(rdflib.URIRef(f"http://example.org/{str(value).replace(' ', '-')}"), prop)
    return True


def _property_mutations(sound: rdflib.Graph, shapes: rdflib.Graph, name: str) -> rdflib.Graph:
    """The sound graph with one kind of constraint broken on every property of every shape."""
    graph = rdflib.Graph()
    for triple in sound:
        graph.add(triple)
    for shape in set(shapes.subjects(SH.property)):
        targets = list(shapes.objects(shape, SH.targetClass))
        focus = min(node for target in targets for node in sound.subjects(RDF.type, target))
        for inner in shapes.objects(shape, SH.property):
            if shapes.value(inner, SH[name]) is not None:
                _mutation(graph, focus, shapes, inner, name)
    return graph


BY_HAND = {
    "an abstract author": "authorship:iclr-2021-0001-2 kg:author author:emmy-noether .",
    "a relation between the wrong kinds": "dataset:imagenet kg:usedFor topic:optimisation . topic:optimisation kg:dataOf topic:optimisation .",
    "strange names": "".join(f"<http://example.org/{kind}> a kg:{kind} . _:{kind} a kg:{kind} .\n" for kind in (
        "Paper", "Authorship", "Author", "IdentityDecision", "PossibleIdentity", "Venue", "Edition", "Community",
        "Mention", "Claim", "Run", "Topic", "Method", "Dataset", "Metric")),
    "a class below another": "<http://example.org/Thesis> rdfs:subClassOf kg:Paper . paper:thesis a <http://example.org/Thesis> .",
    "an unsupported role": "paper:iclr-2021-0001 kg:studies method:adam, method:sgd .",
    "a gap in the positions": "paper:iclr-2021-0001 kg:authorship authorship:iclr-2021-0001-9 . authorship:iclr-2021-0001-9 kg:position 9 .",
    "another year": "paper:iclr-2021-0002 dcterms:issued \"2020\"^^xsd:gYear . edition:iclr-2021 dcterms:issued \"2019\"^^xsd:gYear .",
    "a wrong position": "authorship:iclr-2021-0001-1 kg:position 7 .",
    "another printed name": "authorship:iclr-2021-0001-1 kg:nameAsPrinted \"Ada Byron\" . decision:rene-descartes-1 kg:nameAsPrinted \"Renatus Cartesius\" .",
    "wrong counts": "author:ada-lovelace kg:paperCount 9 ; kg:collaboratorCount 9 . community:ada-lovelace kg:paperCount 9 ; kg:memberCount 9 . method:adam kg:paperCount 9 .",
    "co-authors without a paper": "author:emmy-noether kg:coauthor author:ada-lovelace, author:emmy-noether . author:ada-lovelace kg:coauthor author:emmy-noether .",
    "co-authors apart": "author:ada-lovelace kg:component 1 . author:rene-descartes kg:component 0 .",
    "an unsure identity": "author:emmy-noether kg:identityConfidence 0.5 . author:rene-descartes kg:identityConfidence 0.9 .",
    "one name merged": "decision:ada-lovelace-1 a kg:IdentityDecision ; kg:author author:ada-lovelace ; kg:verdict \"merged\" ; kg:nameAsPrinted \"Ada Lovelace\" ; kg:reason \"r\" ; kg:confidence 1.0 .",
    "a pair that is none": "identity:ada-lovelace--emmy-noether a kg:PossibleIdentity ; kg:person author:ada-lovelace, author:emmy-noether ; kg:score 0.5 ; kg:reason \"r\" .",
    "a leader from outside": "community:ada-lovelace kg:leader author:emmy-noether .",
    "a circle of concepts": "method:sgd skos:broader method:adam . method:momentum skos:broader method:momentum .",
    "a relation without claim": "method:sgd kg:basedOn method:adam ; kg:evaluatedOn dataset:imagenet .",
    "a stretch beyond its text": "mention:iclr-2021-0001-1 kg:end 900 . mention:iclr-2021-0002-1 kg:end 26 .",
    "an unfit role": "mention:iclr-2021-0001-1 kg:role kg:hasTopic . mention:iclr-2021-0002-1 kg:role kg:uses .",
    "an unfit predicate": "claim:iclr-2021-0001-1 kg:predicate kg:usedFor, kg:evaluatedOn . claim:iclr-2021-0002-1 kg:predicate kg:basedOn .",
    "a claim on one concept": "claim:iclr-2021-0001-1 kg:object method:adam .",
    "a win without rival": "claim:iclr-2021-0002-1 kg:polarity \"outperforms\" .",
    "a sure claim without edge": "claim:iclr-2021-0001-9 a kg:Claim ; kg:subject method:sgd ; kg:predicate kg:basedOn ; kg:object method:adam ; kg:confidence 0.99 ; prov:wasGeneratedBy run:r .",
}  # fmt: skip
"""What breaks each rule that is no plain constraint: triples that the sound graph is given."""


@pytest.fixture(scope="module")
def outcomes(
    sound: rdflib.Graph, shapes: rdflib.Graph
) -> dict[str, tuple[Counter[Result], Counter[Result], set[Rule]]]:
    """Of each mutation the results of the reference, of the rules, and the broken rules."""
    found = {}
    with (
        pytest.MonkeyPatch.context() as patch
    ):  # the reference parses each query anew for each node: most of its time
        patch.setattr(processor, "parseQuery", lambda text: text)
        patch.setattr(
            processor, "translateQuery", lambda text, _, names: _prepared(text, tuple(names.items()))
        )
        for name, graph in _mutated(sound, shapes):
            store = _stored(graph)
            ours, broken = _by_rules(store, rules(ontology("shapes.ttl").read_bytes(), store))
            found[name] = (_by_reference(graph, shapes), ours, broken)
    return found


@cache
def _prepared(text: str, names: tuple[tuple[str, str], ...]) -> object:
    return translateQuery(parseQuery(text), None, dict(names))


def _mutated(sound: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[tuple[str, rdflib.Graph]]:
    yield "nothing", sound
    names = {p for inner in shapes.objects(None, SH.property) for p in shapes.predicates(inner)} - {
        SH.path,
        SH.message,
    }
    for name in sorted(str(p).removeprefix(str(SH)) for p in names):
        yield name, _property_mutations(sound, shapes, name)
    for name, triples in BY_HAND.items():
        yield name, rdflib.Graph().parse(data=WHOLE + triples, format="turtle")


def test_both_engines_find_the_same_results(outcomes) -> None:  # type: ignore[no-untyped-def]
    differences = {
        name: {
            "only the reference": sorted((theirs - ours).items()),
            "only kg": sorted((ours - theirs).items()),
        }
        for name, (theirs, ours, _) in outcomes.items()
        if theirs != ours
    }
    assert differences == {}


def test_the_sound_graph_breaks_nothing(outcomes) -> None:  # type: ignore[no-untyped-def]
    assert outcomes["nothing"] == (Counter(), Counter(), set())


def test_every_constraint_is_broken_by_some_mutation(outcomes) -> None:  # type: ignore[no-untyped-def]
    def name(rule: Rule) -> str:
        return f"{rule.shape} {rule.path} {rule.component} {rule.message or rule.limit}"

    broken = {name(rule) for _, _, rules_broken in outcomes.values() for rule in rules_broken}
    every = {name(rule) for rule in rules(ontology("shapes.ttl").read_bytes())}
    assert every - broken == set()


def test_every_mutation_is_found(outcomes) -> None:  # type: ignore[no-untyped-def]
    assert [name for name, (_, ours, _) in outcomes.items() if not ours and name != "nothing"] == []
