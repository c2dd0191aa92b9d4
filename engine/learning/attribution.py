"""Attribution: which improvements under watch a turn's outcome is owed to, by interpreting it again without them."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

import numpy as np

from engine.embedding.port import Encoder
from engine.learning.changes import Change
from engine.learning.doubts import Instead
from engine.learning.fold import ActiveChange
from engine.learning.in_force import InForce
from engine.learning.meanings import word_key
from engine.learning.probes import signature
from engine.learning.understander import Situation, Understander
from engine.understanding.handlers import handler_of
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.judging import EXACT
from engine.understanding.plain import plain

MOST_SUSPECTS = 8
MOST_NEAR = 4
LEAST_LIKENESS = 0.4  # below this cosine an exemplar's weight for a text is next to nothing
_CAPACITY = 16
_WORDS = frozenset({"alias", "synonym", "command"})
# What changes how an answer is worded, who is asked, or how a thought is read, never what is understood.
_SILENT = frozenset({"template", "model_choice", "keyword_rule", "ambiguity_rule", "time_mapping", "report_hour"})


@dataclass(frozen=True)
class Charge:
    """Improvements that answer together for a changed turn, and what it would have been without them.

    Several stand together where each alone leaves the outcome as it is. The times are milliseconds, with and without.
    """

    numbers: tuple[int, ...]
    without: Interpretation
    milliseconds: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Attribution:
    """What changed a turn: each charge on its own. `confirm` asks for an answer with ✅ and ❌.

    `version` is that of the knowledge it was found with. `instead` is what was meant by the same words before, to be
    offered beside that answer.
    """

    charges: tuple[Charge, ...] = ()
    confirm: bool = False
    version: int = 0
    instead: tuple[Instead, ...] = ()

    @property
    def changed_by(self) -> tuple[int, ...]:
        """The improvements without which, alone or together, the turn would have come out differently."""
        return tuple(sorted({number for charge in self.charges for number in charge.numbers}))

    @property
    def without(self) -> Interpretation | None:
        """What the turn would have been without the first that is charged."""
        return self.charges[0].without if self.charges else None


UNCHANGED = Attribution()


def outcome_of(found: Interpretation) -> Hashable:
    """Return what of an interpretation a person notices: its signature, and of a question what it asks."""
    asked = tuple(
        (one.reason, tuple(choice.targets for choice in one.choices))
        for one in found.clauses or (found,)
        if one.disposition is Disposition.ASK
    )
    return signature(found), asked


@dataclass(frozen=True)
class _Suspects:
    """The watched changes in force: words by number, with the form they are found by, and exemplars."""

    words: dict[int, tuple[str, str | None]]
    exemplars: dict[int, str]
    others: frozenset[int]

    @classmethod
    def of(cls, active: Iterable[ActiveChange], watched: frozenset[int]) -> _Suspects:
        mine: list[tuple[int, Change]] = [(a.number, a.change) for a in active if a.number in watched]
        return cls(
            {number: (word_key(one.phrase), one.owner) for number, one in mine if one.type in _WORDS},
            {number: one.phrase for number, one in mine if one.type == "exemplar"},
            frozenset(number for number, one in mine if one.type not in {"exemplar", *_WORDS, *_SILENT}),
        )

    def touching(self, found: Interpretation, text: str, speaker: str | None) -> list[int]:
        """Return the changes other than exemplars that took part or whose words were said."""
        used = {number for one in (found, *found.clauses) for number in one.used}
        said = f" {plain(text)} "
        spoken = (n for n, (word, owner) in self.words.items() if owner in {None, speaker} and f" {word} " in said)
        return sorted({*(used & self.words.keys()), *spoken, *self.others})[:MOST_SUSPECTS]


class Attributor:
    """Interprets turns again without improvements; the interpreters for that are kept, at most sixteen."""

    def __init__(self, encoder: Encoder, *, timer: Callable[[], float] = time.perf_counter) -> None:
        self._encoder = encoder
        self._timer = timer
        self._lock = threading.RLock()
        self._kept: OrderedDict[tuple[str, frozenset[int]], Understander] = OrderedDict()
        self._bare: Understander | None = None
        self._view: tuple[tuple[ActiveChange, ...], frozenset[int], _Suspects] | None = None

    def charges(
        self, now: InForce, watched: frozenset[int], found: Interpretation, text: str, situation: Situation
    ) -> tuple[Charge, ...]:
        """Return what changed a turn that was understood as `found`, of the improvements under watch."""
        if not watched:
            return ()
        with self._lock:
            suspects = self._suspects(now, watched)
            trial = _Trial(self, now, text, situation, found)
            words = suspects.touching(found, text, situation.speaker)
            examples = frozenset() if _exact(found) else frozenset(suspects.exemplars)
            groups: list[tuple[int, ...]] = [(number,) for number in words if trial.differs({number})]
            if examples and trial.differs(examples):
                groups += [(number,) for number in self._nearest(text, suspects) if trial.differs({number})]
            if not groups and len(words) + len(examples) > 1 and trial.differs({*words, *examples}):
                groups = trial.together([*words, *(self._nearest(text, suspects) if examples else ())])
            return tuple(trial.charge(group) for group in groups)

    def without(self, now: InForce, numbers: frozenset[int]) -> Understander:
        """Return the interpreter of what is in force without improvements."""
        key = (now.digest, numbers)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        knowledge = now.folded((a for a in now.active if a.number not in numbers), now.head.version)
        wanted = set(knowledge.learned)
        # Each exemplar that has to be taken out or in costs tens of milliseconds: start where fewest are.
        starts = [now.interpreter, *([self._bare] if self._bare is not None else ())]
        start: Understander = min(starts, key=lambda one: len(wanted ^ set(one.knowledge.learned)))
        made = start.with_knowledge(knowledge)
        if self._view is not None and numbers >= self._view[2].exemplars.keys() > set():
            self._bare = made
        self._kept[key] = made
        while len(self._kept) > _CAPACITY:
            self._kept.popitem(last=False)
        return made

    def warm(self, now: InForce, watched: frozenset[int]) -> None:
        """Make the interpreter without all watched exemplars, which the first turn would else wait for."""
        with self._lock:
            exemplars = frozenset(self._suspects(now, watched).exemplars)
            if exemplars:
                self.without(now, exemplars)

    def timed(self, interpreter: Understander, text: str, situation: Situation) -> tuple[Interpretation, float]:
        """Return what a text means and how many milliseconds it took."""
        started = self._timer()
        found = interpreter.understand(text, situation)
        return found, (self._timer() - started) * 1000.0

    def _suspects(self, now: InForce, watched: frozenset[int]) -> _Suspects:
        if self._view is None or self._view[0] is not now.active or self._view[1] != watched:
            self._view = (now.active, watched, _Suspects.of(now.active, watched))
        return self._view[2]

    def _nearest(self, text: str, suspects: _Suspects) -> list[int]:
        """Return the watched exemplars nearest to a text; what only many others together bring about has no culprit."""
        numbers = sorted(suspects.exemplars)
        vectors = self._encoder.encode([suspects.exemplars[number] for number in numbers])
        likeness = vectors @ self._encoder.encode([plain(text)])[0]
        nearest = np.argsort(-likeness, kind="stable")[:MOST_NEAR]
        return [numbers[at] for at in nearest if likeness[at] >= LEAST_LIKENESS]


class _Trial:
    """One turn, interpreted again as often as is needed."""

    def __init__(
        self, attributor: Attributor, now: InForce, text: str, situation: Situation, found: Interpretation
    ) -> None:
        self._attributor = attributor
        self._now = now
        self._text = text
        self._situation = situation
        self._read: dict[frozenset[int], tuple[Interpretation, float]] = {}
        # What a language model said cannot be had again; without a change it would have been asked or not.
        heard = self._understand(frozenset()) if found.stage is Stage.LLM else found
        self._with = _noticed(heard, now.interpreter)

    def differs(self, numbers: Iterable[int]) -> bool:
        """Tell whether the outcome would have been another one without these improvements."""
        without = frozenset(numbers)
        return _noticed(self._understand(without), self._attributor.without(self._now, without)) != self._with

    def together(self, numbers: list[int]) -> list[tuple[int, ...]]:
        """Return the fewest of these without which the outcome differs, none where even all do not account for it."""
        if not self.differs(numbers):
            return []
        kept = list(numbers)
        for number in reversed(numbers):
            fewer = [one for one in kept if one != number]
            if fewer and self.differs(fewer):
                kept = fewer
        return [tuple(sorted(kept))]

    def charge(self, group: tuple[int, ...]) -> Charge:
        """Return the charge of a group, with the times of both readings.

        What it takes with the change is measured again here, when all vectors are known; so only what is slower by
        more than finding a vector takes is seen to be slower.
        """
        without, its_ms = self._reading(frozenset(group))
        _, with_ms = self._attributor.timed(self._now.interpreter, self._text, self._situation)
        return Charge(group, without, (with_ms, its_ms))

    def _understand(self, numbers: frozenset[int]) -> Interpretation:
        return self._reading(numbers)[0]

    def _reading(self, numbers: frozenset[int]) -> tuple[Interpretation, float]:
        if numbers not in self._read:
            interpreter = self._attributor.without(self._now, numbers) if numbers else self._now.interpreter
            self._read[numbers] = self._attributor.timed(interpreter, self._text, self._situation)
        return self._read[numbers]


def _noticed(found: Interpretation, by: Understander) -> Hashable:
    """Return what a person notices of a turn: what was understood, and who answers it."""
    served = tuple(handler_of(one.intent, by.knowledge.routing).name for one in found.clauses or (found,))
    return outcome_of(found), served


def _exact(found: Interpretation) -> bool:
    """Tell whether a sentence pattern alone decided, so that no exemplar had a say."""
    return not found.clauses and found.stage is Stage.PATTERN and found.confidence >= EXACT
