"""The shipped file of vectors, and the texts that belong in it.

These are the exemplars (engine/understanding/data/exemplars/*.txt) and the texts of the golden set: starting
up and testing never wait for the model. A text that was changed since is simply absent and encoded when needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from engine.embedding.fastembed_encoder import FastembedEncoder
from engine.embedding.vectors import PrecomputedVectors, VectorCache
from engine.understanding.plain import plain

_ROOT = Path(__file__).resolve().parents[2]
EXEMPLARS = _ROOT / "engine" / "understanding" / "data" / "exemplars"
GOLDEN = _ROOT / "golden"
SHIPPED = _ROOT / "engine" / "understanding" / "data" / "vectors.npz"


def texts() -> Iterator[str]:
    """Yield every text whose vector is shipped."""
    for path in sorted(EXEMPLARS.glob("*.txt")):
        lines = (line.strip() for line in path.read_text("utf-8").splitlines())
        yield from (line for line in lines if line and not line.startswith("#"))
    for path in sorted([*GOLDEN.glob("cases/*.jsonl"), *GOLDEN.glob("*.jsonl")]):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield from _spoken(json.loads(line))


def _spoken(case: dict[str, object]) -> Iterator[str]:
    for field in ("utterance", "text"):
        if isinstance(said := case.get(field), str):
            yield said
    context = case.get("context")
    for said in context if isinstance(context, list) else [context]:
        if isinstance(said, str):
            yield said
        elif isinstance(said, dict):
            yield from _spoken(said)


def missing() -> list[str]:
    """Return the plain texts whose vector is not in the shipped file."""
    forms = sorted({plain(text) for text in texts()})
    if not SHIPPED.is_file():
        return forms
    shipped = PrecomputedVectors.load(SHIPPED)
    return [form for form in forms if shipped.find(form) is None]


def make() -> PrecomputedVectors:
    """Write the file, encoding only what it lacks, and return what is in it now."""
    SHIPPED.parent.mkdir(parents=True, exist_ok=True)
    made = PrecomputedVectors.of(VectorCache(FastembedEncoder(), SHIPPED), texts())
    made.save(SHIPPED)
    return made
