"""What can go wrong with a language model, as one tree."""

# ruff: noqa: N818 - these are named by what is the case, as they read in messages

from __future__ import annotations


class LanguageModelError(Exception):
    """A language model gave no answer that can be used; `worth_retrying` says whether asking again may help."""

    worth_retrying = False


class ModelUnreachable(LanguageModelError):
    """There is no model where it was looked for, or the connection to it broke (`dropped`)."""

    def __init__(self, model: str, problem: str, *, dropped: bool = False) -> None:
        self.model, self.problem, self.worth_retrying = model, problem, dropped
        super().__init__(f"The language model {model} cannot be reached ({problem}).")


class ModelTimedOut(LanguageModelError):
    """The model took too long."""

    def __init__(self, model: str, seconds: float) -> None:
        self.model, self.seconds = model, seconds
        super().__init__(f"The language model {model} gave no answer within {seconds:.3g} seconds.")


class ModelMissing(LanguageModelError):
    """The server is there and has no model of this name."""

    def __init__(self, model: str) -> None:
        self.model = model
        super().__init__(f"The server has no language model {model}: `ollama pull {model}` fetches it.")


class ModelBusy(LanguageModelError):
    """The model works on something else; `by_others` says that the server itself said so."""

    def __init__(self, model: str, problem: str, *, by_others: bool = False) -> None:
        self.model, self.problem, self.worth_retrying = model, problem, by_others
        super().__init__(f"The language model {model} is busy ({problem}).")


class ModelFailed(LanguageModelError):
    """The server could not have the question answered; `status` is that of HTTP, None for an error in mid-answer."""

    def __init__(self, model: str, problem: str, status: int | None = None) -> None:
        self.model, self.problem, self.status = model, problem, status
        self.worth_retrying = status is None or status >= 500
        super().__init__(f"The language model {model} failed ({problem}).")


class ModelResting(LanguageModelError):
    """The model failed so often lately that it is not asked for another while."""

    def __init__(self, model: str, seconds: float) -> None:
        self.model, self.seconds = model, seconds
        super().__init__(f"The language model {model} failed several times and is not asked for {seconds:.0f} seconds.")


class ModelClosed(LanguageModelError):
    """Butler is closing, so that nothing more is asked and what was being answered is broken off."""

    def __init__(self, model: str) -> None:
        self.model = model
        super().__init__(f"The language model {model} is not asked any more.")


class AnswerUnfit(LanguageModelError):
    """The model's answer is no JSON, or does not fit the schema."""

    def __init__(self, model: str, answer: str, problem: str) -> None:
        self.model, self.answer, self.problem = model, answer, problem
        super().__init__(f"The language model {model} gave an answer that does not fit ({problem}).")


class AnswerCutOff(AnswerUnfit):
    """The answer ends before its end."""

    def __init__(self, model: str, answer: str) -> None:
        super().__init__(model, answer, "it is cut off")
