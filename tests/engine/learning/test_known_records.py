"""Verdicts kept from before: used where everything they rest on is the same, and never otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.learning.baseline import Baseline, BaselineShelf, binding_of, measure
from engine.learning.changes import AliasChange, SynonymChange
from engine.learning.fold import ActiveChange, fold
from engine.learning.golden import GoldenSet
from engine.learning.grounds import Grounds
from engine.learning.known_records import KnownRecords, RecordFiles
from engine.learning.making import making
from engine.learning.record import Record
from engine.learning.shadow import Arms, Candidate, shadow_test
from engine.learning.suite import Arm, Suite
from engine.learning.understander import Situation
from engine.understanding.interpretation import Interpretation
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import Knowledge
from engine.understanding.risk import DEFAULT_RISK_POLICY
from engine.understanding.snapshot import Snapshot

ENCODER = "hashed"
TAUGHT = (
    ActiveChange(1, SynonymChange("zap", "turn on")),
    ActiveChange(2, AliasChange("lamp", "entity", "light.floor_lamp")),
)


class Counting:
    """An interpreter that counts what it is asked."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.asked = 0

    @property
    def knowledge(self) -> Knowledge:
        return self.interpreter.knowledge

    def with_knowledge(self, knowledge: Knowledge) -> Counting:
        return Counting(self.interpreter.with_knowledge(knowledge))

    def understand(self, text: str, situation: Situation) -> Interpretation:
        self.asked += 1
        return self.interpreter.understand(text, situation)


@pytest.fixture(scope="module")
def suite(golden: GoldenSet, house: Snapshot) -> Suite:
    return Suite(golden, house)


@pytest.fixture(scope="module")
def measured(suite: Suite, interpreter: Interpreter, golden: GoldenSet) -> Baseline:
    binding = binding_of(suite, interpreter.knowledge, ENCODER)
    return measure(suite, Arm.of(interpreter, golden), binding, ())


@pytest.fixture
def path(measured: Baseline, tmp_path: Path) -> Path:
    """Write what was measured to a file."""
    KnownRecords("made so", measured.binding, measured.records).save(tmp_path / "known.json")
    return tmp_path / "known.json"


def verdicts(records: dict[str, Record]) -> dict[str, Record]:
    return {name: replace(record, milliseconds=None) for name, record in records.items()}


def test_what_is_kept_comes_back_without_its_times(path: Path, suite: Suite, measured: Baseline) -> None:
    """Every verdict is as it was measured; times of another day or machine are not kept."""
    assert RecordFiles("made so", path).known(suite, measured.binding) == verdicts(dict(measured.records))


@pytest.mark.parametrize(
    ("made", "changed"),
    [("made otherwise", {}), ("made so", {"knowledge": "another"}), ("made so", {"golden": "another"})],
    ids=["code", "knowledge", "golden"],
)
def test_another_making_knowledge_or_golden_set_voids_all(
    made: str, changed: dict[str, str], path: Path, suite: Suite, measured: Baseline
) -> None:
    """Nothing is used of verdicts that rest on something else."""
    assert RecordFiles(made, path).known(suite, replace(measured.binding, **changed)) == {}


def test_another_home_voids_the_names_alone(path: Path, suite: Suite, measured: Baseline) -> None:
    """Golden cases speak of their own house, names of the household's."""
    found = RecordFiles("made so", path).known(suite, replace(measured.binding, names="another"))
    assert set(found) == {check.id for check in suite.checks if check.family != "name"}


def test_a_damaged_file_counts_as_none(path: Path, suite: Suite, measured: Baseline) -> None:
    """Half a file, or one of another shape, is as good as none."""
    for text in (path.read_text()[:500], "[]", '{"making": "made so", "records": {}}'):
        path.write_text(text)
        assert RecordFiles("made so", path).known(suite, measured.binding) == {}


def test_after_a_restart_nothing_is_run_again(
    path: Path, suite: Suite, measured: Baseline, interpreter: Interpreter
) -> None:
    """The verdicts of the knowledge in force, shipped or kept, spare running the suite."""
    counting = Counting(interpreter)
    shelf = BaselineShelf(RecordFiles("made so", path))
    found = shelf.baseline(
        suite, Arm(counting, counting), measured.binding, (), speaker=None, base=measured.binding.knowledge
    )
    assert counting.asked == 0
    assert found.records == verdicts(dict(measured.records))


def test_words_taught_since_are_judged_over_what_ships(
    path: Path, suite: Suite, measured: Baseline, golden: GoldenSet, interpreter: Interpreter
) -> None:
    """From the verdicts of base knowledge come those with lessons in force, and they are kept for the next start."""
    taught = interpreter.with_knowledge(fold(interpreter.knowledge.base, TAUGHT))
    arm, binding = Arm.of(taught, golden), binding_of(suite, taught.knowledge, ENCODER)
    files = RecordFiles("made so", path, path.with_name("kept.json"))
    found = BaselineShelf(files).baseline(suite, arm, binding, TAUGHT, speaker=None, base=measured.binding.knowledge)
    fresh = verdicts(dict(measure(suite, arm, binding, TAUGHT).records))
    assert verdicts(dict(found.records)) == fresh
    counting = Counting(taught)
    again = BaselineShelf(files).baseline(
        suite, Arm(counting, counting), binding, TAUGHT, speaker=None, base=measured.binding.knowledge
    )
    assert counting.asked == 0
    assert again.records == fresh


def test_verdicts_without_times_judge_a_change_alike(
    path: Path, suite: Suite, measured: Baseline, golden: GoldenSet, interpreter: Interpreter
) -> None:
    """Times that were not kept are taken when they could matter, and change nothing else."""
    known = replace(measured, records=RecordFiles("made so", path).known(suite, measured.binding))
    added = ActiveChange(1, AliasChange("kitchen light", "entity", "light.floor_lamp"))
    changed = interpreter.with_knowledge(fold(interpreter.knowledge.base, (added,)))
    arms = Arms(Arm.of(interpreter, golden), Arm.of(changed, golden))
    grounds = Grounds(suite.snapshot, changed, (added,))
    with_times, without = (shadow_test(Candidate(suite, one, arms, added, grounds)) for one in (measured, known))
    assert (without.cases, without.reasons, without.run) == (with_times.cases, with_times.reasons, with_times.run)
    assert without.cases


def test_a_policy_on_risk_is_part_of_the_making() -> None:
    """What is guarded decides verdicts; the same policy gives the same making."""
    stricter = replace(DEFAULT_RISK_POLICY, entities=frozenset({"switch.heater"}))
    assert making(stricter) != making(DEFAULT_RISK_POLICY) == making(replace(DEFAULT_RISK_POLICY))
