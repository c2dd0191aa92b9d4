"""The methods that send, change and delete messages."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .errors import bad_request, forbidden
from .state import Chat, Message, State
from .validation import check_photo, read_caption, read_file, read_markup, read_reply, read_text
from .wire import message_json, person_json

Method = Callable[[State, dict[str, Any]], Any]
ACTIONS = frozenset(
    """typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
    find_location record_video_note upload_video_note""".split()
)
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def send_message(state: State, values: dict[str, Any]) -> dict[str, Any]:
    """Send a text."""
    text, entities = read_text(values)
    return _send(state, values, text=text, entities=tuple(entities))


def send_photo(state: State, values: dict[str, Any]) -> dict[str, Any]:
    """Send a picture."""
    return _send_file(state, values, "photo")


def send_document(state: State, values: dict[str, Any]) -> dict[str, Any]:
    """Send a file."""
    return _send_file(state, values, "document")


def send_voice(state: State, values: dict[str, Any]) -> dict[str, Any]:
    """Send a voice message."""
    return _send_file(state, values, "voice")


def _send_file(state: State, values: dict[str, Any], kind: str) -> dict[str, Any]:
    text, entities = read_caption(values)
    chat = _chat(state, values)
    file = read_file(state, values, kind, f"{kind}s")
    if kind == "photo":
        check_photo(file.content)
    return _send(state, values, text=text, entities=tuple(entities), kind=kind, file=file, chat=chat)


def _chat(state: State, values: dict[str, Any]) -> Chat:
    return state.writable(values.get("chat_id"), values.get("message_thread_id") or None)


def _send(state: State, values: dict[str, Any], *, chat: Chat | None = None, **content: Any) -> dict[str, Any]:
    markup = read_markup(values)
    chat = chat or _chat(state, values)
    reply_to = read_reply(chat, values)
    thread = values.get("message_thread_id") or None
    message = state.add_message(chat, state.bot.id, markup=markup, reply_to=reply_to, thread=thread, **content)
    return message_json(state, message)


def send_chat_action(state: State, values: dict[str, Any]) -> bool:
    """Show that the bot is typing."""
    chat = _chat(state, values)
    action = str(values.get("action", "")).lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append((time.time(), action))
    state.changed()
    return True


def send_message_draft(state: State, values: dict[str, Any]) -> bool:
    """Show a text that is still being written, in a private chat."""
    chat = _chat(state, values)
    if chat.type != "private":
        raise bad_request("chat not found")
    if not values.get("draft_id"):
        raise bad_request("draft_id must be non-zero")
    chat.drafts.append(read_text(values)[0] if values.get("text") else "")
    state.changed()
    return True


def _editable(state: State, values: dict[str, Any]) -> Message:
    chat = _chat(state, values)
    message = chat.messages.get(values.get("message_id") or 0)
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if message.sender != state.bot.id:
        raise bad_request("message can't be edited")
    return message


def edit_message_text(state: State, values: dict[str, Any]) -> dict[str, Any]:
    """Replace a text; without reply_markup the keyboard goes away."""
    text, entities = read_text(values, too_long="MESSAGE_TOO_LONG")
    message = _editable(state, values)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _edit(state, message, values, text=text, entities=tuple(entities))


def edit_message_caption(state: State, values: dict[str, Any]) -> dict[str, Any]:
    """Replace the caption of a file."""
    text, entities = read_caption(values)
    message = _editable(state, values)
    if message.kind == "text":
        raise bad_request("there is no caption in the message to edit")
    return _edit(state, message, values, text=text, entities=tuple(entities))


def edit_message_reply_markup(state: State, values: dict[str, Any]) -> dict[str, Any]:
    """Replace or take away the keyboard."""
    return _edit(state, _editable(state, values), values)


def _edit(state: State, message: Message, values: dict[str, Any], **content: Any) -> dict[str, Any]:
    content["markup"] = read_markup(values, inline_only=True)
    if all(getattr(message, name) == value for name, value in content.items()):
        raise bad_request(UNCHANGED)
    edits = (*message.edits, (message.text, message.keyboard))
    return message_json(state, state.change(message, edits=edits, edited_at=int(time.time()), **content))


def delete_message(state: State, values: dict[str, Any]) -> bool:
    """Delete a message of the bot, or any message where it may."""
    chat = _chat(state, values)
    message = chat.messages.get(values.get("message_id") or 0)
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    if message.sender != state.bot.id and chat.type != "private" and state.bot.id not in chat.admins:
        raise bad_request("message can't be deleted")
    state.change(message, deleted=True)
    return True


def set_message_reaction(state: State, values: dict[str, Any]) -> bool:
    """Put an emoji on a message, or take it off."""
    chat = _chat(state, values)
    message = chat.messages.get(values.get("message_id") or 0)
    if message is None or message.deleted:
        raise bad_request("message to react not found")
    reactions = values.get("reaction") or []
    if len(reactions) > 1 or any(not reaction.get("emoji") for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    state.change(message, reaction=tuple(reaction["emoji"] for reaction in reactions))
    return True


def answer_callback_query(state: State, values: dict[str, Any]) -> bool:
    """End the press of a button."""
    callback = state.callbacks.get(values.get("callback_query_id", ""))
    late = callback is None or callback.answer is not None or time.time() - callback.at > state.callback_lifetime
    if callback is None or late:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(values.get("text") or "") > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    callback.answer = {name: value for name, value in values.items() if name != "callback_query_id"}
    state.changed()
    return True


def get_file(state: State, values: dict[str, Any]) -> dict[str, Any]:
    """Return where a file is downloaded from."""
    file = state.files.get(values.get("file_id", ""))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > 20 * 1024 * 1024:
        raise bad_request("file is too big")
    unique = file.file_id[:12]
    return {"file_id": file.file_id, "file_unique_id": unique, "file_size": file.size, "file_path": file.path}


def get_chat(state: State, values: dict[str, Any]) -> dict[str, Any]:
    """Return all about a chat."""
    chat = state.chat_of(values.get("chat_id"))
    if not chat.bot_in:
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    person = state.people.get(chat.id)
    names = {"title": chat.title} if person is None else {"first_name": person.name}
    if person is not None and person.username:
        names["username"] = person.username
    return {
        "id": chat.id,
        "type": chat.type,
        **names,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, True),
    }


def get_chat_member(state: State, values: dict[str, Any]) -> dict[str, Any]:
    """Return what a person is in a chat."""
    chat = state.chat_of(values.get("chat_id"))
    user = values.get("user_id") or 0
    if user not in state.people:
        raise bad_request("invalid user_id specified")
    shown = person_json(state, user)
    inside = chat.bot_in if user == state.bot.id else user in chat.members or user == chat.id
    if not inside:
        return {"user": shown, "status": "left"}
    return {"user": shown, "status": "member"} if user not in chat.admins else administrator(shown)


def administrator(shown: dict[str, Any]) -> dict[str, Any]:
    """Return a ChatMemberAdministrator who may do nothing special."""
    rights = """can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats
        can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories
        can_delete_stories can_pin_messages can_manage_topics""".split()
    return {"user": shown, "status": "administrator", **dict.fromkeys(rights, False)}


MESSAGES: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendVoice": send_voice,
    "sendChatAction": send_chat_action,
    "sendMessageDraft": send_message_draft,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "setMessageReaction": set_message_reaction,
    "answerCallbackQuery": answer_callback_query,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
}
