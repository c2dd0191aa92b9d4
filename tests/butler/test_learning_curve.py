"""The learning curve is a picture in which each week's share stands at its place."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from butler.learning_curve import draw
from store.statistics import Week

BLUE, ORANGE, WHITE = (27, 108, 168), (217, 95, 2), (255, 255, 255)
MONDAY = date(2026, 8, 31)


def weeks(*right: int | None) -> list[Week]:
    """Return a week for each share in percent; None is a week without turns."""
    return [
        Week(MONDAY + timedelta(weeks=at), *((200, 0, 2 * share, 40, 0) if share is not None else ()))
        for at, share in enumerate(right)
    ]


def picture(found: list[Week]) -> Image.Image:
    return Image.open(io.BytesIO(draw(found))).convert("RGB")


def at(percent: float) -> int:
    """Return how far down a share stands."""
    return round(470 - percent / 100 * 360)


def test_it_is_a_png_of_a_size_that_chats_show() -> None:
    found = draw(weeks(70, 80))
    assert found.startswith(b"\x89PNG")
    assert len(found) < 200_000
    assert picture(weeks(70, 80)).size == (1000, 560)


@pytest.mark.parametrize("share", [0, 55, 100])
def test_a_week_stands_at_its_share(share: int) -> None:
    """The first of two weeks stands at a quarter of the width."""
    shown = picture(weeks(share, share))
    x = 70 + 900 // 4
    assert shown.getpixel((x, at(share))) == BLUE
    assert shown.getpixel((x, at(20))) == ORANGE
    assert shown.getpixel((x, at((share + 50) % 100 + 5))) == WHITE


def test_a_week_without_turns_is_a_gap() -> None:
    shown = picture(weeks(80, None, 80))
    assert shown.getpixel((70 + 450, at(80))) != BLUE
    assert picture(weeks(80, 80, 80)).getpixel((70 + 450, at(80))) == BLUE


def test_it_has_a_title_a_legend_an_axis_in_percent_and_weeks() -> None:
    """Something dark is written in each of the places."""
    shown = picture(weeks(70, 80, 90))
    for box in ((70, 15, 470, 50), (70, 60, 800, 78), (15, 100, 65, 480), (100, 478, 950, 545)):
        assert sum(shown.crop(box).convert("L").histogram()[:120]) > 20, box


@pytest.mark.parametrize("count", [1, 12, 60, 520])
def test_it_takes_few_weeks_and_many(count: int) -> None:
    assert picture(weeks(*([75] * count))).size == (1000, 560)
