"""What verdicts are made by: the code and data of understanding, the suite's own code, and the policy on risk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from engine.understanding.risk import RiskPolicy
from engine.understanding.solution import SHIPPED as SOLUTION

_ENGINE = Path(__file__).resolve().parents[1]
_SUITE = tuple(
    f"learning/{name}.py" for name in ("baseline", "cases", "golden", "history", "house", "probes", "record", "suite")
)
_ENCODING = tuple(f"embedding/{name}.py" for name in ("fastembed_encoder", "vectors"))
_LIBRARIES = ("hassil", "rapidfuzz")


def making(risk: RiskPolicy) -> str:
    """Return the SHA-256 of all that decides a verdict beside knowledge, golden cases and names.

    Verdicts under another value are void. The shipped solution is no part of it: it never changes a verdict.
    """
    hashed = _hashed(_files())
    for library in _LIBRARIES:
        hashed.update(f"{library} {version(library)}\n".encode())
    for name, words in sorted(asdict(risk).items()):
        hashed.update(f"{name} {sorted(words)}\n".encode())
    return hashed.hexdigest()


def code() -> str:
    """Return the SHA-256 of the code alone, so that who judges for minutes sees that it changed meanwhile."""
    return _hashed(path for path in _files() if path.suffix == ".py").hexdigest()


def _hashed(paths: Iterable[Path]) -> hashlib._Hash:
    hashed = hashlib.sha256()
    for path in paths:
        hashed.update(f"{path.relative_to(_ENGINE).as_posix()}\n".encode())
        hashed.update(hashlib.sha256(path.read_bytes()).digest())
    return hashed


def _files() -> Iterator[Path]:
    understanding = (
        path
        for path in sorted((_ENGINE / "understanding").rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path != SOLUTION
    )
    yield from understanding
    yield from (_ENGINE / name for name in (*_SUITE, *_ENCODING))
