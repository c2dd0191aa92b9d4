"""The codes that let people in: easy to read out, hard to guess."""

from __future__ import annotations

import re
import secrets

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # base32: no 0, 1, 8 or 9 to take for a letter
_HALF = 5
_CODE = re.compile(rf"[{_LETTERS}]{{{2 * _HALF}}}")


def new_code() -> str:
    """Return a new code, written XXXXX-XXXXX: 50 bits that nobody can guess."""
    return _written("".join(secrets.choice(_LETTERS) for _ in range(2 * _HALF)))


def read_code(text: str) -> str | None:
    """Return the code that a text is, as `new_code` writes it: case, dashes and spaces do not matter; None if none."""
    plain = re.sub(r"[\s\-‐‑–_]", "", text).upper()
    return _written(plain) if _CODE.fullmatch(plain) else None


def _written(letters: str) -> str:
    return f"{letters[:_HALF]}-{letters[_HALF:]}"
