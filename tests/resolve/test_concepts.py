from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.extract.pipeline import extract, pipeline
from kg.extract.words import normal_form
from kg.read import read_sources
from kg.read.vocabulary import read_vocabulary
from kg.records import Concept, Kind, Mention, Polarity, Predicate, Role
from kg.resolve.concepts import Resolved, resolve_concepts

from .conftest import claim, extraction, mention

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
VOCABULARY = (
    Concept(
        "generative-adversarial-network",
        Kind.METHOD,
        "generative adversarial network",
        ("GAN",),
        curated=True,
    ),
    Concept("clip", Kind.METHOD, "CLIP", curated=True),
    Concept("network", Kind.METHOD, "network", ("neural net",), curated=True),
    Concept(
        "graph-neural-network", Kind.METHOD, "graph neural network", (), ("neural-network",), curated=True
    ),
    Concept("neural-network", Kind.METHOD, "neural network", (), ("network",), curated=True),
    Concept("image-synthesis", Kind.TOPIC, "image synthesis", ("image generation",), curated=True),
)


def resolved(*mentions: Mention) -> Resolved:
    """Mentions of one paper, resolved by the small vocabulary."""
    return resolve_concepts([extraction(*mentions)], VOCABULARY)


@pytest.mark.parametrize(
    "names",
    [
        ("Purple Tree", "purple tree", "PURPLE TREE"),
        ("purple-tree", "purple tree", "purple  tree"),
        ("purple trees", "purple tree"),
    ],
)
def test_spellings_of_a_new_name_are_one_concept(names: tuple[str, ...]) -> None:
    found = resolved(*(mention(name, start=50 * i) for i, name in enumerate(names)))
    assert [concept.key for concept in found.concepts] == ["method/purple-tree"]
    assert {m.concept for m in found.mentions} == {"method/purple-tree"}
    assert [m.exact for m in found.mentions] == list(names)


def test_a_name_of_the_vocabulary_is_its_concept_by_label_and_alias() -> None:
    found = resolved(mention("Neural Nets"), mention("Graph-Neural Networks", start=50))
    assert [m.concept for m in found.mentions] == ["method/network", "method/graph-neural-network"]


def test_an_acronym_with_a_known_expansion_is_the_vocabulary_s_concept() -> None:
    found = resolved(mention("GAN", name="generative adversarial network"))
    assert [m.concept for m in found.mentions] == ["method/generative-adversarial-network"]


def test_an_acronym_and_its_new_expansion_are_one_concept() -> None:
    found = resolved(
        mention("purple zebra dance", start=0), mention("PZD", name="purple zebra dance", start=30)
    )
    (concept,) = found.concepts
    assert (concept.key, concept.pref_label, concept.alt_labels) == (
        "method/purple-zebra-dance",
        "purple zebra dance",
        ("PZD",),
    )


def test_a_word_that_only_looks_like_a_name_with_capitals_is_not_that_concept() -> None:
    found = resolved(mention("clip"))
    assert found.concepts[0].key != "method/clip"
    assert not found.concepts[0].curated


def test_broader_concepts_are_included_up_to_the_top() -> None:
    found = resolved(mention("graph neural network", concept="method/graph-neural-network"))
    assert [concept.key for concept in found.concepts] == [
        "method/graph-neural-network",
        "method/network",
        "method/neural-network",
    ]
    assert [a.concept for a in found.assertions] == ["method/graph-neural-network"]


def test_a_circle_of_broader_concepts_ends() -> None:
    circle = tuple(
        Concept(one, Kind.TOPIC, one, (), (other,), curated=True) for one, other in (("a", "b"), ("b", "a"))
    )
    found = resolve_concepts([extraction(mention("a", Kind.TOPIC, concept="topic/a"))], circle)
    assert [concept.key for concept in found.concepts] == ["topic/a", "topic/b"]


