from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import Options, make
from kg.evaluate import as_json, evaluate_build, evaluate_extraction
from kg.read.source import ReadError
from kg.write.void import Census

from .samples import DETR, DETR_ABSTRACT, DETR_TITLE, DIFFWAVE, DIFFWAVE_ABSTRACT, DIFFWAVE_TITLE

LIST = "".join(
    f"## [{number}] {title}\n\n**Authors**: *Ada Lovelace*\n\n**Conference**: *iclr 2021*\n\n"
    f"**URL**: [https://example.org/{number}](https://example.org/{number})\n\n"
    f"**Abstract**:\n\n{abstract}\n\n----\n\n"
    for number, title, abstract in ((30, DIFFWAVE_TITLE, DIFFWAVE_ABSTRACT), (36, DETR_TITLE, DETR_ABSTRACT))
)


def test_the_extractor_is_measured_on_the_annotated_texts(gold_path: Path) -> None:
    result = evaluate_extraction(gold_path)
    assert result.predicted == result.papers == 2
    assert result.typed[-1].right > result.typed[-1].wrong, (
        "most of what is read from two clear abstracts is right"
    )
    assert result.calibration is not None


def test_a_higher_threshold_says_less(gold_path: Path) -> None:
    def said(minimum: float) -> int:
        score = evaluate_extraction(gold_path, minimum_confidence=minimum).typed[-1]
        return score.right + score.wrong

    assert said(1.01) == 0 < said(0.6) <= said(0.0)


def test_a_build_of_the_annotated_papers_has_the_figures_of_the_extraction(
    gold_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "papers.md").write_text(LIST, encoding="utf-8")
    result = make([tmp_path / "papers.md"], Options())
    (tmp_path / "graph.ttl").write_text("".join(result.turtle(Census())), encoding="utf-8")
    built, extracted = (
        as_json(e) for e in (evaluate_build(gold_path, tmp_path), evaluate_extraction(gold_path))
    )
    for figure in ("papers", "predicted", "typed", "untyped", "roles", "introduces", "relations", "mistakes"):
        assert built[figure] == extracted[figure], figure


def test_a_broken_line_ends_it_before_anything_is_extracted(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("{}\n")
    with pytest.raises(ReadError, match=r'gold\.jsonl:1: "id" must be a string'):
        evaluate_extraction(path)


def test_the_samples_are_of_the_seed_corpus() -> None:
    seeds = (Path(__file__).parents[2] / "seeds" / "iclr-2021.md").read_text(encoding="utf-8")
    for record in (DETR, DIFFWAVE):
        assert record["title"] in seeds
