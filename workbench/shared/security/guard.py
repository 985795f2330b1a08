"""Every request passes here before a route sees it."""

from dataclasses import dataclass

from fastapi import HTTPException
from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workbench.shared.security.access import Access
from workbench.shared.security.bodies import BodyBounds
from workbench.shared.security.headers import HEADERS, PUBLIC_HEADERS
from workbench.shared.security.public import is_listed

# Gradio makes the address of the page from them, and links to whatever they name.
NEVER_READ = frozenset({b"x-forwarded-host", b"x-forwarded-prefix", b"x-gradio-server"})
READ_OF_PROXIES = frozenset({b"x-forwarded-proto"})


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Where no password is asked for.

    POSTs to `signed_paths`: another program makes them, and their routes check its signature.
    The `open_paths`, and all below those that end in a slash: everybody may have what is
    there, or its routes ask for a code.
    """

    signed_paths: frozenset[str] = frozenset()
    open_paths: frozenset[str] = frozenset()

    def holds(self, method: str, path: str) -> bool:
        is_signed = method == "POST" and path in self.signed_paths
        folders = tuple(each for each in self.open_paths if each.endswith("/"))
        return is_signed or path in self.open_paths or path.startswith(folders)


class Guard:
    """Checks every request and puts the security headers on every response.

    A response that brings a header of its own keeps it. In public mode what is not listed is
    refused. What a request says about the server's own address is left out, except for the
    https of a proxy that is believed.
    """

    def __init__(
        self,
        app: ASGIApp,
        access: Access,
        unlocked: Unlocked = Unlocked(),
        bodies: BodyBounds = BodyBounds(),  # noqa: B008 (frozen)
        *,
        is_public: bool = False,
    ) -> None:
        self._app = app
        self._access = access
        self._unlocked = unlocked
        self._bodies = bodies
        self._is_public = is_public
        self._headers = PUBLIC_HEADERS if is_public else HEADERS
        self._left_out = NEVER_READ if access.n_proxies else NEVER_READ | READ_OF_PROXIES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name not in self._left_out]
        scope = {**scope, "headers": headers}
        if scope["type"] == "websocket":
            if self._refusal(scope) is None:
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    answered.setdefault(name, value)
            await send(message)

        if refusal := self._refusal(scope):
            await refusal(scope, receive, send_with_headers)
            return
        try:
            bounded = self._bodies.checked(scope, receive)
        except HTTPException as error:
            refusal = JSONResponse({"message": error.detail}, error.status_code)
            await refusal(scope, receive, send_with_headers)
            return
        await self._app(scope, bounded, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        method, path = scope.get("method", "WEBSOCKET"), scope["path"]
        refusal = self._access.refusal(scope, self._unlocked.holds(method, path))
        if refusal is not None or not self._is_public:
            return refusal
        if not is_listed(method, path):
            return JSONResponse({"message": "The public demo does not offer that."}, 403)
        return None
