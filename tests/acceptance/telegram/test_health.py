"""What `butler health` says of the process, to whatever watches it."""

from __future__ import annotations

from butler.health import STOPPED, HealthUnreadError, read_health
from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.process import until


def well(house: Household) -> bool:
    """Return whether the process says that it is well."""
    try:
        return read_health(house.data / "health.json").ok
    except HealthUnreadError:
        return False


def test_a_process_that_ended_does_not_say_that_it_is_well(opened: Opening) -> None:
    house = opened()
    house.start()
    until(lambda: well(house), "word that all is well")
    assert house.service.end() == 0
    last = read_health(house.data / "health.json")
    assert (last.ok, last.problem) == (False, STOPPED)
    house.start()
    until(lambda: well(house), "word that all is well again")
    house.close()
