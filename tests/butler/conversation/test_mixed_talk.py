"""Talk that could be of the home or of something to do, said to Butler: whatever it answers, nothing is switched."""

from __future__ import annotations

import pytest

from tests.butler.conversation.conftest import Chat
from tests.engine.understanding.mixed_talk import DOUBTFUL, KEPT, LEFT_ALONE

TALK = {**KEPT, "doubtful": DOUBTFUL, "left alone": LEFT_ALONE}


@pytest.mark.parametrize("kind", TALK)
def test_mixed_talk_switches_nothing(chat: Chat, kind: str) -> None:
    """One sentence after the other, each with whatever question the last one left open."""
    before = {entity.entity_id: entity.state for entity in chat.home.snapshot().entities}
    for said in TALK[kind]:
        assert chat.say(said), said
        after = {entity.entity_id: entity.state for entity in chat.home.snapshot().entities}
        assert after == before, said
