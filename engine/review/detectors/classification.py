"""How often what was understood was put right: of each intent and the way it was found, and of each kind of thought."""

from __future__ import annotations

from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.tallies import Tallies
from engine.review.traces import Correction
from store.detected_patterns import Sighting

TYPE = "correction"
_OF_THOUGHTS = frozenset({"talk", "press", "summon"})
_ACTED = frozenset({"act", "confirm"})


def detect(page: Page, _: ReviewRules) -> tuple[Sighting, ...]:
    """Return, of each intent and each kind of thought, how many there were and how many were put right."""
    tallies, known = Tallies(TYPE), set()
    for trace in page.stream(stages=("understand", "capture")):
        if trace.stage == "capture":
            tallies.miss(f"kind:{trace.decision}", trace)
        elif trace.outcome in _ACTED:
            tallies.miss(f"intent:{trace.decision}:{trace.component}", trace)
    for one in page.corrections:
        key = _key(one)
        if key is not None and (one.turn, key) not in known:
            known.add((one.turn, key))
            tallies.find(key, one.trace, context={"how": one.how})
    return tallies.sightings()


def _key(one: Correction) -> str | None:
    if one.how in _OF_THOUGHTS:
        captured = one.trace_of("capture")
        return f"kind:{captured.decision}" if captured is not None and "kind" in one.after else None
    found = one.trace_of("understand")
    acted = found is not None and found.outcome in _ACTED and one.how != "choice"
    return f"intent:{found.decision}:{found.component}" if acted and found is not None else None
