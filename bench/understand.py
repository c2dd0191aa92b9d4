"""How often the right family is understood: `python -m bench.understand FILE [--limit N] [--show FAMILY] [--strict]`.

FILE is JSON Lines with `text` and `family`; bench/README.md says which intents count as right. Understanding runs with
base knowledge alone, in the demo home, with no turn before.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.families import ACTION_FAMILIES, RIGHT, acting, acts_wrongly, is_right
from bench.house import demo_snapshot
from bench.report import Figure, at_least, exit_code, show
from engine.embedding import FastembedEncoder, VectorCache
from engine.embedding.precompute import SHIPPED
from engine.understanding.interpretation import Interpretation
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.situation import Situation


@dataclass(frozen=True)
class Judged:
    """One utterance as it was understood: strangeness grows with being out of scope; time is in milliseconds."""

    family: str
    text: str
    meant: Interpretation
    strangeness: float
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the family is right by the table."""
        return is_right(self.family, self.meant)


def read(path: Path, limit: int | None) -> list[tuple[str, str]]:
    """Return (family, text) pairs; with a limit, evenly spread over the file. Unknown families are an error."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    unknown = {row["family"] for row in rows} - set(RIGHT)
    if unknown:
        raise SystemExit(f"{path.name}: no intents are known for the families {', '.join(sorted(unknown))}")
    count = min(limit or len(rows), len(rows))
    chosen = (rows[number * len(rows) // count] for number in range(count))
    return [(row["family"], row["text"]) for row in chosen]


def judge(rows: Sequence[tuple[str, str]], cache: VectorCache, interpreter: Interpreter) -> Iterator[Judged]:
    """Understand every utterance and yield what came of it."""
    situation = Situation(demo_snapshot())
    interpreter.understand("turn on the light", situation)
    for family, text in rows:
        began = time.perf_counter()
        meant = interpreter.understand(text, situation)
        took = (time.perf_counter() - began) * 1000
        strangeness = interpreter.classifier.predict(cache.vector(text), text).oos_score
        yield Judged(family, text, meant, strangeness, took)


def auroc(strange: Sequence[float], usual: Sequence[float]) -> float:
    """Return the probability that one of `strange` lies above one of `usual`; ties count half (Mann and Whitney)."""
    ordered = np.sort(np.asarray(usual))
    below = np.searchsorted(ordered, strange, "left")
    up_to = np.searchsorted(ordered, strange, "right")
    return float(np.mean((below + up_to) / 2) / len(ordered))


def figures(judged: Sequence[Judged]) -> list[Figure]:
    """Return what is measured over all utterances."""
    inside = [one.strangeness for one in judged if one.family != "oos"]
    outside = [one.strangeness for one in judged if one.family == "oos"]
    orders = [one for one in judged if one.family in ACTION_FAMILIES]
    wrongly = sum(acts_wrongly(one.family, one.meant) for one in orders)
    strangers = [one for one in judged if one.family == "oos"]
    acted = sum(any(acting(one.meant)) for one in strangers)
    times = [one.milliseconds for one in judged]
    found = [
        at_least("right family, by the table", _share(one.right for one in judged), 0.85),
        Figure(
            "… asking and cancelling counted too",
            f"{_share(is_right(o.family, o.meant, wide=True) for o in judged):.1%}",
        ),
    ]
    if orders:
        share = wrongly / len(orders)
        found.append(
            Figure(f"orders that act wrongly ({len(orders)})", f"{wrongly} = {share:.2%}", "≤ 0.50%", share <= 0.005)
        )
    if strangers:
        share = acted / len(strangers)
        found.append(
            Figure(f"out of scope that acts ({len(strangers)})", f"{acted} = {share:.2%}", "≤ 0.10%", share <= 0.001)
        )
    if inside and outside:
        area = auroc(outside, inside)
        found.append(Figure("out of scope against the rest, AUROC", f"{area:.3f}", "≥ 0.965", area >= 0.965))
    found += [
        Figure("a turn's understanding, median", f"{statistics.median(times):.1f} ms"),
        Figure("a turn's understanding, 95th percentile", f"{float(np.percentile(times, 95)):.1f} ms"),
    ]
    return found


def show_families(judged: Sequence[Judged]) -> None:
    """Print accuracy, asking and the commonest confusions of every family."""
    families: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        families[one.family].append(one)
    sys.stdout.write(f"\n{'family':<22}{'rows':>6}{'right':>8}{'wide':>8}{'acts':>7}  taken for\n")
    for family, rows in sorted(families.items()):
        wide = _share(is_right(family, one.meant, wide=True) for one in rows)
        wrong = Counter(one.meant.intent for one in rows if not one.right)
        told = ", ".join(f"{intent} {count}" for intent, count in wrong.most_common(6))
        acts = _share(any(acting(one.meant)) for one in rows)
        right = _share(one.right for one in rows)
        sys.stdout.write(f"{family:<22}{len(rows):>6}{right:>8.1%}{wide:>8.1%}{acts:>7.0%}  {told}\n")


def show_wrong(judged: Sequence[Judged], family: str) -> None:
    """Print the utterances of one family that were misunderstood or act where they must not."""
    sys.stdout.write(f"\nwrong in {family}:\n")
    for one in judged:
        if one.family == family and (not one.right or (family in ACTION_FAMILIES and acts_wrongly(family, one.meant))):
            acts = " ".join(target for clause in acting(one.meant) for target in clause.targets)
            sys.stdout.write(f"  {one.meant.intent:<20}{one.meant.confidence:.2f}  {one.text}  {acts}\n")


def _share(whether: Iterator[bool]) -> float:
    values = list(whether)
    return sum(values) / len(values)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 with --strict where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.understand", description="Accuracy by family.")
    parser.add_argument("file", type=Path, help="labelled utterances, JSON Lines with text and family")
    parser.add_argument("--limit", type=int, help="measure that many, evenly spread over the file")
    parser.add_argument("--show", metavar="FAMILY", help="print the family's utterances that went wrong")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a goal is missed")
    chosen = parser.parse_args(argv)
    cache = VectorCache(FastembedEncoder(), SHIPPED)
    interpreter = Interpreter.build(Knowledge(BaseKnowledge.load()), cache)
    judged = list(judge(read(chosen.file, chosen.limit), cache, interpreter))
    measured = figures(judged)
    show(measured)
    show_families(judged)
    if chosen.show:
        show_wrong(judged, chosen.show)
    return exit_code(measured, strict=chosen.strict)


if __name__ == "__main__":
    sys.exit(main())
