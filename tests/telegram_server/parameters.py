"""Which parameters the modelled methods take, and of which type; anything else a client sends is a mistake."""

from __future__ import annotations

import json
from typing import Any

# Bot API 10.1. A name alone is a string; ":i" integer, ":b" boolean, ":j" JSON, ":f" file, ":c" chat; "!" is required.
_SENDING = """chat_id:c! business_connection_id message_thread_id:i direct_messages_topic_id:i disable_notification:b
    protect_content:b allow_paid_broadcast:b message_effect_id suggested_post_parameters:j
    reply_parameters:j reply_markup:j"""
_CAPTION = "caption parse_mode caption_entities:j"
_EDITING = "business_connection_id chat_id:c message_id:i inline_message_id reply_markup:j"
_METHODS = {
    "getMe": "",
    "getUpdates": "offset:i limit:i timeout:i allowed_updates:j",
    "setWebhook": """url! certificate:f ip_address max_connections:i allowed_updates:j drop_pending_updates:b
        secret_token""",
    "deleteWebhook": "drop_pending_updates:b",
    "getWebhookInfo": "",
    "sendMessage": f"{_SENDING} text! parse_mode entities:j link_preview_options:j",
    "sendPhoto": f"{_SENDING} {_CAPTION} photo:f! show_caption_above_media:b has_spoiler:b",
    "sendDocument": f"{_SENDING} {_CAPTION} document:f! thumbnail:f disable_content_type_detection:b",
    "sendVoice": f"{_SENDING} {_CAPTION} voice:f! duration:i",
    "sendChatAction": "business_connection_id chat_id:c! message_thread_id:i action!",
    "editMessageText": f"{_EDITING} text parse_mode entities:j link_preview_options:j rich_message:j",
    "editMessageCaption": f"{_EDITING} {_CAPTION} show_caption_above_media:b",
    "editMessageReplyMarkup": _EDITING,
    "deleteMessage": "chat_id:c! message_id:i!",
    "answerCallbackQuery": "callback_query_id! text show_alert:b url cache_time:i",
    "getFile": "file_id!",
    "setMyCommands": "commands:j! scope:j language_code",
    "getMyCommands": "scope:j language_code",
    "deleteMyCommands": "scope:j language_code",
    "getChat": "chat_id:c!",
    "getChatMember": "chat_id:c! user_id:i!",
    "setMessageReaction": "chat_id:c! message_id:i! reaction:j is_big:b",
    "sendMessageDraft": "chat_id:c! message_thread_id:i draft_id:i! text parse_mode entities:j",
    "logOut": "",
    "close": "",
}
# Real methods that are not modelled: answered with 501, because 404 would say that they do not exist.
_ELSEWHERE = """
    addStickerToSet answerChatJoinRequestQuery answerGuestQuery answerInlineQuery answerPreCheckoutQuery
    answerShippingQuery answerWebAppQuery approveChatJoinRequest approveSuggestedPost banChatMember
    banChatSenderChat closeForumTopic closeGeneralForumTopic convertGiftToStars copyMessage copyMessages
    createChatInviteLink createChatSubscriptionInviteLink createForumTopic createInvoiceLink createNewStickerSet
    declineChatJoinRequest declineSuggestedPost deleteAllMessageReactions deleteBusinessMessages deleteChatPhoto
    deleteChatStickerSet deleteForumTopic deleteMessageReaction deleteMessages deleteStickerFromSet
    deleteStickerSet deleteStory editChatInviteLink editChatSubscriptionInviteLink editForumTopic
    editGeneralForumTopic editMessageChecklist editMessageLiveLocation editMessageMedia editStory
    editUserStarSubscription exportChatInviteLink forwardMessage forwardMessages getAvailableGifts
    getBusinessAccountGifts getBusinessAccountStarBalance getBusinessConnection getChatAdministrators getChatGifts
    getChatMemberCount getChatMenuButton getCustomEmojiStickers getForumTopicIconStickers getGameHighScores
    getManagedBotAccessSettings getManagedBotToken getMyDefaultAdministratorRights getMyDescription getMyName
    getMyShortDescription getMyStarBalance getStarTransactions getStickerSet getUserChatBoosts getUserGifts
    getUserPersonalChatMessages getUserProfileAudios getUserProfilePhotos giftPremiumSubscription
    hideGeneralForumTopic leaveChat pinChatMessage postStory promoteChatMember readBusinessMessage
    refundStarPayment removeBusinessAccountProfilePhoto removeChatVerification removeMyProfilePhoto
    removeUserVerification reopenForumTopic reopenGeneralForumTopic replaceManagedBotToken replaceStickerInSet
    repostStory restrictChatMember revokeChatInviteLink savePreparedInlineMessage savePreparedKeyboardButton
    sendAnimation sendAudio sendChatJoinRequestWebApp sendChecklist sendContact sendDice sendGame sendGift
    sendInvoice sendLivePhoto sendLocation sendMediaGroup sendPaidMedia sendPoll sendRichMessage
    sendRichMessageDraft sendSticker sendVenue sendVideo sendVideoNote setBusinessAccountBio
    setBusinessAccountGiftSettings setBusinessAccountName setBusinessAccountProfilePhoto setBusinessAccountUsername
    setChatAdministratorCustomTitle setChatDescription setChatMemberTag setChatMenuButton setChatPermissions
    setChatPhoto setChatStickerSet setChatTitle setCustomEmojiStickerSetThumbnail setGameScore
    setManagedBotAccessSettings setMyDefaultAdministratorRights setMyDescription setMyName setMyProfilePhoto
    setMyShortDescription setPassportDataErrors setStickerEmojiList setStickerKeywords setStickerMaskPosition
    setStickerPositionInSet setStickerSetThumbnail setStickerSetTitle setUserEmojiStatus stopMessageLiveLocation
    stopPoll transferBusinessAccountStars transferGift unbanChatMember unbanChatSenderChat unhideGeneralForumTopic
    unpinAllChatMessages unpinAllForumTopicMessages unpinAllGeneralForumTopicMessages unpinChatMessage upgradeGift
    uploadStickerFile verifyChat verifyUser"""


