"""Updates are handled once and in order, however often the process is killed, and a polite end finishes its turn."""

from __future__ import annotations

import time

from tests.acceptance.telegram.crowd import Crowd
from tests.acceptance.telegram.household import Opening


def test_two_hundred_updates_of_ten_people_survive_a_kill_every_forty(opened: Opening) -> None:
    house = opened()
    crowd = Crowd.of(house, 10)
    crowd.sends(200)
    for kill in range(1, 5):
        house.start()
        house.until_done(40 * kill)
        house.service.kill()
    house.start()
    house.settle(patience=60)
    crowd.assert_all_once_and_in_order()
    house.check()
    house.close()


def test_a_thousand_queued_updates_are_dealt_with_in_order(opened: Opening) -> None:
    house = opened()
    crowd = Crowd.of(house, 20)
    crowd.sends(1_000)
    house.start()
    house.until_done(1_000, patience=60)
    crowd.assert_all_heard_in_order()
    house.service.kill()
    house.check()
    house.close()


def test_a_kill_at_any_moment_of_a_turn_neither_loses_nor_repeats_it(opened: Opening) -> None:
    """However far it was: one turn counts, and its person hears of it at least once."""
    house = opened()
    crowd = Crowd.of(house, 1)
    house.start()
    crowd.sends(1)
    house.settle()
    for moment in (0.0, 0.02, 0.04):
        crowd.sends(1)
        time.sleep(moment)
        house.service.kill()
        house.start()
        house.settle()
    crowd.assert_all_once_and_in_order()
    house.check()
    house.close()


def test_a_polite_end_finishes_the_turn_in_hand_and_loses_nothing(opened: Opening) -> None:
    house = opened()
    crowd = Crowd.of(house, 2)
    house.start()
    crowd.sends(2)
    house.settle()
    crowd.sends(20)
    began = time.monotonic()
    assert house.service.end() == 0
    assert time.monotonic() - began < 15
    # Telegram would hold up a poll that only confirms what the last one brought.
    assert all(call.params["timeout"] for call in house.server.calls_of("getUpdates"))
    assert house.ledger.count("SELECT count(*) FROM turns WHERE outcome IS NULL OR outcome IN ('begun', 'acting')") == 0
    house.start()
    house.settle()
    crowd.assert_all_once_and_in_order()
    assert "Traceback" not in house.service.err
    house.check()
    house.close()


def test_two_processes_do_not_share_a_data_folder(opened: Opening) -> None:
    """The second one says who holds it, and the first goes on."""
    house = opened()
    house.seed(Ada="admin")
    house.start()
    house.people["Ada"].says("turn on the kitchen light")
    second = house.another_service("second")
    second.start()
    assert second.wait() == 75
    assert "held by" in second.err
    assert not house.people["Ada"].says("turn on the hall light").silent
    house.check()
    house.close()
