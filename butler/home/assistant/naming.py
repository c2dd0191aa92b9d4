"""Writing aliases into Home Assistant's registries: read, changed, written and read back, one thing at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from butler.home.alias_exchange import AliasEdit
from butler.home.assistant.connection import Connection
from butler.home.assistant.errors import AssistantError, RefusedError
from butler.home.assistant.keeper import Keeper
from butler.home.assistant.registries import rows_of
from butler.home.errors import HomeError, HomeUnreachableError

_PATIENCE_S = 5.0


async def changed_aliases(keeper: Keeper, edits: Iterable[AliasEdit]) -> tuple[AliasEdit, ...]:
    """Make these edits and return what was read back of them; raises a HomeError where none could be made."""
    done: list[AliasEdit] = []
    problem: AssistantError | None = None
    for edit in edits:
        try:
            made = await _changed(await keeper.there(), edit)
        except AssistantError as exc:
            problem = exc
            continue
        if made.add or made.remove:
            done.append(made)
    if problem is not None and not done:
        if isinstance(problem, RefusedError):
            raise HomeError(f"Home Assistant does not take the names: {problem.message or problem.code}") from problem
        raise HomeUnreachableError(str(problem)) from problem
    return tuple(done)


async def _changed(connection: Connection, edit: AliasEdit) -> AliasEdit:
    """Make one edit: what else stands there, such as the null that stands for the own name, stays in its place."""
    before = await _aliases(connection, edit)
    if before is None:
        return AliasEdit(edit.kind, edit.id, edit.name)
    there = {alias.casefold() for alias in before if isinstance(alias, str)}
    gone = {alias.casefold() for alias in edit.remove}
    kept = [alias for alias in before if not (isinstance(alias, str) and alias.casefold() in gone)]
    wanted = [*kept, *(alias for alias in edit.add if alias.casefold() not in there)]
    if wanted == before:
        return AliasEdit(edit.kind, edit.id, edit.name)
    await _write(connection, edit, wanted)
    after = {alias.casefold() for alias in await _aliases(connection, edit) or () if isinstance(alias, str)}
    return AliasEdit(
        edit.kind,
        edit.id,
        edit.name,
        tuple(alias for alias in edit.add if alias.casefold() not in there and alias.casefold() in after),
        tuple(alias for alias in edit.remove if alias.casefold() in there and alias.casefold() not in after),
    )


async def _aliases(connection: Connection, edit: AliasEdit) -> list[Any] | None:
    """Return the aliases as they stand, or None for what the registry does not have."""
    row: Any
    if edit.kind == "entity":
        entries = await connection.ask("config/entity_registry/get_entries", _PATIENCE_S, entity_ids=[edit.id])
        row = entries.get(edit.id) if isinstance(entries, Mapping) else None
    else:
        rows = rows_of(await connection.ask("config/area_registry/list", _PATIENCE_S), "area_id")
        row = next((row for row in rows if row["area_id"] == edit.id), None)
    found = row.get("aliases") if isinstance(row, Mapping) else None
    return list(found) if isinstance(found, list) else None


async def _write(connection: Connection, edit: AliasEdit, aliases: list[Any]) -> None:
    if edit.kind == "entity":
        await connection.ask("config/entity_registry/update", _PATIENCE_S, entity_id=edit.id, aliases=aliases)
    else:
        await connection.ask("config/area_registry/update", _PATIENCE_S, area_id=edit.id, aliases=aliases)
