"""Writing aliases into Home Assistant's registries: read, changed, written and read back, one thing at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from butler.home.alias_exchange import AliasEdit
from butler.home.assistant.connection import Connection
from butler.home.assistant.errors import AssistantError, RefusedError, SilentError
from butler.home.assistant.keeper import Keeper
from butler.home.assistant.registries import rows_of
from butler.home.errors import HomeError, HomeUnreachableError


async def changed_aliases(keeper: Keeper, edits: Iterable[AliasEdit], timeout_s: float) -> tuple[AliasEdit, ...]:
    """Make these edits and return what was read back of them; raises a HomeError where none could be made.

    Those for which there is no time left are not made.
    """
    done: list[AliasEdit] = []
    problem: AssistantError | None = None
    clock = asyncio.get_running_loop().time
    ends = clock() + timeout_s
    for edit in edits:
        if clock() >= ends:
            problem = problem or SilentError(timeout_s)
            break
        try:
            async with asyncio.timeout_at(ends):
                made = await _Registry(await keeper.there(), timeout_s).changed(edit)
        except AssistantError as exc:
            problem = exc
            continue
        except TimeoutError:
            problem = SilentError(timeout_s)
            break
        if made.add or made.remove:
            done.append(made)
    if problem is not None and not done:
        if isinstance(problem, RefusedError):
            raise HomeError(f"Home Assistant does not take the names: {problem.message or problem.code}") from problem
        raise HomeUnreachableError(str(problem)) from problem
    return tuple(done)


@dataclass(frozen=True)
class _Registry:
    """The aliases of Home Assistant's entities and areas, over one connection."""

    connection: Connection
    timeout_s: float

    async def changed(self, edit: AliasEdit) -> AliasEdit:
        """Make one edit: what else stands there, such as the null that stands for the own name, stays in its place."""
        before = await self._aliases(edit)
        if before is None:
            return AliasEdit(edit.kind, edit.id, edit.name)
        there = {alias.casefold() for alias in before if isinstance(alias, str)}
        gone = {alias.casefold() for alias in edit.remove}
        kept = [alias for alias in before if not (isinstance(alias, str) and alias.casefold() in gone)]
        wanted = [*kept, *(alias for alias in edit.add if alias.casefold() not in there)]
        if wanted == before:
            return AliasEdit(edit.kind, edit.id, edit.name)
        await self._write(edit, wanted)
        after = {alias.casefold() for alias in await self._aliases(edit) or () if isinstance(alias, str)}
        return AliasEdit(
            edit.kind,
            edit.id,
            edit.name,
            tuple(alias for alias in edit.add if alias.casefold() not in there and alias.casefold() in after),
            tuple(alias for alias in edit.remove if alias.casefold() in there and alias.casefold() not in after),
        )

    async def _aliases(self, edit: AliasEdit) -> list[Any] | None:
        """Return the aliases as they stand, or None for what the registry does not have."""
        row: Any
        if edit.kind == "entity":
            kind = "config/entity_registry/get_entries"
            entries = await self.connection.ask(kind, self.timeout_s, entity_ids=[edit.id])
            row = entries.get(edit.id) if isinstance(entries, Mapping) else None
        else:
            rows = rows_of(await self.connection.ask("config/area_registry/list", self.timeout_s), "area_id")
            row = next((row for row in rows if row["area_id"] == edit.id), None)
        found = row.get("aliases") if isinstance(row, Mapping) else None
        return list(found) if isinstance(found, list) else None

    async def _write(self, edit: AliasEdit, aliases: list[Any]) -> None:
        kind, key = ("entity_registry", "entity_id") if edit.kind == "entity" else ("area_registry", "area_id")
        await self.connection.ask(f"config/{kind}/update", self.timeout_s, **{key: edit.id, "aliases": aliases})
