"""What a language model takes an unknown name for: one of the home's own things, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.llm.errors import LanguageModelError
from engine.llm.port import LanguageModel
from engine.understanding.snapshot import Entity

_NONE = "none"
_SYSTEM = "You match a household's words to its devices. Answer only with an id from the list, or none."


def taken_for(phrase: str, utterances: Sequence[str], entities: Collection[Entity], model: LanguageModel) -> str | None:
    """Return the entity id the model says a phrase stands for; None where it says none, or gives no usable answer."""
    ids = sorted(entity.entity_id for entity in entities)
    things = "\n".join(f"{entity.entity_id}: {entity.name}" for entity in entities)
    said = "\n".join(f"- {utterance}" for utterance in utterances)
    schema = {
        "type": "object",
        "properties": {"entity": {"type": "string", "enum": [*ids, _NONE]}},
        "required": ["entity"],
        "additionalProperties": False,
    }
    prompt = f"Devices:\n{things}\n\nPeople said:\n{said}\n\nWhich device do they call “{phrase}”?"
    try:
        answer = model.complete(prompt, schema, system=_SYSTEM)
    except LanguageModelError:
        return None
    chosen = answer.get("entity") if isinstance(answer, dict) else None
    return chosen if chosen in ids else None
