from __future__ import annotations

from pathlib import Path

import pytest
import typer

from kg.build import Options, build
from kg.commands.build import build as build_command
from kg.commands.build import foretelling
from kg.commands.options import Extractor
from kg.extract.confidence import default_threshold
from kg.extract.judges import ACCURATE, EXTRACTORS, FAST
from kg.extract.words import data

SHORT = data("speed")["papers_a_second"] * 60 * data("speed")["long_minutes"]


def foretold(extractor: Extractor, papers: int) -> list[str]:
    """What is said of so many papers, besides the progress."""
    said: list[str] = []
    steps: list[tuple[str, int, int]] = []
    step = foretelling(extractor, lambda *told: steps.append(told), said.append)
    for done in (0, 1, papers):
        step("extract", done, papers)
    assert steps == [("extract", done, papers) for done in (0, 1, papers)]
    return said


def test_a_long_extraction_is_foretold_once_with_the_way_out() -> None:
    (line,) = foretold(Extractor.ACCURATE, SHORT * 3)
    assert f"{SHORT * 3} papers" in line
    assert f"{data('speed')['long_minutes'] * 3} minutes" in line
    assert "--extractor fast" in line
    assert "\n" not in line


def test_a_short_extraction_and_a_fast_one_are_not() -> None:
    assert foretold(Extractor.ACCURATE, SHORT) == foretold(Extractor.FAST, SHORT * 3) == []


def test_the_command_line_knows_every_extractor() -> None:
    assert {extractor.value for extractor in Extractor} == set(EXTRACTORS)


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_the_threshold_is_the_extractors_unless_given(extractor: str) -> None:
    assert Options(extractor=extractor).minimum_confidence == default_threshold(extractor)
    assert Options(extractor=extractor, minimum_confidence=0.0).minimum_confidence == 0.0


def test_the_accurate_extractor_reads_unless_another_is_named() -> None:
    assert Options() == Options(extractor=ACCURATE) != Options(extractor=FAST)


def test_an_extractor_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="no extractor 'slow'; use fast or accurate"):
        build(["seeds"], extractor="slow")


def test_a_reviewed_list_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reviewed = tmp_path / "suggestions.ttl"
    reviewed.write_text("reviewed", encoding="utf-8")
    with pytest.raises(typer.Exit):
        build_command(
            [tmp_path], output=tmp_path, extractor=Extractor.FAST, vocabulary=[reviewed], suggest=True
        )
    assert reviewed.read_text(encoding="utf-8") == "reviewed"
    assert "move it first" in " ".join(capsys.readouterr().err.split())
