"""The map: who is drawn where, and which labels stand at the opening zoom; pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from kg.records import Community
from kg.write.page.labels import Box, Dot, Side, group_box, place_names, wrap
from kg.write.page.members import arrange, disc_radius
from kg.write.page.packing import Piece, pack
from kg.write.page.settings import Settings


@dataclass(frozen=True, slots=True)
class PlacedName:
    """The name of a leading person and the side of the dot on which it stands."""

    member: str
    side: Side
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """A group on the map.

    Attributes:
        group: the community.
        x: of the disc's middle.
        y: of the disc's middle, downwards.
        radius: of the disc.
        dots: people drawn, by id.
        lines: the label, line by line.
        label: the label's box.
        names: of its leading people.
    """

    group: Community
    x: float
    y: float
    radius: float
    dots: Mapping[str, Dot]
    lines: tuple[str, ...]
    label: Box
    names: tuple[PlacedName, ...]

    def bounds(self) -> Box:
        """The rectangle around disc and labels."""
        boxes = [self.label, *(name.box for name in self.names)]
        return Box(
            min([self.x - self.radius, *(box.left for box in boxes)]),
            min([self.y - self.radius, *(box.top for box in boxes)]),
            max([self.x + self.radius, *(box.right for box in boxes)]),
            max([self.y + self.radius, *(box.bottom for box in boxes)]),
        )


@dataclass(frozen=True, slots=True)
class Map:
    """Groups side by side.

    Attributes:
        groups: in the order of the communities.
        zoom: pixels a unit of the map; at it or closer no two labels overlap.
        bounds: the rectangle around everything.
        labelled: whether the groups keep room for their labels.
    """

    groups: tuple[PlacedGroup, ...]
    zoom: float
    bounds: Box
    labelled: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """How much the labels tell: names a group at most, and lines of a group's label."""

    names: int
    lines: int


def _details(how: Settings) -> list[Detail]:
    """From the most telling to the least: fewer names first, then fewer lines."""
    names = range(len(how.labels.leaders), -1, -1)
    lines = range(how.labels.group_lines - 1, 0, -1)
    return [Detail(n, how.labels.group_lines) for n in names] + [Detail(0, n) for n in lines]


def lay_out(
    groups: Sequence[Community],
    coauthors: nx.Graph,
    paper_count: Mapping[str, int],
    names: Mapping[str, str],
    fields: Mapping[str, int],
    how: Settings,
) -> Map:
    """Lay groups out so that all of them and their labels fit a window without overlap.

    Labels keep their size on the screen, so the room they need on the map depends on the zoom at which all
    fits, which depends on that room: the zoom is lowered until both agree, then with fewer names and lines.
    Where not even the groups' labels fit, the discs alone are packed, and labels appear as the reader zooms in.

    Args:
        groups: the communities to draw, the largest first.
        coauthors: the co-authorship graph.
        paper_count: papers by author.
        names: of authors, by id.
        fields: number of the field by community.
        how: sizes and limits.
    """
    drawn = _drawn(groups, how)
    cells = [
        (
            group,
            arrange(
                coauthors, group.members[: drawn[group.id]], _counts(group, drawn, paper_count), how.dots
            ),
        )
        for group in groups
    ]
    near = _shared(groups, coauthors)

    def attempt(detail: Detail, zoom: float) -> Map:
        placed = _placed(cells, names, fields, near, detail, zoom, how)
        bounds = _bounds(placed)
        return Map(placed, zoom, bounds, _fitting(bounds, how) >= zoom)

    for detail in _details(how):
        if _crowded(groups, detail, how) or not (last := attempt(detail, how.packing.smallest_zoom)).labelled:
            continue
        zoom = 1.0
        while zoom > how.packing.smallest_zoom:
            if (drawn_map := attempt(detail, zoom)).labelled:
                return drawn_map
            zoom *= how.packing.shrink
        return last
    bare = attempt(Detail(0, how.labels.group_lines), math.inf)
    return replace(bare, zoom=_fitting(bare.bounds, how))


