"""The learning curve as a picture: week by week, how often it came right at the first try, and how often not."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from store.statistics import Week

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

_SCALE = 2  # drawn larger and made smaller, so that lines are smooth
_WIDTH, _HEIGHT = 1000, 560
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 30, 110, 90
_INK, _PALE, _GRID = "#222222", "#666666", "#dddddd"
_MOST_LABELS = 14
_TITLE = "Right at the first try, week by week"
_AXIS = "% of the week's turns"


@dataclass(frozen=True)
class _Series:
    name: str
    colour: str
    width: int
    count: Callable[[Week], int]
    labelled: bool = False

    def values(self, weeks: Iterable[Week]) -> list[float | None]:
        """Return the shares in percent; None for a week without turns."""
        shares = (week.share(self.count(week)) for week in weeks)
        return [None if share is None else 100 * share for share in shares]


_SERIES = (
    _Series("not understood, or left to a language model", "#8a8a8a", 3, lambda week: week.fallbacks),
    _Series("corrected", "#d95f02", 3, lambda week: week.corrections),
    _Series("right at the first try", "#1b6ca8", 5, lambda week: week.first_try, labelled=True),
)


def draw(weeks: Sequence[Week]) -> bytes:
    """Return the curve of at least one week as a PNG."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only who asks for a picture waits for it

    image = Image.new("RGB", (_WIDTH * _SCALE, _HEIGHT * _SCALE), "white")
    picture = _Picture(ImageDraw.Draw(image), len(weeks))
    picture.frame()
    picture.weeks(weeks)
    for series in _SERIES:
        picture.line(series, series.values(weeks))
    picture.legend()
    written = io.BytesIO()
    image.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return written.getvalue()


class _Picture:
    """Draws in the units of the finished picture."""

    def __init__(self, pen: ImageDraw.ImageDraw, count: int) -> None:
        self._pen, self._count = pen, count

    def frame(self) -> None:
        """Draw the title and the axis in percent."""
        self.text((_LEFT, 18), _TITLE, size=26, colour=_INK, anchor="la")
        self.text((_LEFT, _TOP - 14), _AXIS, size=14, colour=_PALE, anchor="ls")
        for percent in range(0, 101, 20):
            y = self._y(percent)
            self._line([(_LEFT, y), (_WIDTH - _RIGHT, y)], _PALE if percent == 0 else _GRID, 1)
            self.text((_LEFT - 10, y), f"{percent} %", size=15, colour=_PALE, anchor="rm")

    def weeks(self, weeks: Sequence[Week]) -> None:
        """Draw what stands under the weeks, or under some of many: its number, its Monday and its turns."""
        every = -(-len(weeks) // _MOST_LABELS)
        base = _HEIGHT - _BOTTOM
        for place, week in enumerate(weeks):
            x = self._x(place)
            self._line([(x, base), (x, base + 5)], _PALE, 1)
            if (len(weeks) - 1 - place) % every:
                continue
            self.text((x, base + 10), week.name.partition("-")[2], size=15, colour=_INK, anchor="ma")
            self.text((x, base + 31), f"{week.monday.day} {week.monday:%b}", size=13, colour=_PALE, anchor="ma")
            self.text((x, base + 50), str(week.turns), size=13, colour=_PALE, anchor="ma")
        self.text((_LEFT - 10, base + 50), "turns", size=13, colour=_PALE, anchor="ra")

    def line(self, series: _Series, values: Sequence[float | None]) -> None:
        """Draw a series, with a gap where a week had no turns."""
        points = [None if value is None else (self._x(at), self._y(value)) for at, value in enumerate(values)]
        for one, other in pairwise(points):
            if one is not None and other is not None:
                self._line([one, other], series.colour, series.width)
        for point, value in zip(points, values, strict=True):
            if point is None or value is None:
                continue
            self._dot(point, series)
            if series.labelled and self._count <= _MOST_LABELS:
                self.text((point[0], point[1] - 10), f"{value:.0f}", size=14, colour=series.colour, anchor="ms")

    def legend(self) -> None:
        """Say which line is what."""
        x = float(_LEFT)
        for series in _SERIES[::-1]:
            self._line([(x, 68), (x + 28, 68)], series.colour, series.width)
            self._dot((x + 14, 68), series)
            self.text((x + 36, 68), series.name, size=15, colour=_INK, anchor="lm")
            x += 36 + self._pen.textlength(series.name, _font(15)) / _SCALE + 26

    def text(self, at: tuple[float, float], text: str, *, size: int, colour: str, anchor: str) -> None:
        """Write at a point; `anchor` is Pillow's."""
        self._pen.text((at[0] * _SCALE, at[1] * _SCALE), text, colour, _font(size), anchor)

    def _line(self, points: Iterable[tuple[float, float]], colour: str, width: int) -> None:
        self._pen.line([(x * _SCALE, y * _SCALE) for x, y in points], colour, width * _SCALE, joint="curve")

    def _dot(self, at: tuple[float, float], series: _Series) -> None:
        x, y, radius = at[0] * _SCALE, at[1] * _SCALE, (series.width + 1) * _SCALE
        self._pen.ellipse((x - radius, y - radius, x + radius, y + radius), series.colour)

    def _x(self, place: int) -> float:
        room = (_WIDTH - _LEFT - _RIGHT) / self._count
        return _LEFT + (place + 0.5) * room

    @staticmethod
    def _y(percent: float) -> float:
        return _HEIGHT - _BOTTOM - percent / 100 * (_HEIGHT - _BOTTOM - _TOP)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    from PIL import ImageFont  # noqa: PLC0415 - as above

    return ImageFont.load_default(size * _SCALE)
