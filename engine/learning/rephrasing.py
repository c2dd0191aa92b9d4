"""Whether somebody said the same thing again in other words, because the first time it did not work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rapidfuzz import fuzz

from engine.learning.experience import Experience, Happened, Later, Saying
from engine.learning.reserved import STOP_WORDS
from engine.understanding.interpretation import Disposition
from engine.understanding.plain import plain
from store.turns import Turn

WINDOW = timedelta(seconds=120)
_NEAR = 0.6
_FELL_SHORT = frozenset({"asked", "not_understood", "failed"})
_WORKED = frozenset({Happened.ACTED, Happened.ANSWERED})


def rephrasing(experience: Experience, earlier: Turn | None) -> Later | None:
    """Return that a turn says an earlier one again, with what that one should have been; None when it does not.

    Same person and chat, within 120 s; the earlier one was asked back, not understood, or undone; the later one worked,
    and is near in words or speaks of what the earlier one spoke of.
    """
    found = experience.found
    if earlier is None or found is None or earlier.text is None or not _follows(experience, earlier):
        return None
    if earlier.outcome not in _FELL_SHORT and earlier.verdict != "undone":
        return None
    if experience.happened not in _WORKED or any(
        part.disposition is not Disposition.ACT for part in found.clauses or (found,)
    ):
        return None
    if plain(experience.text) == plain(earlier.text):
        return None
    if not near_in_words(experience.text, earlier.text) and not _same_targets(found.targets, earlier.interpretation):
        return None
    return Later(earlier.number, Saying.REPHRASE, found)


def _follows(experience: Experience, earlier: Turn) -> bool:
    same = (earlier.user, earlier.chat) == (experience.user, experience.chat)
    return same and earlier.number < experience.turn and timedelta() <= experience.at - earlier.at <= WINDOW


def near_in_words(said: str, before: str) -> bool:
    """Tell whether two texts share half of the words that carry their meaning, or are spelt much alike."""
    now, then = ([word for word in plain(text).split() if word not in STOP_WORDS] for text in (said, before))
    if not now or not then:
        return False
    shared = len(set(now) & set(then)) / min(len(set(now)), len(set(then)))
    return shared >= 0.5 or fuzz.token_sort_ratio(" ".join(now), " ".join(then)) / 100.0 >= _NEAR


def _same_targets(targets: tuple[str, ...], earlier: Any) -> bool:
    if not isinstance(earlier, dict):
        return False
    offered = {target for choice in earlier.get("choices") or () for target in choice["targets"]}
    return bool(set(targets) & (offered | set(earlier.get("targets") or ())))
