from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.candidates import CANDIDATES
from kg.extract.confidence import floor
from kg.extract.judges import EXTRACTORS
from kg.extract.pipeline import FINDERS, Extraction, extract, finders, pipeline
from kg.read import ReadError
from kg.records import Claim, Field, Kind, Mention, Paper, Role

from .conftest import SMALL_VOCABULARY, doc_of, paper, read

_SCRAPS = (
    "We propose GraphFoo , a novel graph neural network ( GNN ) called “ CLIP ” for reinforcement learning . "
    "outperforms GANs on GLUE : \n \n\n CIFAR-10 - — ﬁ İ 𝔾𝔸ℕ é 数据 🙂 \u2028 \xa0 $\\ell_2$ &amp; al. e.g."
)
_WORDS = st.sampled_from(_SCRAPS.split(" "))
_TEXTS = st.text() | st.lists(_WORDS).map(" ".join)


def faults(source: Paper, found: Extraction) -> list[str]:
    """What is wrong with an extraction, whatever the text says."""
    wrong = []
    for mention in found.mentions:
        text = source.text(mention.span.field)
        if text[mention.span.start : mention.span.end] != mention.exact or not mention.exact:
            wrong.append(f"{mention.exact!r} does not stand at {mention.span}")
        holds = mention.sentence.start <= mention.span.start < mention.span.end <= mention.sentence.end
        if mention.sentence.field is not mention.span.field or not holds:
            wrong.append(f"{mention.exact!r} stands outside its sentence {mention.sentence}")
        if not 0 <= mention.confidence <= 1 or mention.paper != source.id or not mention.name:
            wrong.append(f"{mention} is no mention of {source.id}")
    places = [(m.span.field != Field.TITLE, m.span.start, m.span.end) for m in found.mentions]
    if any(a[0] == b[0] and a[2] > b[1] for a, b in itertools.pairwise(places)):
        wrong.append("mentions overlap or stand out of order")
    handles = {f"{mention.kind}/{mention.name}" for mention in found.mentions}
    wrong += [
        f"{claim} has an end that is not mentioned" for claim in found.claims if not _ends(claim) <= handles
    ]
    return wrong


def _ends(claim: Claim) -> set[str]:
    return {claim.subject, claim.object}


def test_every_seed_mention_stands_where_it_says_in_its_sentence(
    papers: Sequence[Paper], extractions: dict[str, Extraction]
) -> None:
    assert {source.id: faults(source, extractions[source.id]) for source in papers} == {
        p.id: [] for p in papers
    }


def test_every_seed_paper_is_about_something(extractions: dict[str, Extraction]) -> None:
    assert [identifier for identifier, found in extractions.items() if not found.mentions] == []


def test_the_accurate_extractor_reads_seeds_with_offsets_that_hold(
    papers: Sequence[Paper], accurate_nlp: Language
) -> None:
    some = papers[30:45]
    assert {source.id: faults(source, found) for source, found in extract(some, accurate_nlp)} == {
        source.id: [] for source in some
    }


@settings(deadline=None)
@given(_TEXTS, _TEXTS)
def test_whatever_the_text_it_is_read_and_every_offset_holds(
    small_nlp: Language, accurate_nlp: Language, title: str, abstract: str
) -> None:
    source = paper(title, abstract)
    for nlp in (small_nlp, accurate_nlp):
        ((_, found),) = extract([source], nlp)
        assert faults(source, found) == []


def test_a_known_name_is_read_alike_by_both_extractors(small_nlp: Language, accurate_nlp: Language) -> None:
    text = "We train a graph neural network (GNN) on GLUE. GNNs reach high accuracy."
    fast, slow = (
        {m.exact: (m.kind, m.concept) for m in read(nlp, abstract=text).mentions if m.concept}
        for nlp in (small_nlp, accurate_nlp)
    )
    assert fast == slow
    assert fast["GNNs"] == (Kind.METHOD, "method/graph-neural-network")


def test_nothing_below_the_floor_is_a_mention_unless_it_is_known(extractions: dict[str, Extraction]) -> None:
    every = [mention for found in extractions.values() for mention in found.mentions]
    assert [m for m in every if m.confidence < floor() and not m.concept] == []


@pytest.mark.parametrize(
    "text",
    [
        "See https://github.com/foo/bar or mail foo@bar.org for CLIP.",
        "“CLIP”, ‘CLIP’, \"CLIP\" and ``CLIP''",
        "CLIP's loss is CLIP’s.",
        "$\\ell_2$-norm of CLIP, $k$-means, \\emph{CLIP}, {\\em CLIP}",
        "CLIP🙂CLIP 👩‍👧 CLIP",
        "CLIP, 2021: 95.3% (+2.1), 8-bit, 10x, $5, #1",
        "CLIP\r\n\tCLIP\u2028CLIP",
        "CLIP)s (CLIP [CLIP]",
        "We train clip/CLIP/CLIP-CLIP, and CLIP alone.",
    ],
)
def test_odd_signs_around_a_name_do_no_harm(small_nlp: Language, text: str) -> None:
    source = paper("", text)
    ((_, found),) = extract([source], small_nlp)
    assert faults(source, found) == []
    named = [mention for mention in found.mentions if mention.concept == "method/clip"]
    assert named
    assert {mention.exact.strip("()[]").lower() for mention in named} == {"clip"}


