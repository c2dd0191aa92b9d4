"""What the official server checks before it does anything: texts, keyboards, replies, photos."""

from __future__ import annotations

import re
import struct
from typing import Any
from urllib.parse import urlsplit

from .errors import RefusedError, bad_request
from .html_markup import HtmlReader, utf16
from .markdown_markup import MarkdownV2Reader, read_markdown
from .parameters import NotJson
from .state import Chat, File, State

Parsed = tuple[str, list[dict[str, Any]]]
TOO_LONG = "message is too long"


def read_text(values: dict[str, Any], *, too_long: str = TOO_LONG) -> Parsed:
    """Return the text of a message and its entities."""
    raw = values.get("text") or ""
    if not raw:
        raise bad_request("message text is empty")
    text, entities = _read(raw, values.get("parse_mode"), values.get("entities"))
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > 4096:
        raise bad_request(too_long)
    return text, entities


def read_caption(values: dict[str, Any]) -> Parsed:
    """Return the caption of a file and its entities."""
    text, entities = _read(values.get("caption") or "", values.get("parse_mode"), values.get("caption_entities"))
    if len(text) > 1024:
        raise bad_request("message caption is too long")
    return text, entities


def _read(raw: str, mode: str | None, given: Any) -> Parsed:
    if len(raw.encode()) > 32768:
        raise bad_request("text is too long")
    wanted = (mode or "").lower()
    if wanted == "html":
        parsed = HtmlReader(raw).read()
    elif wanted == "markdownv2":
        parsed = MarkdownV2Reader(raw).read()
    elif wanted == "markdown":
        parsed = read_markdown(raw)
    elif wanted in {"", "none"}:
        parsed = raw, list(given or [])
    else:
        raise bad_request("unsupported parse_mode")
    return _trimmed(*parsed)


def _trimmed(text: str, entities: list[dict[str, Any]]) -> Parsed:
    text = text.replace("\r", "")
    if not text.strip():
        return "", []
    lead = utf16(text) - utf16(text.lstrip(" \n"))
    lead = min([lead, *(entity["offset"] for entity in entities)])
    text = text[lead:].rstrip()
    length = utf16(text)
    kept = [
        {**e, "offset": e["offset"] - lead, "length": min(e["length"], length - e["offset"] + lead)} for e in entities
    ]
    return text, [entity for entity in kept if entity["length"] > 0]


def read_markup(values: dict[str, Any], *, inline_only: bool = False) -> dict[str, Any] | None:
    """Return the keyboard of a call."""
    markup = values.get("reply_markup")
    if markup is None:
        return None
    if isinstance(markup, NotJson):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if inline_only and "inline_keyboard" not in markup and markup:
        raise bad_request("inline keyboard expected")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return markup or None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    checked = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, checked)) > 100:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": checked} if checked else None


def _button(button: Any) -> dict[str, Any]:
    problem = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(problem + "expected an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(problem + 'can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if "callback_data" in button:
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button:
        _check_address(button["url"])
    elif set(button) <= {"text", "style", "icon_custom_emoji_id"}:
        raise bad_request(problem + "Text buttons are unallowed in the inline keyboard")
    return button


def _check_address(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in {"http", "https", "tg"} or (parts.scheme != "tg" and "." not in (parts.hostname or "")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def read_reply(chat: Chat, values: dict[str, Any]) -> int | None:
    """Return the number of the message that is answered."""
    reply = values.get("reply_parameters") or {}
    if not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    number = reply.get("message_id")
    if number is None:
        return None
    message = chat.messages.get(int(number))
    if message is not None and not message.deleted:
        return message.id
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def read_file(state: State, values: dict[str, Any], name: str, folder: str) -> File:
    """Return the uploaded or known file that a parameter names."""
    given = values.get(name)
    if isinstance(given, str) and given.startswith("attach://"):
        given = values.get("attach:" + given.removeprefix("attach://"), "")
    if isinstance(given, str):
        if given in state.files:
            return state.files[given]
        raise bad_request(
            "wrong remote file identifier specified: Wrong character in the string"
            if given
            else f"there is no {name} in the request"
        )
    if given is None:
        raise bad_request(f"there is no {name} in the request")
    filename, mime, content = given
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > (10 if name == "photo" else 50) * 1024 * 1024:
        raise RefusedError(413, "Request Entity Too Large")
    return state.keep_file(content, folder, filename, mime)


def check_photo(content: bytes) -> None:
    """Raise unless the content is a picture of a size Telegram takes."""
    size = image_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > 10000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def image_size(content: bytes) -> tuple[int, int] | None:
    """Return (width, height) of a PNG, GIF or JPEG picture, or None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        return struct.unpack(">II", content[16:24])
    if content[:6] in {b"GIF87a", b"GIF89a"} and len(content) >= 10:
        return struct.unpack("<HH", content[6:10])
    if content.startswith(b"\xff\xd8") and (frame := re.search(rb"\xff[\xc0-\xc2]..\x08(....)", content, re.DOTALL)):
        height, width = struct.unpack(">HH", frame[1])
        return width, height
    return None
