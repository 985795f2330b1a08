"""Errors of the Live service, as one sentence for the user."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from google.genai.errors import APIError
from websockets.exceptions import ConnectionClosed, InvalidStatus

from agent.errors import LiveError

SENTENCES = {
    400: "The Live service refused the request (400). Check GOOGLE_API_KEY.",
    401: "The Live service does not accept the key. Check GOOGLE_API_KEY.",
    403: "The key may not use the Live service. Check GOOGLE_API_KEY.",
    404: "The Live service was not found at this address. Check GOOGLE_GEMINI_BASE_URL.",
    429: "The Live service has no capacity left for this key. Try again later.",
    1006: "The Live service was lost: the connection broke. Start again.",
    1007: "The Live service refused what it was sent (1007). Start again.",
    1008: "The Live service refused the lesson (1008): the model is unknown to it or not allowed "
    "for this key. Choose another model.",
    1011: "The Live service failed (1011). Start again.",
}


REFUSALS = frozenset({400, 401, 403, 404, 429, 1007, 1008})


def is_refusal(error: LiveError) -> bool:
    """Whether the service refused; otherwise the connection was lost or never made."""
    return error.code in REFUSALS


def live_error(error: BaseException) -> LiveError:
    """`error` in words for the user; no text from outside is repeated."""
    if isinstance(error, LiveError):
        return error
    cause = error.__cause__ or error
    if isinstance(cause, LiveError):
        return cause
    code = _code(error)
    if code is not None:
        sentence = SENTENCES.get(code, f"The Live service ended the lesson ({code}). Start again.")
        return LiveError(sentence, code)
    if isinstance(cause, ssl.SSLError):
        return LiveError("The Live service's certificate is not trusted. Check SSL_CERT_FILE.")
    if isinstance(cause, socket.gaierror | OSError | TimeoutError):
        return LiveError("The Live service could not be reached. Check the network.")
    return LiveError("The Live service failed. Start again.")


@contextmanager
def told_as_live_errors() -> Iterator[None]:
    """Raises LiveError for whatever a client library raises in the block: it may be anything."""
    try:
        yield
    except Exception as error:
        raise live_error(error) from error


def _code(error: BaseException) -> int | None:
    if "api key" in str(error).lower():
        return 401  # the service closes with 1007 then
    if "quota" in str(error).lower():
        return 429  # the service closes with 1011 then
    match error:
        case APIError():
            return error.code
        case ConnectionClosed():
            return error.rcvd.code if error.rcvd else 1006
        case InvalidStatus():
            return error.response.status_code
    return None
