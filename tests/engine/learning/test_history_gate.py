"""Turns that went well, corrections that were made, and who may change what they mean."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from engine.api import Engine
from engine.learning.baseline import Baseline, Rescorer, advance, binding_of, measure
from engine.learning.changes import AliasChange, Change, CommandChange, ExemplarChange, SynonymChange
from engine.learning.documents import plain_json, to_document
from engine.learning.experience import meant_document
from engine.learning.fold import ActiveChange, fold
from engine.learning.golden import Case, Clause, GoldenSet
from engine.learning.grounds import Grounds
from engine.learning.habits import objections
from engine.learning.history import HistoryTurn
from engine.learning.household import Household
from engine.learning.outcomes import Failed, Held, Live, Option
from engine.learning.shadow import Arms, Candidate, ShadowResult, full_shadow_test, shadow_test
from engine.learning.suite import Arm, Suite
from engine.learning.support import Support, support_of
from engine.understanding.interpretation import Disposition
from engine.understanding.interpreter import Interpreter
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from store import Store, improvements, signals, turns
from store.signals import NewSignal, SignalType
from store.turns import NewTurn
from tests.engine.learning.conftest import AT, Teacher
from tests.engine.learning.habits_of_three import went_well

SAID = {
    "ana": ("turn on the floor lamp", "is the floor lamp on", "dim the floor lamp to 30%", "what's left on the list"),
    "bob": ("turn off the kitchen light", "open the blinds", "set a timer for six minutes", "turn on the floor"),
    "cleo": ("turn everything off in the office", "and my lamp too", "warm the house up", "play the radio"),
}
PERSONAL = (
    ActiveChange(1, AliasChange("my lamp", "entity", "light.floor_lamp", "personal", "cleo")),
    ActiveChange(2, SynonymChange("zap", "turn on")),
)
WORDS = "floor lamp kitchen light blinds office timer radio list house zap my on off everything six".split()


def history_of(
    interpreter: Interpreter, house: Snapshot, said: Mapping[str, tuple[str, ...]]
) -> tuple[HistoryTurn, ...]:
    """Return what was said as turns that went well, each understood after the one before it."""
    found: list[HistoryTurn] = []
    for person, texts in said.items():
        previous = None
        for text in texts:
            at = AT + timedelta(minutes=len(found))
            heard = interpreter.understand(text, Situation(house, person, at, previous))
            stored = replace(went_well(person, text, at, heard, previous), press=None)
            turn = HistoryTurn.of(turns.Turn(**vars(stored), number=len(found) + 1))
            assert turn is not None
            found.append(turn)
            previous = heard if heard.targets else previous
    return tuple(found)


@pytest.fixture(scope="module")
def taught(interpreter: Interpreter) -> Interpreter:
    return interpreter.with_knowledge(fold(interpreter.knowledge.base, PERSONAL))


@pytest.fixture(scope="module")
def suite(golden: GoldenSet, house: Snapshot, taught: Interpreter) -> Suite:
    own = (
        Case("ours-1", "zap the floor lamp", Clause("light_control", {"device": "light.floor_lamp", "action": "on"})),
        Case("ours-2", "my lamp on", Clause("light_control", {"device": "light.floor_lamp"}), user="cleo"),
        Case("ours-3", "do not zap the kitchen light", None),
        Case("ours-4", "is the radio on", Clause("state_query", {})),
    )
    few = replace(golden, cases=golden.cases[::4], must_not_act=golden.must_not_act[::4], digest="few")
    history = history_of(taught, house, SAID)
    return Suite(few.with_household(own), house, history=history, cut=len(history))


@pytest.fixture(scope="module")
def baseline(suite: Suite, taught: Interpreter) -> Baseline:
    binding = binding_of(suite, taught.knowledge, "hashed")
    return measure(suite, Arm.of(taught, suite.golden), binding, PERSONAL)


Judge = Callable[..., tuple[ShadowResult, ShadowResult]]


@pytest.fixture
def both(suite: Suite, baseline: Baseline, taught: Interpreter) -> Judge:
    """Return what judges a change the short way and the long way, for whoever the change is for."""
    rescorer = Rescorer()

    def judge(change: Change, support: Support | None = None) -> tuple[ShadowResult, ShadowResult]:
        active = (*PERSONAL, ActiveChange(3, change))
        changed = taught.with_knowledge(fold(taught.knowledge.base, active))
        arms = Arms(Arm.of(taught, suite.golden), Arm.of(changed, suite.golden))
        without = baseline
        if change.owner is not None:
            without = advance(suite, baseline, arms.without, baseline.binding, PERSONAL, speaker=change.owner)
        grounds = Grounds(suite.snapshot, changed, active, change.owner)
        candidate = Candidate(suite, without, arms, active[-1], grounds, support or Support())
        return shadow_test(candidate, rescorer), full_shadow_test(candidate)

    return judge


def verdicts(result: ShadowResult) -> object:
    records = {name: (record.passed, record.why) for name, record in result.records.items()}
    return result.cases, result.comparison.worse, result.comparison.better, result.accuracy_after, records


def random_change(seed: int, house: Snapshot) -> Change:
    chance = random.Random(seed)
    phrase = " ".join(chance.sample(WORDS, chance.choice([1, 2, 2, 3])))
    owner = chance.choice([None, None, "ana", "cleo"])
    whose = {"scope": "personal" if owner else "household", "owner": owner}
    match seed % 5:
        case 0:
            return AliasChange(phrase, "entity", chance.choice(house.entities).entity_id, **whose)  # type: ignore[arg-type]  # fields by name
        case 1:
            return AliasChange(phrase, "area", chance.choice(house.areas).id, **whose)  # type: ignore[arg-type]  # fields by name
        case 2:
            return SynonymChange(phrase, chance.choice(["turn off", "kitchen light", "office"]), **whose)  # type: ignore[arg-type]  # fields by name
        case 3:
            return CommandChange(phrase, "turn on the kitchen light", **whose)  # type: ignore[arg-type]  # fields by name
    text = chance.choice([text for texts in SAID.values() for text in texts])
    return ExemplarChange(
        f"{text} {phrase}", chance.choice(["list_add", "timer_set", "media_control", "light_control"])
    )


@pytest.mark.parametrize("seed", range(20))
def test_history_and_household_are_tested_the_short_way_as_the_long_way(
    seed: int, both: Judge, house: Snapshot, suite: Suite
) -> None:
    """Whatever changes, personal or shared: the verdict of every case is that of running everything."""
    few, everything = both(random_change(seed, house))
    assert verdicts(few) == verdicts(everything)
    assert few.run <= everything.run == len(suite.checks)


def test_all_of_history_and_household_passes_without_a_change(baseline: Baseline, suite: Suite) -> None:
    """What went well is understood as it was then, by whoever said it, with what 'it' spoke of."""
    judged = {
        check.id: baseline.records[check.id] for check in suite.checks if check.family in {"history", "household"}
    }
    assert len(judged) == 16
    assert {name: record.why for name, record in judged.items() if not record.passed} == {}


def test_a_personal_word_is_tested_on_its_owners_turns_alone(both: Judge) -> None:
    """Ana's own word touches what Ana said; the same word for everybody touches Bob's turn too."""
    own, _ = both(AliasChange("floor", "entity", "light.kitchen_main", "personal", "ana"))
    assert own.passed
    shared, _ = both(AliasChange("floor", "entity", "light.kitchen_main"))
    assert [case.history.speaker for case in shared.comparison.worse if case.history] == ["bob"]


def test_a_turn_lost_blocks_unless_more_corrections_speak_for_the_change(both: Judge) -> None:
    """One turn of Bob's is lost: one voice is not enough, two of two people are."""
    change = AliasChange("floor", "entity", "light.kitchen_main")
    alone, _ = both(change, Support(1, frozenset({"ana"}), frozenset({"ana"})))
    assert not alone.passed
    assert alone.reasons[0].startswith("“floor” works for bob (turn 8)")
    many_of_one, _ = both(change, Support(5, frozenset({"ana"})))
    assert many_of_one.reasons == alone.reasons[:1]
    two, _ = both(change, Support(2, frozenset({"ana", "cleo"})))
    assert two.passed
    own, _ = both(change, Support(1, frozenset({"bob"}), frozenset({"bob"})))
    assert (own.passed, own.given_up) == (True, 1)
    admin, _ = both(change, Support(1, frozenset({"ana"}), frozenset({"ana"}), approved=True))
    assert (admin.passed, admin.given_up) == (True, 1)


