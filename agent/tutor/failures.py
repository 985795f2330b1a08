"""Errors of the Live service and of the way to it, as one sentence for the user."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from google.genai.errors import APIError
from websockets.exceptions import (
    ConnectionClosed,
    InvalidProxy,
    InvalidProxyStatus,
    InvalidStatus,
    ProxyError,
)

from agent.errors import LiveError, Remedy
from agent.tutor.retry_after import retry_after_sec

AGAIN, PAUSE, NEVER, STOP = Remedy.AGAIN, Remedy.PAUSE, Remedy.NEVER, Remedy.STOP


@dataclass(frozen=True, slots=True)
class Failure:
    """One way in which the service ends or refuses a session.

    It is known by the close code or HTTP status `code` (None: any), and by one of the words of
    `says` in its message (empty: any). `told_code` replaces the code where the service's own
    says too little.
    """

    code: int | None
    says: tuple[str, ...]
    sentence: str
    remedy: Remedy
    told_code: int | None = None

    def is_of(self, code: int, message: str) -> bool:
        """Whether a session that ended with this code and message, in lower case, ended so."""
        is_said = not self.says or any(words in message for words in self.says)
        return self.code in (None, code) and is_said


NO_CAPACITY = "The Live service has no capacity left for this key. Try again later."
# The first that fits counts.
FAILURES = (
    Failure(None, ("reported as leaked",), "Google has blocked this key because it was made "
            "public. Make a new one and set GOOGLE_API_KEY.", STOP, 401),
    Failure(None, ("api key expired",), "The key has expired. Make a new one and set "
            "GOOGLE_API_KEY.", STOP, 401),
    Failure(None, ("api key", "api_key"), "The Live service does not accept the key. Check "
            "GOOGLE_API_KEY.", STOP, 401),
    Failure(None, ("location is not supported",), "The Live service is not offered where this "
            "machine is. Use a machine in a supported region.", STOP),
    Failure(None, ("credits are depleted", "credit balance"), "The prepaid credit of this key's "
            "project is used up. Add credit in Google AI Studio, then go on.", STOP, 429),
    Failure(None, ("spending cap", "spend cap", "spending limit"), "The spending cap of this key's "
            "project is reached. Raise it in Google AI Studio, or wait for the next month.",
            STOP, 429),
    Failure(None, ("per day", "perday", "daily"), "The day's quota of this key is used up. Wait "
            "until midnight in California, or use the key of another project.", STOP, 429),
    Failure(None, ("denied access", "has not been used in project", "service_disabled"),
            "The project of this key may not use the Live service. Use the key of another "
            "project, or ask Google's support.", STOP, 403),
    Failure(None, ("quota", "resource exhausted", "resource_exhausted", "rate limit",
            "too many requests"), NO_CAPACITY, PAUSE, 429),
    Failure(429, (), NO_CAPACITY, PAUSE),
    Failure(503, (), "The Live service is overloaded (503). Try again later.", PAUSE),
    Failure(None, ("not found for api version", "not supported for bidigeneratecontent"),
            "The model is unknown to the Live service or not allowed for this key. Choose another "
            "model.", NEVER),
    Failure(1008, ("not implemented, or supported",), "The Live service broke off (1008), as its "
            "native-audio models do at times. Try again; if it goes on, choose another model.",
            AGAIN),
    Failure(None, ("operation was aborted", "operation was cancelled"), "The Live service aborted "
            "the answer. Try again.", AGAIN),
    Failure(None, ("session not found", "session expired", "session has expired",
            "session to resume"), "The Live service's session has expired. Start again.", AGAIN),
    Failure(400, (), "The Live service refused the request (400). Check GOOGLE_API_KEY.", STOP),
    Failure(401, (), "The Live service does not accept the key. Check GOOGLE_API_KEY.", STOP),
    Failure(403, (), "The key may not use the Live service. Check GOOGLE_API_KEY.", STOP),
    Failure(404, (), "The Live service was not found at this address. Check "
            "GOOGLE_GEMINI_BASE_URL.", STOP),
    Failure(1006, (), "The Live service was lost: the connection broke. Start again.", AGAIN),
    Failure(1007, (), "The Live service refused what it was sent (1007). If it does so again, "
            "choose another model or prompt.", NEVER),
    Failure(1008, (), "The Live service refused the lesson (1008): the model is unknown to it or "
            "not allowed for this key. Choose another model.", NEVER),
    Failure(1011, (), "The Live service failed (1011). Start again.", AGAIN),
)  # fmt: skip
UNTRUSTED = (
    "The Live service's certificate is not trusted. If a proxy or a virus scanner opens this "
    "machine's connections, name a file with its certificate in SSL_CERT_FILE; otherwise check "
    "SSL_CERT_FILE."
)
UNSAFE = "No safe connection to the Live service. Check the network and SSL_CERT_FILE."
NEEDS_SOCKS = (
    "The proxy of the environment is a SOCKS proxy, which needs the packages python-socks and "
    "socksio. Install both, or set HTTPS_PROXY to an HTTP proxy."
)
NEEDS_LOGIN = (
    "The proxy wants a name and a password (407). Set HTTPS_PROXY to "
    "http://NAME:PASSWORD@HOST:PORT."
)
NO_PROXY = "What HTTPS_PROXY names does not work as a proxy. Check HTTPS_PROXY."


def is_refusal(error: LiveError) -> bool:
    """Whether the service refused; otherwise the connection was lost or never made."""
    return error.remedy is not AGAIN


def live_error(error: BaseException) -> LiveError:
    """`error` in words for the user; no text from outside is repeated."""
    if isinstance(error, LiveError):
        return error
    cause = error.__cause__ or error
    if isinstance(cause, LiveError):
        return cause
    for said in (error, cause):
        if (code := _code(said)) is not None:
            return _from_service(code, said)
    return _on_the_way(cause)


@contextmanager
def told_as_live_errors() -> Iterator[None]:
    """Raises LiveError for whatever a client library raises in the block: it may be anything."""
    try:
        yield
    except Exception as error:
        raise live_error(error) from error


def _from_service(code: int, error: BaseException) -> LiveError:
    message = _message(error)
    for failure in FAILURES:
        if failure.is_of(code, message):
            told_code = failure.told_code or code
            return LiveError(failure.sentence, told_code, failure.remedy, retry_after_sec(error))
    return LiveError(f"The Live service ended the lesson ({code}). Start again.", code)


def _on_the_way(cause: BaseException) -> LiveError:
    """What no service said: proxies, certificates, networks."""
    if (sentence := _of_proxy(cause)) is not None:
        return LiveError(sentence, remedy=STOP)
    match cause:
        case ssl.SSLCertVerificationError():
            return LiveError(UNTRUSTED, remedy=STOP)
        case ssl.SSLError():
            return LiveError(UNSAFE)
        case OSError():  # names that nobody knows and waits that were too long among them
            return LiveError("The Live service could not be reached. Check the network.")
    return LiveError("The Live service failed. Start again.")


def _of_proxy(cause: BaseException) -> str | None:
    match cause:
        case InvalidProxyStatus() if cause.response.status_code == 407:
            return NEEDS_LOGIN
        case InvalidProxyStatus():
            status = cause.response.status_code
            return f"The proxy refused the connection ({status}). Check HTTPS_PROXY."
        case InvalidProxy() | ProxyError():
            return NO_PROXY
        case ImportError() if "socks" in str(cause).lower():
            return NEEDS_SOCKS
        case ValueError() if "proxy url" in str(cause).lower():  # httpx's
            return NO_PROXY
    return None


def _code(error: BaseException) -> int | None:
    match error:
        case APIError():
            return error.code
        case ConnectionClosed():
            return error.rcvd.code if error.rcvd else 1006
        case InvalidStatus():
            return error.response.status_code
    return None


def _message(error: BaseException) -> str:
    body = error.response.body if isinstance(error, InvalidStatus) else None
    return f"{error} {(body or b'').decode(errors='replace')}".lower()
