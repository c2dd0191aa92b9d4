"""The classifier alone on a labelled data set: `python -m bench.classifier FILE... [--rows N]`.

FILE is JSON Lines with `text`, `label` and `split`, as bench/README.md says. Exemplars are the first N of a label in
the split `base` (10 unless told) and nothing else; judged is the split `golden`, which it has never seen.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.replay.dataset import Dataset, load
from bench.report import Figure, at_least, exit_code, show
from engine.embedding import Encoder, FastembedEncoder
from engine.understanding.exemplars import ExemplarClassifier

GOALS = {"hwu64": 0.825}
"""The share that is to be right, by a file's name."""


def judged(dataset: Dataset, encoder: Encoder) -> tuple[float, float]:
    """Return the share of golden rows that is given its label, and the median milliseconds of a prediction."""
    base, texts = dataset.base, [said.text for said in dataset.golden]
    fitted = ExemplarClassifier.fit(
        [said.text for said in base], [str(said.label) for said in base], encoder.encode([said.text for said in base])
    )
    times, right = [], 0
    for said, vector in zip(dataset.golden, encoder.encode(texts), strict=True):
        began = time.process_time()
        right += fitted.predict(vector, said.text).intent == said.label
        times.append(time.process_time() - began)
    return right / len(texts), statistics.median(times) * 1_000


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 with --strict where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.classifier", description="The classifier alone.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--rows", type=int, default=10, help="exemplars of each label")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a goal is missed")
    chosen = parser.parse_args(argv)
    encoder = FastembedEncoder()
    figures = []
    for path in chosen.files:
        dataset = load(path, base_rows=chosen.rows)
        share, milliseconds = judged(dataset, encoder)
        what = f"{dataset.name}: {len(dataset.golden)} golden rows, {len(dataset.labels)} labels"
        goal = GOALS.get(dataset.name) if chosen.rows == 10 else None
        figures.append(at_least(what, share, goal) if goal else Figure(what, f"{share:.1%}"))
        figures.append(Figure("… a prediction, processor time", f"{milliseconds:.2f} ms"))
    show(figures)
    return exit_code(figures, strict=chosen.strict)


if __name__ == "__main__":
    sys.exit(main())
