"""What a person meant instead: a command of its own, or the one before with another target or value."""

from __future__ import annotations

import re

from butler.conversation.imperatives import imperative
from butler.conversation.mentions import spoken_mention
from butler.conversation.turn import Ports, Turn
from butler.conversation.understood import understand, would_act
from engine.understanding.interpretation import Disposition, Interpretation, Reason
from engine.understanding.plain import plain
from engine.understanding.snapshot import Entity

_ARTICLE = re.compile(r"^(?:the|a|an|my|our)\s+", re.IGNORECASE)
_LACKING = frozenset({Reason.MISSING_ACTION, Reason.MISSING_VALUE})
_FEW_WORDS = 5
_VERBS = frozenset(("open", "close", "lock", "unlock", "pause", "play", "stop", "start", "mute", "unmute", "toggle"))
_TURNS = frozenset(("on", "off", "up", "down"))


def intended(ports: Ports, turn: Turn, attempt: Interpretation, wanted: str) -> Interpretation:
    """Return what `wanted` makes of the command before; it may still be a question, but never a guess."""
    tries = [understand(ports, turn, text, attempt) for text in _readings(turn, attempt, wanted)]
    acting = [found for found in tries if would_act(found)]
    asking = [found for found in tries if found.disposition is Disposition.ASK and found.choices]
    return (acting or asking or tries)[0]


def completed(ports: Ports, turn: Turn, attempt: Interpretation, said: str) -> Interpretation | None:
    """Return the command that lacked an action or a value with what was said put in, or None."""
    if attempt.reason not in _LACKING or len(said.split()) > _FEW_WORDS:
        return None
    found = intended(ports, turn, attempt, said)
    return found if would_act(found) and set(attempt.targets) == set(found.targets) else None


def _readings(turn: Turn, attempt: Interpretation, wanted: str) -> list[str]:
    """Return the ways to read what was wanted, likeliest first."""
    bare = _ARTICLE.sub("", wanted.strip())
    entities = [turn.snapshot.by_id[i] for i in attempt.targets if i in turn.snapshot.by_id]
    readings = [wanted]
    mention = spoken_mention(attempt)
    if mention:
        readings.append(_replaced(attempt.text, mention, bare))
    if attempt.slots.get("action"):
        readings.append(imperative(attempt, [Entity("x.wanted", f"the {bare}")]))
    what = mention if mention and len(entities) > 1 else next((entity.name for entity in entities), None)
    if what is not None and plain(bare) in _TURNS:
        readings.append(f"turn {bare} the {what}")
    elif what is not None and plain(bare) in _VERBS:
        readings.append(f"{bare} the {what}")
    elif what is not None:
        readings.append(f"set the {what} to {bare}")
    return [reading for reading in dict.fromkeys(readings) if reading]


def _replaced(text: str, mention: str, wanted: str) -> str:
    pattern = re.compile(rf"(?:\b(?:the|a|an|my|our)\s+)?{re.escape(mention)}", re.IGNORECASE)
    found = pattern.search(text)
    return f"{text[: found.start()]}the {wanted}{text[found.end() :]}" if found else ""
