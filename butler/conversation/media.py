"""What is said of a message that has no words to act on: it is neither executed nor learned from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_LISTENS_LATER = "I can't listen to voice messages here yet, as no speech recognition is set up. Please write it to me."
_HEARD: Mapping[str, str] = MappingProxyType(
    {
        "voice": _LISTENS_LATER,
        "audio": "I can't listen to audio files, so I did nothing. Please write what you'd like.",
        "voice_unheard": "I couldn't make out any words in that voice message. Please say it again, or write it to me.",
        "voice_failed": "I can't listen to voice messages at the moment, so I did nothing. Please write it to me.",
        "voice_long": "That voice message is too long for me. Please keep it under a minute, or write it to me.",
    }
)
_SEEN: Mapping[str, str] = MappingProxyType(
    {
        "photo": "I can't look at pictures, so I did nothing. Please write what you'd like.",
        "video": "I can't watch videos, so I did nothing. Please write what you'd like.",
        "video_note": "I can't watch video messages, so I did nothing. Please write what you'd like.",
        "animation": "I can't watch animations, so I did nothing. Please write what you'd like.",
        "sticker": "That's a nice sticker, but I only understand words.",
        "document": "I don't open files, so I did nothing. Please write what you'd like.",
        "location": "I can't do anything with places on a map, and I haven't kept it.",
        "venue": "I can't do anything with places on a map, and I haven't kept it.",
        "contact": "I can't do anything with contacts, and I haven't kept it. An admin can let people in with /invite.",
        "poll": "I don't take part in polls.",
        "dice": "I don't play games, I'm afraid.",
        "game": "I don't play games, I'm afraid.",
    }
)
_ANYTHING = "I only understand words, so I did nothing with that. Please write what you'd like."


def medium_text(medium: str) -> str:
    """Return the honest answer to a message of this medium."""
    return _HEARD.get(medium) or _SEEN.get(medium) or _ANYTHING
