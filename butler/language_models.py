"""The household's language models: made where they are turned on, and asked without keeping others waiting."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from butler.config import Config
from butler.floor import Floor
from engine.llm import Answer, LanguageModel, LanguageModelError, Models
from store import Store, StoreError, model_registry
from store.model_registry import Model

_LOG = logging.getLogger(__name__)


class Installed(Protocol):
    """What a server says of a model it has."""

    @property
    def name(self) -> str:
        """The name to ask for it by."""

    @property
    def family(self) -> str | None:
        """What it descends from."""

    @property
    def parameters(self) -> str | None:
        """How many parameters it has."""

    @property
    def quantization(self) -> str | None:
        """How precise they are."""

    @property
    def size_bytes(self) -> int | None:
        """How large it is."""


class Server(Protocol):
    """Where models are asked."""

    def installed(self) -> Sequence[Installed]:
        """Return the models the server has; raises a LanguageModelError."""

    def close(self) -> None:
        """Break off what is being answered, and answer nothing more."""


def note_models(store: Store, server: Server, at: datetime) -> None:
    """Keep in the registry which models the server has now; raises a LanguageModelError."""
    found = [
        Model(one.name, one.family, one.parameters, one.quantization, one.size_bytes) for one in server.installed()
    ]
    model_registry.record(store, found, at)


class Asking:
    """The models of one server, and the thread that makes one ready before it is needed."""

    def __init__(self, models: Models, server: Server) -> None:
        self.models = models
        self._server = server
        self._warming: threading.Thread | None = None

    def begin(self, warm: Callable[[], None], store: Store, at: datetime) -> None:
        """Note in the background what models there are, and make one ready: cold, it can take half a minute."""

        def work() -> None:
            self.note(store, at)
            warm()

        self._warming = threading.Thread(target=_warmed, args=(work,), name="model-warming", daemon=True)
        self._warming.start()

    def note(self, store: Store, at: datetime) -> None:
        """Keep in the registry which models the server has; raises LanguageModelError and StoreError."""
        note_models(store, self._server, at)

    def close(self) -> None:
        """Break off what is being answered, and ask nothing more."""
        self._server.close()
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
        return SharedModel(server.model(name, gives_way=True), floor)

    def hurried(name: str) -> LanguageModel:
        return SharedModel(server.model(name), floor)

    return Asking(Models(shared, config.ollama.models, config.ollama.wait_s, hurried), server)


def lacking(config: Config) -> tuple[str, ...]:
    """Return the configured models that the server lacks; raises a LanguageModelError."""
    from engine.llm.ollama_server import OllamaServer  # noqa: PLC0415 - who has no model shall not load its client

    server = OllamaServer(config.ollama.host)
    try:
        present = [one.name for one in server.installed()]
    finally:
        server.close()
    wanted = dict.fromkeys(config.ollama.models.values())
    return tuple(name for name in wanted if not any(same_model(name, one) for one in present))


def same_model(name: str, other: str) -> bool:
    """Tell whether two names are one model's: without a tag, the latest is meant."""
    return _whole(name) == _whole(other)


def _whole(name: str) -> str:
    return (name if ":" in name.rpartition("/")[2] else f"{name}:latest").casefold()


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
