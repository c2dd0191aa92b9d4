"""People who write to the bot and press its buttons, and what they see of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.telegram_server import Group, Message, User

if TYPE_CHECKING:
    from tests.acceptance.telegram.household import Household

OGG = b"OggS" + bytes(60)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@dataclass(frozen=True)
class Shown:
    """A message of the bot's as a client shows it; `buttons` are callback data by label."""

    chat: int
    id: int
    text: str
    buttons: dict[str, str]
    entities: tuple[str, ...]
    reply_to: int | None
    changed: int
    document: bool
    picture: bool

    @classmethod
    def of(cls, message: Message) -> Shown:
        """Return how a message is shown now."""
        return cls(
            message.chat,
            message.id,
            message.text,
            {label: data for row in message.keyboard for label, data in row},
            tuple(entity["type"] for entity in message.entities),
            message.reply_to,
            len(message.edits),
            message.kind == "document",
            message.kind == "photo",
        )


@dataclass(frozen=True)
class Told:
    """What came of something said or pressed: messages new or changed since, and what the press was answered with."""

    messages: tuple[Shown, ...] = ()
    toast: str = ""

    @property
    def text(self) -> str:
        """All new and changed messages."""
        return "\n".join(message.text for message in self.messages)

    @property
    def said(self) -> str:
        """The answer to a press with all messages."""
        return f"{self.toast}\n{self.text}"

    @property
    def silent(self) -> bool:
        """Whether nothing at all came back."""
        return not self.messages and not self.toast

    @property
    def buttons(self) -> dict[str, str]:
        """All buttons, as callback data by label."""
        return {label: data for message in self.messages for label, data in message.buttons.items()}

    def with_button(self, label: str) -> Shown:
        """Return the message that has a button whose label begins so."""
        found = [m for m in self.messages if any(name.startswith(label) for name in m.buttons)]
        assert found, f"no button {label!r} in {self}"
        return found[-1]


@dataclass(frozen=True)
class Somebody:
    """A user of Telegram in a household's view."""

    house: Household
    on_telegram: User
    name: str

    @property
    def id(self) -> int:
        """Their number, which is that of their private chat, too."""
        return self.on_telegram.id

    @property
    def user(self) -> str:
        """The id Butler knows them by."""
        return f"telegram:{self.id}"

    @property
    def chat(self) -> int:
        """Their private chat."""
        return self.id

    def sends(self, text: str, group: Group | None = None, *, reply_to: Shown | None = None) -> int:
        """Send a text and return its message id, waiting for nothing."""
        return self.on_telegram.says(text, group, reply_to.id if reply_to else None)

    def says(self, text: str, group: Group | None = None, *, reply_to: Shown | None = None) -> Told:
        """Send a text and return what came of it."""
        return self._told(lambda: self.sends(text, group, reply_to=reply_to), group.id if group else self.id)

    def edits(self, message: int, text: str) -> Told:
        """Change an own message."""
        return self._told(lambda: self.on_telegram.edits(message, text), self.id)

    def forwards(self, text: str) -> Told:
        """Forward what somebody else wrote."""
        return self._told(lambda: self.on_telegram.says(text, forwarded_from="A Friend"), self.id)

    def sends_voice(self) -> Told:
        """Send a voice note."""
        return self._told(lambda: self.on_telegram.sends_voice(OGG), self.id)

    def sends_photo(self, caption: str) -> Told:
        """Send a picture."""
        return self._told(lambda: self.on_telegram.sends_photo(PNG, caption), self.id)

    def taps(self, label: str, told: Told | Shown) -> str:
        """Press a button and return the press's id, waiting for nothing; a button that is gone is pressed all the same.

        A client may show a keyboard for a while after it was replaced.
        """
        shown = told if isinstance(told, Shown) else told.with_button(label)
        data = next(data for name, data in shown.buttons.items() if name.startswith(label))
        return self.on_telegram.presses(shown.id, chat=shown.chat, data=data)

    def presses(self, label: str, told: Told | Shown) -> Told:
        """Press the button whose label begins so."""
        shown = told if isinstance(told, Shown) else told.with_button(label)
        data = next(data for name, data in shown.buttons.items() if name.startswith(label))
        return self.presses_data(shown, data)

    def presses_data(self, under: Told | Shown, data: str) -> Told:
        """Press a button of this data under a message."""
        shown = under if isinstance(under, Shown) else under.messages[-1]
        pressed: list[str] = []
        told = self._told(
            lambda: pressed.append(self.on_telegram.presses(shown.id, chat=shown.chat, data=data)), shown.chat
        )
        return Told(told.messages, str(self.on_telegram.answer_to(pressed[0]).get("text") or ""))

    def sends_other(self, kind: str) -> Told:
        """Send a sticker, a location or a contact."""
        place = {"latitude": 52.5, "longitude": 13.4}
        contents = {"location": place, "contact": {"phone_number": "+49 30 1", "first_name": "Zoe"}}
        if kind == "sticker":
            return self._told(self.on_telegram.sends_sticker, self.id)
        return self._told(lambda: self.on_telegram.sends_other(kind, contents[kind]), self.id)

    def find(self, text: str) -> Shown:
        """Return the newest message of the bot in the private chat that has a text in it."""
        found = [shown for shown in self.house.messages(self.id) if text in shown.text]
        assert found, (text, self.house.messages(self.id))
        return found[-1]

    def _told(self, do: Callable[[], object], chat: int) -> Told:
        before = {(shown.id, shown.changed) for shown in self.house.messages(chat)}
        do()
        self.house.settle()
        return Told(tuple(shown for shown in self.house.messages(chat) if (shown.id, shown.changed) not in before))
