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
        for name, percents in self.said.items():
            expected = [self._text(name, percent) for percent in percents]
            assert self.house.turns_of(self._person(name)) == expected, name

    def assert_all_once_and_in_order(self) -> None:
        """Besides, every message was answered in that order, none twice.

        Where a kill leaves open what was done or sent, Butler says so instead: nothing is passed over.
        """
        self.assert_all_heard_in_order()
        for name, percents in self.said.items():
            shown = self.house.messages(self._person(name).chat)
            answered = [int(found[1]) for message in shown if (found := _PERCENT.search(message.text))]
            assert answered == sorted(set(answered)), (name, [message.text for message in shown])
            missing = set(percents) - set(answered)
            owned_up = sum("lost" in message.text or "interrupted" in message.text for message in shown)
            assert len(missing) <= owned_up, (name, missing, [message.text for message in shown])

    def _person(self, name: str) -> Somebody:
        return self.house.people[name]

    @staticmethod
    def _text(name: str, percent: int) -> str:
        return f"set the {name.lower()} lamp to {percent}%"
