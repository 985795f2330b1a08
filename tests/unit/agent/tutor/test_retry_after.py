"""How long the service asks to wait, wherever it says so."""

import time
from email.utils import formatdate

import pytest
from google.genai.errors import APIError
from websockets.datastructures import Headers
from websockets.exceptions import InvalidStatus
from websockets.http11 import Response

from agent.tutor.retry_after import MAX_WAIT_SEC, retry_after_sec

RETRY_INFO = {
    "error": {
        "code": 429,
        "message": "You exceeded your current quota.",
        "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34.07s"}],
    }
}


def http(header: str | None = None, body: bytes = b"") -> InvalidStatus:
    headers = Headers({"Retry-After": header}) if header is not None else Headers()
    return InvalidStatus(Response(429, "", headers, body))


@pytest.mark.parametrize(
    ("error", "wait_sec"),
    [
        (http("7"), 7.0),
        (http("99999999"), MAX_WAIT_SEC),
        (http("soon"), None),
        (http("-3"), None),
        (http(formatdate(time.time() - 60, usegmt=True)), 0.0),
        (http(formatdate(time.time() + 1e6, usegmt=True)), MAX_WAIT_SEC),
        (http(body=b'{"error": {"details": [{"retryDelay": "12s"}]}}'), 12.0),
        (http(), None),
        (APIError(429, RETRY_INFO), 34.07),
        (APIError(1011, "You exceeded your current quota. Please retry in 3.5s."), 3.5),
        (APIError(1011, "Internal error encountered."), None),
        (ValueError("retry in 9" + "9" * 99 + "s"), None),
    ],
)
def test_the_wait_is_found_and_bounded(error: Exception, wait_sec: float | None) -> None:
    """A run that starts again too early is refused again; one hour's wait helps nobody."""
    assert retry_after_sec(error) == wait_sec
