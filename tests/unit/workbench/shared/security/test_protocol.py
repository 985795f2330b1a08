"""What a body may be made of."""

import h11
import pytest

from workbench.shared.security.protocol import FREE_PIECES, WholesomeConnection

HEAD = b"POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n"


def body_bytes(n_chunks: int, n_bytes: int) -> int:
    """How much of a body of such chunks is taken."""
    connection = WholesomeConnection(h11.SERVER)
    connection.receive_data(HEAD + b"%x\r\n%s\r\n" % (n_bytes, b" " * n_bytes) * n_chunks)
    taken = 0
    while (event := connection.next_event()) is not h11.NEED_DATA:
        taken += len(event.data) if isinstance(event, h11.Data) else 0
    return taken


def test_a_body_in_crumbs_is_refused() -> None:
    """150,000 chunks of a byte held everybody up for two seconds."""
    with pytest.raises(h11.RemoteProtocolError, match="too small pieces"):
        body_bytes(2 * FREE_PIECES, 1)


@pytest.mark.parametrize(("n_chunks", "n_bytes"), [(FREE_PIECES, 1), (3 * FREE_PIECES, 200)])
def test_a_body_in_pieces_is_taken(n_chunks: int, n_bytes: int) -> None:
    """Programs that stream send what they have."""
    assert body_bytes(n_chunks, n_bytes) == n_chunks * n_bytes
