"""Reminders on Telegram: from words to ringing, its buttons, its group, and a hundred of them through kills."""

from __future__ import annotations

import random
import re
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta

from butler.channels.telegram.pieces import AGAIN
from butler.conversation.ringing.planning import JOB
from store import jobs, rings
from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.people import Somebody
from tests.acceptance.telegram.process import until
from tests.acceptance.telegram.seeding import now

PEOPLE, EACH, KILLS = 20, 5, 3
FIRST_S, SPREAD_S = 8, 12
LATEST_S = 60
_NUMBER = re.compile(r"feed cat (\d+)")


def test_a_timer_of_three_seconds_rings_by_itself_and_is_answered(house: Household, ben: Somebody) -> None:
    """Nothing else happens that would wake anybody."""
    began = time.monotonic()
    assert "is set for 3 seconds" in ben.says("set an egg timer for 3 seconds").text
    house.wait_for_text(ben, "The egg timer is done")
    assert time.monotonic() - began >= 3
    assert ben.presses("Done", ben.find("The egg timer is done")).text.endswith("All right.")


def test_a_hundred_reminders_ring_once_and_on_time_however_often_the_process_is_killed(opened: Opening) -> None:
    chance = random.Random(20261121)
    house = opened()
    house.seed(**{f"P{number}": "resident" for number in range(PEOPLE)})
    due = _put_down(house, now() + timedelta(seconds=FIRST_S), chance)
    house.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(2, 5))
        house.service.kill()
        house.start()
    until(lambda: not house.ledger.count("SELECT count(*) FROM rings WHERE state = 'waiting'"), "all have rung")
    house.settle()
    heard = defaultdict(list)
    for chat in {chat for _, chat in due.values()}:
        for message in house.server.from_bot(chat):
            found = _NUMBER.search(message.text)
            if found:
                assert due[int(found[1])][1] == chat
                heard[int(found[1])].append(message)
    assert sorted(heard) == sorted(due)
    for number, messages in heard.items():
        unmarked = [message for message in messages if not message.text.startswith(AGAIN)]
        assert len(unmarked) <= 1, [message.text for message in messages]
        assert messages[0].date - due[number][0].timestamp() <= LATEST_S, messages[0].text
        assert len(messages) <= 1 + KILLS
    assert sum(len(messages) == 1 for messages in heard.values()) >= PEOPLE * EACH // 2
    house.check()
    house.close()


def _put_down(house: Household, first: datetime, chance: random.Random) -> dict[int, tuple[datetime, int]]:
    """Have everybody reminded of some things within a while; return when and in which chat, by number."""
    due: dict[int, tuple[datetime, int]] = {}
    with house.seeds.store() as store, store.atomic():
        for number in range(PEOPLE * EACH):
            one = house.people[f"P{number % PEOPLE}"]
            at = (first + timedelta(seconds=chance.uniform(0, SPREAD_S))).astimezone(UTC)
            rings.add(store, rings.NewRing("reminder", f"feed cat {number}", at, one.user, one.user, now()))
            jobs.schedule_earlier(store, JOB, at)
            due[number] = (at, one.chat)
    return due
