"""Messages of several lines: a few commands are clauses of one message, what was pasted is done nothing about."""

from __future__ import annotations

import re

from engine.understanding.clauses import starts_like_command
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation

PASTED = (
    "That looks like a list or a text from somewhere, so I've changed nothing in the home. "
    "Tell me what to do in a message of its own, please: up to four lines, one thing each."
)
_FEWEST, _MOST = 2, 4  # lines that are read as clauses; whoever writes more commands at once has pasted them
_BULLET = re.compile(r"^(?:[-*+•·–—]|\d{1,2}[.)]|\[[ xX]?\])\s")
_PLANS = frozenset({"schedule_set", "schedule_cancel"})
_ENDS = " \t,;.!"


def as_clauses(raw: str) -> str:
    """Return a message of a few lines that are all commands as clauses behind each other, any other as it is."""
    lines = _lines(raw)
    if not _FEWEST <= len(lines) <= _MOST or not all(starts_like_command(line) for line in lines):
        return raw
    return "; ".join(line.strip(_ENDS) for line in lines)


def is_pasted(raw: str) -> bool:
    """Tell whether a message is a list with bullets or a text of many lines."""
    lines = _lines(raw)
    return len(lines) > _MOST or sum(1 for line in lines if _BULLET.match(line)) >= _FEWEST


def does_in_home(found: Interpretation) -> bool:
    """Tell whether anything in a message would be done in the home, now or later."""
    return any(
        one.disposition is not Disposition.REFUSE
        and (one.intent in _PLANS or (one.intent in INTENTS and INTENTS[one.intent].acts))
        for one in found.clauses or (found,)
    )


def _lines(raw: str) -> list[str]:
    return [line.strip() for line in raw.splitlines() if line.strip()]
