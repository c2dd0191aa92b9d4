"""How a command ends: every error people may meet, with its exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable

from butler.clock import ClockError
from butler.config import ConfigError
from butler.data_folder import DataFolderError
from butler.home.errors import HomeError
from butler.verbs.output import OutputError
from engine.embedding.errors import EmbeddingError
from engine.learning.golden import GoldenError
from engine.llm.errors import LanguageModelError
from store.errors import StoreError

INTERRUPTED = 130


class UsageError(Exception):
    """The command was called in a way that cannot work."""


EXIT_CODES: tuple[tuple[type[Exception], int | None], ...] = (
    (UsageError, 2),
    (OutputError, 74),
    (ClockError, 2),
    (ConfigError, 78),
    (HomeError, 78),
    (EmbeddingError, 69),
    (LanguageModelError, 69),
    (GoldenError, 65),
    (DataFolderError, None),
    (StoreError, None),
)
"""None: the error itself says which."""


def guarded(work: Callable[[], int]) -> int:
    """Do the work of a command and return its exit code; an expected error becomes one line on standard error."""
    try:
        return work()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read has gone; without this, Python would complain once more while it shuts down.
        sys.stdout = None
        return 0
    except tuple(kind for kind, _ in EXIT_CODES) as exc:
        if isinstance(exc, OutputError):
            sys.stdout = None  # Python would try again, and complain, while it shuts down
        sys.stderr.write(f"butler: {exc}\n")
        return exit_code(exc)


def exit_code(error: Exception) -> int:
    """Return the exit code of an expected error."""
    code = next(code for kind, code in EXIT_CODES if isinstance(error, kind))
    return int(getattr(error, "exit_code", 70)) if code is None else code
