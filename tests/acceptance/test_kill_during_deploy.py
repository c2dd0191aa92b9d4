"""A kill -9 at any moment of a lesson, a rollback or a call leaves all of it or none, and Butler starts again."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from store import Action, Status, improvements, integrity_check, open_store, turns
from tests.acceptance.household import ADMIN, Household, Parts
from tests.acceptance.killed_child import JOURNAL, NOWHERE, small_parts
from tests.butler.process import ROOT, environment

FIRST = "when I say bertha I mean the floor lamp"
SECOND = "when I say bruno I mean the desk lamp"
CORRECTED = ("turn on the thinking corner lamp", "no, I meant the desk lamp")
ROLLBACK = "/rollback 1"
# What a lesson does to the store: it is proposed, its test recorded, approved, put in force: four transactions.
STEPS = ("proposed", "tested", "approved", "applied")
WHOLE = [
    (point, skip, STEPS[: skip + (point == "after_commit")])
    for skip in range(4)
    for point in ("before_begin", "before_commit", "after_commit")
]
INSIDE = [(point, 0, STEPS[:3]) for point in ("after_backup", "after_rows", "after_audit")]
POINTS = [*WHOLE, *INSIDE]
TURNS = ("before_call", "after_call")
MOVES = [("before_begin", True), ("after_audit", True), ("before_commit", True), ("after_commit", False)]
ACTIONS = {"proposed": Action.CREATED, "tested": Action.TESTED, "approved": Action.APPROVED, "applied": Action.APPLIED}


@dataclass(frozen=True)
class Ended:
    """How the process of one plan ended, and the data folder it left."""

    code: int
    data: Path

    @property
    def called(self) -> list[list[str]]:
        """The calls the home got, in order: the service and the entities."""
        journal = self.data / JOURNAL
        return [json.loads(line) for line in journal.read_text().splitlines()] if journal.exists() else []


Ends = dict[tuple[Any, ...], Ended]


def plans() -> Iterator[tuple[tuple[Any, ...], Sequence[str]]]:
    """Yield the kills: a name ("what", point, how often to let it pass) and what is said, the last dying there."""
    for point, skip, _ in POINTS:
        yield ("lesson", point, skip), (SECOND,)
    for point in TURNS:
        yield ("turn", point, 0), ("turn on the kitchen light",)
        yield ("compound", point, 1), ("turn on the kitchen light and turn on the desk lamp",)
    for point in ("before_call", "after_call", "after_rows", "before_commit", "after_commit"):
        yield ("correction", point, 3 if point.endswith("commit") else 0), CORRECTED
    for point, _ in MOVES:
        yield ("rollback", point, 0), (ROLLBACK,)
    yield ("lesson", NOWHERE, 0), (SECOND,)


@pytest.fixture(scope="module")
def small() -> Parts:
    return small_parts()


@pytest.fixture(scope="module")
def taught(small: Parts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder in which one word was taught."""
    data = tmp_path_factory.mktemp("taught") / "data"
    household = Household(small, data)
    assert "(#1)" in household.say(FIRST, ADMIN)
    household.close()
    return data


@pytest.fixture(scope="module")
def ends(taught: Path, tmp_path_factory: pytest.TempPathFactory) -> Ends:
    """Kill a Butler at every point, each over its own copy of the folder."""
    folder = tmp_path_factory.mktemp("killed")
    names, given = [], []
    for number, (name, says) in enumerate(plans()):
        data = folder / str(number)
        shutil.copytree(taught, data)
        names.append((name, data))
        given.append({"data": str(data), "says": says, "point": name[1], "skip": name[2]})
    command = [sys.executable, "-m", "tests.acceptance.killed_child"]
    done = subprocess.run(
        command,
        check=False,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(),
        timeout=110,
    )
    assert done.returncode == 0, done.stderr
    codes = json.loads(done.stdout)
    return {name: Ended(code, data) for (name, data), code in zip(names, codes, strict=True)}


@contextmanager
def next_start(small: Parts, ended: Ended) -> Iterator[Household]:
    """Look at the store as it was left, start Butler over it, and check that its head is what it holds."""
    with open_store(ended.data / "butler.db") as store:
        assert integrity_check(store) == []
    household = Household(small, ended.data)
    try:
        head = household.app.engine.digest()
        assert head == household.digest
        with open_store(ended.data / "butler.db") as store:
            assert store.database.fetch("SELECT digest FROM head")[0][0] == head
            rebased = [
                e for e in improvements.audit(store) if e.improvement_id == "base" and e.action == Action.APPLIED
            ]
        assert len(rebased) == 1, "the head was not the fold's, so that the start had to mend it"
        yield household
    finally:
        household.close()


def actions(household: Household, number: int) -> list[Action]:
    """Return what the audit says was done to an improvement, in order."""
    return [entry.action for entry in improvements.audit(household.app.store, number)]


def lives(household: Household, word: str, entity_id: str) -> bool:
    """Tell whether a word calls the thing it was taught for."""
    household.say(f"turn on {word}", ADMIN)
    return household.called == [entity_id]


