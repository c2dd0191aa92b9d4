"""Language models: a port, its errors and its stand-in."""

from engine.llm.errors import AnswerUnfit, LanguageModelError, ModelTimedOut, ModelUnreachable
from engine.llm.port import LanguageModel
from engine.llm.scripted import Question, ScriptedModel

__all__ = [
    "AnswerUnfit",
    "LanguageModel",
    "LanguageModelError",
    "ModelTimedOut",
    "ModelUnreachable",
    "Question",
    "ScriptedModel",
]
