"""Ports for servers that can't choose their own: no two workers of a test run share one."""

import os

from agent.service.dev_server import PORTS, Ports, free_ports


def own_ports() -> Ports:
    """Three that nobody listens on now, from this worker's share of the usual ones."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    n_workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    return free_ports(PORTS[number::n_workers])
