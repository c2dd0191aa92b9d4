"""The household's own golden file: read line by line, counted in every test, and never a reason not to start."""

from __future__ import annotations

import json
import logging
import threading
from pathlib import Path
from typing import Any

import pytest

from engine.api import Engine
from engine.learning.changes import AliasChange
from engine.learning.golden import GoldenError, GoldenSet
from engine.learning.household import Household
from engine.learning.household_golden import FILE, add_case, read_cases
from engine.learning.outcomes import Failed, Live
from engine.understanding.snapshot import Snapshot
from store import Store, improvements
from tests.engine.learning.conftest import Teacher

OURS = {
    "id": "ours-1",
    "utterance": "turn on the mirror",
    "expected_intent": "light_control",
    "expected_entities": {"device": "light.mirror", "action": "on"},
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE


def test_a_case_that_was_added_is_read_back_as_it_is(path: Path) -> None:
    """All a case can say survives the file."""
    said = OURS | {
        "user": "ana",
        "now": "2026-11-21T08:00:00+01:00",
        "context": ["turn off the porch light"],
        "expected_disposition": "act",
        "expected_clauses": [{"intent": "light_control", "entities": {"action": "on"}}],
    }
    added = add_case(path, said)
    quiet = add_case(path, {"id": "ours-2", "utterance": "leave the mirror alone", "must_not_touch": ["light.mirror"]})
    assert read_cases(path) == (added, quiet)
    assert (added.user, added.context, quiet.expected) == ("ana", ("turn off the porch light",), None)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 2 is not JSON"),
        ("[1]", "line 2 is no JSON object"),
        ('{"utterance": "hello"}', "line 2 is no case: KeyError('id')"),
        ('{"id": "x", "utterance": 5}', "line 2: 'utterance' is no text"),
        ('{"id": "x", "utterance": "hello", "expected_intent": "dance"}', "line 2: there is no intent 'dance'"),
        ('{"id": "x", "utterance": "hello", "now": "2026-11-21T08:00:00"}', "line 2: 'now' needs an offset"),
        ('{"id": "x", "utterance": "hello", "context": [1]}', "line 2: 'context' and"),
        (json.dumps(OURS), "line 2: the id 'ours-1' is given twice"),
        (json.dumps({"id": "x", "utterance": "y" * 5_000}), "line 2 is longer than"),
    ],
)
def test_a_bad_line_is_left_out_with_its_place(
    path: Path, line: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The cases around it count, and the log says which line of which file is wrong."""
    last = OURS | {"id": "ours-3"}
    path.write_text(f"{json.dumps(OURS)}\n{line}\n\n{json.dumps(last)}\n", "utf-8")
    with caplog.at_level(logging.WARNING):
        assert [case.id for case in read_cases(path)] == ["ours-1", "ours-3"]
    (told,) = (record.getMessage() for record in caplog.records)
    assert f"golden: {FILE} {fault}" in told


def test_what_is_no_case_is_not_added(path: Path) -> None:
    """An odd case, or an id that is taken, raises and leaves the file as it was."""
    add_case(path, OURS)
    before = path.read_bytes()
    for odd in ({"id": "x"}, OURS, OURS | {"id": "y", "expected_intent": "dance"}, OURS | {"id": " "}):
        with pytest.raises(GoldenError):
            add_case(path, odd)
    assert path.read_bytes() == before


def test_a_line_that_a_crash_cut_off_spoils_only_itself(path: Path) -> None:
    """What is added next stands on a line of its own."""
    path.write_text(json.dumps(OURS)[:30], "utf-8")
    added = add_case(path, OURS)
    assert read_cases(path) == (added,)


def test_many_writers_lose_nothing(path: Path) -> None:
    """Every case that was added at the same time is there, whole."""
    threads = [threading.Thread(target=add_case, args=(path, OURS | {"id": f"ours-{number}"})) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {case.id for case in read_cases(path)} == {f"ours-{number}" for number in range(20)}


def test_a_folder_or_binary_in_its_place_counts_as_none(path: Path) -> None:
    """No start is spoilt by it."""
    path.mkdir()
    assert read_cases(path) == ()
    path.rmdir()
    path.write_bytes(bytes(range(256)))
    assert read_cases(path) == ()


def test_the_digest_covers_the_households_cases(golden: GoldenSet, path: Path) -> None:
    """Another case gives another digest; none gives that of what ships."""
    first = golden.with_household([add_case(path, OURS)])
    second = golden.with_household([add_case(path, OURS | {"id": "ours-2"})])
    assert len({golden.digest, first.digest, second.digest}) == 3
    assert first.with_household([]).digest == golden.digest == first.shipped


def test_a_households_case_stops_a_lesson_and_is_named(
    engine: Engine, by: Teacher, store: Store, path: Path, house: Snapshot
) -> None:
    """What the file says must stay, in the household's own home, from the moment it was added."""
    engine._deployer.household = Household(store, path)
    change = AliasChange("mirror", "entity", "light.bathroom")
    first = engine.lesson(change, by())
    assert isinstance(first, Live)
    engine.roll_back(first.number, actor="ana", at=by().at, reason="not that")
    add_case(path, OURS)
    again = engine.lesson(AliasChange("mirror", "entity", "light.porch"), by())
    assert isinstance(again, Failed)
    found: Any = improvements.get(store, again.number)
    (case,) = found.shadow_test_results["cases"]
    assert (case["family"], case["text"]) == ("household", "turn on the mirror")
    assert case["id"].startswith("household:ours-1:")
    assert found.shadow_test_results["bound_to"]["golden"] != engine._deployer.golden.digest
    engine._deployer.test(again.number, change, house)
