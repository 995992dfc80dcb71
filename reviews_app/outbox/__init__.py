"""Mails on their way: written with what they tell of, sent afterwards, forgotten when sent."""

from reviews_app.outbox.carriers import Carrier, Folder, Smtp, Undelivered
from reviews_app.outbox.mails import (
    RULES,
    Mail,
    failed,
    forget,
    is_due,
    put,
    sent,
    take_due,
    waiting,
)

__all__ = [
    "RULES",
    "Carrier",
    "Folder",
    "Mail",
    "Smtp",
    "Undelivered",
    "failed",
    "forget",
    "is_due",
    "put",
    "sent",
    "take_due",
    "waiting",
]
