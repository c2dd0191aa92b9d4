"""The household's language models: made where they are turned on, and asked without keeping others waiting."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

from butler.config import Config
from butler.floor import Floor
from engine.llm import Answer, LanguageModel, LanguageModelError, Models
from store import StoreError

_LOG = logging.getLogger(__name__)


def models_of(config: Config, floor: Floor, closing: ExitStack) -> Models | None:
    """Return the configured models, None where none may be asked; nothing of Ollama is imported then.

    They are let go of with `closing`.
    """
    if not config.ollama.enabled:
        return None
    from engine.llm.ollama_server import OllamaServer  # noqa: PLC0415 - who has no model shall not load its client

    try:
        server = OllamaServer(config.ollama.host)
    except LanguageModelError as problem:
        _LOG.warning("ollama.host: %s; understanding goes on without a model", problem)
        return None
    closing.callback(server.close)
    return Models(lambda name: SharedModel(server.model(name), floor), config.ollama.models, config.ollama.wait_s)


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


class ModelWarming:
    """Has a model made ready by a thread of its own; the first answer of one that is cold can take half a minute."""

    def __init__(self, warm: Callable[[], None]) -> None:
        self._warm = warm
        self._thread = threading.Thread(target=self._run, name="model-warming", daemon=True)

    def begin(self) -> None:
        """Begin at once."""
        self._thread.start()

    def close(self) -> None:
        """Wait for the end, once the model was let go of."""
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            self._warm()
        except (LanguageModelError, StoreError) as problem:
            _LOG.info("the language model is not ready: %s", problem)
