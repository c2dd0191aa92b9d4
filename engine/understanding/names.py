"""Finding what a phrase names among many names, however it is spelt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from engine.understanding.name_grams import NameGrams, name_codes
from engine.understanding.plain import plain

THRESHOLD = 0.76
MARGIN = 0.05
SPELLING = 0.7  # the share of spelling in a score; the rest is that of letter groups, weighted by how rare they are
OTHER_NUMBER = 0.2  # taken off names that do not bear the number a phrase bears
OTHER_WORD = 0.12  # taken off for a word of the phrase that other names have and this one lacks: it is no misspelling
PART = 0.03  # less than MARGIN: how far names that contain a whole phrase may lie apart
_ARTICLES = frozenset("the a an my our your this that".split())
_STOP_WORDS = _ARTICLES | frozenset("in on at of to for by from and s please".split())
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NUMBERS = {word: str(value) for value, word in enumerate(_DIGITS)}

Scores = npt.NDArray[np.float32]
Allowed = Collection[str] | Callable[[str], bool] | None


@dataclass(frozen=True)
class NameMatch:
    """A name near a phrase; `score` is 1.0 for the same words and falls to 0."""

    key: str
    name: str
    score: float


@dataclass(frozen=True)
class _Form:
    """The ways a name is compared: `raw`, its words sorted, its words joined; and the numbers in it."""

    raw: str
    ordered: str
    joined: str
    numbers: str

    @classmethod
    def of(cls, phrase: str) -> _Form:
        words = _without(plain(phrase).replace("'", "").split(), _STOP_WORDS)
        words = [_NUMBERS.get(word, word) for word in words]
        digits = sorted(word for word in words if word.isdigit())
        return cls(" ".join(words), " ".join(sorted(words)), "".join(words), " ".join(digits))


@dataclass(frozen=True, eq=False)
class NameIndex:
    """An index of (name, key) pairs; a key may have several names, and a name several keys."""

    names: tuple[str, ...]
    keys: tuple[str, ...]
    forms: tuple[_Form, ...]
    grams: NameGrams

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> NameIndex:
        """Index pairs of a name and the key it stands for; repeated pairs count once, nameless ones not at all."""
        kept = [(name, key) for name, key in dict.fromkeys(pairs) if plain(name)]
        forms = tuple(_Form.of(name) for name, _ in kept)
        grams = NameGrams.of([name_codes(form.raw) for form in forms])
        return cls(tuple(name for name, _ in kept), tuple(key for _, key in kept), forms, grams)

    def with_names(self, pairs: Iterable[tuple[str, str]]) -> NameIndex:
        """Return the index with more names; the names already there are not analysed again."""
        known = set(zip(self.names, self.keys, strict=True))
        new = [pair for pair in dict.fromkeys(pairs) if pair not in known and plain(pair[0])]
        forms = tuple(_Form.of(name) for name, _ in new)
        grams = NameGrams.of([*self.grams.codes, *(name_codes(form.raw) for form in forms)])
        names = (*self.names, *(name for name, _ in new))
        return NameIndex(names, (*self.keys, *(key for _, key in new)), (*self.forms, *forms), grams)

    def __len__(self) -> int:
        """Return the number of (name, key) pairs."""
        return len(self.names)

    def exact(self, phrase: str) -> tuple[str, ...]:
        """Return the sorted keys of this very name; articles count only where they tell names apart."""
        by_name, by_core = self._exact
        form = plain(phrase)
        return by_name.get(form) or by_core.get(_core(form)) or ()

    def search(self, phrase: str, allowed: Allowed = None, limit: int = 5) -> list[NameMatch]:
        """Return the nearest names of at most `limit` keys, best first, each key by its best name.

        `allowed` holds the keys that may be found, or tells it of a key.
        """
        form = _Form.of(phrase)
        if not self.names or not form.raw:
            return []
        scores = self._level(form, self._scores(form), may := _predicate(allowed))
        found: dict[str, NameMatch] = {}
        for at in np.argsort(-scores, kind="stable"):
            key = self.keys[at]
            if key not in found and may(key):
                found[key] = NameMatch(key, self.names[at], float(scores[at]))
                if len(found) == limit:
                    break
        return sorted(found.values(), key=lambda match: (-match.score, match.key))

    def _level(self, form: _Form, scores: Scores, may: Callable[[str], bool]) -> Scores:
        """Bring names that contain every word of the phrase near the best of them.

        A short name is no likelier to be meant than a long one when a word was left out, unless it is the very name.
        """
        holding = [at for at in self._holding(form) if may(self.keys[at])]
        if len(holding) < 2 or any(self.forms[at].ordered == form.ordered for at in holding):
            return scores
        levelled = scores.copy()
        best = scores[holding].max()
        levelled[holding] = np.maximum(scores[holding], best - PART * (1.0 - scores[holding]))
        return levelled

    def _strange_words(self, form: _Form) -> Scores:
        strange = np.zeros(len(self.names), np.float32)
        for word in dict.fromkeys(form.raw.split()):
            if word in self._by_word:
                strange += [word not in joined for joined in self._columns[2]]
        return strange

    def _holding(self, form: _Form) -> list[int]:
        sets = [self._by_word.get(word, frozenset()) for word in form.raw.split()]
        return sorted(frozenset.intersection(*sets))

    @cached_property
    def _by_word(self) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for at, form in enumerate(self.forms):
            for word in form.raw.split():
                found.setdefault(word, set()).add(at)
        return {word: frozenset(numbers) for word, numbers in found.items()}

    @cached_property
    def _exact(self) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        by_name: dict[str, set[str]] = {}
        by_core: dict[str, set[str]] = {}
        for name, key in zip(self.names, self.keys, strict=True):
            by_name.setdefault(plain(name), set()).add(key)
            by_core.setdefault(_core(plain(name)), set()).add(key)
        return _sorted(by_name), _sorted(by_core)

    @cached_property
    def _numbers(self) -> npt.NDArray[np.str_]:
        return np.asarray([form.numbers for form in self.forms])

    @cached_property
    def _columns(self) -> tuple[list[str], list[str], list[str]]:
        forms = self.forms
        return [form.raw for form in forms], [form.ordered for form in forms], [form.joined for form in forms]

    def _scores(self, form: _Form) -> Scores:
        spoken = (form.raw, form.ordered, form.joined)
        ratios = [
            process.cdist([said], column, scorer=fuzz.ratio, dtype=np.float32)[0]
            for said, column in zip(spoken, self._columns, strict=True)
        ]
        spelling = np.maximum.reduce(ratios) / np.float32(100.0)
        scores = SPELLING * spelling + (1.0 - SPELLING) * self.grams.cosines(name_codes(form.raw))
        if form.numbers:
            scores = scores - OTHER_NUMBER * (self._numbers != form.numbers)
        scores = scores - OTHER_WORD * self._strange_words(form)
        result: Scores = np.clip(scores, 0.0, 1.0).astype(np.float32)
        return result


def clear_winner(
    matches: Sequence[NameMatch], threshold: float = THRESHOLD, margin: float = MARGIN
) -> NameMatch | None:
    """Return the best match if it is at least `threshold` and `margin` above the next key, else None."""
    if not matches or matches[0].score < threshold:
        return None
    best = matches[0]
    others = (match for match in matches[1:] if match.key != best.key)
    return best if all(best.score - match.score >= margin for match in others) else None


def _without(words: list[str], unwanted: frozenset[str]) -> list[str]:
    return [word for word in words if word not in unwanted] or words


def _core(form: str) -> str:
    return " ".join(_without(form.split(), _ARTICLES))


def _sorted(found: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {form: tuple(sorted(keys)) for form, keys in found.items()}


def _predicate(allowed: Allowed) -> Callable[[str], bool]:
    if allowed is None:
        return lambda _: True
    if callable(allowed):
        return allowed
    held = frozenset(allowed)
    return lambda key: key in held
