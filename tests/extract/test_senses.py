from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kg.extract.candidates import candidates
from kg.extract.senses import learnt, singular_acronym
from kg.extract.vocabulary import known_names
from kg.read.vocabulary import read_vocabulary
from kg.read.vocabulary_check import shipped_rules

HOMONYMS = """
@prefix kg: <https://w3id.org/paperkg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dataset: <https://w3id.org/paperkg/id/dataset/> .
@prefix method: <https://w3id.org/paperkg/id/method/> .
@prefix metric: <https://w3id.org/paperkg/id/metric/> .
@prefix topic: <https://w3id.org/paperkg/id/topic/> .

topic:continual-learning a kg:Topic ; skos:prefLabel "continual learning" ; skos:altLabel "CL" .
topic:catastrophic-forgetting a kg:Topic ; skos:prefLabel "catastrophic forgetting" ;
    skos:broader topic:continual-learning .
method:contrastive-learning a kg:Method ; skos:prefLabel "contrastive learning" ; skos:altLabel "CL" .
method:curriculum-learning a kg:Method ; skos:prefLabel "curriculum learning" ; skos:altLabel "CL" .

topic:differential-privacy a kg:Topic ; skos:prefLabel "differential privacy" ; skos:altLabel "DP" ;
    kg:guard "privacy", "private" .
method:dynamic-programming a kg:Method ; skos:prefLabel "dynamic programming" ; skos:altLabel "DP" .
method:dirichlet-process a kg:Method ; skos:prefLabel "Dirichlet process" ; skos:altLabel "DP" .

method:sharpness-aware-minimization a kg:Method ; skos:prefLabel "sharpness-aware minimization" ;
    skos:altLabel "SAM" .
method:segment-anything-model a kg:Method ; skos:prefLabel "segment anything model" ; skos:altLabel "SAM" ;
    kg:guard "segment", "segmentation" .

method:conformal-prediction a kg:Method ; skos:prefLabel "conformal prediction" ; skos:altLabel "CP" .
method:constraint-programming a kg:Method ; skos:prefLabel "constraint programming" ; skos:altLabel "CP" .
method:cp-decomposition a kg:Method ; skos:prefLabel "CP decomposition" ; skos:altLabel "CP" ;
    skos:broader method:tensor-factorization .
method:tensor-factorization a kg:Method ; skos:prefLabel "tensor factorization" ;
    skos:altLabel "tensor decomposition" .

method:masked-autoencoder a kg:Method ; skos:prefLabel "masked autoencoder" ; skos:altLabel "MAE" .
metric:mean-absolute-error a kg:Metric ; skos:prefLabel "mean absolute error" ; skos:altLabel "MAE" .

topic:machine-learning a kg:Topic ; skos:prefLabel "machine learning" ; skos:altLabel "ML" .
method:maximum-likelihood a kg:Method ; skos:prefLabel "maximum likelihood" ; skos:altLabel "ML" .

method:bayesian-neural-network a kg:Method ; skos:prefLabel "Bayesian neural network" ; skos:altLabel "BNN" .
method:binary-neural-network a kg:Method ; skos:prefLabel "binary neural network" ; skos:altLabel "BNN" .

method:mutual-information a kg:Method ; skos:prefLabel "mutual information" ; skos:altLabel "MI" .
topic:model-inversion a kg:Topic ; skos:prefLabel "model inversion" ; skos:altLabel "MI" ;
    kg:guard "attack" .

dataset:clue a kg:Dataset ; skos:prefLabel "CLUE" .
topic:clue a kg:Topic ; skos:prefLabel "clue" ; kg:guard "crossword" .
dataset:cola a kg:Dataset ; skos:prefLabel "CoLA" ; skos:altLabel "Corpus of Linguistic Acceptability" .
method:cola a kg:Method ; skos:prefLabel "COLA" .

method:capsule a kg:Method ; skos:prefLabel "capsule network" ; skos:altLabel "QZX" .
metric:quiz a kg:Metric ; skos:prefLabel "quiz score" ; skos:altLabel "QZX" ; kg:guard "exam" .
method:twin a kg:Method ; skos:prefLabel "twin loss" .
topic:twin a kg:Topic ; skos:prefLabel "twin loss" ; skos:altLabel "loss of twins" .
"""


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("senses") / "homonyms.ttl"
    path.write_text(HOMONYMS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def nlp(vocabulary: Path) -> Language:
    """As much of the pipeline as tells senses, with a vocabulary of homonyms."""
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    nlp.add_pipe("kg_acronyms")
    nlp.add_pipe("kg_vocabulary", config={"paths": [str(vocabulary)]})
    return nlp


def senses(nlp: Language, text: str, *names: str) -> set[str]:
    """The concepts that the vocabulary proposes where one of these names stands."""
    return {span.kb_id_ for span in candidates(nlp(text)) if span.text in names}


@pytest.mark.parametrize(
    ("name", "text", "concept"),
    [
        (
            "CL",
            "CL methods replay old samples so that a network keeps performing on previous tasks; we show that "
            "forgetting is small when tasks arrive in a sequence.",
            "topic/continual-learning",
        ),
        (
            "CL",
            "CL pulls two augmented views of an image together and pushes negative pairs apart, and the "
            "self-supervised representations transfer to downstream tasks.",
            "method/contrastive-learning",
        ),
        (
            "DP",
            "Training with DP adds noise to clipped gradients, so that the privacy budget bounds what leaks of "
            "sensitive user data.",
            "topic/differential-privacy",
        ),
        (
            "DP",
            "The value function is computed by DP over the states of the Markov decision process; the "
            "algorithm finds the optimal policy in polynomial time and beats search with a heuristic.",
            "method/dynamic-programming",
        ),
        (
            "SAM",
            "SAM seeks a flat minimum of the loss landscape by perturbing weights, which improves "
            "generalization over SGD on ImageNet.",
            "method/sharpness-aware-minimization",
        ),
        (
            "SAM",
            "We prompt SAM with points and boxes to segment lesions in medical images.",
            "method/segment-anything-model",
        ),
        (
            "CP",
            "CP gives prediction sets with finite-sample coverage guarantees under exchangeability, whatever "
            "the distribution.",
            "method/conformal-prediction",
        ),
        (
            "CP",
            "CP solvers with global constraints and propagation schedule jobs faster than SAT solvers on "
            "combinatorial instances.",
            "method/constraint-programming",
        ),
        (
            "CP",
            "A tensor decomposition such as CP compresses the layers to low rank.",
            "method/cp-decomposition",
        ),
        (
            "MAE",
            "MAE pre-training reconstructs masked patches, and the ViT encoder is fine-tuned on ImageNet "
            "with self-supervised pretraining.",
            "method/masked-autoencoder",
        ),
        (
            "MAE",
            "The forecasting error falls, with an MAE lower by 12 % than that of regression baselines and a "
            "lower RMSE on traffic prediction.",
            "metric/mean-absolute-error",
        ),
        (
            "ML",
            "ML systems are deployed in healthcare, and practitioners need tools to audit the models.",
            "topic/machine-learning",
        ),
        (
            "BNN",
            "The posterior over the weights of a BNN is approximated by variational inference, which gives "
            "calibrated predictive uncertainty.",
            "method/bayesian-neural-network",
        ),
        (
            "BNN",
            "BNNs restrict weights and activations to one bit, so that XNOR operations replace "
            "multiplications on resource-constrained devices, at some loss of accuracy on ImageNet.",
            "method/binary-neural-network",
        ),
        (
            "MI",
            "We maximize a lower bound of the MI between representations and inputs by a variational "
            "estimator.",
            "method/mutual-information",
        ),
        (
            "MI",
            "In an MI attack an adversary reconstructs private training images from a face recognition "
            "model, and we propose a defense.",
            "topic/model-inversion",
        ),
    ],
)
def test_the_words_of_the_paper_tell_the_sense(nlp: Language, name: str, text: str, concept: str) -> None:
    assert senses(nlp, text, name, f"{name}s") == {concept}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("We study contrastive learning. With CL, results improve.", "method/contrastive-learning"),
        ("We study curriculum learning. With CL, results improve.", "method/curriculum-learning"),
        ("We study continual learning. With CL, results improve.", "topic/continual-learning"),
        ("Curriculum learning (CL) helps. CL avoids catastrophic forgetting.", "method/curriculum-learning"),
    ],
)
def test_another_name_of_a_concept_in_the_paper_tells_the_sense(
    nlp: Language, text: str, concept: str
) -> None:
    assert senses(nlp, text, "CL") == {concept}


