"""What must not act: words that speak of an action without asking for it now.

They veto only home actions; a reminder may say "if".
"""

from __future__ import annotations

import re

from engine.understanding import guard_words
from engine.understanding.deferring import DEFERRED, with_known_times
from engine.understanding.interpretation import Reason

# The first reason that is found is the one given.
_GUARDS: tuple[tuple[Reason, tuple[re.Pattern[str], ...]], ...] = tuple(
    (reason, tuple(re.compile(pattern) for pattern in patterns))
    for reason, patterns in (
        (Reason.NEGATION, guard_words.NEGATION),
        (Reason.CONDITION, guard_words.CONDITION),
        (Reason.QUOTED, guard_words.QUOTED),
        (Reason.STATEMENT, guard_words.THIRD_PERSON),
        (Reason.DEFERRED, DEFERRED),
        (Reason.HYPOTHETICAL, guard_words.HYPOTHETICAL),
        (Reason.STATEMENT, guard_words.STATEMENT),
    )
)


# "I need the lights turned off" and "make sure the gate is locked" ask, though they speak of what is so.
_WISHED = re.compile(
    r"^(?:(?:i|we)(?:'d| would)? (?:need|want|like|love|prefer)|ensure|make sure|see to it)\b"
    r"(?! (?:it )?(?:when|how|if)\b)"
)
_STATEMENTS = _GUARDS[-1][1]
_CONDITIONS = _GUARDS[1][1]
# "If I'm not home by 6, …" is a condition first, whatever it denies.
_SUPPOSING = re.compile(r"^(?:and |so |then |but )?(?:if|unless|when(?:ever)?|once|as soon as|in case|while|whilst)\b")


def guard(plain_text: str) -> Reason | None:
    """Return why the words of `plain_text` must not act on the home now, or None when nothing speaks against it."""
    text = with_known_times(plain_text)
    wished = bool(_WISHED.match(text))
    if _SUPPOSING.match(text) and any(pattern.search(text) for pattern in _CONDITIONS):
        return Reason.CONDITION
    for reason, patterns in _GUARDS:
        if wished and patterns is _STATEMENTS:
            continue
        if any(pattern.search(text) for pattern in patterns):
            return reason
    return None
