"""What presses about planned home actions do, and what a person has to be at least to press so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from butler.conversation.later.changing import press_change
from butler.conversation.later.conditional import press_whatever
from butler.conversation.later.noticing import press_chosen as press_device
from butler.conversation.later.noticing import press_notice, press_offered, press_once
from butler.conversation.later.running import press_go, press_leave, press_now
from butler.conversation.later.setting import press_at, press_chosen, press_confirmed
from butler.conversation.messages import Role
from butler.conversation.turn import Effect, Ports, Turn

Press = Callable[[Ports, Turn, Effect], None]
LATER_PRESSES: Mapping[str, tuple[Press, Role]] = MappingProxyType(
    {
        "later_at": (press_at, Role.GUEST),
        "later_chosen": (press_chosen, Role.GUEST),
        "later_confirmed": (press_confirmed, Role.RESIDENT),
        "later_go": (press_go, Role.RESIDENT),
        "later_now": (press_now, Role.GUEST),
        "later_whatever": (press_whatever, Role.GUEST),
        "later_leave": (press_leave, Role.GUEST),
        "notice_chosen": (press_device, Role.GUEST),
        "notice_offer": (press_offered, Role.GUEST),
        "notice_once": (press_once, Role.GUEST),
        "notice_mute": (press_notice, Role.GUEST),
        "notice_unmute": (press_notice, Role.GUEST),
        "notice_delete": (press_notice, Role.GUEST),
        "later_pause": (press_change("pause"), Role.GUEST),
        "later_resume": (press_change("resume"), Role.GUEST),
        "later_delete": (press_change("delete"), Role.GUEST),
    }
)
