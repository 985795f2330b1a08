"""Whatever a client raises becomes one sentence, and none of it is repeated."""

import socket
import ssl

import pytest
from google.genai.errors import APIError, ClientError
from websockets.datastructures import Headers
from websockets.exceptions import (
    ConnectionClosedError,
    InvalidProxy,
    InvalidProxyStatus,
    InvalidStatus,
)
from websockets.frames import Close
from websockets.http11 import Response

from agent.errors import LiveError, Remedy
from agent.tutor.failures import FAILURES, is_refusal, live_error

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
        (ClientError(400, {"error": {"message": "API key expired"}}), 401, "The key", True),
        (api(1007), 1007, "refused what it was sent", True),
        (api(1008), 1008, "Choose another model", True),
        (caused_by(api(1008)), 1008, "Choose another model", True),
        (api(1011), 1011, r"failed \(1011\)", False),
        (api(1011, "You exceeded your current quota"), 429, "no capacity", True),
        (api(1000), 1000, r"ended the lesson \(1000\)", False),
        (api(429), 429, "no capacity", True),
        (api(503), 503, "overloaded", True),
        (closed(1011), 1011, r"failed \(1011\)", False),
        (closed(None), 1006, "connection broke", False),
        (http(401), 401, "does not accept the key", True),
        (http(403), 403, "may not use", True),
        (http(404), 404, "GOOGLE_GEMINI_BASE_URL", True),
        (ssl.SSLCertVerificationError(1, HOSTILE), None, "SSL_CERT_FILE", True),
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
    remedies = ("check", "try ", "start ", "choose ", "set ", "use ", "add ", "raise ", "wait ")
    found = [each.sentence for each in FAILURES]
    assert [text for text in found if not any(r in text.lower() for r in remedies)] == []


def test_start_again_is_said_only_where_it_helps() -> None:
    """Whoever has no credit starts again in vain, and pays with patience."""
    advised = [each.remedy for each in FAILURES if "Start again" in each.sentence]
    assert set(advised) == {Remedy.AGAIN}


@pytest.mark.parametrize(
    ("code", "message", "told", "remedy"),
    [
        (1007, "User location is not supported for the API use.", "region", "stop"),
        (1011, "Your prepayment credits are depleted. Please go to ...", "Add credit", "stop"),
        (1011, "Your project has exceeded its monthly spending cap.", "spending cap", "stop"),
        (1008, "Your API key was reported as leaked.", "made public", "stop"),
        (1007, "API key expired. Please renew the API key.", "has expired", "stop"),
        (1008, "Your project has been denied access. Please contact support.", "project", "stop"),
        (429, "GenerateRequestsPerDayPerProjectPerModel-FreeTier", "day's quota", "stop"),
        (1011, "You exceeded your current quota, please check your plan", "no capacity", "pause"),
        (429, "Resource has been exhausted (e.g. check quota).", "no capacity", "pause"),
        (503, "The model is overloaded.", "overloaded", "pause"),
        (1008, "models/x is not found for API version v1beta, or is not", "unknown", "never"),
        (1008, "Operation is not implemented, or supported, or enabled.", "at times", "again"),
        (1008, "The operation was aborted.", "aborted", "again"),
        (1011, "The operation was cancelled.", "aborted", "again"),
        (1008, "BidiGenerateContent session expired", "has expired", "again"),
        (1011, "Internal error encountered.", "failed", "again"),
        (1011, "Deadline expired before operation could complete.", "failed", "again"),
        (1007, "Request contains an invalid argument.", "refused what it was sent", "never"),
    ],
)
def test_what_the_service_says_decides_what_helps(
    code: int, message: str, told: str, remedy: str
) -> None:
    """The same code means a passing fault or an empty account; only the words tell."""
    error = live_error(api(code, message))
    assert told in str(error)
    assert error.remedy == remedy
    closing = ConnectionClosedError(Close(code, message), None) if code >= 1000 else None
    if closing is not None:
        assert str(live_error(closing)) == str(error)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (InvalidProxyStatus(Response(407, "", Headers())), "name and a password"),
        (InvalidProxyStatus(Response(403, "", Headers())), r"refused the connection \(403\)"),
        (InvalidProxy("foo://x", "no"), "does not work as a proxy"),
        (ImportError("connecting through a SOCKS proxy requires python-socks"), "python-socks"),
        (ValueError("Unknown scheme for proxy URL URL('foo://x')"), "HTTPS_PROXY"),
    ],
)
def test_a_proxy_is_not_taken_for_the_service(error: Exception, told: str) -> None:
    """No session opens until somebody changes the setting."""
    assert live_error(error).remedy is Remedy.STOP
    with pytest.raises(LiveError, match=told):
        raise live_error(error)