def test_the_topics_that_a_used_data_set_is_data_of_are_included_up_to_the_top() -> None:
    vocabulary = (
        Concept("imagenet-c", Kind.DATASET, "ImageNet-C", (), ("imagenet",), curated=True),
        Concept("imagenet", Kind.DATASET, "ImageNet", data_of=("image-classification",), curated=True),
        Concept(
            "image-classification", Kind.TOPIC, "image classification", (), ("computer-vision",), curated=True
        ),
        Concept("computer-vision", Kind.TOPIC, "computer vision", curated=True),
        Concept("question-answering", Kind.TOPIC, "question answering", curated=True),
    )
    read = extraction(mention("ImageNet-C", Kind.DATASET, concept="dataset/imagenet-c"))
    found = resolve_concepts([read], vocabulary)
    assert [concept.key for concept in found.concepts] == [
        "dataset/imagenet",
        "dataset/imagenet-c",
        "topic/computer-vision",
        "topic/image-classification",
    ]
    assert [a.concept for a in found.assertions] == ["dataset/imagenet-c"], "the paper says nothing of them"


def test_a_topic_that_the_vocabulary_lacks_is_not_made_up_for_a_data_set() -> None:
    lonely = Concept("imagenet", Kind.DATASET, "ImageNet", data_of=("nowhere",), curated=True)
    read = extraction(mention("ImageNet", Kind.DATASET, concept="dataset/imagenet"))
    assert resolve_concepts([read], [lonely]).concepts == (lonely,)


def test_the_same_name_in_two_papers_is_one_concept() -> None:
    found = resolve_concepts(
        [extraction(mention("PurpleTree", source="p1")), extraction(mention("Purpletrees", source="p2"))],
        VOCABULARY,
    )
    assert [concept.key for concept in found.concepts] == ["method/purpletree"]
    assert [(a.paper, a.concept) for a in found.assertions] == [
        ("p1", "method/purpletree"),
        ("p2", "method/purpletree"),
    ]


def test_the_same_name_of_two_kinds_is_two_concepts() -> None:
    found = resolved(mention("PurpleTree", Kind.DATASET), mention("PurpleTree", Kind.METHOD, start=20))
    assert [concept.key for concept in found.concepts] == ["dataset/purpletree", "method/purpletree"]


@pytest.mark.parametrize(("one", "other"), [("Foo", "Foo+"), ("Foo*", "Foo+"), ("Foo", "Foo#")])
def test_names_told_apart_by_a_sign_are_two_concepts(one: str, other: str) -> None:
    assert len(resolved(mention(one), mention(other, start=20)).concepts) == 2


def test_a_new_name_never_takes_the_id_of_a_curated_concept() -> None:
    odd = Concept("purple-tree", Kind.METHOD, "violet bush", curated=True)
    found = resolve_concepts([extraction(mention("purple tree"))], [odd])
    (concept,) = found.concepts
    assert concept.id.startswith("purple-tree-")
    assert not concept.curated


@pytest.mark.parametrize("role", [Role.USES, Role.INTRODUCES])
def test_a_kind_that_the_vocabulary_corrects_corrects_the_role(role: Role) -> None:
    (found,) = resolved(mention("image generation", Kind.METHOD, role=role)).mentions
    assert (found.concept, found.kind, found.role) == ("topic/image-synthesis", Kind.TOPIC, Role.HAS_TOPIC)


def test_a_topic_that_is_a_method_after_all_is_used() -> None:
    (found,) = resolved(mention("neural networks", Kind.TOPIC, role=Role.HAS_TOPIC)).mentions
    assert (found.concept, found.kind, found.role) == ("method/neural-network", Kind.METHOD, Role.USES)


