"""What may go live in a home of people with habits: none of a hundred bad proposals, most of fifty good ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from butler.home.demo import packaged_house
from engine.api import Engine, LessonContext
from engine.embedding import FastembedEncoder, VectorCache
from engine.embedding.precompute import SHIPPED
from engine.learning.changes import AliasChange, Change
from engine.learning.golden import GoldenSet
from engine.learning.household import Household
from engine.learning.outcomes import Failed, Held, LessonOutcome, Live, Option
from engine.understanding.snapshot import Snapshot
from store import Store, improvements, open_store, signals
from store.signals import NewSignal, SignalType
from tests.engine.learning import proposals
from tests.engine.learning.habits_of_three import BEGAN, live_in, texts

NOW = BEGAN + timedelta(days=29)


@dataclass(frozen=True)
class Home:
    """A home with four weeks of habits, and its engine."""

    engine: Engine
    store: Store
    house: Snapshot

    def teach(self, change: Change, person: str, **more: object) -> LessonOutcome:
        context = LessonContext(person, "user_suggestion", None, self.house, NOW, **more)  # type: ignore[arg-type]  # fields by name
        return self.engine.lesson(change, context)

    def propose(self, change: Change, evidence: list[str]) -> LessonOutcome:
        context = LessonContext(None, "automatic", None, self.house, NOW, signals=evidence)
        return self.engine._teaching.suggestion(change, context)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    encoder, house = VectorCache(FastembedEncoder(), SHIPPED), packaged_house().snapshot
    path: Path = tmp_path_factory.mktemp("home") / "butler.db"
    with open_store(path) as store:
        engine = Engine.open(store, encoder, GoldenSet.packaged(), at=NOW)
        engine._deployer.household = Household(store)
        assert live_in(engine, store, house) > 400
        yield Home(engine, store, house)
        engine.close()


def one_persons_evidence(store: Store, nth: int, change: Change) -> list[str]:
    """Return ten corrections by one resident: on one afternoon, or one a day."""
    step = timedelta(minutes=3) if nth % 2 else timedelta(days=1)
    given = [
        NewSignal(
            SignalType.CORRECTION,
            change.phrase,
            "max",
            100_000 + 100 * nth + at,
            NOW - timedelta(days=11) + at * step,
            expected={"intent": "light_control", "slots": {}, "targets": []},
            context={"role": "resident", "evidence": "correction"},
        )
        for at in range(10)
    ]
    return signals.add(store, given)


def test_none_of_a_hundred_bad_proposals_goes_live(home: Home) -> None:
    """Generic words, swaps, broad wordings, hijacks of what is guarded, and poison by one person against the others."""
    before = home.engine.digest()
    taught = (
        *proposals.GENERIC,
        *proposals.SWAPPED,
        *proposals.BROAD,
        *proposals.HIJACKS,
        *proposals.AGAINST_HABITS,
    )
    outcomes = [(change, home.teach(change, "max")) for change in taught]
    for nth, change in enumerate(proposals.POISON):
        outcomes.append((change, home.propose(change, one_persons_evidence(home.store, nth, change))))
    assert len({change for change, _ in outcomes}) == 100
    assert [change for change, outcome in outcomes if isinstance(outcome, Live)] == []
    assert home.engine.digest() == before


def test_who_insists_on_replacing_what_works_for_others_waits_for_an_admin_or_fails(home: Home) -> None:
    """Replace is no way around the habits of the others."""
    before = home.engine.digest()
    outcomes = [home.teach(change, "max", answer=Option.REPLACE) for change in proposals.AGAINST_HABITS]
    assert not any(isinstance(outcome, Live) for outcome in outcomes)
    assert any(isinstance(outcome, Held) for outcome in outcomes)
    assert home.engine.digest() == before


def test_most_of_fifty_good_proposals_go_live_and_no_habit_suffers(home: Home) -> None:
    """Names, rooms, words of one's own, wordings, commands and examples that people would teach."""
    assert len(set(proposals.GOOD)) == 50
    outcomes = {change: home.teach(change, change.owner or "ana") for change in proposals.GOOD}
    live = [outcome.number for outcome in outcomes.values() if isinstance(outcome, Live)]
    assert len(live) >= 45, [(change, each) for change, each in outcomes.items() if not isinstance(each, Live)]
    history = home.engine._deployer.household.history()  # type: ignore[union-attr]  # it was given above
    assert {turn.text for turn in history} == texts()
    for number in live:
        home.engine.roll_back(number, actor="ana", at=NOW, reason="the next test")


def test_a_failed_proposal_says_which_turn_stood_in_its_way(home: Home) -> None:
    """The record names turn, speaker and how it would come out; whoever taught it is not told what others said."""
    outcome = home.teach(AliasChange("pendant", "area", "hall"), "max", answer=Option.REPLACE)
    assert isinstance(outcome, Held | Failed)
    outcome = home.teach(proposals.AGAINST_HABITS[1], "max")
    assert isinstance(outcome, Failed)
    assert {case.text for case in outcome.cases} == {""}
    stored = improvements.get(home.store, outcome.number)
    assert stored is not None
    found = stored.shadow_test_results["cases"]
    assert {case["text"] for case in found} == {"turn on the desk", "turn off the desk"}
    assert {(case["family"], case["speaker"]) for case in found} == {("history", "bob")}
    assert all(case["turn"] > 0 and "light.bathroom" in case["why"] for case in found)
