"""The words of a small house, as the vocabulary that the tests of lessons hand in."""

from __future__ import annotations

_NAMES = frozenset(
    {
        "living room",
        "bedroom",
        "kitchen",
        "kids' room",
        "office",
        "hall",
        "garage",
        "nightstand light",
        "bedroom light",
        "kitchen light",
        "hall light",
        "floor lamp",
        "bedside lamp",
        "reading lamp",
        "ceiling fan",
        "fan",
        "tv",
        "living room tv",
        "kitchen blinds",
        "coffee machine",
        "heating",
        "thermostat",
        "speaker",
        "lamp",
        "lights",
        "light",
        "movie night",
        "front door",
        "garden lights",
        "kitchen fan",
        "bathroom",
        "turn on",
        "switch on",
        "turn off",
        "upstairs",
        "music",
        "stop",
    }
)
_VERBS = ("turn ", "switch ", "dim ", "set ", "close ", "open ", "play ")


def knows(phrase: str) -> bool:
    """Tell whether the phrase is a name in the house or a command to it."""
    words = phrase.casefold()
    return words in _NAMES or (words.startswith(_VERBS) and any(f" {name}" in words for name in _NAMES))
