"""The colour of a light in words: "red", "warm white", or that it shows none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from butler.home.colors import CSS_COLORS
from engine.understanding.snapshot import Entity

_NAMES = (
    "red orange gold yellow lime green turquoise teal cyan skyblue blue indigo purple violet magenta pink white".split()
)
_SPOKEN: Mapping[str, str] = MappingProxyType({"skyblue": "light blue", "lime": "bright green"})
_WARM, _COOL = 3_500, 5_000  # kelvin


def color_words(entity: Entity) -> str | None:
    """Return the colour of a light, to stand behind "is"; None for what is no light."""
    if entity.domain != "light":
        return None
    if entity.state != "on":
        return entity.state
    kelvin, rgb = entity.attributes.get("color_temp_kelvin"), entity.attributes.get("rgb_color")
    if entity.attributes.get("color_mode") in {"color_temp", "white"} or not rgb:
        return _white(float(kelvin)) if kelvin else "on, and shows no colour"
    return _nearest([float(part) for part in rgb])


def _white(kelvin: float) -> str:
    shade = "warm" if kelvin < _WARM else "cool" if kelvin > _COOL else "neutral"
    return f"{shade} white ({kelvin:g} K)"


def _nearest(rgb: Sequence[float]) -> str:
    named = [name for name in _NAMES if name in CSS_COLORS]
    best = min(named, key=lambda name: math.dist(CSS_COLORS[name], rgb))
    return _SPOKEN.get(best, best)
