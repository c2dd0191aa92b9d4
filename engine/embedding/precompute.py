"""Make the shipped file of vectors: `python -m engine.embedding.precompute [--check]`.

It encodes the exemplars (engine/understanding/data/exemplars/*.txt) and the texts of the golden set, so that starting
up and testing never wait for the model. A text that was changed since is simply absent and encoded when needed.
"""

from __future__ import annotations

import argparse
import json
import sys
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


def main(arguments: list[str] | None = None) -> int:
    """Write the file, or with `--check` only say what is missing from it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a vector is missing")
    options = parser.parse_args(arguments)
    if options.check:
        absent = missing()
        sys.stdout.write(f"{len(absent)} texts without a shipped vector\n")
        return 1 if absent else 0
    SHIPPED.parent.mkdir(parents=True, exist_ok=True)
    made = PrecomputedVectors.of(VectorCache(FastembedEncoder(), SHIPPED), texts())
    made.save(SHIPPED)
    sys.stdout.write(f"{len(made.keys)} vectors, {SHIPPED.stat().st_size / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
