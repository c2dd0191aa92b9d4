"""Questions that nobody answers: what was asked about which kind of thought, and how many such questions expired."""

from __future__ import annotations

from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.tallies import Tallies
from engine.tasks.rules import OF_CAPTURES
from store.detected_patterns import Sighting

TYPE = "question"
_ENDS = frozenset({"answered", "filed"})


def detect(page: Page, _: ReviewRules) -> tuple[Sighting, ...]:
    """Return, of each question, how many were over and how many of them without an answer.

    The band is the confidence (by tenths) that a question was asked for, so that the threshold below it can be found.
    """
    tallies = Tallies(TYPE)
    for trace in page.stream(stages=("clarify",)):
        asks = trace.metadata.get("asks")
        turn = trace.metadata.get("of_turn", trace.turn)
        if trace.decision not in _ENDS or not isinstance(turn, int):
            continue
        captured = next((one for one in page.of_turn(turn) if one.stage == "capture"), None)
        if captured is None or captured.confidence is None:
            continue
        band = f"{int(captured.confidence * 10 + 1e-9) / 10:.1f}"
        context = {"name": f"{OF_CAPTURES}{captured.decision}", "asks": asks, "band": band}
        tallies.judge(f"{asks}:{captured.decision}:{band}", trace, seen=trace.decision == "filed", context=context)
    return tallies.sightings()
