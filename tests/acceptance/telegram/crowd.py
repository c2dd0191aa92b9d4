"""Many people who each dim a lamp of their own, so that every answer tells which message it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from butler.channels.telegram.pieces import AGAIN
from tests.acceptance.telegram.household import Household
from tests.acceptance.telegram.people import Somebody

TREES = (
    *("Oak", "Elm", "Ash", "Birch", "Beech", "Maple", "Cedar", "Pine", "Larch", "Willow"),
    *("Alder", "Hazel", "Poplar", "Rowan", "Spruce", "Walnut", "Cherry", "Linden", "Juniper", "Cypress"),
)
SENTENCES = 99  # of each person; at 100 % the answer would not name the number
_PERCENT = re.compile(r"(\d+) ?%")
_LOST = re.compile(r"have lost (?:(\d+) messages)?")
_IN_A_ROW = 30  # more answers than this are not missing one after the other, so what fits none of them is out of place


@dataclass
class Crowd:
    """What each has said so far, as the percentages they asked for."""

    house: Household
    said: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, house: Household, size: int) -> Crowd:
        """Return a crowd of residents in a home of lamps, before the process starts."""
        names = TREES[:size]
        house.with_home({f"light.{name.lower()}": f"{name} Lamp" for name in names})
        house.seed(**dict.fromkeys(names, "resident"))
        return cls(house, {name: [] for name in names})

    def sends(self, messages: int) -> None:
        """Queue messages, each person's turn after the other's, going on after whoever wrote last."""
        names = list(self.said)
        so_far = sum(len(said) for said in self.said.values())
        for number in range(so_far, so_far + messages):
            name = names[number % len(names)]
            percent = len(self.said[name]) % SENTENCES + 1
            self.said[name].append(percent)
            self._person(name).sends(self._text(name, percent))

    def assert_all_heard_in_order(self) -> None:
        """Every message led to one turn that counts, in its person's order."""
        assert [found for name in self.said for found in self._unheard(name)] == []

    def assert_all_once_and_in_order(self) -> None:
        """Besides, every message was answered in that order, none twice."""
        assert self.problems() == []

    def problems(self) -> list[str]:
        """Return what was lost, done twice, answered twice, or came out of its person's order.

        Where a kill or a fault leaves open what was done or sent, Butler says so instead: nothing is passed over.
        """
        return [found for name in self.said for found in (*self._unheard(name), *self._unanswered(name))]

    def _unheard(self, name: str) -> list[str]:
        expected = [self._text(name, percent) for percent in self.said[name]]
        found = self.house.turns_of(self._person(name))
        if found == expected:
            return []
        place = next((i for i, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), None)
        at = min(len(expected), len(found)) if place is None else place
        ahead = f"number {at + 1} is {expected[at : at + 3]}, the turns go on with {found[at : at + 3]}"
        return [f"{name}: {len(found)} turns of {len(expected)} messages; {ahead}"]

    def _unanswered(self, name: str) -> list[str]:
        told = [message.text for message in self.house.messages(self._person(name).chat)]
        shown = [text for text in told if text.removeprefix(AGAIN).strip() not in {*told} - {text}]
        owned_up = sum(_owned_up(text) for text in shown)
        missing, misplaced = _compared(self.said[name], [text for text in shown if not _owned_up(text)])
        wrong = [f"{name}: answer {place} is out of place: {text!r}" for place, text in misplaced]
        if len(missing) > owned_up:
            which = ", ".join(f"{number} ({percent} %)" for number, percent in missing)
            said = len(self.said[name])
            wrong.append(f"{name}: of {said} messages no answer came to {which}; owned up to: {owned_up}")
        return wrong

    def _person(self, name: str) -> Somebody:
        return self.house.people[name]

    @staticmethod
    def _text(name: str, percent: int) -> str:
        return f"set the {name.lower()} lamp to {percent}%"


def _owned_up(text: str) -> int:
    """Return how many answers a text of Butler's says may be lost, or were cut off."""
    found = _LOST.search(text)
    if found is not None:
        return int(found[1] or 1)
    return int("interrupted" in text)


def _compared(said: Sequence[int], answers: Sequence[str]) -> tuple[list[tuple[int, int]], list[tuple[int, str]]]:
    """Return which messages no answer came to, by number and percentage, and which answers fit none that was next."""
    missing: list[tuple[int, int]] = []
    misplaced: list[tuple[int, str]] = []
    at = 0
    for place, text in enumerate(answers, 1):
        named = _PERCENT.search(text)
        soon = said[at : at + _IN_A_ROW]
        if named is None or int(named[1]) not in soon:
            misplaced.append((place, text))
            continue
        end = at + soon.index(int(named[1]))
        missing += [(number + 1, said[number]) for number in range(at, end)]
        at = end + 1
    return missing + [(number + 1, said[number]) for number in range(at, len(said))], misplaced
