"""How long the service asks us to wait before the next session."""

import re
import time
from email.utils import parsedate_to_datetime

from google.genai.errors import APIError
from websockets.exceptions import InvalidStatus

MAX_WAIT_SEC = 600.0
# google.rpc.RetryInfo in an error's details, and the words that its message has
_RETRY_INFO = re.compile(r"""retryDelay["']?\s*:\s*["'](\d{1,6}(?:\.\d{1,9})?)s""")
_RETRY_WORDS = re.compile(r"retry in (\d{1,6}(?:\.\d{1,9})?) ?s", re.IGNORECASE)


def retry_after_sec(error: BaseException) -> float | None:
    """Seconds from now, at most `MAX_WAIT_SEC`; None where the service names none."""
    body = ""
    if isinstance(error, InvalidStatus):
        header = error.response.headers.get("Retry-After")
        if header and (wait_sec := _of_header(header)) is not None:
            return min(wait_sec, MAX_WAIT_SEC)
        body = (error.response.body or b"").decode(errors="replace")
    details = error.details if isinstance(error, APIError) else ""
    text = f"{error} {details} {body}"
    found = _RETRY_INFO.search(text) or _RETRY_WORDS.search(text)
    return min(float(found[1]), MAX_WAIT_SEC) if found else None


def _of_header(header: str) -> float | None:
    """Seconds, or a date (RFC 9110, 10.2.3)."""
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return None