def test_turns_that_do_not_say_the_phrase_are_nobodys_to_give_up(suite: Suite) -> None:
    """What is lost beside the phrase that is taught counts against it, whoever said it and whoever approves."""
    lost = [turn for turn in suite.history if turn.speaker == "ana"][:2]
    change = AliasChange("sofa light", "entity", "light.kitchen_main")
    for support in (Support(2, frozenset({"ana"}), frozenset({"ana"})), Support(2, approved=True)):
        assert objections(change, lost, support) == (
            "2 turns that went well would not (turns 1, 2), and 2 corrections speak for it",
        )
    assert objections(change, lost, Support(3, frozenset({"ana"}))) == ()


def test_the_verdict_is_kept_case_by_case_and_counted_by_family(both: Judge) -> None:
    """Which turn stood in the way, what is mended, and how many of each family were run."""
    few, _ = both(AliasChange("floor", "entity", "light.kitchen_main"))
    kept = few.to_json()
    assert kept["cases"][0] | {"id": ""} == {
        "id": "",
        "family": "history",
        "text": "turn on the floor",
        "why": "would be light_control on light.kitchen_main",
        "turn": 8,
        "speaker": "bob",
    }
    families = kept["families"]
    assert set(families) == {"golden", "must_not_act", "name", "household", "history"}
    assert families["history"] | {"run": 0} == {"checks": 12, "run": 0, "passed": 11, "worse": 1, "better": 0}
    assert kept["bound_to"]["history"] == 12
    assert few.cases[0].text == ""


