from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kg.extract.candidates import candidates
from kg.extract.concepts import groups
from kg.extract.pipeline import finders
from kg.extract.vocabulary import is_exact, known_names
from kg.read.vocabulary import read_vocabulary

PREFIXES = """
@prefix kg: <https://w3id.org/paperkg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <https://example.org/> .
"""


def matches(nlp: Language, text: str) -> list[tuple[str, str]]:
    """The words and concepts that the vocabulary's component finds in a text."""
    return [(span.text, span.kb_id_) for span in candidates(nlp(text)) if span.id_ == "vocabulary"]


def matcher(tmp_path: Path, turtle: str) -> Language:
    """What finds candidates, knowing the concepts of this Turtle."""
    path = tmp_path / "vocabulary.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return finders([path])


@pytest.mark.parametrize(
    ("name", "concept", "other"),
    [
        ("CLIP", "method/clip", ("clip", "Clip", "clips")),
        ("GLUE", "dataset/glue", ("glue", "Glue", "glues")),
        ("GAN", "method/gan", ("gan", "Gan")),
        ("RL", "topic/reinforcement-learning", ("rl", "Rl")),
    ],
)
def test_a_name_with_capitals_is_matched_by_exact_case(
    small_nlp: Language, name: str, concept: str, other: tuple[str, ...]
) -> None:
    assert matches(small_nlp, f"We evaluate {name} here.") == [(name, concept)]
    for word in other:
        assert matches(small_nlp, f"We {word} the {word} here.") == []


@pytest.mark.parametrize(
    "written",
    [
        "graph neural network",
        "Graph Neural Network",
        "graph neural networks",
        "GRAPH NEURAL NETWORKS",
        "Graph neural networks",
    ],
)
def test_other_names_are_matched_in_any_case_and_number(small_nlp: Language, written: str) -> None:
    assert matches(small_nlp, f"We train a {written} on it.") == [(written, "method/graph-neural-network")]


@pytest.mark.parametrize("written", ["pre-training", "pretraining", "pre training", "Pre-Training"])
def test_hyphens_are_folded(small_nlp: Language, written: str) -> None:
    assert matches(small_nlp, f"We study {written} of models.") == [(written, "method/pre-training")]


@pytest.mark.parametrize("written", ["CIFAR-10", "CIFAR10", "CIFAR 10"])
def test_hyphens_are_folded_in_names_with_capitals_too(small_nlp: Language, written: str) -> None:
    assert matches(small_nlp, f"Results on {written} improve.") == [(written, "dataset/cifar-10")]


def test_acronyms_have_plurals(small_nlp: Language) -> None:
    assert matches(small_nlp, "We train GANs twice.") == [("GANs", "method/gan")]


def test_the_longest_match_wins(small_nlp: Language) -> None:
    assert matches(small_nlp, "A graph neural network is a neural network.") == [
        ("graph neural network", "method/graph-neural-network"),
        ("neural network", "method/neural-network"),
    ]


def test_a_guarded_name_asks_for_one_of_its_words_anywhere_in_the_text(small_nlp: Language) -> None:
    assert matches(small_nlp, "By analogy with physics, it holds.") == []
    assert matches(small_nlp, "An analogy is relational.") == [("analogy", "topic/analogy")]
    assert matches(small_nlp, "Relational data. We solve analogies.") == [("analogies", "topic/analogy")]
    assert matches(small_nlp, "We solve analogies in Visual-Reasoning tests.") == [
        ("analogies", "topic/analogy")
    ]
    assert matches(small_nlp, "A visual analogy of reasoning.") == []


def test_a_guard_holds_for_one_word_names_alone(tmp_path: Path) -> None:
    nlp = matcher(
        tmp_path,
        'ex:flow a kg:Method ; skos:prefLabel "flow" ; skos:altLabel "normalizing flow" ; kg:guard "likelihood" .',
    )
    assert matches(nlp, "Traffic flow is dense.") == []
    assert matches(nlp, "A normalizing flow is trained.") == [("normalizing flow", "method/flow")]
    assert matches(nlp, "The flow has exact likelihood.") == [("flow", "method/flow")]


