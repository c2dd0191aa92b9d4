"""What no lesson does by itself, whoever gives it: raise a risk, or move what works to another kind of thing."""

from __future__ import annotations

import pytest

from engine.learning.changes import AliasChange, Change, CommandChange, ExemplarChange, SynonymChange
from engine.learning.conflicts import refusal
from engine.learning.grounds import Grounds
from engine.learning.outcomes import Refusal
from engine.learning.tiers import tier_of


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (AliasChange("mirror", "area", "garage"), "now means Mirror Light"),
        (AliasChange("mirror", "entity", "switch.kettle"), "now means Mirror Light"),
        (SynonymChange("mirror light", "kettle"), "is the name of Mirror Light already"),
        (SynonymChange("snap off", "turn on"), "asks for the opposite"),
        (CommandChange("lights off", "turn on the floor lamp"), "asks for the opposite"),
        (CommandChange("turn on the mirror", "open the living room blinds"), "works already"),
        (ExemplarChange("whatever you say", "affirm"), "decides over questions"),
        (ExemplarChange("let the courier in", "lock_control"), "are guarded"),
        (ExemplarChange("see to the front door", "light_control"), "may be said of"),
        (ExemplarChange("unlatch the thing", "cover_control"), "may be said of what is guarded"),
        (ExemplarChange("don't turn on the floor lamp", "light_control"), "holds something back"),
        (ExemplarChange("turn on the floor lamp", "list_add"), "works already"),
        (ExemplarChange("set a timer for five minutes", "timer_cancel"), "works already"),
    ],
)
def test_it_waits_for_an_admin(change: Change, why: str, grounds: Grounds) -> None:
    """The reason is a clause that a person can be told."""
    tier = tier_of(change, grounds)
    assert tier.level == 2
    assert why in (tier.reason or "")


@pytest.mark.parametrize(
    "change",
    [
        AliasChange("mirror", "entity", "light.bathroom"),
        AliasChange("man cave", "area", "workshop"),
        SynonymChange("zap", "turn on"),
        CommandChange("movie time", "turn off the floor lamp"),
        ExemplarChange("lights please", "light_control"),
    ],
)
def test_what_raises_no_risk_needs_nobody(change: Change, grounds: Grounds) -> None:
    """Ordinary words stay of tier 1."""
    assert tier_of(change, grounds).level == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("the", Refusal.STOP_WORDS),
        ("light", Refusal.STOP_WORDS),
        ("…", Refusal.MEANING_NOT_FOUND),
        ("x" * 400, Refusal.TOO_LONG),
    ],
)
def test_what_is_no_sentence_is_no_example(text: str, reason: Refusal, grounds: Grounds) -> None:
    """A word that is in every command would be an example of all of them."""
    refused = refusal(ExemplarChange(text, "light_control"), grounds)
    assert refused is not None
    assert refused.reason is reason
