"""Names people give themselves on Telegram, as they are kept and shown to others."""

from __future__ import annotations

import unicodedata

_LONGEST = 64
"""Characters; a name stands in the middle of sentences to other people."""
_ZERO_WIDTH_JOINER = "\u200d"


def shown_name(name: str) -> str:
    """Return a name on one line, without what turns the writing around or is not seen, and not too long."""
    seen = "".join(_seen(letter) for letter in name)
    plain = " ".join(seen.split()).strip(_ZERO_WIDTH_JOINER)
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def _seen(letter: str) -> str:
    """Return a letter, a blank where it breaks the line, or nothing; emoji are joined by a letter that is not seen."""
    category = unicodedata.category(letter)
    if category in {"Cc", "Zl", "Zp", "Zs"}:
        return " "
    return "" if category in {"Cf", "Cs"} and letter != _ZERO_WIDTH_JOINER else letter
