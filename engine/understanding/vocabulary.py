"""Whether a phrase, exactly, already means something in a home: what tells teaching and correcting from mere talk."""

from __future__ import annotations

from dataclasses import dataclass

from engine.understanding.clause_reading import ClauseReader
from engine.understanding.home_index import key_of, words_of
from engine.understanding.interpretation import Disposition
from engine.understanding.nouns import NOUNS
from engine.understanding.plain import plain

_LONGEST = 14  # words in a command that a pattern is asked about


@dataclass(frozen=True)
class HomeVocabulary:
    """Knows names, places, taught words, nouns of kinds, and whole commands of one home and speaker."""

    reader: ClauseReader

    def __call__(self, phrase: str) -> bool:
        """Tell whether `phrase` as a whole names something here or is a command understood by a sentence pattern."""
        if self.reader.scope.names(phrase) or key_of(phrase) in NOUNS:
            return True
        return len(words_of(plain(phrase))) <= _LONGEST and self._is_command(phrase)

    def _is_command(self, phrase: str) -> bool:
        meant = self.reader.read_by_pattern(phrase)
        return meant is not None and meant.disposition in {Disposition.ACT, Disposition.CONFIRM}