def test_a_lesson_that_nobody_kills_goes_through_the_named_points(small: Parts, ends: Ends) -> None:
    """Without a kill the same process ends well and the word is live."""
    ended = ends["lesson", NOWHERE, 0]
    assert ended.code == 0
    with next_start(small, ended) as household:
        assert actions(household, 2) == [ACTIONS[step] for step in STEPS]
        assert lives(household, "bruno", "light.desk_lamp")


@pytest.mark.parametrize(("point", "skip", "done"), POINTS)
def test_a_kill_during_a_lesson_leaves_all_of_each_step_or_none(
    small: Parts, ends: Ends, point: str, skip: int, done: tuple[str, ...]
) -> None:
    """Word, rows, status, backup and audit agree, and a lesson that was cut off can be taught again."""
    ended = ends["lesson", point, skip]
    assert ended.code == -signal.SIGKILL
    assert ended.called == []
    live = "applied" in done
    with next_start(small, ended) as household:
        assert actions(household, 2) == [ACTIONS[step] for step in done]
        aliases = {row["phrase"]: row["improvement"] for row in household.knowledge["aliases"]}
        assert aliases == ({"bertha": 1, "bruno": 2} if live else {"bertha": 1})
        assert len(improvements.backups(household.app.store, 2)) == live
        found = improvements.get(household.app.store, 2)
        assert (found is not None and found.status is Status.APPLIED) == live
        assert lives(household, "bertha", "light.floor_lamp")
        assert lives(household, "bruno", "light.desk_lamp") == live
        if not live:
            household.say(SECOND, ADMIN)
            assert lives(household, "bruno", "light.desk_lamp")


@pytest.mark.parametrize(("point", "in_force"), MOVES)
def test_a_kill_during_a_rollback_takes_back_all_or_nothing(
    small: Parts, ends: Ends, point: str, in_force: bool
) -> None:
    """Either the word works and no audit row says otherwise, or it is gone and one does."""
    ended = ends["rollback", point, 0]
    assert ended.code == -signal.SIGKILL
    with next_start(small, ended) as household:
        assert (Action.ROLLED_BACK in actions(household, 1)) == (not in_force)
        assert lives(household, "bertha", "light.floor_lamp") == in_force
        told = household.say(ROLLBACK, ADMIN)
        assert ("Rolled back" in told) == in_force
        assert not lives(household, "bertha", "light.floor_lamp")


@pytest.mark.parametrize("point", TURNS)
def test_a_kill_around_a_call_never_calls_twice(small: Parts, ends: Ends, point: str) -> None:
    """The home got the call once or not at all; no start repeats it, and the next one tells what it found."""
    ended = ends["turn", point, 0]
    wanted = [["light.turn_on", "light.kitchen"]] if point == "after_call" else []
    assert ended.code == -signal.SIGKILL
    assert ended.called == wanted
    with next_start(small, ended) as household:
        last = turns.get(household.app.store, 2)
        assert last is not None
        assert (last.text, last.outcome) == ("turn on the kitchen light", "interrupted")
        assert household.state("light.kitchen") == "off"
        assert ended.called == wanted
        said = household.say("turn on the kitchen light", ADMIN)
        assert said.startswith("I was interrupted in the middle of “turn on the kitchen light”")
        assert household.called == ["light.kitchen"]


@pytest.mark.parametrize("point", TURNS)
def test_a_kill_between_two_calls_does_not_repeat_the_first(small: Parts, ends: Ends, point: str) -> None:
    """Of "this and that", what was called is called once."""
    ended = ends["compound", point, 1]
    assert ended.code == -signal.SIGKILL
    both = [["light.turn_on", "light.kitchen"], ["light.turn_on", "light.desk_lamp"]]
    assert ended.called == (both if point == "after_call" else both[:1])
    with next_start(small, ended) as household:
        assert household.ask({"op": "knowledge"})["aliases"][0]["phrase"] == "bertha"
        household.say("turn off the kitchen light", ADMIN)
        assert household.called == ["light.kitchen"]


@pytest.mark.parametrize(
    ("point", "skip"), [("before_call", 0), ("after_call", 0), ("after_rows", 0), ("before_commit", 3)]
)
def test_a_kill_during_a_correction_teaches_nothing(small: Parts, ends: Ends, point: str, skip: int) -> None:
    """What was done in the home is done; the word is not half known."""
    ended = ends["correction", point, skip]
    assert ended.code == -signal.SIGKILL
    assert ended.called == ([] if point == "before_call" else [["light.turn_on", "light.desk_lamp"]])
    with next_start(small, ended) as household:
        assert not lives(household, "the thinking corner lamp", "light.desk_lamp")
        assert Action.APPLIED not in actions(household, 2)


def test_a_kill_right_after_a_corrections_commit_has_taught_the_word(small: Parts, ends: Ends) -> None:
    """It is live at the next start although nobody was told."""
    ended = ends["correction", "after_commit", 3]
    assert ended.code == -signal.SIGKILL
    with next_start(small, ended) as household:
        assert lives(household, "the thinking corner lamp", "light.desk_lamp")
        assert actions(household, 2)[-1] == Action.APPLIED
