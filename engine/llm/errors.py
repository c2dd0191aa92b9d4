"""What can go wrong with a language model, as one tree."""

# ruff: noqa: N818 - these are named by what is the case, as they read in messages

from __future__ import annotations


class LanguageModelError(Exception):
    """A language model gave no answer that can be used."""


class ModelUnreachable(LanguageModelError):
    """There is no model where it was looked for."""

    def __init__(self, model: str, problem: str) -> None:
        self.model, self.problem = model, problem
        super().__init__(f"The language model {model} cannot be reached ({problem}).")


class ModelTimedOut(LanguageModelError):
    """The model took too long."""

    def __init__(self, model: str, seconds: float) -> None:
        self.model, self.seconds = model, seconds
        super().__init__(f"The language model {model} gave no answer within {seconds:g} seconds.")


class AnswerUnfit(LanguageModelError):
    """The model's answer is no JSON, or does not fit the schema."""

    def __init__(self, model: str, answer: str, problem: str) -> None:
        self.model, self.answer, self.problem = model, answer, problem
        super().__init__(f"The language model {model} gave an answer that does not fit ({problem}).")
