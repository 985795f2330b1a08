"""Who may talk to the server: names, pages and the password."""

import base64
import binascii
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from agent.errors import SettingsError
from agent.tutor.endpoint import LOOPBACK_HOSTS
from workbench.shared.addresses import client_address, is_loopback
from workbench.shared.security.brake import Brake

HOST = re.compile(r"([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?", re.ASCII)
ANY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 (compared, not bound)


def check_address(host: str, password: str | None, *, is_public: bool = False) -> None:
    """Raise SettingsError for an address that others can reach when no password is set.

    Public mode is for others, and has no password on purpose.
    """
    if not is_loopback(host) and not password and not is_public:
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
    n_proxies: int = 0
    brake: Brake = field(default_factory=lambda: Brake("password"))

    @classmethod
    def of(
        cls, host: str, password: str | None, names: Collection[str] = (), n_proxies: int = 0
    ) -> "Access":
        """`names` are those that a proxy in front answers to."""
        if password and host in ANY_ADDRESS and not names:
            return cls(None, password, n_proxies)
        own = (name.lower() for name in (host, *names))
        return cls(LOOPBACK_HOSTS.union(own), password, n_proxies)

    def refusal(self, scope: Scope, needs_no_password: bool = False) -> Response | None:
        """The answer to a request that is not let in; None for one that is.

        `needs_no_password` for one that its route lets in by a signature or a code instead.
        """
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self.hosts is not None and _hostname(host) not in self.hosts:
            return PlainTextResponse("This server does not answer under that Host name.", 403)
        if any(_netloc(origin) != host.lower() for origin in headers.getlist("origin")):
            return PlainTextResponse("Requests from pages of another site are refused.", 403)
        if headers.get("sec-fetch-site") == "cross-site" and not _opens_page(headers):
            return PlainTextResponse("Requests from pages of another site are refused.", 403)
        if needs_no_password or self.password is None:
            return None
        given = _given_password(headers)
        return _asked() if given is None else self._judged(given, self.password, scope)

    def _judged(self, given: bytes, password: str, scope: Scope) -> Response | None:
        address = client_address(scope, self.n_proxies)
        try:
            self.brake.check(address)
        except HTTPException as error:
            return PlainTextResponse(error.detail, error.status_code, error.headers)
        if secrets.compare_digest(given, password.encode()):
            return None
        self.brake.wrong(address, given)
        return _asked()


def _asked() -> Response:
    return PlainTextResponse(
        "This workbench asks for its password (any user name).",
        401,
        {"www-authenticate": 'Basic realm="Spoken Maths Workbench", charset="UTF-8"'},
    )


def _netloc(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def _hostname(host: str) -> str | None:
    """The name in a Host header, without its port; None for what is no host."""
    try:
        return urlsplit(f"//{host}").hostname if HOST.fullmatch(host) else None
    except ValueError:
        return None


def _opens_page(headers: Headers) -> bool:
    """A link that somebody follows to this page: the only thing another site may cause."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") in (
        "document",
        "iframe",
    )


def _given_password(headers: Headers) -> bytes | None:
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(credentials, validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return None
