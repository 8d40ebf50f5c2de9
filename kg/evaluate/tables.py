"""The figures for a terminal, as rich tables.

What comes from papers is shown as plain text, never as markup, and without control characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kg.evaluate.calibration import Calibration
from kg.evaluate.matching import RoleScore, Score
from kg.evaluate.mistakes import Form, Mistake, PaperMistakes, Passage, Repeated
from kg.evaluate.report import Evaluation
from kg.evaluate.roles import GoldRole

_MARKED = "bold"


def tables(evaluation: Evaluation) -> Iterator[RenderableType]:
    """Everything that is told of an evaluation, one table after another.

    Args:
        evaluation: from :func:`kg.evaluate.report.evaluate`.
    """
    yield Text(f"{evaluation.papers} papers annotated, {evaluation.predicted} of them predicted")
    interval = evaluation.interval
    yield _scores("Concepts, name and kind right", "kind", evaluation.typed)
    yield Text(
        f"F1 of all, {interval.level:.0%} interval over papers: {interval.low:.3f} to {interval.high:.3f}"
    )
    yield _scores("Concepts, name right", "kind", evaluation.untyped)
    yield _roles(evaluation.roles)
    yield _introductions(evaluation)
    yield _scores("Relations", "predicate", evaluation.relations)
    if evaluation.calibration:
        yield _calibration(evaluation.calibration)
    yield _forms(evaluation.forms)
    yield from map(_paper, evaluation.worst)
    yield _frequent(evaluation.frequent)


def plain(text: str, style: str = "") -> Text:
    """Untrusted text on one line, with nothing in it that steers a terminal.

    Example:
        >>> plain("[red]one\\x1b[31m\\ntwo").plain
        '[red]one [31m two'
    """
    return Text("".join(c if c.isprintable() else " " for c in text), style=style)


def _table(title: str | Text, *columns: str, numbers: int = 0) -> Table:
    """An empty table; its last ``numbers`` columns hold numbers."""
    heading = title if isinstance(title, Text) else Text(title)
    table = Table(title=heading, title_justify="left", box=box.SIMPLE_HEAD, header_style="bold")
    for place, column in enumerate(columns):
        number = place >= len(columns) - numbers
        table.add_column(Text(column), justify="right" if number else "left", overflow="fold")
    return table


def _scores(title: str, first: str, rows: Iterable[Score]) -> Table:
    table = _table(title, first, "P", "R", "F1", "right", "wrong", "missed", numbers=6)
    for row in rows:
        figures = (f"{figure:.3f}" for figure in (row.precision, row.recall, row.f1))
        table.add_row(row.name, *figures, str(row.right), str(row.wrong), str(row.missed))
    return table


def _roles(roles: RoleScore) -> Table:
    """Annotated roles down, predicted roles across."""
    said = [role for role in GoldRole if role is not GoldRole.MENTIONS]
    title = f"Roles: {roles.accuracy:.3f} of {roles.of} matched methods and data sets are right"
    table = _table(title, "annotated \\ predicted", *map(str, said), numbers=len(said))
    counts = {(gold, predicted): count for gold, predicted, count in roles.confusion}
    for gold in GoldRole:
        table.add_row(str(gold), *(str(counts.get((gold, role), 0)) for role in said))
    return table


def _introductions(evaluation: Evaluation) -> Table:
    told = evaluation.introductions
    table = _table("Introductions", "P", "R", "F1", "right of said", "found of annotated", numbers=5)
    figures = (f"{figure:.3f}" for figure in (told.precision, told.recall, told.f1))
    table.add_row(*figures, f"{told.right} of {told.said}", f"{told.found} of {told.annotated}")
    return table


def _calibration(found: Calibration) -> Table:
    title = (
        f"Confidence of {found.count} predictions from {found.floor:g} on: expected calibration error "
        f"{found.error_equal_width:.3f} (bins of equal width), {found.error_equal_mass:.3f} (of equal mass); "
        f"Brier score {found.brier:.3f}"
    )
    table = _table(title, "bins of", "from", "to", "predictions", "mean confidence", "right", numbers=5)
    for name, bins in (("equal width", found.equal_width), ("equal mass", found.equal_mass)):
        for b in filter(lambda b: b.count, bins):
            share = (f"{b.confidence:.3f}", f"{b.accuracy:.3f}")
            table.add_row(name, f"{b.low:.2f}", f"{b.high:.2f}", str(b.count), *share)
        table.add_section()
    return table


def _forms(forms: Iterable[tuple[Form, int]]) -> Table:
    table = _table("Mistakes", "form", "count", numbers=1)
    for form, count in forms:
        table.add_row(str(form), str(count))
    return table


def _paper(found: PaperMistakes) -> Table:
    title = Text.assemble(
        f"F1 {found.score.f1:.3f}  ", plain(found.paper.id), "  ", plain(found.paper.title, _MARKED)
    )
    table = _table(title, "mistake", "kind", "name", "in the text")
    for mistake in found.mistakes:
        table.add_row(*_told(mistake), _passage(mistake.passage))
    return table


def _frequent(every: Iterable[Repeated]) -> Table:
    table = _table("Most frequent mistakes of each form", "count", "mistake", "kind", "name", "in the text")
    for _, same_form in groupby(every, key=lambda repeated: repeated.example.form):
        for repeated in same_form:
            table.add_row(str(repeated.count), *_told(repeated.example), _passage(repeated.passages[0]))
        table.add_section()
    return table


def _told(mistake: Mistake) -> tuple[str, str, Text]:
    """Form, kind and name; behind the name, what is right where something near is."""
    kind = str(mistake.kind)
    if mistake.form is Form.KIND:
        kind += f", not {mistake.meant_kind}"
    name = plain(mistake.name)
    if mistake.form is Form.BOUNDARY:
        name.append(", not ").append_text(plain(mistake.meant))
    return str(mistake.form), kind, name


def _passage(passage: Passage) -> Text:
    text = plain(passage.text)
    text.stylize(_MARKED, passage.start, passage.end)
    return text
