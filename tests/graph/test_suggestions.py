from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kg.graph.limits import SuggestionLimits, limits
from kg.graph.suggestions import Suggestion, association, suggest
from kg.records import Assertion, Concept, Field, Kind, Knowledge, Mention, Role, Span

from .samples import known, paper

LIMITS = SuggestionLimits(papers=2, examples=3, together=2, association=0.3)
TRANSFORMER = Concept("transformer", Kind.METHOD, "transformer", ("attention network",), curated=True)
GRAPH_NET = Concept("graph-neural-network", Kind.METHOD, "graph neural network", ("GNN",), curated=True)
NET = Concept("neural-network", Kind.METHOD, "neural network", curated=True)
VOCABULARY = (GRAPH_NET, NET, TRANSFORMER)


def world(about: dict[str, Sequence[Concept]]) -> Knowledge:
    """Papers by id, each about some concepts, with one sentence for each."""
    papers = []
    mentions = []
    assertions = []
    concepts = {concept.key: concept for found in about.values() for concept in found}
    for identifier, found in sorted(about.items()):
        sentences = [f"In {identifier} we use\n{c.pref_label} ." for c in found]
        abstract = " ".join(sentences)
        papers.append(replace(paper(identifier), abstract=abstract))
        start = 0
        for concept, sentence in zip(found, sentences, strict=True):
            name = abstract.index(concept.pref_label, start)
            mentions.append(
                Mention(
                    identifier,
                    Span(Field.ABSTRACT, name, name + len(concept.pref_label)),
                    concept.pref_label,
                    Span(Field.ABSTRACT, start, start + len(sentence)),
                    concept.kind,
                    concept.pref_label,
                    concept.key,
                    Role.USES,
                    0.9,
                )
            )
            assertions.append(Assertion(identifier, concept.key, Role.USES, 0.9))
            start += len(sentence) + 1
    return replace(
        known(papers),
        concepts=tuple(concepts[key] for key in sorted(concepts)),
        mentions=tuple(mentions),
        assertions=tuple(assertions),
    )


def suggested(about: dict[str, Sequence[Concept]]) -> list[Suggestion]:
    return list(suggest(world(about), VOCABULARY, LIMITS))


def method(name: str, *others: str) -> Concept:
    return Concept(name.lower().replace(" ", "-"), Kind.METHOD, name, others)


def test_what_enough_papers_are_about_and_the_vocabulary_lacks_is_suggested() -> None:
    seen, rare = method("Zed"), method("Once")
    found = suggested({"a": [seen, rare, NET], "b": [seen, NET], "c": []})
    assert [(s.concept.key, s.papers) for s in found] == [("method/zed", 2)]


def test_an_example_is_a_sentence_on_one_line_each_from_another_paper() -> None:
    seen = method("Zed")
    (found,) = suggested({name: [seen] for name in "abcd"})
    assert [(e.paper, e.sentence) for e in found.examples] == [
        (name, f"In {name} we use Zed .") for name in "abc"
    ]


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("graph transformer", "method/transformer"),
        ("Swin Transformers", "method/transformer"),
        ("deep graph neural network", "method/graph-neural-network"),
        ("bayesian neural network", "method/neural-network"),
        ("residual GNN", "method/graph-neural-network"),
        ("Conv-GNN", "method/graph-neural-network"),
        ("transformer", None),
        ("transformer XL", None),
        ("pretransformer", None),
    ],
)
def test_a_parent_is_the_longest_proper_ending_that_the_vocabulary_knows(
    name: str, parent: str | None
) -> None:
    new = replace(method(name), id="new")
    (found,) = suggested({"a": [new], "b": [new]})
    assert found.parent == parent
    assert found.related is None


def test_a_parent_is_of_the_same_kind() -> None:
    new = Concept("new", Kind.DATASET, "graph transformer")
    (found,) = suggested({"a": [new], "b": [new]})
    assert found.parent is None


def test_what_shares_most_papers_is_related_where_no_name_tells() -> None:
    new = method("Zed")
    (found,) = suggested({"a": [new, NET], "b": [new, NET], "c": [NET], "d": [], "e": [], "f": [], "g": []})
    assert found.parent is None
    assert found.related is not None
    assert (found.related.key, found.related.papers) == ("method/neural-network", 2)
    assert found.related.association == pytest.approx(association(2, 2, 3, 7))


def test_what_occurs_everywhere_or_once_is_not_related() -> None:
    new = method("Zed")
    everywhere = {"a": [new, NET], "b": [new, NET], **{name: [NET] for name in "cdefg"}}
    assert suggested(everywhere)[0].related is None
    assert suggested({"a": [new, NET], "b": [new], "c": [], "d": []})[0].related is None


def test_the_shipped_limits_are_two_papers_and_three_examples() -> None:
    assert (limits().suggestions.papers, limits().suggestions.examples) == (2, 3)