def test_names_stand_in_no_longer_word(small_nlp: Language) -> None:
    assert matches(small_nlp, "CLIPPER and subGAN and inaccuracy.") == []


def test_a_later_vocabulary_file_replaces_a_concept_of_an_earlier_one(
    small_vocabulary: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.ttl"
    later.write_text(PREFIXES + '<https://example.org/clip> a kg:Method ; skos:prefLabel "CLIPv2" .')
    nlp = finders([small_vocabulary, later])
    assert matches(nlp, "CLIP and CLIPv2 and GLUE.") == [("CLIPv2", "method/clip"), ("GLUE", "dataset/glue")]


def test_labels_are_taken_as_text_whatever_they_hold(tmp_path: Path) -> None:
    nlp = matcher(
        tmp_path,
        r"""ex:a a kg:Method ; skos:prefLabel "$\\alpha$-(GAN" ; skos:altLabel "", " ", "-", "A-", "[x]*" .""",
    )
    assert matches(nlp, "Nothing - of it.") in ([], [("-", "method/a")])
    assert ("[x]*", "method/a") in matches(nlp, "We use [x]* here.")


def test_only_short_one_word_names_with_a_capital_are_exact() -> None:
    names = ("CLIP", "CoLA", "mAP", "CIFAR-10", "ImageNet", "Gaussian process", "dropout")
    assert [name for name in names if is_exact(name)] == ["CLIP", "CoLA", "mAP", "CIFAR-10"]


def test_a_long_name_in_mixed_case_is_known_in_small_letters_too(tmp_path: Path) -> None:
    nlp = matcher(tmp_path, 'ex:imagenet a kg:Dataset ; skos:prefLabel "ImageNet" .')
    assert matches(nlp, "We train on imagenet.") == [("imagenet", "dataset/imagenet")]


def test_a_name_inside_a_longer_name_of_the_same_concept_is_no_other_thing(tmp_path: Path) -> None:
    nlp = matcher(
        tmp_path,
        """ex:glue a kg:Dataset ; skos:prefLabel "GLUE" ; skos:altLabel "GLUE benchmark" .
        ex:benchmark a kg:Topic ; skos:prefLabel "benchmark" .""",
    )
    assert matches(nlp, "We test on the GLUE benchmark.") == [
        ("GLUE", "dataset/glue"),
        ("GLUE benchmark", "dataset/glue"),
    ]
    (group,) = (g for g in groups(nlp("We test on the GLUE benchmark.")) if g.concept == "dataset/glue")
    assert [span.text for span in group.spans] == ["GLUE benchmark"]


def test_known_names_leave_out_those_matched_by_exact_case(small_vocabulary: Path) -> None:
    names = known_names(read_vocabulary((small_vocabulary,)).concepts)
    assert names["generative adversarial network"] == "method/gan"
    assert {"clip", "glue", "gan", "rl"}.isdisjoint(names)


def test_the_component_takes_its_vocabulary_from_the_config(small_vocabulary: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_vocabulary", config={"paths": [str(small_vocabulary)]})
    assert matches(nlp, "We use CLIP.") == [("CLIP", "method/clip")]


def test_every_name_of_the_shipped_vocabulary_is_found_where_it_stands_alone(nlp: Language) -> None:
    component = nlp.get_pipe("kg_vocabulary")
    concepts = read_vocabulary(
        (Path(__file__).resolve().parents[2] / "ontology" / "vocabulary.ttl",)
    ).concepts
    for concept in concepts[::20]:
        doc = component(nlp.make_doc(f"{concept.pref_label} . {' '.join(concept.guard)}"))
        longest = max((span for span in candidates(doc) if span.start == 0), key=len)
        assert longest.text == concept.pref_label, concept.key
