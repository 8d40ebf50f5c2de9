"""Names and dates as citeproc has them, shared by CSL-JSON and Crossref.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

from __future__ import annotations

from typing import Any

# The parts of a name in the order of print.
NAME_PARTS = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
WHOLE_NAMES = ("literal", "name")  # organisations, and people whose name the source does not part


def people(value: Any) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The authors of a record.

    Args:
        value: what the record has under ``author``.

    Returns:
        The names, for each the ORCID or an empty text, and whether every one could be read.

    Example:
        >>> people([{"given": "Laurens", "non-dropping-particle": "van der", "family": "Maaten"},
        ...         {"name": "DUNE Collaboration"}])
        (('Laurens van der Maaten', 'DUNE Collaboration'), ('', ''), True)
    """
    if value is None:
        return (), (), True
    if not isinstance(value, list):
        return (), (), False
    read = [(_name(person), _orcid(person)) for person in value]
    kept = [(name, orcid) for name, orcid in read if name is not None]
    return tuple(name for name, _ in kept), tuple(orcid for _, orcid in kept), len(kept) == len(read)


def year(date: Any) -> str | int | None:
    """The year of a date, or the date as text where its parts are not told.

    Example:
        >>> year({"date-parts": [[2021, 5, 3]]}), year({"raw": "May 2021"}), year({"date-parts": [[None]]})
        (2021, 'May 2021', None)
    """
    if isinstance(date, str):
        return date
    if not isinstance(date, dict):
        return None
    parts = date.get("date-parts")
    while isinstance(parts, list) and parts:
        parts = parts[0]
    if isinstance(parts, int | str) and not isinstance(parts, bool) and parts:
        return parts
    texts = (date.get(key) for key in ("raw", "literal", "edtf"))
    return next((text for text in texts if isinstance(text, str) and text.strip()), None)


def first_text(value: Any) -> str:
    """A text, or the first of a list of texts; else an empty one.

    Example:
        >>> first_text(["", "Nature"]), first_text("Nature"), first_text(7)
        ('Nature', 'Nature', '')
    """
    values = value if isinstance(value, list) else [value]
    return next((text for text in values if isinstance(text, str) and text.strip()), "")


def _name(person: Any) -> str | None:
    if isinstance(person, str):
        return person
    if not isinstance(person, dict):
        return None
    parts = [person[key].strip() for key in NAME_PARTS if isinstance(person.get(key), str)]
    whole = next((person[key] for key in WHOLE_NAMES if isinstance(person.get(key), str)), None)
    return " ".join(filter(None, parts)) or whole


def _orcid(person: Any) -> str:
    found = person.get("ORCID") if isinstance(person, dict) else None
    return found if isinstance(found, str) else ""
