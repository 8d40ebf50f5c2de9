"""How much room a label takes, and on which side of a dot it stands; pure geometry."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.write.page.settings import Labels, Letters


class Side(StrEnum):
    """Where a name stands, seen from its dot; in the order in which they are tried."""

    EAST = "e"
    WEST = "w"
    SOUTH = "s"
    NORTH = "n"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y grows downwards.

    Example:
        >>> Box(0, 0, 4, 2).overlap(Box(3, 1, 9, 9))
        1
    """

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """The area that the two share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0, width) * max(0, height)

    def moved(self, x: float, y: float) -> Box:
        """The same rectangle elsewhere."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


@dataclass(frozen=True, slots=True)
class Dot:
    """A person on the map.

    Attributes:
        x: of the middle.
        y: of the middle, downwards.
        radius: of the dot.
    """

    x: float
    y: float
    radius: float

    def box(self) -> Box:
        """The square around it."""
        r = self.radius
        return Box(self.x - r, self.y - r, self.x + r, self.y + r)


def text_width(text: str, size: float, letters: Letters) -> float:
    """At least the width of a line of text in any usual system font, in pixels.

    Args:
        text: one line.
        size: the font's size in pixels.
        letters: widths by class of letter.
    """
    return size * sum(_letter_width(letter, letters) for letter in text)


def _letter_width(letter: str, letters: Letters) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return letters.east_asian_width
    if letter in letters.narrow:
        return letters.narrow_width
    if letter in letters.wide:
        return letters.wide_width
    return letters.capital_width if letter.isupper() else letters.other_width


def wrap(text: str, labels: Labels) -> tuple[str, ...]:
    """The lines of a group's label: a line for each topic that it joins by ``·``, else wrapped at words.

    Lines that are too long are cut with an ellipsis.

    Args:
        text: the label.
        labels: sizes; ``group_width`` and ``group_lines`` bound the result.
    """

    def fits(line: str) -> bool:
        return text_width(line, labels.group_size, labels.letters) <= labels.group_width

    if len(topics := topics_of(text)) > 1:
        return tuple(_cut(topic, fits) for topic in topics[: labels.group_lines])
    lines: list[str] = []
    for word in text.split():
        if lines and (fits(f"{lines[-1]} {word}") or len(lines) == labels.group_lines):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(_cut(line, fits) for line in lines)


def topics_of(label: str) -> list[str]:
    """The topics that a group's label joins.

    Example:
        >>> topics_of("robotics · reinforcement learning")
        ['robotics', 'reinforcement learning']
    """
    return [topic.strip() for topic in label.split(" · ")]


def _cut(line: str, fits: Callable[[str], bool]) -> str:
    if fits(line):
        return line
    end = next((n for n in range(len(line), 1, -1) if fits(line[:n].rstrip() + "…")), 1)
    return line[:end].rstrip() + "…"


def group_box(lines: Sequence[str], radius: float, labels: Labels, zoom: float) -> Box:
    """The box of a group's label above its disc, relative to the disc's middle, in units of the map."""
    width = max((text_width(line, labels.group_size, labels.letters) for line in lines), default=0.0) / zoom
    bottom = -radius - labels.gap / zoom
    return Box(-width / 2, bottom - len(lines) * labels.group_line / zoom, width / 2, bottom)


def name_box(dot: Dot, name: str, side: Side, labels: Labels, zoom: float) -> Box:
    """The box of a name beside its dot, in units of the map."""
    width = text_width(name, labels.name_size, labels.letters) / zoom
    height = labels.name_line / zoom
    off = dot.radius + labels.gap / zoom
    if side is Side.EAST:
        return Box(dot.x + off, dot.y - height / 2, dot.x + off + width, dot.y + height / 2)
    if side is Side.WEST:
        return Box(dot.x - off - width, dot.y - height / 2, dot.x - off, dot.y + height / 2)
    top = dot.y + off if side is Side.SOUTH else dot.y - off - height
    return Box(dot.x - width / 2, top, dot.x + width / 2, top + height)


def place_names(
    names: Sequence[tuple[int, str]], dots: Sequence[Dot], taken: Iterable[Box], labels: Labels, zoom: float
) -> list[tuple[int, Side, Box]]:
    """Put names beside their dots so that none covers another, and as few dots as can be.

    Args:
        names: number of the dot and name, the most important first.
        dots: all dots of the group.
        taken: boxes that must stay free.
        labels: sizes.
        zoom: pixels a unit of the map.

    Returns:
        The names that found room, with side and box.
    """
    boxes = list(taken)
    squares = [dot.box() for dot in dots]
    placed = []
    for number, name in names:
        options = [(side, name_box(dots[number], name, side, labels, zoom)) for side in Side]
        free = [option for option in options if not any(option[1].overlap(box) for box in boxes)]
        if free:
            side, box = min(free, key=lambda option: round(sum(map(option[1].overlap, squares)), 3))
            placed.append((number, side, box))
            boxes.append(box)
    return placed