def test_the_papers_own_definition_outweighs_all_else(nlp: Language) -> None:
    text = (
        "Dynamic programming (DP) under privacy. The privacy budget of sensitive private data and the noise "
        "of clipped gradients matter to DP."
    )
    assert senses(nlp, text, "DP") == {"method/dynamic-programming"}


def test_the_plural_of_a_defined_acronym_is_the_acronym(nlp: Language) -> None:
    text = "Binary neural networks (BNNs) are small. The posterior uncertainty of BNNs is Bayesian."
    assert senses(nlp, text, "BNN", "BNNs") == {"method/binary-neural-network"}


def test_a_narrower_concept_in_the_paper_supports_its_sense(nlp: Language) -> None:
    assert senses(nlp, "Against catastrophic forgetting we use CL.", "CL") == {"topic/continual-learning"}


@pytest.mark.parametrize("name", ["SAM", "CP", "MAE"])
def test_a_name_whose_sense_nothing_tells_stays_unlinked(nlp: Language, name: str) -> None:
    assert senses(nlp, f"We describe {name} here.", name) == set()


def test_a_sense_outside_the_vocabulary_keeps_a_name_unlinked(nlp: Language) -> None:
    text = "Lectures on computational linguistics: the CL community annotates corpora of parsed sentences."
    assert senses(nlp, text, "CL") == set()


