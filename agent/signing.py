"""Signatures as Standard Webhooks lay them down (standardwebhooks.com, version 1)."""

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime

from standardwebhooks import Webhook, WebhookVerificationError

SECRET_BYTES = range(24, 65)  # the specification's bounds


def check_secret(secret: str) -> str:
    """The secret, if it is base64 of 24 to 64 bytes, with or without `whsec_` before it.

    Raises ValueError that does not show it.
    """
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) not in SECRET_BYTES:
        raise ValueError("expected base64 of 24 to 64 bytes (`openssl rand -base64 32` makes one)")
    return secret


def signed_headers(
    secret: str | None, message_id: str, body: str, now_sec: float
) -> dict[str, str]:
    """The three headers of a webhook; without a secret the signature is left out."""
    now = datetime.fromtimestamp(int(now_sec), UTC)
    headers = {"webhook-id": message_id, "webhook-timestamp": str(int(now_sec))}
    if secret is None:
        return headers
    return headers | {"webhook-signature": Webhook(secret).sign(message_id, now, body)}


def is_signed(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the body was signed with `secret`, not more than five minutes ago or ahead."""
    try:
        Webhook(secret).verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError):  # a malformed header is a ValueError
        return False
    return True
