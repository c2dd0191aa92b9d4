"""Signals: what a turn tells of understanding that fell short, and what it tells nothing of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.learning.documents import to_document
from engine.learning.experience import Experience, Happened, Later, Saying
from engine.learning.rephrasing import rephrasing
from engine.learning.signals import signals_of
from engine.understanding.interpretation import Choice, Disposition, Interpretation, Reason, Stage
from engine.understanding.snapshot import Snapshot
from store.signals import NewSignal, SignalType
from store.turns import Turn

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
Make = Callable[..., Experience]
LIT = Interpretation(
    "turn on the floor lamp",
    "light_control",
    0.99,
    Stage.PATTERN,
    {"action": "on"},
    ("light.floor_lamp",),
    Disposition.ACT,
)
ASKED = Interpretation(
    "turn on the liv lamp",
    "light_control",
    0.84,
    Stage.EXEMPLAR,
    {"action": "on"},
    disposition=Disposition.ASK,
    reason=Reason.UNKNOWN_NAME,
    mention="liv lamp",
    choices=(Choice("Floor Lamp", ("light.floor_lamp",)),),
)


def experience(found: Interpretation | None = LIT, happened: Happened = Happened.ACTED, **more: Any) -> Experience:
    values: dict[str, Any] = {
        "turn": 8,
        "user": "ana",
        "chat": "c1",
        "role": "resident",
        "at": AT,
        "text": found.text if found else "",
        "snapshot": Snapshot(),
    }
    return Experience(**values | {"found": found, "happened": happened} | more)


def earlier(found: Interpretation = ASKED, outcome: str = "asked", **more: Any) -> Turn:
    values: dict[str, Any] = {"user": "ana", "chat": "c1", "at": AT - timedelta(seconds=20), "number": 7}
    document = to_document(found)
    return Turn(**values | {"text": found.text, "interpretation": document, "outcome": outcome} | more)


def only(signals: tuple[NewSignal, ...]) -> NewSignal:
    assert len(signals) == 1
    return signals[0]


def test_a_turn_that_went_well_gives_no_signal() -> None:
    """What a pattern decided and was carried out is no evidence of anything."""
    assert signals_of(experience(), None) == ()


def test_an_unknown_name_is_an_entity_fail_with_the_words_that_named_it() -> None:
    """The mention is kept, and what was understood besides it."""
    found = only(signals_of(experience(ASKED, Happened.ASKED), None))
    assert (found.type, found.utterance, found.speaker, found.turn) == (
        SignalType.ENTITY_FAIL,
        "turn on the liv lamp",
        "ana",
        8,
    )
    assert found.context == {"role": "resident", "chat": "c1", "of_turn": 8, "pressed": False, "mention": "liv lamp"}
    assert found.expected is None
    assert found.actual["intent"] == "light_control"
    assert found.id == "sig-8-entity_fail"


@pytest.mark.parametrize(
    ("confidence", "happened", "kinds"),
    [
        (0.69, Happened.ACTED, [SignalType.LOW_CONFIDENCE]),
        (0.69, Happened.ASKED, [SignalType.LOW_CONFIDENCE]),
        (0.70, Happened.ACTED, []),
        (0.69, Happened.REFUSED, []),
        (0.69, Happened.FAILED, []),
    ],
)
def test_examples_below_the_threshold_that_did_something_are_low_confidence(
    confidence: float, happened: Happened, kinds: list[SignalType]
) -> None:
    """Only turns that examples decided and that acted, answered or asked; the threshold itself is sure enough."""
    found = replace(LIT, stage=Stage.EXEMPLAR, confidence=confidence)
    assert [signal.type for signal in signals_of(experience(found, happened), None)] == kinds


def test_the_threshold_is_the_one_given() -> None:
    """What counts as unsure is a threshold of knowledge."""
    found = experience(replace(LIT, stage=Stage.EXEMPLAR, confidence=0.75))
    assert signals_of(found, None) == ()
    assert only(signals_of(found, None, low_confidence=0.8)).type is SignalType.LOW_CONFIDENCE


def test_what_the_language_model_decided_is_a_fallback() -> None:
    """Its reading is kept as what happened, not as what was expected."""
    found = only(signals_of(experience(replace(LIT, stage=Stage.LLM, confidence=0.6)), None))
    assert found.type is SignalType.LLM_FALLBACK
    assert found.expected is None
    assert found.actual["targets"] == ["light.floor_lamp"]


def test_a_part_of_a_compound_that_names_nothing_known_counts() -> None:
    """The parts are looked at, not only the first."""
    both = replace(LIT, clauses=(LIT, ASKED))
    assert only(signals_of(experience(both), None)).type is SignalType.ENTITY_FAIL


@pytest.mark.parametrize("happened", [Happened.FAILED, Happened.LESSON, Happened.OTHER])
def test_failures_of_the_home_lessons_and_commands_give_no_signal_of_their_own(happened: Happened) -> None:
    """An unknown name said while the home is away is not counted against the name."""
    assert signals_of(experience(ASKED, happened), None) == ()


def test_nothing_is_taken_from_what_cannot_be_learned_from() -> None:
    """Neither from the turn itself nor from what it says of another; nor of an earlier turn that was such a one."""
    later = Later(7, Saying.CORRECTION, LIT)
    assert signals_of(experience(ASKED, Happened.ASKED, learnable=False, later=later), earlier()) == ()
    assert signals_of(experience(None, Happened.LESSON, later=later), earlier(learnable=False)) == ()


def test_a_correction_says_what_the_earlier_turn_should_have_been() -> None:
    """The words are the earlier turn's, the label what was meant, the voice who corrected."""
    acted = earlier(replace(LIT, targets=("light.hall",), mention="the liv lamp"), "acted")
    later = Later(7, Saying.CORRECTION, LIT)
    found = only(signals_of(experience(None, Happened.LESSON, later=later, user="ben"), acted))
    assert (found.type, found.utterance, found.speaker, found.turn) == (
        SignalType.CORRECTION,
        "turn on the floor lamp",
        "ben",
        8,
    )
    assert found.expected == {"intent": "light_control", "slots": {"action": "on"}, "targets": ["light.floor_lamp"]}
    assert found.actual["targets"] == ["light.hall"]
    assert found.actual["outcome"] == "acted"
    assert found.context["of_turn"] == 7
    assert found.context["evidence"] == "correction"
    assert found.context["said_by"] == "ana"


