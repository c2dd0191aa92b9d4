"""Make what ships beside the code and is computed from it: `python -m engine.data [--check] [NAME …]`, or `make data`.

In this order, for each rests on those before it: vectors of all texts, the classifier's calibration and solution, the
radius of clusters, and the suite's verdicts with base knowledge. What is stale is never used, only slower or stricter
to do without.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.embedding import FastembedEncoder, VectorCache
from engine.embedding import precompute as vectors
from engine.learning.baseline import binding_of, run_checks
from engine.learning.golden import GoldenSet
from engine.learning.known_records import SHIPPED as BASELINE
from engine.learning.known_records import KnownRecords
from engine.learning.making import code, making
from engine.learning.radius import CalibratedRadius, calibrated_radius
from engine.learning.suite import Arm, Suite
from engine.understanding.calibrate import measure
from engine.understanding.calibration import Calibration
from engine.understanding.exemplars import ExemplarClassifier
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.plain import plain
from engine.understanding.risk import DEFAULT_RISK_POLICY
from engine.understanding.solution import SHIPPED as SOLUTION
from engine.understanding.solution import KnownSolution, exemplar_key

COMMAND = "make data"


@dataclass(frozen=True)
class Artefact:
    """One thing that ships: `make` writes it and says what it is, `stale` says why it is of no use, if so."""

    name: str
    make: Callable[[], str]
    stale: Callable[[], str]


def main(arguments: list[str] | None = None) -> int:
    """Make everything anew or what is named, or with `--check` only say what is stale."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when anything is stale")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(artefact.name for artefact in ARTEFACTS))
    options = parser.parse_args(arguments)
    if options.check:
        found = stale()
        sys.stdout.write("".join(f"{line}\n" for line in found) or "nothing is stale\n")
        return 1 if found else 0
    loaded = code()
    for artefact in (each for each in ARTEFACTS if each.name in options.names or not options.names):
        sys.stdout.write(f"{artefact.name}: {artefact.make()}\n")
        sys.stdout.flush()
    if code() != loaded:
        BASELINE.unlink()  # it was judged by code that is no longer there
        sys.stdout.write(f"the code changed meanwhile; run `{COMMAND}` again\n")
        return 1
    return 0


def stale() -> list[str]:
    """Return what ships and is of no use, with the reason and the command that makes it again."""
    reasons = ((artefact.name, artefact.stale()) for artefact in ARTEFACTS)
    return [f"{name}: {reason}; run `{COMMAND}`" for name, reason in reasons if reason]


def _make_vectors() -> str:
    return f"{len(vectors.make().keys)} texts"


def _stale_vectors() -> str:
    missing = len(vectors.missing())
    return f"{missing} texts have none" if missing else ""


def _make_calibration() -> str:
    encoder = _encoder()
    texts, labels = _exemplars()
    found = measure(texts, labels, encoder.encode(texts), encoder.id)
    found.calibration.save()
    return f"{found.right:.1%} right when left out, out of scope told from the rest with AUROC {found.separation:.3f}"


def _stale_calibration() -> str:
    return "" if Calibration.load().exemplars == _key() else "it was measured on other exemplars"


def _make_solution() -> str:
    encoder = _encoder()
    texts, labels = _exemplars()
    classifier = ExemplarClassifier.fit(texts, labels, encoder.encode(texts))
    classifier.solved(encoder.id).save()
    return f"{len(classifier)} exemplars, {SOLUTION.stat().st_size / 1e6:.1f} MB"


def _stale_solution() -> str:
    known = KnownSolution.load(_encoder().id)
    return "" if known is not None and known.key == _key() else "it is that of other exemplars"


def _make_radius() -> str:
    encoder, golden = _encoder(), GoldenSet.packaged()
    said = {
        case.utterance: case.expected.intent
        for case in golden.cases
        if case.expected and not case.context and not case.clauses
    }
    found = calibrated_radius(list(said), list(said.values()), encoder.encode(list(said)))
    replace(found, encoder=encoder.id, golden=golden.digest).save()
    return f"cosine {found.cosine:.3f}, {found.purity:.1%} of {found.pairs} pairs of one intent, weighed evenly"


def _stale_radius() -> str:
    known = CalibratedRadius.load()
    now = (_encoder().id, GoldenSet.packaged().digest)
    return "" if known and (known.encoder, known.golden) == now else "it was measured on other golden cases"


def _make_baseline() -> str:
    encoder = _encoder()
    interpreter = Interpreter.build(Knowledge(BaseKnowledge.load()), encoder)
    suite = _suite()
    records = run_checks(suite, suite.checks, Arm.of(interpreter, suite.golden), None)
    binding = binding_of(suite, interpreter.knowledge, encoder.id)
    KnownRecords(making(DEFAULT_RISK_POLICY), binding, records).save(BASELINE)
    return f"{sum(record.passed for record in records.values())} of {len(records)} checks pass"


def _stale_baseline() -> str:
    suite, known = _suite(), KnownRecords.load(BASELINE)
    binding = binding_of(suite, Knowledge(BaseKnowledge.load()), _encoder().id)
    holds = known.of(suite, making(DEFAULT_RISK_POLICY), binding) if known else {}
    return "" if len(holds) == len(suite.checks) else "code, data or golden cases have changed since"


def _encoder() -> VectorCache:
    return VectorCache(FastembedEncoder(), vectors.SHIPPED)


def _suite() -> Suite:
    golden = GoldenSet.packaged()
    return Suite(golden, golden.house)


def _exemplars() -> tuple[list[str], list[str]]:
    exemplars = BaseKnowledge.load().exemplars
    return [exemplar.text for exemplar in exemplars], [exemplar.intent for exemplar in exemplars]


def _key() -> str:
    labels = {plain(text): label for text, label in zip(*_exemplars(), strict=True)}
    forms = sorted(labels)
    return exemplar_key(forms, [labels[form] for form in forms])


ARTEFACTS = (
    Artefact("vectors", _make_vectors, _stale_vectors),
    Artefact("calibration", _make_calibration, _stale_calibration),
    Artefact("solution", _make_solution, _stale_solution),
    Artefact("radius", _make_radius, _stale_radius),
    Artefact("baseline", _make_baseline, _stale_baseline),
)


if __name__ == "__main__":
    sys.exit(main())
