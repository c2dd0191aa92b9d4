"""Which role stands above which."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from butler.conversation.messages import Role

_RANKS: Mapping[Role, int] = MappingProxyType({Role.GUEST: 0, Role.RESIDENT: 1, Role.ADMIN: 2})


def may(role: Role, least: Role) -> bool:
    """Tell whether a role may do what is for `least` and those above."""
    return _RANKS[role] >= _RANKS[least]
