"""The tables of people and of all that goes between them and Butler, as peewee models bound to no database."""

# ruff: noqa: D106  # Meta is peewee's
from __future__ import annotations

import peewee

from store.fields import CanonicalJsonField, UtcField


class DialogueRow(peewee.Model):
    """What Butler is in the middle of with one person in one chat."""

    user = peewee.TextField()
    chat = peewee.TextField()
    state = CanonicalJsonField()
    updated_at = UtcField()

    class Meta:
        table_name = "dialogue"
        primary_key = peewee.CompositeKey("user", "chat")


class ButtonRow(peewee.Model):
    """One button that was sent: whose it is, what it means, until when, and whether it was pressed."""

    id = peewee.TextField(primary_key=True)
    user = peewee.TextField()
    chat = peewee.TextField()
    payload = CanonicalJsonField()
    created_at = UtcField()
    expires_at = UtcField(null=True)
    used_at = UtcField(null=True)
    used_turn = peewee.IntegerField(null=True)

    class Meta:
        table_name = "buttons"


class Person(peewee.Model):
    """A user of Butler; who was removed is no member any more, and `leaving` is the number they are becoming."""

    user = peewee.TextField(primary_key=True)
    role = peewee.TextField()
    first_seen = UtcField()
    name = peewee.TextField(default="")
    username = peewee.TextField(null=True)
    member = peewee.BooleanField(default=True)
    leaving = peewee.IntegerField(default=0)

    class Meta:
        table_name = "people"


class Stranger(peewee.Model):
    """Somebody who wrote and may not talk: whether they were told so, and how often they tried a code."""

    user = peewee.TextField(primary_key=True)
    first_seen = UtcField()
    greeted_at = UtcField(null=True)
    tries = peewee.IntegerField(default=0)
    tried_at = UtcField(null=True)

    class Meta:
        table_name = "strangers"


class InvitationRow(peewee.Model):
    """A code that lets one person in, kept as its hash."""

    id = peewee.AutoField()
    code_hash = peewee.TextField(unique=True)
    role = peewee.TextField()
    created_by = peewee.TextField()
    created_at = UtcField()
    expires_at = UtcField()
    used_by = peewee.TextField(null=True)
    used_at = UtcField(null=True)
    kind = peewee.TextField()

    class Meta:
        table_name = "invitations"


class InboxRow(peewee.Model):
    """One update that came in; its payload is kept until it is done."""

    update_id = peewee.IntegerField(primary_key=True)
    digest = peewee.TextField()
    sender = peewee.TextField()
    chat = peewee.TextField()
    message = peewee.IntegerField(null=True)
    payload = peewee.TextField(null=True)
    received_at = UtcField()
    pressed_answered_at = UtcField(null=True)
    turn = peewee.IntegerField(null=True)
    done_at = UtcField(null=True)

    class Meta:
        table_name = "inbox"


class OutboxRow(peewee.Model):
    """One message, edit or file that is to go out, and what became of it."""

    id = peewee.AutoField()
    channel = peewee.TextField()
    chat = peewee.TextField()
    user = peewee.TextField()
    message = peewee.TextField(null=True)
    edits = peewee.TextField(null=True)
    kind = peewee.TextField()
    payload = CanonicalJsonField()
    reply_to = peewee.IntegerField(null=True)
    urgent = peewee.BooleanField(default=False)
    repeatable = peewee.BooleanField(default=False)
    forget = peewee.BooleanField(default=False)
    created_at = UtcField()
    due_at = UtcField()
    state = peewee.TextField(default="waiting")
    attempts = peewee.IntegerField(default=0)
    again = peewee.BooleanField(default=False)
    external_id = peewee.IntegerField(null=True)
    problem = peewee.TextField(null=True)
    tried_at = UtcField(null=True)
    sent_at = UtcField(null=True)
    ended_at = UtcField(null=True)

    class Meta:
        table_name = "outbox"


class NoticeRow(peewee.Model):
    """One notice to one person, and how they answered it."""

    number = peewee.AutoField()
    kind = peewee.TextField()
    user = peewee.TextField()
    text = peewee.TextField()
    buttons = CanonicalJsonField()
    urgent = peewee.BooleanField(default=False)
    created_at = UtcField()
    answer = peewee.TextField(null=True)
    answered_at = UtcField(null=True)

    class Meta:
        table_name = "notices"


class Fact(peewee.Model):
    """One thing Butler remembers about its own running."""

    key = peewee.TextField(primary_key=True)
    value = peewee.TextField()

    class Meta:
        table_name = "facts"