def _table(line: str) -> dict[str, tuple[str, bool]]:
    return {
        word.rstrip("!").partition(":")[0]: (word.rstrip("!").partition(":")[2] or "s", word.endswith("!"))
        for word in line.split()
    }


PARAMETERS = {method: _table(line) for method, line in _METHODS.items()}
NAMES = {method.lower(): method for method in PARAMETERS}
UNMODELLED = frozenset(_ELSEWHERE.lower().split())


def read_parameters(method: str, given: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the parameters in their types beside the mistakes the official server would silently pass over."""
    table = PARAMETERS[method]
    mistakes = [f"unknown parameter {name}" for name in given if name not in table and not name.startswith("attach:")]
    mistakes += [f"missing parameter {name}" for name, (_, required) in table.items() if required and name not in given]
    values = {name: value for name, value in given.items() if name not in table}
    for name, value in given.items():
        if name in table:
            values[name], mistake = _typed(name, value, table[name][0])
            mistakes += [mistake] if mistake else []
    return values, mistakes


def _typed(name: str, value: Any, kind: str) -> tuple[Any, str | None]:
    if kind == "i":
        return _integer(name, value)
    if kind == "b":
        truth = str(value).lower()
        return truth in {"true", "1", "yes", "t"}, None if truth in {
            "true",
            "false",
        } else f"parameter {name} is not a boolean"
    if kind == "j" and isinstance(value, str):
        try:
            return json.loads(value) if value else None, None
        except ValueError:
            return NotJson(value), f"parameter {name} is not JSON"
    if kind in {"s", "c"} and not isinstance(value, str):
        return str(value), None if isinstance(value, int) else f"parameter {name} is not a string"
    return value, None


def _integer(name: str, value: Any) -> tuple[int, str | None]:
    try:
        return int(value), None
    except (TypeError, ValueError):
        return 0, f"parameter {name} is not an integer"


class NotJson(str):
    """A parameter that should have been JSON."""

    __slots__ = ()
