"""The night: what fails as an example for others may still say what its very words mean."""

from __future__ import annotations

from engine.api import Engine
from engine.learning.changes import ExemplarChange, from_payload
from engine.learning.cycle import Cycle
from engine.learning.drafts import Analysis, Draft
from engine.learning.golden import GoldenSet
from engine.learning.teaching import Teaching
from engine.understanding.interpretation import Stage
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot
from store import Status, Store, improvements
from tests.engine.learning.conftest import AT


def lookalikes(golden: GoldenSet, engine: Engine) -> list[str]:
    """Return texts that differ by a word from golden sentences that are understood by their examples."""
    found = []
    for case in golden.cases:
        meant = engine.understand(case.utterance, Situation(golden.house))
        if meant.stage is Stage.EXEMPLAR and meant.intent in {"smalltalk", "task_query", "list_query"}:
            found.append(f"{case.utterance} snurgle")
    return found


def test_an_example_that_sinks_golden_sentences_is_learned_for_its_very_words(
    engine: Engine, store: Store, house: Snapshot, golden: GoldenSet
) -> None:
    """It is rejected as an example, with its cases; then its words alone are tested and go live."""
    for text in lookalikes(golden, engine)[:20]:
        change = ExemplarChange(text, "note_add")
        drafted = Analysis((Draft(change, (), 3, ("ana", "ben"), "three corrections"),))
        night = Cycle(store, Teaching(engine._workshop), lambda *_, made=drafted: made).night(house, AT)
        rows = [(one.status, from_payload(one.proposed_value)) for one in improvements.listing(store)[::-1]]
        if rows[-1] == (Status.APPLIED, change):
            engine.roll_back(night.live[0], actor="system", at=AT, reason="it harms nobody, so it shows nothing")
        elif rows[-1][0] is Status.APPLIED:
            verbatim = ExemplarChange(text, "note_add", verbatim=True)
            assert rows[-2:] == [(Status.REJECTED, change), (Status.APPLIED, verbatim)]
            assert improvements.listing(store)[1].shadow_test_results["cases"]
            assert engine.understand(text, Situation(house)).intent == "note_add"
            return
    raise AssertionError("no text was found that is harmful as an example and harmless by itself")
