"""Wordings that only a lesson has, for texts of which no lesson could be made: they are answered, never acted on."""

from __future__ import annotations

import re

_POLITE = r"(?:(?:hey|hi|ok|okay|so|well|please|can you|could you|would you|i want you to)[ ,]+)*"
_SAYING = (
    r"(?:when(?:ever)?|if|every time|any ?time) (?:i|we) (?:say|write|type)\b.*\b(?:i|we) (?:really |always )?mean\b"
)
_REMEMBERING = r"(?:remember|learn|note|know)(?: that|:|,)? .*\b(?:means|should mean|stands for|is short for)\b"
_LESSON = re.compile(rf"{_POLITE}(?:{_SAYING}|{_REMEMBERING})", re.IGNORECASE | re.DOTALL)


def is_unclear_lesson(text: str) -> bool:
    """Tell whether a text that no lesson was found in is put as one all the same."""
    return bool(_LESSON.match(text))
