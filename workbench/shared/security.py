"""Who may talk to the server, and what its pages may load."""

import base64
import binascii
import ipaddress
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.errors import SettingsError
from agent.tutor.endpoint import LOOPBACK_HOSTS

# Gradio needs inline script and eval. Nothing may be loaded from or sent to another host,
# and no other site may frame the page.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "form-action 'self'",
        "object-src 'none'",
        "base-uri 'self'",
    )
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
}
# A Space is shown in a frame of huggingface.co.
PUBLIC_HEADERS = HEADERS | {
    "content-security-policy": CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'self'", "frame-ancestors 'self' https://huggingface.co"
    )
}
# All that public mode answers: a route that is not listed here is refused.
PUBLIC_ROUTES = {
    "GET": (
        r"/",
        r"/(config|theme\.css|favicon\.ico|robots\.txt|manifest\.json)",
        r"/(assets|static|workbench)/.+",
        r"/gradio_api/heartbeat/\w+",
        r"/recordings/[^/]+/.+",
        r"/api/(workbench|visit|visit/line|visit/run|visit/run/attempts/\d+)",
        r"/api/lessons/[\w-]+/events",
    ),
    "POST": (
        r"/api/lessons",
        r"/api/lessons/[\w-]+/(offer|say|correct|settings|stop)",
        r"/api/visit/(key|run)",
    ),
    "DELETE": (r"/api/visit/(key|run)",),
    "WEBSOCKET": (r"/api/lessons/[\w-]+/sound",),
}
MAX_PUBLIC_BODY_BYTES = 200_000
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


def is_listed(method: str, path: str) -> bool:
    """Whether public mode answers; HEAD is a GET, a WebSocket has the method `WEBSOCKET`."""
    patterns = PUBLIC_ROUTES.get("GET" if method == "HEAD" else method, ())
    return any(re.fullmatch(pattern, path) for pattern in patterns)


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


class Guard:
    """Checks every request and puts the security headers on every response.

    POSTs to `signed_paths` need no password: another program makes them, and their routes
    check its signature. Nor do the `open_paths`, and all below those that end in a slash:
    everybody may have what is there, or its routes ask for a code. A response that brings a
    header of its own keeps it. In public mode what is not listed is refused, and so are
    bodies that are large or don't say how large they are.
    """

    def __init__(
        self,
        app: ASGIApp,
        access: Access,
        signed_paths: frozenset[str] = frozenset(),
        open_paths: frozenset[str] = frozenset(),
        *,
        is_public: bool = False,
    ) -> None:
        self._app = app
        self._access = access
        self._signed_paths = signed_paths
        self._open_paths = open_paths
        self._is_public = is_public
        self._headers = PUBLIC_HEADERS if is_public else HEADERS
        self._open_folders = tuple(path for path in open_paths if path.endswith("/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        request_headers = Headers(scope=scope)
        refusal = self._access.refusal(request_headers, self._needs_no_password(scope))
        if refusal is None and self._is_public:
            refusal = _public_refusal(scope, request_headers)
        if scope["type"] == "websocket" and refusal is not None:
            await send({"type": "websocket.close", "code": 1008})
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await (refusal or self._app)(scope, receive, send_with_headers)

    def _needs_no_password(self, scope: Scope) -> bool:
        path = scope["path"]
        is_signed = scope.get("method") == "POST" and path in self._signed_paths
        return is_signed or path in self._open_paths or path.startswith(self._open_folders)


def _public_refusal(scope: Scope, headers: Headers) -> Response | None:
    if not is_listed(scope.get("method", "WEBSOCKET"), scope["path"]):
        return JSONResponse({"message": "The public demo does not offer that."}, 403)
    length = headers.get("content-length", "0")
    is_bounded = length.isdecimal() and int(length) <= MAX_PUBLIC_BODY_BYTES
    if not is_bounded or "transfer-encoding" in headers:
        return JSONResponse({"message": "That is more than the public demo takes."}, 413)
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
