"""What every layer of tests may ask for."""

import signal

import pytest

from agent.service.dev_server import free_ports

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts background jobs deaf to Ctrl-C; the processes that tests start must hear it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def free_port() -> int:
    """A TCP port on loopback that nobody listens on at the moment."""
    return free_ports().http
