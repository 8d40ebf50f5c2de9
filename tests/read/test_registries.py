from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.registries import known, registries


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("http://arxiv.org/pdf/2010.04159v4.pdf", "https://arxiv.org/abs/2010.04159"),
        ("arXiv:math.GT/0309136v1", "https://arxiv.org/abs/math/0309136"),
        ("https://doi.org/10.48550/arXiv.1706.03762", "https://arxiv.org/abs/1706.03762"),
        ("https://api.openalex.org/works/w3092462694", "https://openalex.org/W3092462694"),
        (
            "https://dblp.uni-trier.de/rec/bibtex/conf/iclr/ZhuSLLWD21",
            "https://dblp.org/rec/conf/iclr/ZhuSLLWD21",
        ),
        ("https://dblp.org/rec/conf/iclr/ZhuSLLWD21.html", "https://dblp.org/rec/conf/iclr/ZhuSLLWD21"),
        (
            "https://openreview.net/pdf?id=gZ9hCDWe6ke&name=x",
            "https://openreview.net/forum?id=gZ9hCDWe6ke",
        ),
        ("https://www.ncbi.nlm.nih.gov/pubmed/033526905/", "https://pubmed.ncbi.nlm.nih.gov/33526905"),
        ("MEDLINE:33526905", "https://pubmed.ncbi.nlm.nih.gov/33526905"),
        (
            "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7095418/",
            "https://pmc.ncbi.nlm.nih.gov/articles/PMC7095418",
        ),
        ("https://www.aclweb.org/anthology/P19-1001.pdf", "https://aclanthology.org/P19-1001"),
        ("https://www.wikidata.org/wiki/Q30249683", "http://www.wikidata.org/entity/Q30249683"),
        ("WOS:000268312800015", "wos:000268312800015"),
        ("2-s2.0-85049", "scopus:2-s2.0-85049"),
    ],
)
def test_an_id_has_one_form_however_it_is_printed(printed: str, form: str) -> None:
    found = known(printed)
    assert found is not None and found.form == form


@pytest.mark.parametrize(
    "text",
    ["", "https://arxiv.org/abs/", "https://arxiv.org.evil.example/abs/2010.04159", "https://openalex.org/A123",
     "https://openreview.net/group?id=ICLR", "javascript:alert(1)", "https://dblp.org/rec/" + "a/" * 400],
)  # fmt: skip
def test_what_no_registry_gives_is_no_id(text: str) -> None:
    assert known(text) is None


def test_a_form_is_its_own_form() -> None:
    examples = {
        "arxiv": "https://arxiv.org/abs/2010.04159", "openalex": "https://openalex.org/W1",
        "dblp": "https://dblp.org/rec/conf/a/B", "openreview": "https://openreview.net/forum?id=a",
        "pubmed": "https://pubmed.ncbi.nlm.nih.gov/1", "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/PMC1",
        "semantic-scholar": "https://www.semanticscholar.org/paper/" + "a" * 40,
        "semantic-scholar-corpus": "https://api.semanticscholar.org/CorpusID:1",
        "acl-anthology": "https://aclanthology.org/2020.acl-main.1", "wikidata": "http://www.wikidata.org/entity/Q1",
        "inspire": "https://inspirehep.net/literature/1", "ads": "https://ui.adsabs.harvard.edu/abs/2020arXiv201004159Z",
        "hal": "https://hal.science/hal-01234567", "jstor": "https://www.jstor.org/stable/1",
        "wos": "wos:000268312800015", "medline-wos": "BCI:BCI2021", "scopus": "scopus:2-s2.0-1", "mag": "mag:1",
    }  # fmt: skip
    assert set(examples) == {registry.name for registry in registries()}
    for name, form in examples.items():
        found = known(form)
        assert found is not None and (found.registry, found.form) == (name, form)


@given(st.sampled_from(["https://arxiv.org/abs/", "https://dblp.org/rec/conf/", "wos:", ""]), st.text())
def test_no_text_whatever_breaks_it_and_forms_hold_no_blanks(start: str, rest: str) -> None:
    found = known(start + rest)
    assert found is None or found.form == "".join(found.form.split())
