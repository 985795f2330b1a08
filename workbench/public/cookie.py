"""The cookie by which a visitor is known: nothing of it is kept until it comes back."""

import hmac
import secrets

from fastapi import Request

COOKIE = "visit"


class Cookies:
    """Ids signed with a key of this process: only what was given out here is believed."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def new(self) -> str:
        """The value of a cookie that nobody has."""
        visitor_id = secrets.token_urlsafe(24)
        return f"{visitor_id}.{self._signature(visitor_id)}"

    def visitor_id(self, value: str) -> str | None:
        """The id in a cookie's value; None for one that was not given out here."""
        visitor_id, _, signature = value.partition(".")
        expected = self._signature(visitor_id).encode()
        return visitor_id if hmac.compare_digest(expected, signature.encode()) else None

    def _signature(self, visitor_id: str) -> str:
        return hmac.digest(self._key, visitor_id.encode(), "sha256").hex()


def cookie_header(value: str, request: Request) -> str:
    """The `Set-Cookie` for it. A Space is a frame of another site's page, where only a
    partitioned cookie is kept.
    """
    is_https = "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))
    place = "SameSite=None; Secure; Partitioned" if is_https else "SameSite=Strict"
    return f"{COOKIE}={value}; Path=/; HttpOnly; {place}"
