from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from kg.write.rdf import Description, Iri, decimal, integer, web_address, year
from kg.write.turtle import turtle


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(5e-324)
@example(1.7976931348623157e308)
@example(-0.0)
def test_a_decimal_has_twelve_digits_eighteen_of_them_after_the_point_and_no_exponent(number: float) -> None:
    text = decimal(number).text
    assert "e" not in text.lower() and "." in text
    assert float(text) == pytest.approx(number, rel=1e-11, abs=1e-18)
    assert len(Decimal(text).normalize().as_tuple().digits) <= 12
    assert len(text.partition(".")[2]) <= 18


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_has_no_decimal(number: float) -> None:
    with pytest.raises(ValueError, match="decimal"):
        decimal(number)


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (-7, "-7"), (10**30, "1" + "0" * 30)])
def test_an_integer_is_written_in_full(number: int, text: str) -> None:
    assert integer(number).text == text


@pytest.mark.parametrize(("number", "text"), [(1, "0001"), (987, "0987"), (2021, "2021")])
def test_a_year_has_four_digits(number: int, text: str) -> None:
    assert year(number).text == text


@given(st.text(st.characters(codec=None, categories=None)))
@example("%")
@example("%zz")
@example("a[0]?b[]=#c#d")
@example("> <http://evil.org/> <http://evil.org/")
@example("\ud800")
def test_any_path_makes_an_iri_that_libraries_accept(path: str) -> None:
    address = web_address("https://example.org/" + path)
    assert ox.NamedNode(address.value).value == address.value
    document = "".join(turtle([Description(address, ((Iri("http://a.org/p"), (address,)),))], {})).encode()
    assert len(list(ox.parse(document, format=ox.RdfFormat.TURTLE))) == 1
    assert len(rdflib.Graph().parse(data=document, format="turtle")) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://openreview.net/forum?id=rC8sJ4i6kaH",
        "http://a.org:8080/x/%C3%A9?q=1&r=(2)#part",
        "https://a.org",
    ],
)
def test_a_legal_address_stays_as_it_is(url: str) -> None:
    assert web_address(url).value == url


@given(st.text(st.characters(codec=None, categories=None)))
def test_encoding_an_address_twice_changes_nothing_more(path: str) -> None:
    once = web_address("https://example.org/" + path)
    assert web_address(once.value) == once
