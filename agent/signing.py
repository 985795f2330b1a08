"""Signatures as Standard Webhooks lay them down (standardwebhooks.com, version 1)."""

import base64
import binascii
from datetime import UTC, datetime

from standardwebhooks import Webhook

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
