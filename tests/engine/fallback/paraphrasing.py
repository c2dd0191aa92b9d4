"""A hundred hard paraphrases of the packaged house, and a model that reads each of them rightly."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.fallback.catalogue import NONE
from engine.llm import Question

_FILE = Path(__file__).with_name("paraphrases.txt")
_SAID = re.compile(r"^Said: (.*)$", re.MULTILINE)
NOTHING: dict[str, Any] = {
    "intent": "out_of_scope",
    "action": NONE,
    "device": NONE,
    "place": NONE,
    "value": None,
    "color": NONE,
    "confidence": 0.9,
}


@dataclass(frozen=True)
class Paraphrase:
    """What is said, and what is meant by it; `where` is an entity or a room."""

    text: str
    intent: str
    action: str | None
    where: str
    values: dict[str, Any]

    @property
    def answer(self) -> dict[str, Any]:
        """What a model says that reads it rightly."""
        device = self.where if "." in self.where else NONE
        number = next((value for value in self.values.values() if isinstance(value, int)), None)
        return {
            **NOTHING,
            "intent": self.intent,
            "action": self.action or NONE,
            "device": device,
            "place": NONE if "." in self.where else self.where,
            "value": number if "color_temp" not in self.values else None,
            "color": self.values.get("color", NONE),
        }


def paraphrases() -> list[Paraphrase]:
    """Return all of them."""
    lines = [line for line in _FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [_read(line) for line in lines]


def _read(line: str) -> Paraphrase:
    text, intent, action, where, values = (part.strip() for part in line.split("|"))
    pairs = dict(pair.split("=") for pair in values.split())
    read = {name: int(value) if value.isdigit() else value for name, value in pairs.items()}
    return Paraphrase(text, intent, None if action == "-" else action, where, read)


def said_in(question: Question) -> str:
    """Return the utterance a question is about."""
    lines = _SAID.findall(question.prompt)
    return str(json.loads(lines[-1]))


def reading_rightly(question: Question) -> dict[str, Any]:
    """Answer as a model that reads the paraphrases rightly, as far as its choices allow; all else is talk."""
    if "entity" in question.schema["properties"]:
        return {"entity": NONE}
    known = {one.text: one.answer for one in paraphrases()}
    answer = known.get(said_in(question), NOTHING)
    offered = question.schema["properties"]["device"]["enum"]
    return answer if answer["device"] in offered else {**answer, "device": NONE}
