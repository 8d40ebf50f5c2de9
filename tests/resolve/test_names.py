"""Printed names are taken apart as their bearers mean them, and nothing that strangers print breaks this."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.names import PersonName, known, name_key, nickname_groups, parse_name
from kg.resolve.signatures import signatures

from .conftest import paper

# Printed, given names, family name, suffix, DBLP's number.
NAMES = [
    # western order
    ("Yoshua Bengio", "yoshua", "bengio", "", ""),
    ("Kristina Toutanova", "kristina", "toutanova", "", ""),
    ("T. Nathan Mundhenk", "t nathan", "mundhenk", "", ""),
    ("H. Andrew Schwartz", "h andrew", "schwartz", "", ""),
    ("Ngoc Thang Vu", "ngoc thang", "vu", "", ""),
    ("Ho Chi Minh", "ho chi", "minh", "", ""),
    ("Da Yin", "da", "yin", "", ""),
    ("Van Nguyen", "van", "nguyen", "", ""),
    ("Md Rahman", "md", "rahman", "", ""),
    # initials
    ("D. P. Kingma", "d p", "kingma", "", ""),
    ("D.P. Kingma", "d p", "kingma", "", ""),
    ("D P Kingma", "d p", "kingma", "", ""),
    ("d.p. kingma", "d p", "kingma", "", ""),
    ("J. R. R. Tolkien", "j r r", "tolkien", "", ""),
    ("Andrew Y. Ng", "andrew y", "ng", "", ""),
    ("Ch. Papadimitriou", "ch", "papadimitriou", "", ""),
    # hyphens of all kinds
    ("Jean-Luc Picard", "jean luc", "picard", "", ""),
    ("Kai‐Wei Chang", "kai wei", "chang", "", ""),
    ("S.-Y. Kung", "s y", "kung", "", ""),
    ("Tim Berners-Lee", "tim berners", "lee", "", ""),
    ("Maria Calzolari-Rossi", "maria calzolari", "rossi", "", ""),
    # particles
    ("Willem van Hage", "willem", "van hage", "", ""),
    ("Antal van den Bosch", "antal", "van den bosch", "", ""),
    ("Guy Van den Broeck", "guy", "van den broeck", "", ""),
    ("Luc Van Gool", "luc", "van gool", "", ""),
    ("Luc VAN GOOL", "luc", "van gool", "", ""),
    ("Louis ten Bosch", "louis", "ten bosch", "", ""),
    ("Ludwig von Mises", "ludwig", "von mises", "", ""),
    ("Ulrich von der Leyen", "ulrich", "von der leyen", "", ""),
    ("Leonardo da Vinci", "leonardo", "da vinci", "", ""),
    ("Ana Paula dos Santos", "ana paula", "dos santos", "", ""),
    ("Marie-Catherine de Marneffe", "marie catherine", "de marneffe", "", ""),
    ("El Mahdi El Mhamdi", "el mahdi", "el mhamdi", "", ""),
    ("Zhang Da Wei", "zhang da", "wei", "", ""),  # in capitals, "Da" is a given name
    # suffixes and titles
    ("Hal Daumé III", "hal", "daume", "iii", ""),
    ("Sammy Davis, Jr.", "sammy", "davis", "jr", ""),
    ("Martin Luther King Jr.", "martin luther", "king", "jr", ""),
    ("John Smith IV", "john", "smith", "iv", ""),
    ("Robert Downey Junior", "robert", "downey", "junior", ""),
    ("Dr. Ada Lovelace", "ada", "lovelace", "", ""),
    ("Prof. Dr. Karl Aberer", "karl", "aberer", "", ""),
    ("Ada Lovelace, PhD", "ada", "lovelace", "", ""),
    # family name first, before a comma
    ("Kingma, Diederik P.", "diederik p", "kingma", "", ""),
    ("Kingma, D. P.", "d p", "kingma", "", ""),
    ("Ng, Andrew Y.", "andrew y", "ng", "", ""),
    ("van Hage, Willem", "willem", "van hage", "", ""),
    ("ten Bosch, Louis", "louis", "ten bosch", "", ""),
    ("de Marneffe, Marie-Catherine", "marie catherine", "de marneffe", "", ""),
    ("García López, José", "jose", "garcia lopez", "", ""),
    ("Davis, Sammy, Jr.", "sammy", "davis", "jr", ""),
    # capitals
    ("LIU Yang", "yang", "liu", "", ""),
    ("Yang LIU", "yang", "liu", "", ""),
    ("YANG LIU", "yang", "liu", "", ""),
    ("KIM Jae-Hoon", "jae hoon", "kim", "", ""),
    ("Ian McDONALD", "ian", "mcdonald", "", ""),
    # DBLP's numbers
    ("Yang Liu 0003", "yang", "liu", "", "0003"),
    ("LIU Yang 0003", "yang", "liu", "", "0003"),
    ("Liu, Yang 0003", "yang", "liu", "", "0003"),
    # Chinese and Korean characters
    ("王伟", "wei", "wang", "", ""),
    ("王 伟", "wei", "wang", "", ""),
    ("李娜", "na", "li", "", ""),
    ("欧阳修", "xiu", "ouyang", "", ""),
    ("欧陽 修", "xiu", "ouyang", "", ""),
    ("김민수", "minsu", "gim", "", ""),
    # other scripts
    ("Иван Петров", "ivan", "petrov", "", ""),
    ("Χρήστος Παπαδημητρίου", "christos", "papadimitrioy", "", ""),
    ("דוד לוי", "dvd", "lvy", "", ""),
    ("やまだ たろう", "yamada", "tarou", "", ""),
    # accents and letters of their own
    ("Łukasz Kaiser", "lukasz", "kaiser", "", ""),
    ("Philipp Krähenbühl", "philipp", "krahenbuhl", "", ""),
    ("Bernhard Schölkopf", "bernhard", "scholkopf", "", ""),
    ("Tomáš Mikolov", "tomas", "mikolov", "", ""),
    ("Çağlar Gülçehre", "caglar", "gulcehre", "", ""),
    ("Þórður Jónsson", "thordur", "jonsson", "", ""),
    ("Adébáyọ̀ Ọlọ́run", "adebayo", "olorun", "", ""),
    ("Nguyễn Thị Minh Khai", "nguyen thi minh", "khai", "", ""),
    ("José García López", "jose garcia", "lopez", "", ""),
    ("Raphae\u0308l Marinier", "raphael", "marinier", "", ""),
    # apostrophes
    ("Miles O’Brien", "miles", "obrien", "", ""),
    ("Miles O'Brien", "miles", "obrien", "", ""),
    ("N'Golo Kanté", "ngolo", "kante", "", ""),
    ("D'Angelo Russell", "dangelo", "russell", "", ""),
    # what is not seen
    ("Lukasz Kai\u00adser", "lukasz", "kaiser", "", ""),
    ("Léonard  Hussenot", "leonard", "hussenot", "", ""),
    (" Leonard Hussenot ", "leonard", "hussenot", "", ""),
    # a single name
    ("Mausam", "", "mausam", "", ""),
    ("Smith", "", "smith", "", ""),
]


@pytest.mark.parametrize(
    ("printed", "given_names", "family", "suffix", "number"), NAMES, ids=[ascii(row[0]) for row in NAMES]
)
def test_a_name_has_its_parts(printed: str, given_names: str, family: str, suffix: str, number: str) -> None:
    assert parse_name(printed) == PersonName(
        tuple(given_names.split()), tuple(family.split()), suffix, number
    )


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("SY Kung", PersonName(("sy",), ("kung",))),
        ("AJ Piergiovanni", PersonName(("aj",), ("piergiovanni",))),
        ("JJ Hopfield", PersonName(("jj",), ("hopfield",))),
    ],
)
def test_initials_printed_as_one_word_are_no_family_name(printed: str, wanted: PersonName) -> None:
    assert parse_name(printed) == wanted


@pytest.mark.parametrize("printed", ["LI Wei", "WU Yi", "NG Andrew", "XU Kelvin", "HE Kaiming"])
def test_a_short_family_name_in_capitals_is_a_family_name(printed: str) -> None:
    assert parse_name(printed).family == (printed.split()[0].lower(),)


def test_a_space_between_characters_parts_family_and_given_name() -> None:
    assert parse_name("山田 太郎").family == (name_key("山田").replace(" ", ""),)


def test_a_given_name_that_is_also_a_title_is_not_lost_when_it_stands_last() -> None:
    assert parse_name("Rahman, Md") == parse_name("Md Rahman")


@pytest.mark.parametrize(
    ("printed", "surname"),
    [
        ("Antal van den Bosch", "bosch"),
        ("Luc Van Gool", "gool"),
        ("García López, José", "garcialopez"),
        ("Ali ibn Abu", "ibnabu"),  # nothing but particles
    ],
)
def test_a_surname_is_the_family_name_without_its_particles(printed: str, surname: str) -> None:
    assert parse_name(printed).surname == surname


@pytest.mark.parametrize("printed", ["", "?", "--", "\x00", ", PhD", "1984", " 0003"])
def test_what_has_no_letters_has_no_given_names(printed: str) -> None:
    assert parse_name(printed).first == ""


def test_a_name_with_several_short_forms_stands_in_all_their_groups() -> None:
    groups = nickname_groups()
    assert groups["bill"] & groups["william"]
    assert groups["alex"] & groups["alexander"]
    assert groups["alex"] & groups["alexandra"]
    assert not groups["bill"] & groups["bob"]


def test_lists_of_names_are_in_their_normal_form() -> None:
    for part in ("particles", "suffixes", "titles"):
        assert all(name_key(word) == word for word in known(part)), part
    assert known("particles_in_lower_case") < known("particles")
    assert all(name_key(name) == name for name in nickname_groups())


@given(st.text())
def test_any_text_is_taken_apart(printed: str) -> None:
    name = parse_name(printed)
    assert all((*name.given, *name.family)) or not printed.strip()


@given(st.text(min_size=1))
def test_whoever_signs_has_a_name_of_some_letters(printed: str) -> None:
    (name,) = signatures([paper("p1", printed)]).names
    assert "".join((*name.given, *name.family))


LATIN = st.text(st.sampled_from("abcdefgimnorstuvwyzáéüñøłçß'-"), min_size=1, max_size=9)
# Words that are neither title nor suffix, which may be dropped.
WORDS = LATIN.filter(lambda word: not set(name_key(word).split()) & (known("titles") | known("suffixes")))
PRINTED = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(PRINTED)
def test_no_letter_is_lost(printed: str) -> None:
    name = parse_name(printed)
    letters = name_key(printed.replace("'", "")).replace(" ", "")
    assert sorted("".join((*name.given, *name.family))) == sorted(letters)


def in_full(name: PersonName) -> str:
    """A name in the form that leaves nothing open: the family name, a comma, the given names."""
    parts = [" ".join(name.family), " ".join(name.given), name.suffix]
    return ", ".join(part for part in parts if part) + (f" {name.number}" if name.number else "")


@given(PRINTED)
def test_a_name_in_full_is_read_as_it_was_written(printed: str) -> None:
    name = parse_name(printed)
    assert parse_name(in_full(name)) == name


@pytest.mark.parametrize(
    "printed",
    [row[0] for row in NAMES if row[0] != "Md Rahman"],
    ids=[ascii(row[0]) for row in NAMES if row[0] != "Md Rahman"],
)
def test_a_real_name_in_full_is_read_as_it_was_written(printed: str) -> None:
    name = parse_name(printed)
    assert parse_name(in_full(name)) == name


@given(PRINTED)
def test_a_name_in_capitals_is_the_same_name(printed: str) -> None:
    capitalised = " ".join(word[0].upper() + word[1:].lower() for word in printed.split())
    assert parse_name(printed.upper()).surname == parse_name(capitalised).surname


@given(st.text(), st.text(" \t\n\u00a0", max_size=3))
def test_outer_space_changes_nothing(printed: str, space: str) -> None:
    assert parse_name(f"{space}{printed}{space}") == parse_name(printed)


@given(st.text())
def test_a_name_key_does_not_depend_on_case_and_outer_space(name: str) -> None:
    assert name_key(f"  {name} ") == name_key(name)
    assert name_key(name) == " ".join(name_key(name).split())
    assert name_key(name_key(name)) == name_key(name)


@given(PRINTED)
def test_a_name_key_is_the_same_in_capitals(name: str) -> None:
    assert name_key(name.upper()) == name_key(name)
