"""The gate of history: what went well in a household is tested like a golden case, the short way as the long way."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.learning.baseline import Baseline, Rescorer, advance, binding_of, measure
from engine.learning.changes import AliasChange, Change, CommandChange, ExemplarChange, SynonymChange
from engine.learning.fold import ActiveChange, fold
from engine.learning.golden import Case, Clause, GoldenSet
from engine.learning.grounds import Grounds
from engine.learning.habits import objections
from engine.learning.shadow import Arms, Candidate, ShadowResult, full_shadow_test, shadow_test
from engine.learning.suite import Arm, Suite
from engine.learning.support import Support
from engine.understanding.interpreter import Interpreter
from engine.understanding.snapshot import Snapshot
from tests.engine.learning.lived import history_of

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
