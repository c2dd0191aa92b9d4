"""The words that named a target, as the person said them, and whether they are worth learning."""

from __future__ import annotations

import re

from butler.conversation.messages import Role
from butler.conversation.turn import Option, Ports, Turn
from butler.conversation.understood import understand, would_act
from engine.learning.changes import AliasChange, CommandChange, to_payload
from engine.learning.meanings import contains_phrase
from engine.understanding.home_index import key_of
from engine.understanding.interpretation import Disposition, Interpretation, Reason, Stage
from engine.understanding.nouns import NOUNS

_POINTING = (
    "it that this them those these one ones other another thing things all both everything here there same every each"
    " on off in at of for and or room"
)
_GENERIC = frozenset(_POINTING.split()) | frozenset(word for noun in NOUNS for word in noun.split())
_UNRESOLVED = frozenset({Reason.UNKNOWN_NAME, Reason.UNSUPPORTED})
_ARTICLE = re.compile(r"^(?:the|an?|that|this|our)\s+", re.IGNORECASE)
_BETWEEN = r"\W+(?:(?:by|the|a|an|of|in|on|at|near|next|to|my|our|for|with|over|under|behind|beside)\W+){0,4}"


def spoken_mention(found: Interpretation) -> str | None:
    """Return the mention with the little words that stood between its words ("lamp by the bed")."""
    if not found.mention:
        return found.mention
    words = [re.escape(word) for word in found.mention.split()]
    match = re.search(_BETWEEN.join(words), found.text, re.IGNORECASE)
    return match.group() if match else found.mention


def sentence_to_keep(turn: Turn, attempt: Interpretation, found: Interpretation) -> Option | None:
    """Return the offer to remember what a whole sentence means.

    None where its own words said that exactly, or are said in what was meant, which would lead back to them.
    """
    exactly = attempt.stage is Stage.PATTERN and attempt.exact_names and not attempt.used
    if exactly or turn.incoming.user.role is Role.GUEST or contains_phrase(found.text, attempt.text):
        return None
    if not attempt.text or any(part.disposition is not Disposition.ACT for part in found.clauses or (found,)):
        return None
    change = CommandChange(attempt.text, found.text)
    return Option("Remember it", {"kind": "teach_target", "change": to_payload(change)})


def word_to_learn(ports: Ports, turn: Turn, attempt: Interpretation, targets: tuple[str, ...]) -> AliasChange | None:
    """Return the alias that a correction or choice teaches: for a word not resolved, or resolved wrongly."""
    mention = spoken_mention(attempt)
    if not mention or turn.incoming.user.role is Role.GUEST or len(targets) != 1:
        return None
    unresolved = not attempt.targets and attempt.reason in _UNRESOLVED
    loosely = bool(attempt.targets) and (not attempt.exact_names or bool(attempt.used))
    key = key_of(mention)
    if not (unresolved or loosely) or not set(key.split()) - _GENERIC:
        return None
    index = ports.indexes.of(turn.snapshot)
    if key in index.names or key in index.places or attempt.targets == targets:
        return None
    if would_act(understand(ports, turn, mention)):
        return None
    personal = mention.lower().startswith("my ")
    phrase = mention[3:] if personal else _ARTICLE.sub("", mention)
    owner = turn.user if personal else None
    return AliasChange(phrase, "entity", targets[0], "personal" if personal else "household", owner)
