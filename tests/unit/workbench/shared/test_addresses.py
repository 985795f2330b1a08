"""Whose request it is."""

import pytest

from workbench.shared.addresses import client_address


@pytest.mark.parametrize(
    ("peer", "forwarded", "n_proxies", "address"),
    [
        ("192.0.2.7", [], 0, "192.0.2.7"),
        ("192.0.2.7", ["203.0.113.9"], 0, "192.0.2.7"),  # anybody can write the header
        ("10.0.0.1", ["203.0.113.9"], 1, "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1, 203.0.113.9"], 1, "203.0.113.9"),  # the left one is a lie
        ("10.0.0.1", ["198.51.100.1", "203.0.113.9"], 1, "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1, 203.0.113.9, 10.0.0.2"], 2, "203.0.113.9"),
        ("10.0.0.1", ["203.0.113.9"], 2, "10.0.0.1"),  # it did not pass both proxies
        ("10.0.0.1", [], 1, "10.0.0.1"),
        ("10.0.0.1", ["unknown"], 1, "10.0.0.1"),
        ("10.0.0.1", [""], 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", [], 0, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", [], 0, "2001:db8:1:2::/64"),
        ("10.0.0.1", ["2001:db8:1:2:3:4:5:6"], 1, "2001:db8:1:2::/64"),
        ("fe80::1%eth0", [], 0, "fe80::/64"),
        ("::ffff:192.0.2.7", [], 0, "192.0.2.7"),
        ("::1", [], 0, "::1"),
    ],
)
def test_an_address_is_the_senders_and_no_invention_of_the_sender(
    peer: str, forwarded: list[str], n_proxies: int, address: str
) -> None:
    """Guesses and visits are counted by it: nobody may choose another one for each request."""
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    scope = {"type": "http", "client": (peer, 50_000), "headers": headers}
    assert client_address(scope, n_proxies) == address


def test_a_request_without_a_peer_has_no_address() -> None:
    """A Unix socket's has none."""
    assert client_address({"type": "http", "client": None, "headers": []}, 0) == ""
