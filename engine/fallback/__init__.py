"""The `llm` stage: what a language model makes of words that nothing else was sure of, and never more than a question.

It stands outside `engine.understanding`, which stays a pure function: shadow tests and replays ask no model.
"""

from engine.fallback.helped import Asked, Helped, Outcome
from engine.fallback.stage import ModelStage

__all__ = ["Asked", "Helped", "ModelStage", "Outcome"]
