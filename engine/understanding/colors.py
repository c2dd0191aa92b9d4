"""The colour words people use for lamps: names, and the whites as colour temperatures in kelvin."""

from __future__ import annotations

from types import MappingProxyType

_PLAIN = """
    red green blue yellow orange purple pink cyan magenta turquoise teal violet indigo lime white gold crimson
    maroon navy aqua coral salmon lavender amber peach olive brown beige fuchsia rose mint scarlet lilac plum
    khaki ivory silver grey gray black tan azure chartreuse
"""
_SHADES = (
    "light blue, dark blue, sky blue, royal blue, deep blue, light green, dark green, forest green, "
    "hot pink, light pink, dark red, deep red"
)
COLORS = frozenset(_PLAIN.split()) | frozenset(_SHADES.split(", "))

WHITES = MappingProxyType(
    {
        "candlelight": 2000,
        "candle light": 2000,
        "warm white": 2700,
        "soft white": 2700,
        "warm light": 2700,
        "neutral white": 4000,
        "natural white": 4000,
        "neutral": 4000,
        "cool white": 6500,
        "cold white": 6500,
        "bright white": 6500,
        "daylight": 5500,
        "day light": 5500,
    }
)
