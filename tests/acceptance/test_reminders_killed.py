"""A hundred reminders while the process is killed and the clock is moved: each rings once, or once more marked so."""

from __future__ import annotations

import json
import random
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from butler.conversation.wording import SENT_AGAIN
from tests.butler.process import START, Stdio

REMINDERS, PEOPLE, HOURS = 100, 5, 6
KILLS = 5
AWAY = "while I was away"
_THING = re.compile(r"feed cat (\d+)")


@dataclass
class Household:
    """One data folder, at most one process over it, and all that anybody was shown."""

    data: Path
    chance: random.Random
    now: datetime
    began: datetime
    due: dict[int, datetime] = field(default_factory=dict)
    heard: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    kills: int = 0

    def start(self) -> Stdio:
        """Start a process at the present instant."""
        self.began = self.now
        return Stdio(self.data, clock=("--clock", "manual", "--now", self.now.isoformat()))

    def hear(self, answer: dict[str, Any]) -> None:
        """Note what an answer shows, and that nothing due since the process began came late."""
        for message in answer["messages"]:
            found = _THING.search(message["text"])
            assert found, message
            number = int(found[1])
            self.heard[number].append(message["text"])
            if self.due[number] > self.began and SENT_AGAIN not in message["text"]:
                assert AWAY not in message["text"], (message["text"], self.began)

    def killed_while_advancing(self, process: Stdio, seconds: float) -> None:
        """Kill the process at some moment of an advance; what it had written before is shown."""
        assert process.process.stdin is not None
        assert process.process.stdout is not None
        process.process.stdin.write(json.dumps({"op": "advance", "seconds": seconds}).encode() + b"\n")
        process.process.stdin.flush()
        time.sleep(self.chance.choice((0.0, 0.002, 0.005, 0.01, 0.02, 0.04, 0.08)))
        process.process.kill()
        process.process.wait()
        for line in process.process.stdout.read().splitlines(keepends=True):
            if line.endswith(b"\n"):
                self.hear(json.loads(line))
        self.kills += 1


def test_a_hundred_reminders_survive_kills_and_a_clock_that_is_moved(tmp_path: Path) -> None:
    start = datetime.fromisoformat(START)
    house = Household(tmp_path, random.Random(20261121), start, start)
    end = start + timedelta(hours=HOURS)
    _set_all(house)
    process = house.start()
    while house.now < end or house.kills < KILLS:
        seconds = round(house.chance.uniform(30, 2_400), 3)
        if house.kills < KILLS and house.chance.random() < 0.5:
            house.killed_while_advancing(process, seconds)
            process.__exit__(None, None, None)
            moved = house.chance.choice((0, 45, 600, 5_400, -600))
            house.now = max(start, house.now + timedelta(seconds=seconds + moved))
            process = house.start()
        else:
            house.hear(process.ask({"op": "advance", "seconds": seconds}))
            house.now += timedelta(seconds=seconds)
    with process:
        house.hear(process.ask({"op": "advance", "seconds": 86_400 * 2}))
        assert process.say("what reminders do I have", "ana0")["messages"][0]["text"].startswith(
            "You have no reminders"
        )
    assert house.kills == KILLS
    assert sorted(house.heard) == list(range(REMINDERS))
    for number, texts in house.heard.items():
        unmarked = [text for text in texts if not text.startswith(SENT_AGAIN)]
        assert len(unmarked) <= 1, (number, texts)
        assert len(texts) <= 1 + KILLS
    # Most of them are never in doubt: a kill hides only what was on its way.
    assert sum(len(texts) == 1 for texts in house.heard.values()) >= REMINDERS // 2


def _set_all(house: Household) -> None:
    with house.start() as process:
        for number in range(REMINDERS):
            minutes = house.chance.randint(1, HOURS * 60)
            user = f"ana{number % PEOPLE}"
            answer = process.say(f"remind me to feed cat {number} in {minutes} minutes", user)
            assert answer["messages"][0]["text"].startswith("I'll remind you"), answer
            house.due[number] = house.now + timedelta(minutes=minutes)
        assert process.end() == 0
