"""Changes under watch in a household's talk: what is said, and what is asked of the store afterwards."""

from __future__ import annotations

from engine.learning.changes import AliasChange, SynonymChange
from store import Status, improvements, observations
from tests.engine.learning.household import Household

HIJACK = SynonymChange("floor lamp", "kitchen light")
BERTHA = AliasChange("big bertha", "entity", "light.floor_lamp")
ASK = "turn on the floor lamp"
RIGHT = "turn on the standing lamp"
OTHER = "turn on the desk lamp"


def status(household: Household, number: int) -> Status:
    found = improvements.get(household.store, number)
    assert found is not None
    return found.status


def audited(household: Household, number: int) -> list[str]:
    return [f"{entry.action} {entry.actor}" for entry in improvements.audit(household.store, number)]


def outcomes(household: Household, number: int) -> str:
    return "".join(one.outcome or "-" for one in observations.of_improvement(household.store, number))


def hijacked(household: Household, user: str = "bob") -> tuple[int, int]:
    """Deploy a word that turns on another lamp, let somebody meet it, and return the improvement and the turn."""
    number = household.deploy(HIJACK)
    return number, household.say(ASK, user)
