"""Slips of the finger in ordinary words, mended before the classifier reads them: "waht timres" is "what timers"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

_SHORTEST = 4
_KNOWN_OFTEN = 3  # a word seen this often is spelt as it is meant
_COMMON = 8  # only words seen this often are taken to have been meant by another


@dataclass(frozen=True, eq=False)
class Speller:
    """Knows how often each word occurs and mends words it does not know; answers are kept."""

    counts: Mapping[str, int] = field(repr=False)
    _mended: dict[str, str] = field(default_factory=dict, repr=False)

    def knows(self, word: str) -> bool:
        """Whether `word` occurs often enough to be no slip."""
        return self.counts.get(word, 0) >= _KNOWN_OFTEN

    def mend(self, plain_text: str, known: Callable[[str], bool]) -> str:
        """Return the text with words never seen before replaced by the commonest word one slip away.

        A slip is a letter left out or added, or two swapped; another letter makes another word. The first letter is
        taken to be right, or swapped with the second. Words that `known` knows (names of the home) stay.
        """
        return " ".join(word if self._stands(word, known) else self._nearest(word) for word in plain_text.split())

    def _stands(self, word: str, known: Callable[[str], bool]) -> bool:
        return len(word) < _SHORTEST or not word.isalpha() or word in self.counts or known(word)

    def _nearest(self, word: str) -> str:
        if word not in self._mended:
            if len(self._mended) > 10_000:
                self._mended.clear()
            self._mended[word] = self._search(word)
        return self._mended[word]

    def _search(self, word: str) -> str:
        near = [
            (count, other)
            for other, count in self.counts.items()
            if count >= _COMMON
            and abs(len(other) - len(word)) <= 1
            and other[0] in word[:2]
            and (len(other) != len(word) or sorted(other) == sorted(word))
            and OSA.distance(word, other, score_cutoff=1) <= 1
        ]
        return max(near)[1] if near else word
