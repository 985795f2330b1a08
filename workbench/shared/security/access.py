"""Who may talk to the server: names, pages and the password."""

import base64
import binascii
import ipaddress
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response

from agent.errors import SettingsError
from agent.tutor.endpoint import LOOPBACK_HOSTS

ANY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 (compared, not bound)


def check_address(host: str, password: str | None, *, is_public: bool = False) -> None:
    """Raise SettingsError for an address that others can reach when no password is set.

    Public mode is for others, and has no password on purpose.
    """
    if not _is_loopback(host) and not password and not is_public:
        raise SettingsError(
            f"WORKBENCH_HOST is {host}, which other machines can reach: set WORKBENCH_PASSWORD, "
            "or leave WORKBENCH_HOST at 127.0.0.1."
        )


@dataclass(frozen=True, slots=True)
class Access:
    """Which requests are let in.

    `hosts` are the names under which the server answers; None means any, which only a
    password makes safe: a page of another site that rebinds its name has none.
    """

    hosts: frozenset[str] | None
    password: str | None = None

    @classmethod
    def of(cls, host: str, password: str | None, names: Collection[str] = ()) -> "Access":
        """`names` are those that a proxy in front answers to."""
        if password and host in ANY_ADDRESS and not names:
            return cls(None, password)
        own = (name.lower() for name in (host, *names))
        return cls(LOOPBACK_HOSTS.union(own), password)

    def refusal(self, headers: Headers, needs_no_password: bool = False) -> Response | None:
        """The answer to a request that is not let in; None for one that is.

        `needs_no_password` for one that its route lets in by a signature or a code instead.
        """
        host = headers.get("host", "")
        if self.hosts is not None and _hostname(f"//{host}") not in self.hosts:
            return PlainTextResponse("This server does not answer under that Host name.", 403)
        if any(_netloc(origin) != host.lower() for origin in headers.getlist("origin")):
            return PlainTextResponse("Requests from pages of another site are refused.", 403)
        if headers.get("sec-fetch-site") == "cross-site" and not _opens_page(headers):
            return PlainTextResponse("Requests from pages of another site are refused.", 403)
        if needs_no_password or self.password is None:
            return None
        if not _knows(self.password, headers):
            return PlainTextResponse(
                "This workbench asks for its password (any user name).",
                401,
                {"www-authenticate": 'Basic realm="Spoken Maths Workbench", charset="UTF-8"'},
            )
        return None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _netloc(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _opens_page(headers: Headers) -> bool:
    """A link that somebody follows to this page: the only thing another site may cause."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") in (
        "document",
        "iframe",
    )


def _knows(password: str, headers: Headers) -> bool:
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        given = base64.b64decode(credentials, validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return False
    return secrets.compare_digest(given, password.encode())
