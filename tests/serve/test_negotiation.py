from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.negotiation import choose

OFFERED = ("application/json", "text/csv", "text/turtle", "text/html;level=1")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/csv"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=0.5, text/turtle", "text/turtle"),
        ("text/csv;q=0.5,text/turtle;q=0.50", "text/csv"),
        ("text/turtle, text/csv", "text/csv"),  # a tie: our order
        ("text/*;q=0.9, application/json;q=0.8", "text/csv"),
        ("text/*;q=0.9, text/csv;q=0.1, application/json;q=0.5", "text/turtle"),  # the exact range overrides
        ("text/csv;q=0, */*", "application/json"),
        ("application/json;q=0, */*", "text/csv"),
        ("*/*;q=0.1, text/turtle;q=0.2", "text/turtle"),
        ("text/html", "text/html;level=1"),
        ("text/html;level=1", "text/html;level=1"),
        ("text/html;level=2", None),
        ("text/csv;charset=utf-8", None),  # asks for a parameter that is not offered
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/csv;q=0", None),
        ("text/csv ; q=1.000", "text/csv"),
        ('image/x;a="b,c", text/csv', "text/csv"),
        ("text/csv;q=2, text/turtle;q=0.1", "text/turtle"),  # no weight: the range is not read
        ("nonsense", "application/json"),  # nothing that can be read: as no header
        ("*/csv", None),
    ],
)
def test_the_form_that_the_client_would_rather_have_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen


def test_a_browser_gets_html_and_a_program_gets_data() -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
    assert choose(browser, ("text/turtle", "text/html")) == "text/html"
    assert choose("*/*", ("text/turtle", "text/html")) == "text/turtle"


@given(st.text(max_size=100))
def test_any_header_is_read_without_an_error(accept: str) -> None:
    assert choose(accept, OFFERED) in (*OFFERED, None)


def test_a_very_long_header_is_read_in_no_time() -> None:
    assert choose("a/b;" * 20_000 + "," * 20_000 + '"' * 20_000, OFFERED) in (*OFFERED, None)
