"""What a start would have to work out again about learned exemplars: their vectors, and the classifier's solution."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile

from engine.embedding import EmbeddingError
from engine.embedding.port import Encoder
from engine.learning import learned_vectors
from engine.learning.understander import Understander
from engine.understanding.interpreter import Interpreter
from engine.understanding.solution import KnownSolution
from store import StoreError
from store.database import Store

_LOG = logging.getLogger(__name__)
_Understander = TypeVar("_Understander", bound=Understander)


@dataclass(frozen=True)
class Kept:
    """Vectors in the store, and the solution in a file of the data folder that may vanish at any time.

    The file lies beside that of the suite's verdicts (`records`), there is none where that is None, and it holds
    numbers and no words.
    """

    store: Store
    encoder: Encoder
    records: Path | None = None

    def handed(self, understander: _Understander) -> _Understander:
        """Return an understander that has at hand what was kept; whether it fits is found out where it is used."""
        learned_vectors.restore(self.store, self.encoder)
        return replace(understander, kept=self._load()) if isinstance(understander, Interpreter) else understander

    def keep(self, understander: Understander) -> None:
        """Keep what was worked out since the start; where that fails, the next start takes longer."""
        if not isinstance(understander, Interpreter):
            return
        try:
            learned_vectors.keep(self.store, self.encoder, understander.learned_texts)
        except (StoreError, EmbeddingError) as error:
            _LOG.warning("the vectors of what was learned are not kept: %s", error)
        if understander.classifier.inverse.factor.is_made:
            self._keep_solution(understander)

    def prepare(self, understander: Understander) -> None:
        """Make what the next example needs, where a household teaches by examples, and keep what was worked out."""
        if isinstance(understander, Interpreter) and understander.learned_texts:
            understander.classifier.inverse.factor.make()
        self.keep(understander)

    @property
    def _file(self) -> Path | None:
        return self.records.with_name("solution.npz") if self.records else None

    def _keep_solution(self, interpreter: Interpreter) -> None:
        file, classifier = self._file, interpreter.classifier
        if file is None:
            return
        try:
            if not interpreter.learned_texts:
                file.unlink(missing_ok=True)
                return
            kept = self._load()
            if kept is None or kept.key != classifier.key:
                half = file.with_suffix(".part")
                classifier.solved(self.encoder.id).save(half)
                half.replace(file)
        except OSError as error:
            _LOG.warning("%s cannot be written: %s", file, error)

    def _load(self) -> KnownSolution | None:
        try:
            return KnownSolution.load(self.encoder.id, self._file) if self._file else None
        except (OSError, ValueError, TypeError, KeyError, EOFError, BadZipFile) as error:
            _LOG.warning("%s cannot be read and is made again: %r", self._file, error)
            return None
