"""The end of a connection that the server chose."""

MAX_REASON_BYTES = 123  # RFC 6455, 5.5: a control frame holds 125 bytes, two of them the code


class Refusal(Exception):  # noqa: N818 (an ending the protocol knows, not a failure of ours)
    """Close the connection with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason.encode()[:MAX_REASON_BYTES].decode(errors="ignore")


class Dropped(Exception):  # noqa: N818
    """Break the connection without a close frame; the client sees 1006."""
