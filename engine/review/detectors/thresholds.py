"""Whether Butler asks too seldom or too often: what became of guesses, by how sure it was of them.

A guess it went by is judged by whether it was put right; one it asked about by whether the answer was that very guess.
Confidences go by tenths: "capture:task:low:0.6" are the tasks of 0.6 to 0.7 that nobody was asked about. "unsure" are
all below 0.8 together, and "amended" those of them that were changed in whatever way.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.tallies import Tallies
from engine.review.traces import Correction, Trace
from engine.tasks.rules import OF_CAPTURES, WITH_DEADLINE
from engine.understanding.intents import INTENTS
from engine.understanding.knowledge import OF_INTENTS
from store.detected_patterns import Sighting

TYPE = "threshold"
UNSURE = 0.8
_KIND = "kind"
_TALK = frozenset({"talk", "press", "summon"})


def detect(page: Page, _: ReviewRules) -> tuple[Sighting, ...]:
    """Return how the guesses of each sort came out, by how sure they were."""
    tallies = Tallies(TYPE)
    for trace in page.stream(stages=("capture", "understand")):
        for name, band in _guessed(trace):
            tallies.miss(_key(name, "low", band), trace, context=_context(name, "low", band))
    _put_right(page, tallies)
    _confirmed(page, tallies)
    return tallies.sightings()


def _guessed(trace: Trace) -> Iterator[tuple[str, str]]:
    """Give the thresholds that decided that a guess was gone by without asking, each with the band it fell into."""
    sure = trace.confidence
    if sure is None:
        return
    if trace.stage == "capture" and not trace.metadata.get("asks"):
        for name in _of_capture(trace):
            yield name, _band(sure)
            if sure < UNSURE:
                yield name, "unsure"
    elif trace.stage == "understand" and trace.outcome == "act" and trace.component == "exemplar" and _acts(trace):
        yield f"{OF_INTENTS}{trace.decision}", _band(sure)


def _put_right(page: Page, tallies: Tallies) -> None:
    known = set()
    for one in page.corrections:
        of_thought = one.how in _TALK
        found = one.trace_of("capture" if of_thought else "understand")
        if found is None or one.turn in known or one.how == "choice":
            continue
        soon = one.trace.outcome == "correction"
        if of_thought and not soon:
            continue
        known.add(one.turn)
        for name, band in _guessed(found):
            if not of_thought or _KIND in one.after:
                tallies.find(_key(name, "low", band), one.trace, context=_context(name, "low", band))


def _confirmed(page: Page, tallies: Tallies) -> None:
    """Count what became of guesses that were asked about."""
    for trace in page.stream(stages=("clarify",)):
        turn = trace.metadata.get("of_turn")
        if trace.decision != "answered" or trace.metadata.get("asks") != _KIND or not isinstance(turn, int):
            continue
        captured = next((one for one in page.of_turn(turn) if one.stage == "capture"), None)
        if captured is None or captured.confidence is None:
            continue
        for name in _of_capture(captured):
            band = _band(captured.confidence)
            right = trace.outcome == "as_understood"
            tallies.judge(_key(name, "high", band), trace, seen=right, context=_context(name, "high", band))
    for one in page.corrections:
        _chosen(one, tallies)


def _chosen(one: Correction, tallies: Tallies) -> None:
    """Count a guess at what somebody wanted done that was asked about, and what they then chose."""
    found = one.trace_of("understand")
    if one.how != "choice" or found is None or found.confidence is None or not _acts(found):
        return
    if any(trace.stage == "ask" and trace.decision == "unsure" for trace in one.of):
        name, band = f"{OF_INTENTS}{found.decision}", _band(found.confidence)
        right = one.trace.decision == found.decision
        tallies.judge(_key(name, "high", band), one.trace, seen=right, context=_context(name, "high", band))


def _of_capture(trace: Trace) -> Iterator[str]:
    yield f"{OF_CAPTURES}{trace.decision}"
    if trace.metadata.get("due"):
        yield WITH_DEADLINE


def _acts(trace: Trace) -> bool:
    intent = INTENTS.get(trace.decision or "")
    return intent is not None and intent.acts


def _band(sure: float) -> str:
    return f"{min(int(sure * 10 + 1e-9), 9) / 10:.1f}"


def _key(name: str, way: str, band: str) -> str:
    return f"{name}:{way}:{band}"


def _context(name: str, way: str, band: str) -> dict[str, str]:
    return {"name": name, "way": way, "band": band}