@pytest.mark.parametrize(
    ("before", "outcome", "kind"),
    [
        (ASKED, "asked", SignalType.ENTITY_FAIL),
        (replace(ASKED, reason=Reason.AMBIGUOUS_NAME), "asked", SignalType.ENTITY_FAIL),
        (replace(ASKED, reason=Reason.UNSURE, confidence=0.5), "asked", SignalType.LOW_CONFIDENCE),
        (replace(ASKED, stage=Stage.LLM), "asked", SignalType.LLM_FALLBACK),
        (replace(LIT, stage=Stage.EXEMPLAR, confidence=0.5), "acted", SignalType.CORRECTION),
    ],
)
def test_a_choice_is_evidence_of_what_the_earlier_turn_fell_short_in(
    before: Interpretation, outcome: str, kind: SignalType
) -> None:
    """Where it did something wrong, it is a correction."""
    later = Later(7, Saying.CHOICE, LIT)
    found = only(signals_of(experience(None, Happened.ACTED, text="", later=later), earlier(before, outcome)))
    assert found.type is kind
    assert found.expected["targets"] == ["light.floor_lamp"]
    assert found.context["evidence"] == "choice"


def test_undoing_and_disputing_say_only_that_it_was_wrong() -> None:
    """They are corrections that do not say what was meant; a press is marked as such."""
    acted = earlier(LIT, "acted")
    undone = only(signals_of(experience(None, Happened.OTHER, later=Later(7, Saying.UNDO)), acted))
    pressed = only(signals_of(experience(None, Happened.OTHER, later=Later(7, Saying.PRESS, pressed=True)), acted))
    assert (undone.type, undone.expected) == (SignalType.CORRECTION, None)
    assert (pressed.type, pressed.context["pressed"]) == (SignalType.CORRECTION, True)


def test_a_complaint_is_feedback_and_praise_is_nothing() -> None:
    """Being told that it was right is no evidence of a shortfall."""
    acted = earlier(LIT, "acted")
    complaint = experience(None, Happened.LESSON, later=Later(7, Saying.COMPLAINT))
    assert only(signals_of(complaint, acted)).type is SignalType.FEEDBACK
    assert signals_of(experience(None, Happened.LESSON, later=Later(7, Saying.PRAISE)), acted) == ()


def test_what_was_learned_at_once_is_noted() -> None:
    """So that nobody proposes it again."""
    later = Later(7, Saying.CORRECTION, LIT, learned=3)
    assert only(signals_of(experience(None, Happened.LESSON, later=later), earlier())).context["learned"] == 3


def test_a_guests_signals_carry_their_role() -> None:
    """They are kept; whether they count is decided when they are looked at."""
    assert only(signals_of(experience(ASKED, Happened.ASKED, role="guest"), None)).context["role"] == "guest"


def test_saying_it_again_in_other_words_is_evidence_of_what_was_meant() -> None:
    """The earlier turn asked back, the later one worked: what the later one means, the earlier one meant."""
    found = only(signals_of(experience(), earlier()))
    assert (found.type, found.utterance, found.context["evidence"]) == (
        SignalType.ENTITY_FAIL,
        "turn on the liv lamp",
        "rephrase",
    )
    assert found.expected["targets"] == ["light.floor_lamp"]


@pytest.mark.parametrize(
    "change",
    [
        {"at": AT - timedelta(seconds=121)},
        {"user": "ben"},
        {"chat": "c2"},
        {"outcome": "acted"},
        {"text": "turn on the floor lamp!"},
        {"text": "what is the weather", "interpretation": to_document(replace(ASKED, choices=()))},
    ],
)
def test_other_turns_are_no_rephrasing(change: dict[str, Any]) -> None:
    """Too long ago, of another person or chat, gone well, the same words, or about something else."""
    assert rephrasing(experience(), replace(earlier(), **change)) is None


def test_a_rephrasing_may_follow_an_undo() -> None:
    """What acted and was undone did not do what was wanted."""
    undone = earlier(replace(LIT, targets=("light.hall",)), "acted", verdict="undone", text="turn the lamp on")
    assert rephrasing(experience(), undone) == Later(7, Saying.REPHRASE, LIT)


def test_a_rephrasing_that_did_not_work_itself_says_nothing() -> None:
    """Neither does one that still asks."""
    assert rephrasing(experience(ASKED, Happened.ASKED, text="the living lamp on"), earlier()) is None
    assert rephrasing(experience(LIT, Happened.FAILED), earlier()) is None
