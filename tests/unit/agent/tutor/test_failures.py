"""Whatever a client raises becomes one sentence, and none of it is repeated."""

import socket
import ssl

import pytest
from google.genai.errors import APIError, ClientError
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.frames import Close
from websockets.http11 import Response

from agent.errors import LiveError
from agent.tutor.failures import SENTENCES, is_refusal, live_error

HOSTILE = "<script>my secret</script>"


def api(code: int, message: str = HOSTILE) -> APIError:
    return APIError(code, {"error": {"message": message}})


def closed(code: int | None) -> ConnectionClosedError:
    return ConnectionClosedError(Close(code, HOSTILE) if code else None, None)


def http(status: int) -> InvalidStatus:
    return InvalidStatus(Response(status, HOSTILE, Headers(), HOSTILE.encode()))


def caused_by(cause: Exception) -> Exception:
    error = RuntimeError(HOSTILE)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code", "sentence", "refused"),
    [
        (api(1007, "API key not valid. Please pass a valid API key."), 401, "the key", True),
        (ClientError(400, {"error": {"message": "API key expired"}}), 401, "the key", True),
        (api(1007), 1007, "refused what it was sent", True),
        (api(1008), 1008, "Choose another model", True),
        (api(1011), 1011, r"failed \(1011\)", False),
        (api(1011, "You exceeded your current quota"), 429, "no capacity", True),
        (api(1000), 1000, r"ended the lesson \(1000\)", False),
        (api(429), 429, "no capacity", True),
        (api(503), 503, r"ended the lesson \(503\)", False),
        (closed(1011), 1011, r"failed \(1011\)", False),
        (closed(None), 1006, "connection broke", False),
        (http(401), 401, "does not accept the key", True),
        (http(403), 403, "may not use", True),
        (http(404), 404, "GOOGLE_GEMINI_BASE_URL", True),
        (ssl.SSLCertVerificationError(1, HOSTILE), None, "SSL_CERT_FILE", False),
        (socket.gaierror(-2, HOSTILE), None, "could not be reached", False),
        (ConnectionRefusedError(111, HOSTILE), None, "could not be reached", False),
        (TimeoutError(HOSTILE), None, "could not be reached", False),
        (caused_by(ConnectionResetError(HOSTILE)), None, "could not be reached", False),
        (caused_by(ssl.SSLError(1, HOSTILE)), None, "SSL_CERT_FILE", False),
        (ValueError(HOSTILE), None, "failed. Start again", False),
    ],
)
def test_an_error_is_told_in_one_sentence(
    error: BaseException, code: int | None, sentence: str, refused: bool
) -> None:
    """What happened, what to do, and whether the service said no or was lost."""
    told = live_error(error)
    assert isinstance(told, LiveError)
    assert told.code == code
    with pytest.raises(LiveError, match=sentence):
        raise told
    assert is_refusal(told) == refused
    assert "secret" not in str(told)


def test_every_sentence_says_what_to_do() -> None:
    """`failed` alone leaves people where they were."""
    remedies = ("Check ", "Try ", "Start ", "Choose ")
    assert [text for text in SENTENCES.values() if not any(r in text for r in remedies)] == []
