"""What a question seeks among what was written down: "what was the boiler code" seeks "boiler code"."""

from __future__ import annotations

import re

from engine.understanding.plain import plain

_ASKS = re.compile(
    r"(?:what|what's|whats|which|who|who's|whose|where|where's|when|when's|how (?:much|many|long|old|big|far)|why|"
    r"do|does|did|is|are|was|were|have|has|had|can|could)\b"
)
_NO_QUESTION = re.compile(
    r"(?:what if|how about|what about|what an?|when (?:the|it|it's|i|i'm|we|we're|my|he|she|they|someone)|"
    r"(?:is|are) (?:that|this|it) ok)\b"
)
_SAYING_NOTHING = frozenset(
    (
        "what whats what's which who who's whose where where's when when's how much many long old big far why do "
        "does did is are was were be been have has had can could would will shall should i i've you you've we "
        "we've my our your his her their me us it its the a an of for on in at to from about with and or that "
        "this there know remember tell told say said note noted notes noting notice wrote write written down jot "
        "jotted again please just ever anything something idea ideas question questions thought save saved keep "
        "kept find look up again called named he she they him them any some get got put give s ll "
    ).split()
)


def is_question(text: str) -> bool:
    """Tell whether a text asks something, so that it is nothing to write down unless it says so."""
    said = plain(text)
    return bool(_ASKS.match(said)) and not _NO_QUESTION.match(said) and ":" not in text[:40]


def sought(text: str) -> str:
    """Return the words that a question seeks, as they may stand in a note; empty where there are none."""
    words = [word.removesuffix("'s") for word in plain(text).split()]
    return " ".join(word for word in words if word not in _SAYING_NOTHING)
