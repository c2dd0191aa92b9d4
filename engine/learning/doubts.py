"""Words whose meaning somebody doubted: said again, they are asked about, with what was meant instead to choose from.

Half of what goes wrong is let pass, and most who do say something say it in other words or take it back, which does not
tell what was meant. A question at the next time costs one press and does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.embedding.port import Encoder
from engine.learning.documents import from_document
from engine.learning.rephrasing import WINDOW, near_in_words
from engine.understanding.handlers import HandlerRisk, handler_of
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.plain import plain
from store import turns
from store.database import Store
from store.turns import Turn

MOST_ASKED = 3
"""How often the words are asked about after somebody doubted them, if nobody answers."""

MOST_OFFERED = 2
KEPT = timedelta(days=90)
_LIKELY = 0.4  # cosine of what is said next, from which on it may be the same said again
_MOST_TURNS = 30
_GUESSED = frozenset({Stage.EXEMPLAR, Stage.LLM})
_HAPPENED = frozenset({"acted", "answered", "asked", "confirmed"})
_AGAINST = frozenset({"corrected", "rephrased", "undone", "disputed"})


@dataclass(frozen=True)
class Doubt:
    """That words were doubted; `instead` is what was named or said instead, the latest first."""

    instead: tuple[Interpretation, ...] = ()


class Doubts:
    """Reads from the store what was said of the same words before."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder

    def of(self, found: Interpretation, text: str, speaker: str | None, at: datetime) -> Doubt | None:
        """Return the doubt about what words are understood as now, None where there is none or it was cleared.

        What sentence patterns decide is no guess. Words are asked about at most three times after the last doubt, and
        no more once somebody confirmed them. What others wrote down or were to be reminded of is offered to nobody.
        """
        if found.clauses or found.stage not in _GUESSED:
            return None
        said = turns.of_words(self._store, {text, plain(text)}, since=at - KEPT, limit=_MOST_TURNS)
        instead: list[Interpretation] = []
        doubted, passed = False, 0
        for turn in self._alike(said, found):
            if turn.verdict == "confirmed":
                break
            meant = self._meant(turn)
            if turn.verdict in _AGAINST or meant is not None:
                doubted = True
                if meant is not None and _is_other(meant, (found, *instead)) and _may_be_seen(meant, turn, speaker):
                    instead.append(meant)
            elif not doubted:
                passed += 1
                if passed >= MOST_ASKED:
                    return None
        return Doubt(tuple(instead[:MOST_OFFERED])) if doubted else None

    @staticmethod
    def _alike(said: Iterable[Turn], found: Interpretation) -> Iterable[Turn]:
        """Yield the turns that were understood as this one is, as far as an example could change it."""
        for turn in said:
            if turn.learnable and turn.outcome in _HAPPENED and turn.interpretation["intent"] == found.intent:
                yield turn

    def _meant(self, turn: Turn) -> Interpretation | None:
        """Return what a turn should have been: what somebody named, or what they said next as if it had not worked."""
        if turn.meant:
            return from_document(turn.meant)
        if turn.verdict is not None:
            return None
        following = turns.after(self._store, turn)
        if following is None or following.at - turn.at > WINDOW or not following.learnable:
            return None
        if not following.text or not following.interpretation or following.outcome not in _HAPPENED:
            return None
        found = from_document(following.interpretation)
        # Of what was done, only another intent puts the words right; two lamps after each other are two wishes.
        same = turn.outcome != "asked" and found.intent == turn.interpretation["intent"]
        if found.disposition is not Disposition.ACT or same:
            return None
        return found if self._likely(str(turn.text), following.text) else None

    def _likely(self, before: str, said: str) -> bool:
        """Tell whether a text may say another one again, in other words."""
        if plain(before) == plain(said):
            return False
        first, second = self._encoder.encode([plain(before), plain(said)])
        return near_in_words(said, before) or float(first @ second) >= _LIKELY


def _is_other(meant: Interpretation, known: Iterable[Interpretation]) -> bool:
    return all((meant.intent, meant.targets) != (one.intent, one.targets) for one in known)


def _may_be_seen(meant: Interpretation, turn: Turn, speaker: str | None) -> bool:
    if turn.user == speaker:
        return True
    return all(handler_of(part.intent, {}).risk is not HandlerRisk.KEEPS for part in meant.clauses or (meant,))
