"""A language model behind an Ollama server: constrained by a schema, checked, asked twice at most, rested when ill."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from engine.llm.breaker import Breaker
from engine.llm.errors import (
    AnswerCutOff,
    AnswerUnfit,
    LanguageModelError,
    ModelBusy,
    ModelClosed,
    ModelResting,
)
from engine.llm.ollama_wire import Chat, Said
from engine.llm.port import Answer
from engine.llm.schemas import misfit

T = TypeVar("T")
_CONTEXT = 4096  # tokens; the same for all questions, as another number has the model loaded anew
_MOST_TOKENS = 400
_BUSY_PAUSE_S = 0.2
_LEAST_LEFT_S = 0.3  # in which no second answer would come


class Server(Protocol):
    """What answers chats."""

    def chat(self, request: Chat, timeout_s: float) -> Said:
        """Return an answer; raises a LanguageModelError within `timeout_s` seconds."""


class OllamaModel:
    """One model of a server."""

    def __init__(
        self,
        name: str,
        server: Server,
        breaker: Breaker,
        *,
        gives_way: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._name, self._server, self._breaker = name, server, breaker
        self._gives_way = gives_way
        self._monotonic, self._sleep = monotonic, sleep

    @property
    def id(self) -> str:
        """The model's name, as the server has it."""
        return self._name

    def answer(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Answer:
        """Return an answer that fits `schema`; raise a LanguageModelError within `timeout_s` seconds."""
        chat = replace(self._chat(prompt, schema, system, seed), gives_way=self._gives_way)
        return self._guarded(lambda: self._answered(chat, schema, timeout_s))

    def complete(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Any:
        """Return the JSON values of `answer` alone."""
        return self.answer(prompt, schema, system=system, timeout_s=timeout_s, seed=seed).value

    def warm(self, system: str, *, timeout_s: float = 60.0) -> None:
        """Have the model loaded and the constant part of a prompt read; raises a LanguageModelError."""
        chat = self._chat("", None, system, 0, most_tokens=1, token_s=timeout_s)
        self._guarded(lambda: self._server.chat(chat, timeout_s))

    def _guarded(self, ask: Callable[[], T]) -> T:
        wait = self._breaker.admit()
        if wait is not None:
            raise ModelResting(self._name, wait)
        try:
            answer = ask()
        except (ModelClosed, ModelBusy):
            self._breaker.abandoned()
            raise
        except LanguageModelError:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return answer

    def _answered(self, chat: Chat, schema: Mapping[str, Any], timeout_s: float) -> Answer:
        began = self._monotonic()
        said = self._asked(chat, began, timeout_s)
        value = self._value(said, schema)
        seconds = self._monotonic() - began
        speed = said.tokens / said.seconds if said.tokens and said.seconds else None
        return Answer(value, self._name, seconds, said.tokens, speed)

    def _asked(self, chat: Chat, began: float, timeout_s: float) -> Said:
        """Return the first answer, or the second where the first try failed in a way that may pass."""
        try:
            return self._server.chat(chat, timeout_s)
        except LanguageModelError as error:
            pause = _BUSY_PAUSE_S if isinstance(error, ModelBusy) else 0.0
            if not error.worth_retrying or self._left(began, timeout_s) < pause + _LEAST_LEFT_S:
                raise
            if pause:
                self._sleep(pause)
        return self._server.chat(chat, self._left(began, timeout_s))

    def _left(self, began: float, timeout_s: float) -> float:
        return max(timeout_s - (self._monotonic() - began), 0.0)

    def _value(self, said: Said, schema: Mapping[str, Any]) -> Any:
        if said.ended != "stop":
            raise AnswerCutOff(self._name, said.text)
        try:
            value = json.loads(said.text, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise AnswerUnfit(self._name, said.text, "it is no JSON") from error
        problem = misfit(value, schema)
        if problem:
            raise AnswerUnfit(self._name, said.text, problem)
        return value

    def _chat(
        self,
        prompt: str,
        schema: Mapping[str, Any] | None,
        system: str,
        seed: int,
        *,
        most_tokens: int = _MOST_TOKENS,
        token_s: float = float("inf"),
    ) -> Chat:
        said = [{"role": "system", "content": system}] if system else []
        options = {"temperature": 0, "seed": seed, "num_predict": most_tokens, "num_ctx": _CONTEXT}
        return Chat(self._name, (*said, {"role": "user", "content": prompt}), schema, options, token_s)


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
