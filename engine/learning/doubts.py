"""Words whose meaning is in doubt: an answer to them asks whether it was right, and offers what else may be meant.

Somebody doubted them before, or they are only guessed at and the guess is more likely wrong than right. Half of what
goes wrong is let pass, and most who do say something say it in other words or take it back, which does not tell what
was meant. A question costs one press and does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.embedding.port import Encoder
from engine.learning.documents import from_document
from engine.learning.rephrasing import WINDOW, near_in_words
from engine.learning.signals import KEPT
from engine.understanding.handlers import HandlerRisk, handler_of
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.plain import plain
from store import turns
from store.database import Store
from store.turns import Turn

UNSURE = 0.5
"""The confidence below which a guess is more likely wrong than right."""

MOST_ASKED = 3
"""How often the words are asked about after somebody doubted them, if nobody answers."""

MOST_OFFERED = 3
_MOST_NAMED = 2  # of what was meant before
_LIKELY = 0.4  # cosine of what is said next, from which on it may be the same said again
_MOST_TURNS = 30
_GUESSED = frozenset({Stage.EXEMPLAR, Stage.LLM})
_HAPPENED = frozenset({"acted", "answered", "asked", "confirmed"})
_AGAINST = frozenset({"corrected", "rephrased", "undone", "disputed"})


@dataclass(frozen=True)
class Instead:
    """What was meant, or may be; `own` says that this very person said so in this very chat: its words may be shown."""

    found: Interpretation
    own: bool


@dataclass(frozen=True)
class Doubt:
    """That words are in doubt; `instead` is what was named or said instead, the latest first."""

    instead: tuple[Instead, ...] = ()


class Doubts:
    """Reads from the store what was said of the same words before."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder

    def of(self, found: Interpretation, text: str, who: tuple[str | None, str | None], at: datetime) -> Doubt | None:
        """Return the doubt about what words are understood as now, None where there is none or it was cleared.

        `who` is the person who says them, and the chat. What sentence patterns decide is no guess. Words are asked
        about at most three times after the last that was said against them, after somebody first said them in other
        words, or where the guess is unsure, and no more once they were confirmed.
        """
        if found.clauses or found.stage not in _GUESSED:
            return None
        said = turns.of_words(self._store, {text, plain(text)}, since=at - KEPT, limit=_MOST_TURNS)
        instead: list[Instead] = []
        confirmed, ago = False, -1
        against: int | None = None  # how many turns ago somebody last said that it was wrong
        reworded: int | None = None  # how many turns ago it was first said in other words
        for ago, turn in enumerate(self._alike(said, found)):
            if turn.verdict == "confirmed":
                confirmed = True
                break
            if ago >= MOST_ASKED and against is None and reworded is None:
                return None
            meant = self._meant(turn)
            if turn.verdict in _AGAINST:
                against = ago if against is None else against
            elif meant is not None:
                reworded = ago
            if meant is not None and _is_other(meant, (found, *(one.found for one in instead))):
                own = (turn.user, turn.chat) == who
                if own or not _is_kept(meant):
                    instead.append(Instead(meant, own))
        doubted = any(since is not None and since < MOST_ASKED for since in (against, reworded))
        unsure = found.confidence < UNSURE and not confirmed and ago + 1 < MOST_ASKED
        return Doubt(tuple(instead[:_MOST_NAMED])) if doubted or unsure else None

    @staticmethod
    def _alike(said: Iterable[Turn], found: Interpretation) -> Iterable[Turn]:
        """Yield the turns that were understood as this one is, as far as an example could change it."""
        for turn in said:
            if turn.learnable and turn.outcome in _HAPPENED and turn.interpretation.get("intent") == found.intent:
                yield turn

    def _meant(self, turn: Turn) -> Interpretation | None:
        """Return what a turn should have been: what somebody named, or did next as if it had not worked."""
        if turn.meant:
            named = from_document(turn.meant)
            return None if turn.verdict == "rephrased" and _only_tells(named) else named
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
        if found.disposition is not Disposition.ACT or same or _only_tells(found):
            return None
        return found if self._likely(str(turn.text), following.text) else None

    def _likely(self, before: str, said: str) -> bool:
        """Tell whether a text may say another one again, in other words."""
        if plain(before) == plain(said):
            return False
        first, second = self._encoder.encode([plain(before), plain(said)])
        return near_in_words(said, before) or float(first @ second) >= _LIKELY


def offers(doubt: Doubt, others: Iterable[Interpretation]) -> tuple[Instead, ...]:
    """Return what to offer: what was meant before, then what else these words may mean."""
    chosen = list(doubt.instead)
    for other in others:
        if _is_other(other, (one.found for one in chosen)):
            chosen.append(Instead(other, own=True))
    return tuple(chosen[:MOST_OFFERED])


def _is_other(meant: Interpretation, known: Iterable[Interpretation]) -> bool:
    return all((meant.intent, meant.targets) != (one.intent, one.targets) for one in known)


def _is_kept(meant: Interpretation) -> bool:
    """Tell whether something was to be written down or to ring: that is nobody else's."""
    return any(handler_of(part.intent, {}).risk is HandlerRisk.KEEPS for part in meant.clauses or (meant,))


def _only_tells(found: Interpretation) -> bool:
    """Tell whether something was only asked or talked about, as one does after what was done: "is it off now"."""
    return any(
        part.intent in INTENTS and handler_of(part.intent, {}).risk < HandlerRisk.KEEPS
        for part in found.clauses or (found,)
    )
