"""An Ollama server: at most one generation at a time, each waited for no longer than it is wanted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

import ollama

from engine.llm.breaker import Breaker
from engine.llm.errors import LanguageModelError, ModelBusy, ModelClosed, ModelTimedOut
from engine.llm.ollama_model import OllamaModel
from engine.llm.ollama_wire import Chat, Limits, Line, Said, Wire

_TAGS_S = 5.0
_LONGEST_NAME = 200  # characters
_LARGEST_SIZE = 2**53  # bytes; anything more was not measured
T = TypeVar("T")


@dataclass(frozen=True)
class InstalledModel:
    """A model the server has: its size in bytes, and how many parameters of what precision it says it has."""

    name: str
    family: str | None = None
    size_bytes: int | None = None
    parameters: str | None = None
    quantization: str | None = None


class OllamaServer:
    """Answers chats for the models of one server. `close` breaks off what is being answered."""

    def __init__(
        self,
        host: str,
        limits: Limits | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.host = host
        self._limits = limits or Limits()
        self._monotonic, self._sleep = monotonic, sleep
        self._wire = Wire(host, self._limits)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="language-model")
        self._lock = threading.Lock()
        self._lines: set[Line] = set()
        self._breakers: dict[str, Breaker] = {}
        self._closed = False

    def model(self, name: str, *, gives_way: bool = False) -> OllamaModel:
        """Return the model of a name; whether the server has it shows when it is asked.

        The questions of one that `gives_way` are broken off, and asked once more, where somebody waits for another.
        """
        with self._lock:
            breaker = self._breakers.setdefault(name, Breaker(self._monotonic))
        return OllamaModel(name, self, breaker, gives_way=gives_way, monotonic=self._monotonic, sleep=self._sleep)

    def chat(self, request: Chat, timeout_s: float) -> Said:
        """Return an answer; raises a LanguageModelError within `timeout_s` seconds, whatever the server does."""
        patient = replace(request, token_s=min(request.token_s, self._limits.first_token_s, timeout_s))
        line = Line(gives_way=request.gives_way)
        return self._waited(lambda line: self._wire.chat(patient, line), request.model, timeout_s, line)

    def installed(self) -> tuple[InstalledModel, ...]:
        """Return the models the server has, by name; raises a LanguageModelError."""
        listed = self._waited(lambda line: self._wire.tags(line, _TAGS_S), self.host, _TAGS_S, Line()).models
        found = [_installed(one) for one in listed if one.model and _fit(one.model)]
        return tuple(sorted(found, key=lambda model: model.name))

    def close(self) -> None:
        """Break off what is being answered, and answer nothing more."""
        with self._lock:
            self._closed = True
            lines = tuple(self._lines)
        for line in lines:
            line.break_off()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _waited(self, work: Callable[[Line], T], model: str, timeout_s: float, line: Line) -> T:
        with self._lock:
            if self._closed:
                raise ModelClosed(model)
            if not line.gives_way:
                for other in self._lines:
                    other.give_way()
            self._lines.add(line)
            future = self._worker.submit(work, line)
        try:
            return future.result(timeout_s)
        except LanguageModelError:
            raise
        except CancelledError as error:
            raise ModelClosed(model) from error
        except TimeoutError as error:
            raise self._given_up(future, line, model, timeout_s) from error
        finally:
            with self._lock:
                self._lines.discard(line)

    def _given_up(self, future: Future[T], line: Line, model: str, timeout_s: float) -> LanguageModelError:
        """Break off what takes too long, and return what is to be said of it."""
        if future.cancel():
            return ModelBusy(model, "it is still answering something else")
        line.break_off()
        return ModelTimedOut(model, timeout_s)


def _installed(one: ollama.ListResponse.Model) -> InstalledModel:
    about = one.details
    facts = (about.family, about.parameter_size, about.quantization_level) if about else ()
    size = int(one.size) if one.size is not None and 0 <= one.size < _LARGEST_SIZE else None
    family, parameters, quantization = (fact if fact and _fit(fact) else None for fact in facts or (None,) * 3)
    return InstalledModel(str(one.model), family, size, parameters, quantization)


def _fit(text: str) -> bool:
    """Tell whether a name is one: short, and without signs that nobody can read."""
    return text.isprintable() and len(text) <= _LONGEST_NAME