def test_a_paper_is_read_the_same_in_any_company_and_order(
    papers: Sequence[Paper], nlp: Language, extractions: dict[str, Extraction]
) -> None:
    some = list(papers[:40])
    random.Random(7).shuffle(some)
    for source, found in extract(some, nlp):
        assert found == extractions[source.id], source.id


def test_papers_come_back_in_their_order(papers: Sequence[Paper], small_nlp: Language) -> None:
    some = papers[5:10][::-1]
    assert [source for source, _ in extract(some, small_nlp)] == list(some)
    assert list(extract([], small_nlp)) == []


def test_offsets_count_code_points_of_their_own_field(small_nlp: Language) -> None:
    found = read(small_nlp, "🙂 CLIP", "🙂🙂 é CLIP")
    assert [(m.span.field, m.span.start, m.span.end) for m in found.mentions] == [
        (Field.TITLE, 2, 6),
        (Field.ABSTRACT, 5, 9),
    ]


def test_a_name_broken_over_two_lines_is_one_name_as_printed(small_nlp: Language) -> None:
    (mention,) = read(small_nlp, "", "We train a graph\nneural network again.").mentions
    assert (mention.exact, mention.concept) == ("graph\nneural network", "method/graph-neural-network")


def test_a_text_without_words_says_nothing(small_nlp: Language) -> None:
    for title, abstract in (("", ""), ("\n", "\n\n"), ("", "..."), ("?", "")):
        assert read(small_nlp, title, abstract) == Extraction((), ())


def test_roles_fit_kinds(extractions: dict[str, Extraction]) -> None:
    fixed = {Kind.TOPIC: {Role.HAS_TOPIC}, Kind.METRIC: {Role.EVALUATES_WITH}}
    others = set(Role) - {Role.HAS_TOPIC, Role.EVALUATES_WITH}
    for found in extractions.values():
        for mention in found.mentions:
            assert mention.role in fixed.get(mention.kind, others), mention


def test_what_the_title_names_is_mentioned_there(extractions: dict[str, Extraction]) -> None:
    found = extractions["iclr-2021-0036"].mentions
    assert "Deformable DETR" in {m.exact for m in found if m.span.field is Field.TITLE}
    assert all(isinstance(mention, Mention) for mention in found)


def test_what_chooses_comes_after_all_that_finds(small_vocabulary: Path) -> None:
    found = [f"kg_{name}" for name in FINDERS]
    assert finders([small_vocabulary]).pipe_names == found
    assert pipeline([small_vocabulary], "fast").pipe_names == [*found, "kg_concepts"]


def test_the_finders_choose_nothing(small_finders: Language) -> None:
    doc = doc_of(small_finders, "A Title", "We use CLIP.")
    assert doc.spans[CANDIDATES]
    assert "kg_concepts" not in doc.spans


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_each_extractor_has_its_pipeline(small_vocabulary: Path, extractor: str) -> None:
    (mention,) = read(pipeline([small_vocabulary], extractor), "", "CLIP").mentions
    assert (mention.exact, mention.concept) == ("CLIP", "method/clip")


def test_an_extractor_that_does_not_exist_is_told(small_vocabulary: Path) -> None:
    with pytest.raises(ValueError, match="no extractor 'slow'; use fast or accurate"):
        pipeline([small_vocabulary], "slow")


@pytest.mark.parametrize("component", [*FINDERS, "concepts"])
def test_each_component_can_be_added_to_anyones_pipeline(component: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    if component != "sentences":
        nlp.add_pipe(f"kg_{component}")
    doc = nlp("We propose GraphFoo, a graph neural network (GNN).")
    assert len(list(doc.sents)) == 1


def test_the_components_take_the_sentences_of_another(small_vocabulary: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for component in (*FINDERS[1:], "concepts"):
        config = {"paths": [str(small_vocabulary)]} if component == "vocabulary" else {}
        nlp.add_pipe(f"kg_{component}", config=config)
    doc = nlp("We use CLIP. It wins.")
    assert [span.kb_id_ for span in doc.spans["kg_concepts"]] == ["method/clip"]


def test_the_vocabulary_runs_over_another_tokenizer(small_vocabulary: Path) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("kg_vocabulary", config={"paths": [str(small_vocabulary)]})
    assert isinstance(nlp("数据"), Doc)


def test_a_doc_keeps_its_concepts_when_it_is_stored(small_nlp: Language) -> None:
    doc = small_nlp("We use CLIP on GLUE.")
    copy = Doc(small_nlp.vocab).from_bytes(doc.to_bytes())
    assert [(s.text, s.kb_id_, s._.kg_role) for s in copy.spans["kg_concepts"]] == [
        (s.text, s.kb_id_, s._.kg_role) for s in doc.spans["kg_concepts"]
    ]


def test_a_vocabulary_that_is_missing_or_broken_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.ttl"):
        pipeline([tmp_path / "none.ttl"])
    broken = tmp_path / "broken.ttl"
    broken.write_text(SMALL_VOCABULARY + "and so on", encoding="utf-8")
    with pytest.raises(ReadError, match=r"broken\.ttl:\d+: not valid Turtle"):
        pipeline([broken])
