from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from engine.learning.baseline import Baseline, Rescorer, advance, binding_of, measure
from engine.learning.changes import AliasChange, Change, CommandChange, ExemplarChange, SynonymChange
from engine.learning.fold import ActiveChange, fold
from engine.learning.golden import GoldenSet
from engine.learning.grounds import Grounds
from engine.learning.shadow import Arms, Candidate, ShadowResult, full_shadow_test, p95, shadow_test
from engine.learning.suite import Arm, Suite
from engine.understanding.interpreter import Interpreter
from engine.understanding.snapshot import Snapshot

Judge = Callable[[Change], tuple[ShadowResult, ShadowResult]]
WORDS = (
    "lamp light kitchen room bedroom big bertha den telly heating fan trun swich curtains blinds garage gate office "
    "everything warm play tv sofa corner hall upstairs garden night movie kettle lights volume music liv the my 2 two"
).split()
REPLACEMENTS = (
    "turn on",
    "turn off",
    "lamp",
    "kitchen",
    "the floor lamp",
    "blinds",
    "in the office",
    "heating",
    "louder",
)
COMMANDS = ("turn on the kitchen light", "close the blinds", "what time is it", "turn off everything in the office")


@pytest.fixture(scope="module")
def suite(golden: GoldenSet, house: Snapshot) -> Suite:
    return Suite(golden, house)


@pytest.fixture(scope="module")
def baseline(suite: Suite, interpreter: Interpreter, golden: GoldenSet) -> Baseline:
    binding = binding_of(suite, interpreter.knowledge, "hashed")
    return measure(suite, Arm.of(interpreter, golden), binding, ())


def random_change(seed: int, house: Snapshot) -> Change:
    """Any change at all, careless of what would be refused: the tests must agree about every one."""
    chance = random.Random(seed)
    phrase = " ".join(chance.sample(WORDS, chance.choice([1, 1, 2, 2, 3])))
    match chance.randrange(8):
        case 0 | 1 | 2:
            return AliasChange(phrase, "entity", chance.choice(house.entities).entity_id)
        case 3 | 4:
            return AliasChange(phrase, "area", chance.choice(house.areas).id)
        case 5 | 6:
            return SynonymChange(phrase, chance.choice(REPLACEMENTS))
    return CommandChange(phrase, chance.choice(COMMANDS))


@pytest.fixture
def both(suite: Suite, baseline: Baseline, interpreter: Interpreter) -> Judge:
    """Return what judges a change the short way and the long way."""

    def judge(change: Change) -> tuple[ShadowResult, ShadowResult]:
        added = ActiveChange(1, change)
        changed = interpreter.with_knowledge(fold(interpreter.knowledge.base, (added,)))
        arms = Arms(Arm.of(interpreter, suite.golden), Arm.of(changed, suite.golden))
        grounds = Grounds(suite.snapshot, changed, (added,), change.owner)
        candidate = Candidate(suite, baseline, arms, added, grounds)
        return shadow_test(candidate, Rescorer()), full_shadow_test(candidate)

    return judge


def verdicts(result: ShadowResult) -> object:
    return result.cases, result.accuracy_after, {name: (r.passed, r.why) for name, r in result.records.items()}


@pytest.mark.parametrize("seed", range(12))
def test_testing_only_what_a_change_can_affect_gives_the_verdict_of_testing_everything(
    seed: int, both: Judge, suite: Suite, house: Snapshot
) -> None:
    few, everything = both(random_change(seed, house))
    assert verdicts(few) == verdicts(everything)
    assert few.run <= everything.run == len(suite.checks)


@pytest.mark.parametrize(
    "change",
    [
        ExemplarChange("pop the kettle going", "switch_control"),
        ExemplarChange("what is on the list for the shop", "list_query"),
        ExemplarChange("kitchen", "light_control"),
    ],
)
def test_an_exemplar_is_tested_as_thoroughly_by_the_short_way(change: Change, both: Judge) -> None:
    few, everything = both(change)
    assert verdicts(few) == verdicts(everything)


def test_a_name_for_one_lamp_touches_few_cases(both: Judge, suite: Suite) -> None:
    few, _ = both(AliasChange("big bertha", "entity", "light.floor_lamp"))
    assert few.passed
    assert few.run < len(suite.checks) / 10


def test_a_baseline_brought_up_to_date_is_the_one_measured_afresh(
    suite: Suite, baseline: Baseline, interpreter: Interpreter, golden: GoldenSet
) -> None:
    active = (
        ActiveChange(1, SynonymChange("zap", "turn on")),
        ActiveChange(2, AliasChange("lamp", "entity", "light.floor_lamp")),
    )
    changed = interpreter.with_knowledge(fold(interpreter.knowledge.base, active))
    arm, binding = Arm.of(changed, golden), binding_of(suite, changed.knowledge, "hashed")
    advanced, fresh = advance(suite, baseline, arm, binding, active), measure(suite, arm, binding, active)
    assert {name: r.passed for name, r in advanced.records.items()} == {n: r.passed for n, r in fresh.records.items()}
    back = advance(suite, advanced, Arm.of(interpreter, golden), baseline.binding, ())
    assert {name: r.passed for name, r in back.records.items()} == {n: r.passed for n, r in baseline.records.items()}


def test_a_result_is_bound_to_knowledge_golden_and_names(both: Judge, suite: Suite, interpreter: Interpreter) -> None:
    few, _ = both(SynonymChange("zap", "turn on"))
    assert few.to_json()["bound_to"] == {
        "knowledge": interpreter.knowledge.digest("hashed"),
        "golden": suite.golden.digest,
        "names": suite.snapshot.names_digest,
        "history": 0,
    }


def test_a_word_that_hides_a_real_name_fails_on_that_name(both: Judge) -> None:
    change = AliasChange("kitchen light", "entity", "light.floor_lamp")
    few, _ = both(change)
    assert not few.passed
    assert any(case.id.startswith("name:light.kitchen_main") for case in few.cases)


def test_a_change_that_does_not_do_what_it_is_for_fails(both: Judge) -> None:
    missing, _ = both(AliasChange("den", "entity", "light.nowhere"))
    assert missing.reasons == ("there is no light.nowhere in the home",)
    unread, _ = both(ExemplarChange("turn on the floor lamp", "list_add"))
    assert "“turn on the floor lamp” is still about lights" in unread.reasons


def test_the_95th_percentile_is_the_nearest_rank() -> None:
    assert p95(range(1, 101)) == 95
    assert p95([7.0]) == 7.0
    assert p95([]) == 0.0
