"""Language models: a port, its errors and its stand-in. The adapter, `ollama_server`, is imported where it is used."""

from engine.llm.errors import (
    AnswerCutOff,
    AnswerUnfit,
    LanguageModelError,
    ModelBusy,
    ModelClosed,
    ModelFailed,
    ModelMissing,
    ModelResting,
    ModelTimedOut,
    ModelUnreachable,
)
from engine.llm.models import Models
from engine.llm.port import Answer, LanguageModel
from engine.llm.scripted import Question, ScriptedModel

__all__ = [
    "Answer",
    "AnswerCutOff",
    "AnswerUnfit",
    "LanguageModel",
    "LanguageModelError",
    "ModelBusy",
    "ModelClosed",
    "ModelFailed",
    "ModelMissing",
    "ModelResting",
    "ModelTimedOut",
    "ModelUnreachable",
    "Models",
    "Question",
    "ScriptedModel",
]
