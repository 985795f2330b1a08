"""Every request passes here before a route sees it."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workbench.shared.security.access import Access
from workbench.shared.security.headers import HEADERS, PUBLIC_HEADERS
from workbench.shared.security.public import MAX_PUBLIC_BODY_BYTES, is_listed


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
