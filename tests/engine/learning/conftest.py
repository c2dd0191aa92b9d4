"""A real interpreter over a small base, the golden cases it understands, and stores that are files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest

from engine.api import Engine, LessonContext
from engine.embedding import HashedEncoder
from engine.learning.golden import GoldenSet, run_case
from engine.learning.grounds import Grounds
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.snapshot import Snapshot
from store import Store, open_store

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
Opening = Callable[[Store, Path], Engine]
Teacher = Callable[..., LessonContext]


@pytest.fixture(scope="session")
def encoder() -> HashedEncoder:
    return HashedEncoder()


@pytest.fixture(scope="session")
def base() -> BaseKnowledge:
    whole = BaseKnowledge.load()
    few = (tuple(group)[:6] for _, group in groupby(whole.exemplars, key=lambda exemplar: exemplar.intent))
    return BaseKnowledge(tuple(exemplar for group in few for exemplar in group), whole.patterns, "small")


@pytest.fixture(scope="session")
def interpreter(base: BaseKnowledge, encoder: HashedEncoder) -> Interpreter:
    return Interpreter.build(Knowledge(base), encoder)


@pytest.fixture(scope="session")
def golden(interpreter: Interpreter) -> GoldenSet:
    """Every fifth golden case, of those that the small base understands."""
    whole = GoldenSet.packaged()
    return replace(
        whole,
        cases=tuple(case for case in whole.cases[::5] if run_case(case, interpreter, whole.house).passed),
        must_not_act=tuple(case for case in whole.must_not_act[::5] if run_case(case, interpreter, whole.house).passed),
        digest="every fifth",
    )


@pytest.fixture(scope="session")
def house(golden: GoldenSet) -> Snapshot:
    return golden.house


@pytest.fixture
def grounds(house: Snapshot, interpreter: Interpreter) -> Grounds:
    return Grounds(house, interpreter)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "butler.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def over(golden: GoldenSet, encoder: HashedEncoder, base: BaseKnowledge, interpreter: Interpreter) -> Opening:
    """Open an engine over a store and a file of verdicts; all share the interpreter of the small base."""

    def build(knowledge: Knowledge, _: object) -> Interpreter:
        return interpreter.with_knowledge(knowledge)

    return lambda store, known: Engine.open(store, encoder, golden, at=AT, base=base, build=build, records=known)


@pytest.fixture(scope="session")
def verdicts(over: Opening, golden: GoldenSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of what the suite says of the small base, found once."""
    folder = tmp_path_factory.mktemp("verdicts")
    known = folder / "verdicts.json"
    with open_store(folder / "butler.db") as store:
        engine = over(store, known)
        engine.warm(golden.house)
        engine.close()
    return known


@pytest.fixture
def open_engine(over: Opening, verdicts: Path, tmp_path: Path) -> Iterator[Callable[[Store], Engine]]:
    """Open engines over a store, which know what the suite says of the small base."""
    opened: list[Engine] = []
    known = shutil.copy(verdicts, tmp_path / "verdicts.json")

    def open_one(store: Store) -> Engine:
        opened.append(over(store, known))
        return opened[-1]

    yield open_one
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(open_engine: Callable[[Store], Engine], store: Store) -> Engine:
    return open_engine(store)


@pytest.fixture
def by(house: Snapshot) -> Teacher:
    """Return the context of a lesson by a person."""

    def context(person: str = "ana", **more: object) -> LessonContext:
        return LessonContext(person, "voice_command", "said so", house, AT, **more)  # type: ignore[arg-type]  # fields by name

    return context
