"""What a network does to messages: it delays, loses and swaps them, and lets some arrive broken."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]


@dataclass
class Mischief:
    """Does to outgoing messages what it is set to; the default does nothing."""

    delay_s: float = 0.0
    loses: Callable[[Message], bool] = field(default=lambda _: False)
    breaks: Callable[[Message], bool] = field(default=lambda _: False)
    swaps: bool = False
    lost: int = 0
    broken: int = 0

    def none(self) -> None:
        """Let everything pass again."""
        self.delay_s, self.swaps = 0.0, False
        self.loses = self.breaks = lambda _: False

    async def frames(self, messages: Sequence[Message]) -> list[str]:
        """Return the frames that go out for these messages."""
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        kept = [message for message in messages if not self.loses(message)]
        self.lost += len(messages) - len(kept)
        whole = [message for message in kept if not self.breaks(message)]
        frames = (
            [json.dumps(whole[::-1] if self.swaps else whole)] if len(whole) > 1 else [json.dumps(m) for m in whole]
        )
        if len(whole) < len(kept):
            self.broken += 1
            frames.append('{"id": 7, "type": "resu')
        return frames
