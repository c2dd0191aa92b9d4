"""`/improvement N`: from the evidence to the end, in sentences an admin can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from butler.conversation.settings import Settings
from butler.conversation.tested_words import verdict_lines
from butler.conversation.watch_words import watch_lines
from store import LearningWriter, Proposal, Status, improvements, observations, signals
from store.observations import Observation
from store.signals import NewSignal, SignalType
from tests.acceptance.family import ADA, BEN, Family
from tests.butler.conversation.conftest import START, Chat

WORD = {"type": "alias", "phrase": "snug", "kind": "area", "target": "living_room", "scope": "household", "owner": None}
ON = {"intent": "light_control", "slots": {"action": "on"}, "targets": ["light.living_room"]}


def found_by_itself(family: Family, count: int = 1) -> int:
    """Return an improvement that came from Ben's corrections, one a day."""
    store = family.app.store
    told = [
        NewSignal(
            SignalType.CORRECTION,
            f"turn on the snug {day}",
            BEN,
            day + 1,
            START - timedelta(days=count - day),
            ON,
            context={"evidence": "correction", "pressed": day == 0},
        )
        for day in range(count)
    ]
    ids = signals.add(store, told)
    why = "2 corrections by Ben said so: “snug” is the living room."
    writer = LearningWriter(store)
    try:
        proposal = Proposal("alias", 1, "snug", WORD, rationale=why, signal_ids=tuple(ids), source="automatic")
        number = writer.propose(proposal, actor="system", at=START)
        results = {"reasons": ["1 case that passed would fail"]}
        writer.record_test(number, passed=False, results=results, at=START)
        writer.reject(number, actor="system", reason="1 case that passed would fail", at=START)
    finally:
        writer.close()
    return number


def test_the_evidence_says_when_who_what_and_what_it_should_have_been(family: Family) -> None:
    family.admit(BEN, "resident", "Ben")
    told = family.say(f"/improvement {found_by_itself(family)}", ADA)
    assert "#1 “snug” means the living room (rejected), tier 1, from what went wrong before" in told
    assert "Because: 2 corrections by Ben said so" in told
    assert "It was said" not in told
    assert (
        "· 2026-11-20 10:00 Ben: “turn on the snug 0” (corrected, confirmed by a press); "
        "it should have been the command to turn on the living room light" in told
    )
    assert "Its test: failed, because 1 case that passed would fail." in told
    assert "2026-11-21 10:00 rejected by system: 1 case that passed would fail" in told


def test_much_evidence_is_shown_in_part(family: Family) -> None:
    told = family.say(f"/improvement {found_by_itself(family, 20)}", ADA)
    assert "Evidence, 20 signals:" in told
    assert told.count("(corrected") == 6
    assert "· and 14 before these" in told
    assert len(told) < 4000


def test_what_was_taught_shows_its_words_its_test_its_steps_and_its_watch(chat: Chat) -> None:
    chat.say("when I say bertha I mean the floor lamp")
    told = chat.say("/improvement 1", who="adm")
    assert "It was said: “when I say bertha I mean the floor lamp”" in told
    assert "Its test: passed. " in told
    assert "checks, of which it could affect" in told
    assert "accuracy 100.0% before and 100.0% with it." in told
    steps = [line.partition(" ")[2].partition(" ")[2] for line in told.splitlines() if line.startswith("2026-")]
    assert steps == ["created by ana", "tested by system", "approved by system", "applied by system"]
    assert "Watched since 2026-11-21 10:00: no turn came out differently because of it." in told
    assert "until 5 more such turns are known, at the most until 2026-12-21 10:00 (30 days from now)." in told
    assert told.endswith("/rollback 1 takes it back.")


def test_a_rollback_shows_its_reason_and_the_way_back(chat: Chat) -> None:
    chat.say("when I say bertha I mean the floor lamp")
    chat.say("/rollback 1 nobody says so", who="adm")
    told = chat.say("/improvement 1", who="adm")
    assert "rolled back by adm: nobody says so" in told
    assert "/redo 1 puts it in force again" in told


def test_times_are_the_households(chat: Chat) -> None:
    chat.say("when I say bertha I mean the floor lamp")
    found = improvements.get(chat.store, 1)
    assert found
    told = "\n".join(watch_lines(chat.store, found, ZoneInfo("Asia/Tokyo"), START))
    assert "Watched since 2026-11-21 19:00" in told
    assert Settings().time_zone.utcoffset(START) == timedelta(0)


