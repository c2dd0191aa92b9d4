"""Building an App in the background, so that a person is greeted before the model is loaded."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from butler.app import App, build
from butler.clock import Clock
from butler.config import Config
from butler.ticking import ticking


class Loading:
    """An App that is being built, and whose jobs run once it is; closing waits for it and closes it.

    `after_jobs` is called in the thread of the jobs whenever they may have said something.
    """

    def __init__(self, config: Config, clock: Clock) -> None:
        self._config, self._clock = config, clock
        self.after_jobs: Callable[[], None] | None = None
        self._built: Future[App] = Future()
        self._closing = ExitStack()
        # Not a daemon: a model that is torn down while it loads takes the process with it.
        self._thread = threading.Thread(target=self._build, name="loading")

    def wait(self) -> App:
        """Return the App once it is there; raises what went wrong while it was built."""
        return self._built.result()

    def _tick(self) -> None:
        self.wait().tick()
        if self.after_jobs is not None:
            self.after_jobs()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.join()
        self._closing.close()

    def _build(self) -> None:
        try:
            app = build(self._config, clock=self._clock)
            self._closing.callback(app.close)
            self._closing.enter_context(ticking(self._tick, app, app.waking))
        except BaseException as exc:  # noqa: BLE001 - handed to whoever waits
            self._built.set_exception(exc)
        else:
            self._built.set_result(app)
