"""Whose request it is: an address to count by."""

import ipaddress

from starlette.datastructures import Headers
from starlette.types import Scope

NETWORK_BITS = 64  # of IPv6: one household has all addresses of such a network


def client_address(scope: Scope, n_proxies: int) -> str:
    """The sender's address, of IPv6 its /64 network; empty where the server knows none.

    `n_proxies` is how many proxies in front are believed (`Settings.n_proxies`). Each adds the
    address that it speaks for at the right of X-Forwarded-For, so that what the sender wrote
    there stands further left and is not read.
    """
    peer = (scope.get("client") or ("",))[0]
    told = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    if 0 < n_proxies <= len(told):
        return network_of(told[-n_proxies].strip()) or network_of(peer)
    return network_of(peer)


def is_loopback(host: str) -> bool:
    """Whether a name or an address is this machine's for itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def network_of(address: str) -> str:
    """An IPv4 address as it is, the /64 network of an IPv6 one; empty for anything else."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv4Address) or found.is_loopback:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found), NETWORK_BITS), strict=False))
