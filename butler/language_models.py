"""The household's language models: made where they are turned on, and asked without keeping others waiting."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from butler.config import Config
from butler.floor import Floor
from engine.llm import Answer, LanguageModel, LanguageModelError, Models
from store import StoreError

_LOG = logging.getLogger(__name__)


class Asking:
    """The models of one server, and the thread that makes one ready before it is needed."""

    def __init__(self, models: Models, close: Callable[[], None]) -> None:
        self.models = models
        self._close = close
        self._warming: threading.Thread | None = None

    def warm(self, warm: Callable[[], None]) -> None:
        """Have a model made ready in the background: the first answer of one that is cold can take half a minute."""
        self._warming = threading.Thread(target=_warmed, args=(warm,), name="model-warming", daemon=True)
        self._warming.start()

    def close(self) -> None:
        """Break off what is being answered, and ask nothing more."""
        self._close()
        if self._warming is not None:
            self._warming.join()


def asking_of(config: Config, floor: Floor) -> Asking | None:
    """Return the configured models, None where none may be asked; nothing of Ollama is imported then."""
    if not config.ollama.enabled:
        return None
    from engine.llm.ollama_server import OllamaServer  # noqa: PLC0415 - who has no model shall not load its client

    try:
        server = OllamaServer(config.ollama.host)
    except LanguageModelError as problem:
        _LOG.warning("ollama.host: %s Understanding goes on without a model.", problem)
        return None

    def shared(name: str) -> LanguageModel:
        return SharedModel(server.model(name), floor)

    return Asking(Models(shared, config.ollama.models, config.ollama.wait_s), server.close)


def _warmed(warm: Callable[[], None]) -> None:
    try:
        warm()
    except (LanguageModelError, StoreError) as problem:
        _LOG.info("the language model is not ready: %s", problem)


class SharedModel:
    """A model that lets others have the floor while it thinks."""

    def __init__(self, model: LanguageModel, floor: Floor) -> None:
        self._model, self._floor = model, floor

    @property
    def id(self) -> str:
        """The model's name."""
        return self._model.id

    def answer(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Answer:
        """Return an answer that fits `schema`; raise a LanguageModelError within `timeout_s` seconds."""
        with self._floor.given_up():
            return self._model.answer(prompt, schema, system=system, timeout_s=timeout_s, seed=seed)

    def complete(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Any:
        """Return the JSON values of `answer` alone."""
        return self.answer(prompt, schema, system=system, timeout_s=timeout_s, seed=seed).value

    def warm(self, system: str, *, timeout_s: float = 60.0) -> None:
        """Have the model loaded and the constant part of a prompt read."""
        with self._floor.given_up():
            self._model.warm(system, timeout_s=timeout_s)