def test_a_paper_s_assertion_is_its_surest_mention_and_an_introduction_outranks_it() -> None:
    found = resolved(
        mention("PurpleTree", confidence=0.9, role=Role.COMPARES_WITH),
        mention("PurpleTree", confidence=0.3, start=20),
        mention("RedTree", confidence=0.9, start=40),
        mention("RedTree", confidence=0.4, role=Role.INTRODUCES, start=60),
    )
    assert [(a.concept, a.role, a.confidence) for a in found.assertions] == [
        ("method/purpletree", Role.COMPARES_WITH, 0.9),
        ("method/redtree", Role.INTRODUCES, 0.4),
    ]


def test_claims_speak_of_concepts_and_keep_their_polarity() -> None:
    gan, tree = mention("GAN", name="generative adversarial network"), mention("PurpleTree", start=20)
    stated = claim(tree, Predicate.COMPARED_WITH, gan, Polarity.OUTPERFORMS)
    (found,) = resolve_concepts([extraction(gan, tree, claims=[stated])], VOCABULARY).claims
    assert (found.subject, found.object) == ("method/purpletree", "method/generative-adversarial-network")
    assert found.polarity is Polarity.OUTPERFORMS


def test_a_claim_whose_ends_are_one_concept_or_of_other_kinds_goes() -> None:
    one, same = mention("neural net"), mention("network", start=20)
    topic = mention("image generation", Kind.METHOD, start=40)
    stated = [claim(one, Predicate.COMPARED_WITH, same), claim(one, Predicate.BASED_ON, topic)]
    assert resolve_concepts([extraction(one, same, topic, claims=stated)], VOCABULARY).claims == ()


def test_nothing_read_is_nothing_resolved() -> None:
    assert resolve_concepts([], VOCABULARY) == Resolved((), (), (), ())


def test_a_new_concept_is_named_as_most_papers_print_it() -> None:
    found = resolve_concepts(
        [
            extraction(mention("PZD", name="purple zebra dance", source="p1")),
            extraction(mention("purple\nzebra dance", source="p2")),
            extraction(mention("Purple Zebra Dance", source="p3")),
            extraction(mention("Purple Zebra Dance", source="p4")),
        ],
        VOCABULARY,
    )
    assert [(c.pref_label, c.alt_labels) for c in found.concepts] == [("Purple Zebra Dance", ("PZD",))]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Resolved, Resolved]:
    """Forty seed papers resolved in their order and in another, by a vocabulary of one concept."""
    path = tmp_path_factory.mktemp("vocabulary") / "one.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/paperkg/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://example.org/rl> a kg:Topic ; skos:prefLabel "reinforcement learning" .\n',
        encoding="utf-8",
    )
    concepts = read_vocabulary((path,)).concepts
    papers = read_sources([SEEDS / "iclr-2021.md"]).papers[:40]
    extractions = [found for _, found in extract(papers, pipeline([path]))]
    shuffled = random.Random(5).sample(extractions, len(extractions))
    return resolve_concepts(extractions, concepts), resolve_concepts(shuffled, concepts)


def test_seed_concepts_do_not_depend_on_the_order_of_papers(seeds: tuple[Resolved, Resolved]) -> None:
    ordered, shuffled = seeds
    assert ordered == shuffled
    assert "topic/rl" in {concept.key for concept in ordered.concepts}


def test_every_seed_mention_assertion_and_claim_names_a_concept_of_the_result(
    seeds: tuple[Resolved, Resolved],
) -> None:
    found = seeds[0]
    keys = {concept.key for concept in found.concepts}
    named = {m.concept for m in found.mentions} | {a.concept for a in found.assertions}
    named |= {end for c in found.claims for end in (c.subject, c.object)}
    assert named <= keys
    assert {(m.paper, m.concept) for m in found.mentions} == {(a.paper, a.concept) for a in found.assertions}
    assert all(str(m.kind) == m.concept.split("/")[0] for m in found.mentions)


def test_no_two_seed_concepts_of_a_kind_share_a_name(seeds: tuple[Resolved, Resolved]) -> None:
    labels = [(c.kind, normal_form(c.pref_label)) for c in seeds[0].concepts]
    assert sorted({pair for pair in labels if labels.count(pair) > 1}) == []