def stored(store: Store, interpreter: Interpreter, house: Snapshot, person: str, text: str, **more: object) -> int:
    """Keep a turn as it was understood, and return its number."""
    found = interpreter.understand(text, Situation(house, person, AT))
    return turns.append(store, replace(went_well(person, text, AT, found), **more))  # type: ignore[arg-type]  # fields by name


def test_a_corrected_turn_passes_once_it_comes_out_as_it_was_meant(
    store: Store, interpreter: Interpreter, house: Snapshot
) -> None:
    """A correction that names what was meant is a gain for a change that mends it; one that does not is no check."""
    meant = interpreter.understand("turn on the kitchen light", Situation(house))
    number = stored(store, interpreter, house, "ana", "turn on the floor")
    turns.judge(store, number, "corrected", plain_json(meant_document(meant)))
    stored(store, interpreter, house, "bob", "turn on the floor lamp", verdict="disputed")
    history = Household(store).history()
    assert [(turn.turn, turn.accepted) for turn in history] == [(number, False)]
    change = AliasChange("floor", "entity", "light.kitchen_main")
    changed = interpreter.with_knowledge(fold(interpreter.knowledge.base, (ActiveChange(1, change),)))
    assert "would be" in history[0].fault(interpreter.understand("turn on the floor", Situation(house)))
    assert history[0].fault(changed.understand("turn on the floor", Situation(house))) == ""


def test_asking_where_it_acted_is_another_outcome(interpreter: Interpreter, house: Snapshot) -> None:
    """The same meaning that is only asked about is not what the person had."""
    (turn,) = history_of(interpreter, house, {"ana": ("turn on the floor lamp",)})
    found = interpreter.understand("turn on the floor lamp", Situation(house))
    assert turn.fault(found) == ""
    assert turn.fault(replace(found, disposition=Disposition.ASK)) == "would come to ask, not act"


def test_slots_are_the_same_before_and_after_they_were_stored(interpreter: Interpreter, house: Snapshot) -> None:
    """Tuples come back as lists and say the same."""
    found = interpreter.understand("turn on the floor lamp", Situation(house))
    found = replace(found, slots={**found.slots, "item": ("milk", "eggs")})
    stored_turn = turns.Turn("ana", "ana", AT, "x", interpretation=plain_json(to_document(found)), number=1)
    turn = HistoryTurn.of(stored_turn)
    assert turn is not None
    assert turn.fault(found) == ""