def test_all_places_of_a_name_in_a_paper_have_one_sense(nlp: Language) -> None:
    doc = nlp("CL is fine. We study contrastive learning. CL is good.")
    assert [s.kb_id_ for s in candidates(doc) if s.text == "CL"] == ["method/contrastive-learning"] * 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Our model tops CLUE, with BERT pre-trained on Chinese text.", {"dataset/clue"}),
        ("The context gives a clue to the meaning.", set()),
        ("CLUE is no crossword.", {"dataset/clue"}),
        ("A crossword clue is hard.", {"topic/clue"}),
        ("On CoLA the Matthews correlation rises.", {"dataset/cola"}),
        ("We propose COLA, a decentralized solver.", {"method/cola"}),
        ("Cola and cola are drinks.", set()),
    ],
)
def test_case_carries_the_sense(nlp: Language, text: str, found: set[str]) -> None:
    assert senses(nlp, text, "CLUE", "Clue", "clue", "CoLA", "COLA", "Cola", "cola") == found


def test_a_name_of_which_nothing_was_learnt_is_told_by_guard_words_and_names(nlp: Language) -> None:
    assert senses(nlp, "The QZX rises.", "QZX") == set()
    assert senses(nlp, "In the exam, the QZX rises.", "QZX") == {"metric/quiz"}
    assert senses(nlp, "A capsule network is trained; the QZX rises.", "QZX") == {"method/capsule"}


def test_a_name_of_several_words_may_be_shared_too(nlp: Language, vocabulary: Path) -> None:
    assert senses(nlp, "The twin loss is small.", "twin loss") == set()
    assert "twin loss" not in known_names(read_vocabulary((vocabulary,)).concepts)


def test_every_acronym_with_learnt_senses_is_a_declared_homonym() -> None:
    assert set(learnt()) <= set(shipped_rules().homonyms)


def test_the_learnt_table_is_that_of_the_listed_senses() -> None:
    data = files("kg.extract").joinpath("data")
    listed = tomllib.loads(data.joinpath("senses.toml").read_text(encoding="utf-8"))["senses"]
    table = json.loads(data.joinpath("senses.json").read_text(encoding="utf-8"))
    assert {name: len(entry["senses"]) for name, entry in table.items()} == {
        name: len(entry) for name, entry in listed.items()
    }
    for name, entry in table.items():
        assert {len(weights) for weights in entry["words"].values()} <= {len(listed[name])}, name


def test_an_acronym_in_the_plural_is_known_by_its_capitals() -> None:
    assert [singular_acronym(n) for n in ("BNNs", "DPs", "BNN", "loss", "S")] == [
        "BNN",
        "DP",
        "BNN",
        "loss",
        "S",
    ]
