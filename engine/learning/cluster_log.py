"""Which texts were said by which items: a log that only ever grows, so that values can share it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice


@dataclass
class _Shelf:
    """Memory that values share; only the value that ends where it ends may go on writing."""

    places: dict[str, int] = field(default_factory=dict)
    entries: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class TextLog:
    """Distinct texts, each with its place in the order they came, and the ids of the items that said them."""

    texts: int = 0
    entries: int = 0
    _shelf: _Shelf = field(default_factory=_Shelf, repr=False)

    def place(self, text: str) -> int | None:
        """Return the place of a text, or None."""
        place = self._shelf.places.get(text)
        return place if place is not None and place < self.texts else None

    def with_entry(self, text: str, item: str) -> TextLog:
        """Return the log with one more item; a text not said before gets the next place."""
        shelf = self._own()
        place = self.place(text)
        if place is None:
            place = shelf.places[text] = self.texts
        shelf.entries.append((place, item))
        return TextLog(max(self.texts, place + 1), self.entries + 1, shelf)

    def by_place(self) -> tuple[tuple[str, ...], Mapping[int, frozenset[str]]]:
        """Return the texts in the order of their places, and the ids of the items at each."""
        ids: dict[int, set[str]] = {}
        for place, item in islice(self._shelf.entries, self.entries):
            ids.setdefault(place, set()).add(item)
        return tuple(self._known()), {place: frozenset(items) for place, items in ids.items()}

    def _known(self) -> Iterator[str]:
        return islice(self._shelf.places, self.texts)

    def _own(self) -> _Shelf:
        shelf = self._shelf
        if len(shelf.entries) == self.entries:
            return shelf
        return _Shelf(
            {text: place for place, text in enumerate(self._known())}, list(islice(shelf.entries, self.entries))
        )
