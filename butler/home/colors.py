"""Colour names people use, as red, green and blue 0-255."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

CSS_COLORS: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {
        "aqua": (0, 255, 255),
        "aquamarine": (127, 255, 212),
        "beige": (245, 245, 220),
        "blue": (0, 0, 255),
        "blueviolet": (138, 43, 226),
        "brown": (165, 42, 42),
        "chocolate": (210, 105, 30),
        "coral": (255, 127, 80),
        "crimson": (220, 20, 60),
        "cyan": (0, 255, 255),
        "darkblue": (0, 0, 139),
        "darkgreen": (0, 100, 0),
        "darkorange": (255, 140, 0),
        "darkred": (139, 0, 0),
        "deeppink": (255, 20, 147),
        "deepskyblue": (0, 191, 255),
        "fuchsia": (255, 0, 255),
        "gold": (255, 215, 0),
        "green": (0, 128, 0),
        "hotpink": (255, 105, 180),
        "indigo": (75, 0, 130),
        "ivory": (255, 255, 240),
        "khaki": (240, 230, 140),
        "lavender": (230, 230, 250),
        "lightblue": (173, 216, 230),
        "lightgreen": (144, 238, 144),
        "lightpink": (255, 182, 193),
        "lightyellow": (255, 255, 224),
        "lime": (0, 255, 0),
        "magenta": (255, 0, 255),
        "maroon": (128, 0, 0),
        "mintcream": (245, 255, 250),
        "navy": (0, 0, 128),
        "olive": (128, 128, 0),
        "orange": (255, 165, 0),
        "orchid": (218, 112, 214),
        "peachpuff": (255, 218, 185),
        "pink": (255, 192, 203),
        "plum": (221, 160, 221),
        "purple": (128, 0, 128),
        "red": (255, 0, 0),
        "salmon": (250, 128, 114),
        "silver": (192, 192, 192),
        "skyblue": (135, 206, 235),
        "tan": (210, 180, 140),
        "teal": (0, 128, 128),
        "tomato": (255, 99, 71),
        "turquoise": (64, 224, 208),
        "violet": (238, 130, 238),
        "white": (255, 255, 255),
        "yellow": (255, 255, 0),
    }
)
_SPOKEN: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {
        "amber": (255, 191, 0),
        "apricot": (251, 206, 177),
        "cream": (255, 253, 208),
        "lilac": (200, 162, 200),
        "mint": (152, 255, 152),
        "mauve": (224, 176, 255),
        "peach": (255, 229, 180),
        "rose": (255, 0, 127),
    }
)


def css_color(name: str) -> tuple[int, int, int] | None:
    """Return the colour that Home Assistant too knows by this name."""
    return CSS_COLORS.get(_joined(name))


def color_data(name: str) -> dict[str, object] | None:
    """Return the service data for a colour name: by name where Home Assistant knows it, else its parts."""
    joined = _joined(name)
    if joined in CSS_COLORS:
        return {"color_name": joined}
    if joined in _SPOKEN:
        return {"rgb_color": list(_SPOKEN[joined])}
    return None


def _joined(name: str) -> str:
    return name.casefold().replace(" ", "").replace("-", "").replace("grey", "gray")


def kelvin_to_rgb(kelvin: float) -> tuple[int, int, int]:
    """Return a white of this temperature as a colour, by Tanner Helland's fit (1,000-40,000 K)."""
    warmth = min(40000.0, max(1000.0, kelvin)) / 100
    if warmth <= 66:
        red = 255.0
        green = 99.4708025861 * math.log(warmth) - 161.1195681661
        blue = 0.0 if warmth <= 19 else 138.5177312231 * math.log(warmth - 10) - 305.0447927307
    else:
        red = 329.698727446 * (warmth - 60) ** -0.1332047592
        green = 288.1221695283 * (warmth - 60) ** -0.0755148492
        blue = 255.0
    return _byte(red), _byte(green), _byte(blue)


def _byte(part: float) -> int:
    return min(255, max(0, round(part)))
