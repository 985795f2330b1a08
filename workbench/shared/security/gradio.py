"""The wall in front of Gradio: the few routes that are used, and no body that names a file.

Gradio reads arguments before our functions see them. A dict that looks like one of its files
makes it copy any file of this machine, fetch any address, or read a device without end.
"""

import logging
import re

from fastapi import HTTPException
from pydantic_core import from_json, to_json
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workbench.shared.security.listed import Routes, matches

# All that the page itself and the documented programs (gradio_client, MCP) ask Gradio for.
PAGE_ROUTES: Routes = {
    "GET": (
        r"/",
        r"/(config|theme\.css|favicon\.ico|robots\.txt|manifest\.json)",
        r"/(assets|static)/.{1,200}",
        r"/gradio_api/heartbeat/[\w-]{1,100}",
    )
}
CALLS = r"/gradio_api/(queue/join|mcp/?)"
GRADIO_ROUTES: Routes = {
    "GET": (*PAGE_ROUTES["GET"], r"/gradio_api/(info|app_id|queue/data)"),
    "POST": (CALLS,),
}
QUERY = re.compile(rb"(tab|__theme|view|serialize|session_hash)=[\w.-]{0,100}")
SESSION = re.compile(r"[\w-]{1,100}")
NAMES_A_FILE = frozenset({"path", "url", "_type"})
MAX_SIGNS = 20_000  # brackets and commas: as many values at most
MAX_DEPTH = 20
LENGTHS = frozenset({b"content-length", b"transfer-encoding"})

log = logging.getLogger(__name__)


class GradioWall:
    """Gradio for what is listed, with bodies that are read once, here, and written anew.

    Gradio gets what was checked and nothing else: no second reading of an escape, an encoding
    or a doubled key can find another value. Of a query it gets the parts that are used.
    """

    def __init__(self, gradio: ASGIApp) -> None:
        self.gradio = gradio

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises HTTPException for what is not let through."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        _check_route(scope)
        scope = {**scope, "query_string": _used_query(scope["query_string"])}
        if scope["method"] == "POST":
            body = checked_body(await _read(receive))
            headers = [(name, value) for name, value in scope["headers"] if name not in LENGTHS]
            length = (b"content-length", str(len(body)).encode())
            scope["headers"], receive = [*headers, length], _given(body, receive)
        await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Gradio's answer; what it did not expect is a line in the log, not a traceback."""
        begun = whole = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun, whole
            begun = True
            whole = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        try:
            await self.gradio(scope, receive, send_and_note)
        except Exception as error:  # noqa: BLE001 (whatever it raises)
            log.warning("Gradio could not answer %.100r: %.200r", scope["path"], error)
            if not begun:
                raise HTTPException(400, "Gradio could not answer that; correct it.") from None
            if not whole:
                await send({"type": "http.response.body", "body": b"", "more_body": False})


def _check_route(scope: Scope) -> None:
    if not matches(GRADIO_ROUTES, scope["method"], scope["path"]):
        is_known = any(matches(GRADIO_ROUTES, each, scope["path"]) for each in GRADIO_ROUTES)
        if is_known:
            raise HTTPException(405, "This address does not answer that method.")
        raise HTTPException(404, "The workbench has nothing at this address.")


def _used_query(query: bytes) -> bytes:
    return b"&".join(each for each in query.split(b"&") if QUERY.fullmatch(each))


async def _read(receive: Receive) -> bytes:
    parts = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HTTPException(400, "The connection ended before the body.")
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _given(body: bytes, receive: Receive) -> Receive:
    """Gives `body` once, then whatever comes after it."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return first.pop() if first else await receive()

    return receive_again


def checked_body(body: bytes) -> bytes:
    """The same JSON, written anew; HTTPException unless it is JSON of plain values."""
    if sum(body.count(sign) for sign in b"[{,") > MAX_SIGNS:
        raise HTTPException(413, f"Expected at most {MAX_SIGNS} values; send less at a time.")
    try:
        value = from_json(body, allow_inf_nan=False)
    except ValueError:
        raise HTTPException(400, "Expected a body of JSON in UTF-8; correct it.") from None
    _check_values(value)
    session = value.get("session_hash", "none") if isinstance(value, dict) else "none"
    if not isinstance(session, str) or not SESSION.fullmatch(session):
        raise HTTPException(400, "session_hash: expected at most 100 letters and digits.")
    return to_json(value, inf_nan_mode="null")


def _check_values(value: object) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        dicts = [each for each in level if isinstance(each, dict)]
        if any(not NAMES_A_FILE.isdisjoint(each) for each in dicts):
            names = ", ".join(sorted(NAMES_A_FILE))
            raise HTTPException(
                400, f"Expected plain values, got a file ({names}): send it as text."
            )
        lists = [each for each in level if isinstance(each, list)]
        level = [inner for each in lists for inner in each]
        level += [inner for each in dicts for inner in each.values()]
        if not level:
            return
    raise HTTPException(400, f"Expected values nested at most {MAX_DEPTH} deep; send them flat.")
