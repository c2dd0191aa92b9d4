"""Text within prompts: as data, in which no sign can end a message or begin a role."""

from __future__ import annotations

import json

# Signs that models take for the ends of messages and roles; in JSON they can be written otherwise.
_SIGNS = {sign: f"\\u{ord(sign):04x}" for sign in "<>[]{}|`"}


def quoted(text: str, most: int | None = None) -> str:
    """Return text, at most so many characters of it, as a JSON string in which no sign can end a message."""
    written = json.dumps(" ".join(text.split())[:most] if most else text, ensure_ascii=False)
    return "".join(_SIGNS.get(letter, letter) for letter in written)
