"""A difference as a page: one HTML file without script that asks no other host for anything."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice

from jinja2 import Environment, Template

from kg.diff.compare import Difference
from kg.diff.settings import settings
from kg.diff.summary import Group, groups, wording
from kg.diff.wording import in_line
from kg.query.plain import printable


def page(difference: Difference, old: str, new: str) -> str:
    """The page of a difference.

    Args:
        difference: what differs.
        old: what the older build is called, for example its folder.
        new: the same of the newer one.

    Returns:
        The document, for a file in UTF-8.
    """
    return _template().render(
        old=printable(old),
        new=printable(new),
        difference=difference,
        groups=[(group, list(_rows(difference, group))) for group in groups(difference)],
    )


def _rows(difference: Difference, group: Group) -> Iterator[tuple[str, str, str, str]]:
    """Sign in words, name, IRI and line of the first changes of a group."""
    words, limits = wording(difference), settings().limits
    for change in islice(group.changes, limits.page_rows):
        told = words.tell(change)
        cells = (told.about, told.iri, in_line(told, limits.text))
        name, iri, line = map(printable, cells)
        yield told.kind.value, name, iri, line


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(files("kg.diff").joinpath("page.html.j2").read_text(encoding="utf-8"))