def _crowded(groups: Sequence[Community], detail: Detail, how: Settings) -> bool:
    """Whether the labels alone would take too much of the window."""
    names = sum(_leaders(group, detail.names, how) for group in groups)
    lines = len(groups) * detail.lines
    room = (how.labels.group_width / 2) * (lines * how.labels.group_line + names * how.labels.name_line)
    width, height = how.packing.viewport
    return room > how.packing.crowded * width * height


def _leaders(group: Community, most: int, how: Settings) -> int:
    return min(most, sum(len(group.members) >= least for least in how.labels.leaders))


def _drawn(groups: Sequence[Community], how: Settings) -> dict[str, int]:
    """How many people of each group are drawn: as many as can be, the same bound for all."""
    most = how.limits.people_of_a_group
    while most > 1 and sum(min(most, len(group.members)) for group in groups) > how.limits.people:
        most -= 1
    return {group.id: min(most, len(group.members)) for group in groups}


def _counts(group: Community, drawn: Mapping[str, int], paper_count: Mapping[str, int]) -> list[int]:
    return [paper_count.get(member, 0) for member in group.members[: drawn[group.id]]]


def _shared(groups: Sequence[Community], coauthors: nx.Graph) -> list[Counter[int]]:
    """For each group, with which others its people wrote, and how much."""
    home = {member: number for number, group in enumerate(groups) for member in group.members}
    near: list[Counter[int]] = [Counter() for _ in groups]
    for one, other in coauthors.edges:
        a, b = home.get(one), home.get(other)
        if a is not None and b is not None and a != b:
            near[a][b] += 1
            near[b][a] += 1
    return near


def _placed(
    cells: Sequence[tuple[Community, list[Dot]]],
    names: Mapping[str, str],
    fields: Mapping[str, int],
    near: Sequence[Mapping[int, float]],
    detail: Detail,
    zoom: float,
    how: Settings,
) -> tuple[PlacedGroup, ...]:
    local = [_labelled(group, dots, names, detail, zoom, how) for group, dots in cells]
    pieces = [
        Piece(
            placed.radius,
            (placed.label, *(name.box for name in placed.names)),
            fields[placed.group.id],
            near[number],
        )
        for number, placed in enumerate(local)
    ]
    places = pack(pieces, how.packing, how.packing.cell / min(1.0, zoom))
    return tuple(_moved(placed, x, y) for placed, (x, y) in zip(local, places, strict=True))


def _labelled(
    group: Community, dots: list[Dot], names: Mapping[str, str], detail: Detail, zoom: float, how: Settings
) -> PlacedGroup:
    """The group about (0, 0), with its label and its leaders' names."""
    radius = disc_radius(dots, how.dots)
    lines = wrap(group.label, how.labels)[: detail.lines]
    label = group_box(lines, radius, how.labels, zoom)
    leaders = min(_leaders(group, detail.names, how), len(dots))
    wanted = [(number, names[group.members[number]]) for number in range(leaders)]
    placed = place_names(wanted, dots, [label], how.labels, zoom)
    return PlacedGroup(
        group,
        0.0,
        0.0,
        radius,
        dict(zip(group.members, dots, strict=False)),
        lines,
        label,
        tuple(PlacedName(group.members[number], side, box) for number, side, box in placed),
    )


def _moved(placed: PlacedGroup, x: float, y: float) -> PlacedGroup:
    return PlacedGroup(
        placed.group,
        round(x, 1),
        round(y, 1),
        placed.radius,
        {m: Dot(round(d.x + x, 1), round(d.y + y, 1), d.radius) for m, d in placed.dots.items()},
        placed.lines,
        placed.label.moved(x, y),
        tuple(PlacedName(name.member, name.side, name.box.moved(x, y)) for name in placed.names),
    )


def _bounds(placed: Sequence[PlacedGroup]) -> Box:
    boxes = [group.bounds() for group in placed] or [Box(0, 0, 1, 1)]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _fitting(bounds: Box, how: Settings) -> float:
    width, height = how.packing.viewport
    return min(width / (bounds.right - bounds.left), height / (bounds.bottom - bounds.top))
