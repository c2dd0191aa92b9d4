"""The table of handlers is whole, and every sentence that may be worded otherwise is said somewhere."""

from __future__ import annotations

from pathlib import Path

from butler.conversation import wording
from butler.conversation.handling import HANDLING
from butler.home.calls import plan_calls
from engine.sentences import SENTENCES, Sentence
from engine.understanding.handlers import HANDLERS
from engine.understanding.intents import INTENTS
from engine.understanding.pattern_values import actions_of
from engine.understanding.snapshot import Snapshot


def test_every_handler_that_can_be_named_is_there() -> None:
    assert set(HANDLING) == set(HANDLERS)


def test_every_sentence_is_said_somewhere() -> None:
    """A wording nobody hears could be changed in vain."""
    named = {value.key for value in vars(wording).values() if isinstance(value, Sentence)}
    for table in (wording.TALK, wording.REFUSALS, wording.ASKS, wording.ABOVE_ROLE):
        named |= {sentence.key for sentence in table.values()}
    assert named == set(SENTENCES)
    code = "".join(path.read_text("utf-8") for path in Path(wording.__file__).parent.glob("*.py"))
    constants = [name for name, value in vars(wording).items() if isinstance(value, Sentence)]
    assert [name for name in constants if f"wording.{name}" not in code and f"{name},\n" not in code] == []


def test_every_action_a_pattern_may_bring_can_be_carried_out(house: Snapshot) -> None:
    """Some device of the intent takes each, so that a new sub-category is no empty promise."""
    values = {"brightness": 40, "speed": 40, "temperature": 21, "position": 40, "volume": 40}
    for intent in (intent for intent in INTENTS.values() if intent.acts):
        entities = [entity for entity in house.entities if entity.domain in intent.domains]
        for action in actions_of(intent.name):
            slots = {"action": action, **(values if action == "set" else {})}
            if action == "select_source":
                sources = [s for e in entities for s in e.attributes.get("source_list") or ()]
                slots["source"] = sources[0]
            plans = [plan_calls(intent.name, slots, [entity.entity_id], house) for entity in entities]
            assert any(plan.calls for plan in plans), (intent.name, action)
