"""Many people who each dim a lamp of their own, so that every answer tells which message it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.acceptance.telegram.household import Household
from tests.acceptance.telegram.people import Somebody

TREES = (
    *("Oak", "Elm", "Ash", "Birch", "Beech", "Maple", "Cedar", "Pine", "Larch", "Willow"),
    *("Alder", "Hazel", "Poplar", "Rowan", "Spruce", "Walnut", "Cherry", "Linden", "Juniper", "Cypress"),
)
_TOLD_TOGETHER = 5  # lost answers that one message offers again, at most
_PERCENT = re.compile(r"(\d+) ?%")


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
        """Queue messages, each person's turn after the other's."""
        for number in range(messages):
            name = list(self.said)[number % len(self.said)]
            percent = len(self.said[name]) % 100 + 1
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
        return [] if found == expected else [f"{name} said {expected}, and turns were made of {found}"]

    def _unanswered(self, name: str) -> list[str]:
        shown = [message.text for message in self.house.messages(self._person(name).chat)]
        owned_up = sum("have lost" in text or "interrupted" in text for text in shown)
        answers = [text for text in shown if "have lost" not in text and "interrupted" not in text]
        answered = [int(found[1]) for text in answers if (found := _PERCENT.search(text))]
        rest = iter(self.said[name])
        in_order = all(percent in rest for percent in answered)
        if in_order and len(self.said[name]) - len(answered) <= owned_up * _TOLD_TOGETHER:
            return []
        return [f"{name} said {self.said[name]} and was told {shown}"]

    def _person(self, name: str) -> Somebody:
        return self.house.people[name]

    @staticmethod
    def _text(name: str, percent: int) -> str:
        return f"set the {name.lower()} lamp to {percent}%"
