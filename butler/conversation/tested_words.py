"""The shadow test of an improvement in words: its verdict, what was run, and which cases or turns stood in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from store import people
from store.database import Store
from store.improvements import Improvement

_MOST_WORSE = 5
_MOST_BETTER = 3
_LONGEST = 240


def verdict_lines(store: Store, found: Improvement, *, with_turns: bool = True) -> Iterable[str]:
    """Yield what the last test of an improvement came to; nothing where none was made.

    What people said is among the cases only `with_turns`.
    """
    if found.shadow_test_passed is None:
        return
    results = found.shadow_test_results if isinstance(found.shadow_test_results, Mapping) else {}
    verdict = "passed" if found.shadow_test_passed else "failed"
    reasons = "; ".join(str(reason) for reason in results.get("reasons") or ())
    yield f"Its test: {verdict}{f', because {shortened(reasons)}' if reasons else ''}.{_counts(results)}"
    families = _families(results)
    if families:
        yield f"By family: {families}."
    worse, better = (_cases(results, name, with_turns=with_turns) for name in ("cases", "gains"))
    if worse:
        yield "What stood in its way:" if not found.shadow_test_passed else "What its evidence outweighs:"
        yield from _listed(worse, _MOST_WORSE, store)
    if better:
        yield "What it puts right:"
        yield from _listed(better, _MOST_BETTER, store)


def shortened(text: str) -> str:
    """Return a text that fits a line of a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"


def _counts(results: Mapping[str, Any]) -> str:
    said: list[str] = []
    if "checks" in results:
        said.append(f"{results['checks']} checks, of which it could affect {results.get('run', 0)}")
    accuracy = results.get("accuracy")
    if isinstance(accuracy, Mapping):
        said.append(f"accuracy {_percent(accuracy.get('before'))} before and {_percent(accuracy.get('after'))} with it")
    return f" {'; '.join(said)}." if said else ""


def _families(results: Mapping[str, Any]) -> str:
    found = results.get("families")
    if not isinstance(found, Mapping):
        return ""
    return ", ".join(f"{name} {_tally(tally)}" for name, tally in found.items() if isinstance(tally, Mapping))


def _tally(tally: Mapping[str, Any]) -> str:
    changed = [f"{tally.get(name)} {name}" for name in ("worse", "better") if tally.get(name)]
    differing = f" ({', '.join(changed)})" if changed else ""
    return f"{tally.get('passed', 0)} of {tally.get('checks', 0)}{differing}"


def _cases(results: Mapping[str, Any], name: str, *, with_turns: bool) -> list[Mapping[str, Any]]:
    cases = [case for case in results.get(name) or () if isinstance(case, Mapping)]
    return [case for case in cases if with_turns or case.get("turn") is None]


def _listed(cases: list[Mapping[str, Any]], most: int, store: Store) -> Iterable[str]:
    for case in cases[:most]:
        yield f"· {_case(case, store)}"
    if len(cases) > most:
        yield f"· and {len(cases) - most} more"


def _case(case: Mapping[str, Any], store: Store) -> str:
    where = f"case {case.get('id')}"
    if case.get("turn") is not None:
        speaker = case.get("speaker")
        where = f"turn {case['turn']}{f', {people.name_of(store, str(speaker))}' if speaker else ''}"
    why = f": {case['why']}" if case.get("why") else ""
    return shortened(f"{where}, “{case.get('text')}”{why}")


def _percent(share: Any) -> str:
    return f"{share:.1%}" if isinstance(share, int | float) else "unknown"
