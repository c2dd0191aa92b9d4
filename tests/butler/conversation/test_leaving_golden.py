"""Being forgotten reaches the household's own golden cases."""

from __future__ import annotations

import json
from pathlib import Path

from engine.learning.golden import GoldenSet
from engine.learning.household import Household
from engine.learning.household_golden import add_case, read_cases
from tests.acceptance.family import ADA, RIA, Family

ON = {"expected_intent": "light_control", "expected_entities": {"action": "on"}}


def golden_of(family: Family) -> Path:
    """Return the golden file, with cases of two people and of nobody in particular in it."""
    path = family.data / "golden.jsonl"
    family.say("turn on the porch light")
    family.say("turn on the desk lamp")
    family.say("Turn on the desk lamp.", ADA)
    for number, (said, user) in enumerate(
        [
            ("turn on the porch light", None),
            ("turn on the desk lamp", None),
            ("turn on my reading lamp", RIA),
            ("turn on the lamp of @ria", ADA),
            ("turn on the garage light", None),
        ]
    ):
        add_case(path, {"id": f"case-{number}", "utterance": said, **({"user": user} if user else {}), **ON})
    add_case(path, {"id": "case-5", "utterance": "turn it on", "context": ["turn on the porch light"], **ON})
    with path.open("a", encoding="utf-8") as file:
        file.write(f'{{"id": "broken", "user": "{RIA}"\n')
    return path


def leave(family: Family) -> None:
    family.say("/forgetme")
    family.press("Forget me, keep")


def test_cases_in_the_persons_words_go_and_others_lose_the_name(family: Family) -> None:
    """A sentence that somebody else said as well stays, and so does what nobody said."""
    path = golden_of(family)
    leave(family)
    assert [(case.id, case.utterance) for case in read_cases(path)] == [
        ("case-1", "turn on the desk lamp"),
        ("case-3", "turn on the lamp of person 1"),
        ("case-4", "turn on the garage light"),
    ]
    assert RIA.partition(":")[2] not in path.read_text("utf-8")
    assert [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()] == ["case-1", "case-3", "case-4"]


def test_the_golden_digest_follows(family: Family) -> None:
    """What is tested from then on is bound to the cases that are left."""
    household, packaged = Household(family.app.store, golden_of(family)), GoldenSet.packaged()
    before = household.golden(packaged)
    leave(family)
    after = household.golden(packaged)
    assert [case.id for case in after.household] == ["case-1", "case-3", "case-4"]
    assert after.digest not in {before.digest, packaged.digest}


def test_a_golden_file_of_other_peoples_words_is_left_as_it_is(family: Family) -> None:
    """Not one byte of it changes."""
    path = family.data / "golden.jsonl"
    add_case(path, {"id": "one", "utterance": "turn on the garage light", "user": ADA, **ON})
    before = path.read_bytes(), path.stat().st_mtime_ns
    leave(family)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