@pytest.fixture
def lived_in(engine: Engine, store: Store, interpreter: Interpreter, house: Snapshot) -> Engine:
    """Return the engine of a household in which Bob has a habit."""
    engine._deployer.household = Household(store)
    for text in ("turn on the mirror", "turn off the mirror"):
        stored(store, interpreter, house, "bob", text, verdict="accepted")
    return engine


MIRROR = AliasChange("mirror", "entity", "light.bathroom")


def test_nobody_alone_changes_what_works_for_another(lived_in: Engine, by: Teacher, store: Store) -> None:
    """The lesson fails, and its record names the turns."""
    outcome = lived_in.lesson(MIRROR, by("ana"))
    assert isinstance(outcome, Failed)
    known = improvements.get(store, outcome.number)
    assert known is not None
    assert [case["turn"] for case in known.shadow_test_results["cases"]] == [1, 2]


def test_everybody_may_change_their_own_habit(lived_in: Engine, by: Teacher) -> None:
    """Bob's own press is enough for what Bob alone says."""
    assert isinstance(lived_in.lesson(MIRROR, by("bob")), Live)


def test_a_change_to_the_habits_of_others_waits_where_an_admin_must_decide_anyway(
    lived_in: Engine, by: Teacher, store: Store, house: Snapshot
) -> None:
    """What is held tells what it would cost, and an admin's approval settles it."""
    assert isinstance(lived_in.lesson(AliasChange("big bertha", "entity", "light.floor_lamp"), by("bob")), Live)
    found = lived_in.understand("turn on big bertha", Situation(house, "bob", AT))
    turns.append(store, went_well("bob", "turn on big bertha", AT, found))
    change = AliasChange("big bertha", "entity", "light.kitchen_main")
    held = lived_in.lesson(change, by("ana", answer=Option.REPLACE))
    assert isinstance(held, Held)
    known = improvements.get(store, held.number)
    assert known is not None
    assert known.shadow_test_results["given_up"] == 1
    assert isinstance(lived_in.approve(held.number, actor="root", at=AT, snapshot=house), Live)


def test_one_persons_many_corrections_are_one_voice_a_day(store: Store, by: Teacher, lived_in: Engine) -> None:
    """Votes are counted from the signals themselves; guests have none in what others share."""

    def signal(person: str, turn: int, at: datetime, role: str = "resident", **more: object) -> NewSignal:
        context = {"role": role, "evidence": "correction", **more}
        return NewSignal(SignalType.CORRECTION, "x", person, turn, at, {"intent": "light_control"}, None, context)

    ids = signals.add(
        store,
        [
            signal("ana", 1, AT),
            signal("ana", 2, AT + timedelta(minutes=5)),
            signal("ana", 3, AT + timedelta(days=1)),
            signal("bob", 4, AT, pressed=True),
            signal("guest", 5, AT, role="guest"),
        ],
    )
    outcome = lived_in.lesson(AliasChange("big bertha", "entity", "light.floor_lamp"), by("ana"))
    assert isinstance(outcome, Live)
    known = improvements.get(store, outcome.number)
    assert known is not None
    automatic = replace(known, source="automatic", submitted_by=None, signal_ids=ids)
    found = support_of(automatic, signals.get(store, ids))
    assert found == Support(3, frozenset({"ana", "bob"}), frozenset({"bob"}))
    first_two, midnight_between = signals.get(store, ids[:2]), timezone(timedelta(hours=11, minutes=58))
    assert support_of(automatic, first_two).votes == 1
    assert support_of(automatic, first_two, zone=midnight_between).votes == 2
    assert Household(store).support(outcome.number, approved=False) == Support(
        1, frozenset({"ana"}), frozenset({"ana"})
    )


def test_a_turn_nobody_learns_from_is_no_history(store: Store, interpreter: Interpreter, house: Snapshot) -> None:
    """What an outage spoilt, questions and lessons bind nobody."""
    stored(store, interpreter, house, "ana", "turn on the floor lamp", learnable=False)
    stored(store, interpreter, house, "ana", "turn off the floor lamp", outcome="asked")
    turns.append(store, NewTurn("ana", "ana", AT, "hello", outcome="answered"))
    assert Household(store).history() == ()
