"""Plain SQL over a model's columns, for what every turn pays: building a query costs ten times what running it does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import peewee

from store.database import Store
from store.fields import storable_text, utc_datetime, utc_text


def insert(store: Store, model: type[peewee.Model], values: Mapping[str, Any], *, otherwise: str = "ABORT") -> Any:
    """Insert one row and return its cursor; `otherwise` is what a row of that key leads to: ABORT, IGNORE, REPLACE."""
    sql = _insert(_table(model), _columns(model, values), otherwise)
    return store.database.execute_sql(sql, _stored(model, values))


def update(store: Store, model: type[peewee.Model], values: Mapping[str, Any], where: Mapping[str, Any]) -> int:
    """Set columns of the rows in which others have these values, and return how many rows; None is NULL."""
    sql = _update(_table(model), _columns(model, values), _columns(model, where), _nulls(where))
    return int(store.database.execute_sql(sql, (*_stored(model, values), *_bound(model, where))).rowcount)


def select(
    store: Store, model: type[peewee.Model], where: Mapping[str, Any], *, order: str | None = None
) -> list[dict[str, Any]]:
    """Return the rows in which columns have these values as dicts of Python values; None is NULL."""
    sql = _select(_table(model), _columns(model, _fields(model)), _columns(model, where), _nulls(where), order)
    return read(model, store.database.fetch(sql, _bound(model, where)))


def select_where(
    store: Store, model: type[peewee.Model], where: str, values: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    """Return the rows for which a condition in SQL holds, which may end in an order and a limit."""
    return read(model, store.database.fetch(_select_where(_table(model), all_columns(model), where), _plain(values)))


def count_where(store: Store, model: type[peewee.Model], where: str, values: Sequence[Any] = ()) -> int:
    """Return for how many rows a condition in SQL holds."""
    return int(store.database.fetch(_select_where(_table(model), "count(*)", where), _plain(values))[0][0])


def first_of(
    store: Store, model: type[peewee.Model], column: str, where: str, values: Sequence[Any] = ()
) -> datetime | None:
    """Return the earliest instant of a column among the rows for which a condition in SQL holds, or None."""
    # The bound leaves out what has none, and makes it a search along the index.
    earliest = _select_where(
        _table(model), f'"{column}"', f"""{where} AND "{column}" > '' ORDER BY "{column}" LIMIT 1"""
    )
    found = store.database.fetch(earliest, _plain(values))
    return utc_datetime(found[0][0]) if found else None


def update_where(
    store: Store, model: type[peewee.Model], values: Mapping[str, Any], where: str, bound: Sequence[Any] = ()
) -> int:
    """Set columns of the rows for which a condition in SQL holds, and return how many rows."""
    sql = _update_where(_table(model), _columns(model, values), where)
    return int(store.database.execute_sql(sql, (*_stored(model, values), *_plain(bound))).rowcount)


def among(column: str, values: Collection[Any]) -> str:
    """Return the condition in SQL that a column is one of so many values, which are to be bound in their order."""
    return f'"{column}" IN ({", ".join("?" * len(values))})'


def read(model: type[peewee.Model], rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Return rows of all columns of a model, in its order, as dicts of Python values."""
    fields = _fields(model)
    return [
        {
            name: None if value is None else field.python_value(value)
            for (name, field), value in zip(fields.items(), row, strict=True)
        }
        for row in rows
    ]


@cache
def all_columns(model: type[peewee.Model], alias: str = "") -> str:
    """Return the columns of a model in its order, as SQL."""
    before = f"{alias}." if alias else ""
    return ", ".join(f'{before}"{field.column_name}"' for field in _fields(model).values())


def _fields(model: type[peewee.Model]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = model._meta.fields  # noqa: SLF001  # peewee's public name for it
    return found


def _table(model: type[peewee.Model]) -> str:
    return str(model._meta.table_name)  # noqa: SLF001  # peewee's public name for it


def _columns(model: type[peewee.Model], names: Mapping[str, Any]) -> tuple[str, ...]:
    fields = _fields(model)
    return tuple(fields[name].column_name for name in names)


def _nulls(where: Mapping[str, Any]) -> tuple[bool, ...]:
    return tuple(value is None for value in where.values())


def _stored(model: type[peewee.Model], values: Mapping[str, Any]) -> tuple[Any, ...]:
    fields = _fields(model)
    return tuple(fields[name].db_value(value) for name, value in values.items())


def _bound(model: type[peewee.Model], where: Mapping[str, Any]) -> tuple[Any, ...]:
    return _stored(model, {name: value for name, value in where.items() if value is not None})


@cache
def _insert(table: str, columns: tuple[str, ...], otherwise: str) -> str:
    marks = ", ".join("?" * len(columns))
    return f'INSERT OR {otherwise} INTO "{table}" ({_named(columns)}) VALUES ({marks})'  # noqa: S608  # our own names


@cache
def _update(table: str, columns: tuple[str, ...], keys: tuple[str, ...], nulls: tuple[bool, ...]) -> str:
    changes = ", ".join(f'"{column}" = ?' for column in columns)
    return f'UPDATE "{table}" SET {changes} WHERE {_equal(keys, nulls)}'  # noqa: S608  # our own names


@cache
def _select(
    table: str, columns: tuple[str, ...], keys: tuple[str, ...], nulls: tuple[bool, ...], order: str | None
) -> str:
    after = f' ORDER BY "{order}"' if order else ""
    return f'SELECT {_named(columns)} FROM "{table}" WHERE {_equal(keys, nulls)}{after}'  # noqa: S608  # our own names


@cache
def _select_where(table: str, columns: str, where: str) -> str:
    return f'SELECT {columns} FROM "{table}" WHERE {where}'  # noqa: S608  # conditions are this package's


@cache
def _update_where(table: str, columns: tuple[str, ...], where: str) -> str:
    changes = ", ".join(f'"{column}" = ?' for column in columns)
    return f'UPDATE "{table}" SET {changes} WHERE {where}'  # noqa: S608  # conditions are this package's


def _plain(values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(_bindable(value) for value in values)


def _bindable(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc_text(value)
    return storable_text(value) if isinstance(value, str) else value


def _named(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _equal(keys: tuple[str, ...], nulls: tuple[bool, ...]) -> str:
    return " AND ".join(f'"{key}" IS NULL' if null else f'"{key}" = ?' for key, null in zip(keys, nulls, strict=True))