def test_the_watch_counts_changed_turns_by_what_came_of_them(chat: Chat) -> None:
    chat.say("when I say bertha I mean the floor lamp")
    outcomes: list[Any] = ["A", "A", "C", None]
    seen = [
        Observation(1, 100 + place, START, outcome, settled_at=START if outcome else None)
        for place, outcome in enumerate(outcomes)
    ]
    observations.add(chat.store, seen)
    told = chat.say("/improvement 1", who="adm")
    assert (
        "4 turns came out differently because of it: 0 taken back to what it would have been (R), "
        "1 put right otherwise (C), 2 accepted (A), 1 not known yet." in told
    )
    assert "until 2 more such turns are known" in told


def test_the_end_of_the_watch_shows_its_figures(chat: Chat) -> None:
    chat.say("when I say bertha I mean the floor lamp")
    found = improvements.get(chat.store, 1)
    assert found
    results = {
        "outcomes": {"R": 0, "C": 1, "A": 7},
        "figures": {
            "accuracy": {"before": 0.981, "during": 0.982, "level": "ok"},
            "p95_ms": {"before": 1.24, "during": 1.31, "level": "ok"},
            "error_rate": {"before": 0.0, "during": 0.06, "level": "fail"},
            "correction_rate": {"before": None, "during": None, "level": "ok"},
        },
    }
    done = replace(found, status=Status.COMPLETED, monitoring_end=START, monitoring_results=results)
    told = "\n".join(watch_lines(chat.store, done, Settings().time_zone, START))
    assert "Its watch ended well on 2026-11-21 10:00: 8 turns came out differently" in told
    assert (
        "accuracy 98.1% and 98.2%; time of the slowest twentieth 1.2 ms and 1.3 ms; errors 0.0% and 6.0% (bad)" in told
    )
    assert "corrections" not in told


def test_a_test_names_the_turn_or_case_that_stood_in_the_way(family: Family) -> None:
    family.admit(BEN, "resident", "Ben")
    found = improvements.get(family.app.store, found_by_itself(family))
    assert found
    results = {
        "reasons": ["2 cases that passed would fail"],
        "cases": [
            {"id": "h-12", "family": "history", "text": "lamp on", "why": "targets differ", "turn": 12, "speaker": BEN},
            *({"id": f"light-{n}", "family": "golden", "text": "x" * 300, "why": "y"} for n in range(9)),
        ],
        "gains": [{"id": "light-99", "family": "golden", "text": "snug on", "why": "not understood"}],
        "families": {"golden": {"checks": 900, "run": 9, "passed": 880, "worse": 9, "better": 1}},
        "accuracy": {"before": 0.99, "after": 0.98},
        "checks": 901,
        "run": 10,
    }
    lines = [*verdict_lines(family.app.store, replace(found, shadow_test_results=results))]
    assert "What stood in its way:" in lines
    assert "· turn 12, Ben, “lamp on”: targets differ" in lines
    assert "· and 5 more" in lines
    assert "· case light-99, “snug on”: not understood" in lines
    assert "By family: golden 880 of 900 (9 worse, 1 better)." in lines
    assert "901 checks, of which it could affect 10; accuracy 99.0% before and 98.0% with it." in lines[0]
    assert all(len(line) < 260 for line in lines)


def test_results_of_another_shape_are_passed_over(family: Family) -> None:
    """What an older version wrote must not make it unreadable."""
    found = improvements.get(family.app.store, found_by_itself(family))
    assert found
    odd_ones: tuple[Any, ...] = (None, {"accuracy": 1.0}, {"cases": None, "families": []})
    for odd in odd_ones:
        assert [*verdict_lines(family.app.store, replace(found, shadow_test_results=odd))] == ["Its test: failed."]


def test_in_a_group_nothing_is_shown_of_what_people_said(family: Family) -> None:
    number = found_by_itself(family)
    told = family.say(f"/improvement {number}", ADA, chat="telegram:-7")
    assert "Evidence: 1 signal. What people said is shown in our private chat only." in told
    assert "turn on the snug" not in told
    found = improvements.get(family.app.store, number)
    assert found
    results = {"cases": [{"id": "h", "text": "lamp on", "why": "x", "turn": 12, "speaker": BEN}]}
    tested = replace(found, shadow_test_results=results)
    assert "lamp on" in "".join(verdict_lines(family.app.store, tested))
    assert "lamp on" not in "".join(verdict_lines(family.app.store, tested, with_turns=False))


def test_what_was_erased_with_a_person_says_so_and_offers_no_way_back(family: Family) -> None:
    family.admit(BEN, "resident", "Ben")
    found_by_itself(family)
    family.say("my wunderlamp is the porch light", BEN)
    family.say("/forgetme", BEN)
    family.press("Forget me, keep", BEN)
    assert "#2 something that was erased with who said it (rolled back" in family.say("/history", ADA)
    assert "/redo" not in family.say("/improvement 2", ADA)
    assert ": words that were erased (" in family.say("/improvement 1", ADA)
