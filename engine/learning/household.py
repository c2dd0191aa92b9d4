"""What the household itself says on a change: its own golden cases, its history, and who stands behind the change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path

from engine.learning.cases import Case
from engine.learning.golden import GoldenSet
from engine.learning.history import MOST_TURNS, HistoryTurn
from engine.learning.household_golden import read_cases
from engine.learning.support import Support, support_of
from store import Store, improvements, signals, turns


@dataclass
class Household:
    """Reads the store and the household's golden file (None: there is none) whenever a change is tested.

    A person has one vote a day, and days begin in `zone`.
    """

    store: Store
    golden_file: Path | None = None
    zone: tzinfo = UTC
    _read: tuple[tuple[int, int], tuple[Case, ...]] = field(default=((0, 0), ()), repr=False)

    def golden(self, packaged: GoldenSet) -> GoldenSet:
        """Return the golden set with the household's own cases as they are now."""
        stamp = self._stamp()
        if stamp != self._read[0]:
            self._read = stamp, read_cases(self.golden_file) if self.golden_file else ()
        return packaged.with_household(self._read[1]) if self._read[1] else packaged

    def history(self) -> tuple[HistoryTurn, ...]:
        """Return the turns of history whose meaning is known, oldest first."""
        found = (HistoryTurn.of(turn) for turn in turns.history(self.store, MOST_TURNS))
        return tuple(turn for turn in found if turn is not None)

    def support(self, number: int, *, approved: bool) -> Support:
        """Return who stands behind improvement #number."""
        known = improvements.get(self.store, number)
        if known is None:
            return Support(approved=approved)
        return support_of(known, signals.get(self.store, known.signal_ids), approved=approved, zone=self.zone)

    def _stamp(self) -> tuple[int, int]:
        """Return what tells one state of the golden file from another; zeros where there is no file."""
        try:
            found = self.golden_file.stat() if self.golden_file else None
        except OSError:
            found = None
        return (found.st_mtime_ns, found.st_size) if found else (0, 0)
