"""Named reads and writes of the language models a server has, or had, and how each did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import Store
from store.models_tasks import ModelRow
from store.statements import insert, select, select_where, update, update_where


@dataclass(frozen=True)
class Model:
    """What a server says of one of its models; the size is in bytes."""

    name: str
    family: str | None = None
    parameters: str | None = None
    quantization: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True)
class KnownModel(Model):
    """A model as it was seen last; `gone_at` is set while the server lacks it, `bench` holds what was measured."""

    seen_at: datetime | None = None
    gone_at: datetime | None = None
    bench: Any = None


def record(store: Store, models: Iterable[Model], at: datetime) -> None:
    """Note which models the server has now: of those it had, the others are gone."""
    listed = {model.name: model for model in models}
    with store.atomic():
        for model in listed.values():
            seen = {**vars(model), "seen_at": at, "gone_at": None}
            if not update(store, ModelRow, seen, {"name": model.name}):
                insert(store, ModelRow, seen)
        for known in present(store):
            if known.name not in listed:
                update(store, ModelRow, {"gone_at": at}, {"name": known.name})


def get(store: Store, name: str) -> KnownModel | None:
    """Return the model, or None."""
    found = select(store, ModelRow, {"name": name})
    return KnownModel(**found[0]) if found else None


def everything(store: Store) -> list[KnownModel]:
    """Return all models by name, also those that are gone."""
    return [KnownModel(**row) for row in select_where(store, ModelRow, "name IS NOT NULL ORDER BY name")]


def present(store: Store) -> list[KnownModel]:
    """Return the models the server has, by name."""
    return [KnownModel(**row) for row in select_where(store, ModelRow, "gone_at IS NULL ORDER BY name")]


def set_bench(store: Store, name: str, bench: Any) -> bool:
    """Keep what was measured of a model in place of what was, and return whether there is such a model."""
    return bool(update_where(store, ModelRow, {"bench": bench}, "name = ?", (name,)))
