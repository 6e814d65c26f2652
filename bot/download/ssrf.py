"""Protection from server-side request forgery (SSRF).

Connections go to public addresses only, and only ordinary web links are followed.

The tables hold what IANA's special-purpose address registries (RFC 6890) mark as not globally
reachable, and what no public web server has any business using. ``ipaddress.is_global`` says
much the same, but its answers change between patch releases of Python.
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from yarl import URL

IPAddress = IPv4Address | IPv6Address
# Family, type, protocol, canonical name, and the socket address, which starts with the IP address.
AddressInfo = tuple[int, int, int, str, tuple[str | int, ...]]

_NON_PUBLIC_V4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by a carrier's customers (CGNAT)
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # Azure's host agent, which only virtual machines there can reach
            "169.254.0.0/16",  # link-local, where clouds serve their metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, including broadcast
        ),
    )
)
_GLOBAL_UNICAST_V6 = ip_network("2000::/3")
_NON_PUBLIC_V6 = tuple(
    map(
        ip_network,
        (
            "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "3fff::/20",  # documentation
        ),
    )
)
_NAT64 = ip_network("64:ff9b::/96")


def is_public(address: IPAddress) -> bool:
    """Return whether ``address`` belongs to the public internet.

    An IPv4 address mapped into IPv6, or reached through NAT64, is judged as an IPv4 address. No
    other IPv6 address outside global unicast (``2000::/3``) is public.
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NON_PUBLIC_V4)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(address.packed[-4:]))
    return address in _GLOBAL_UNICAST_V6 and not any(
        address in network for network in _NON_PUBLIC_V6
    )


class RefusedAddressError(OSError):
    """A connection to this address is not allowed.

    An ``OSError``, because aiohttp expects connection attempts to fail with one.
    """


def guarded_socket_factory(
    is_allowed: Callable[[IPAddress], bool],
) -> Callable[[AddressInfo], socket.socket]:
    """Return a socket factory for aiohttp that allows only what ``is_allowed`` accepts.

    It sees the very address that will be connected to, so neither the spelling of a host name nor
    a changed DNS answer gets past it. For others it raises :class:`RefusedAddressError`.
    """

    def create_socket(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, (host, *_) = info
        if not is_allowed(ip_address(host)):
            raise RefusedAddressError
        return socket.socket(family, kind, protocol)

    return create_socket


def is_allowed_link(url: URL) -> bool:
    """Return whether ``url`` is an ordinary http(s) link.

    It names no user and no port but the default, and no IPv4 address in an unusual notation.
    """
    return (
        url.scheme in {"http", "https"}
        and url.host is not None
        and not _is_disguised_ipv4(url.host)
        and url.is_default_port()
        and "@" not in url.raw_authority
    )


def _is_disguised_ipv4(host: str) -> bool:
    """Return whether ``host`` is an IPv4 address in disguise, such as ``127.1`` or ``0x7f000001``.

    Those end in a label that starts with a digit, as no domain name does (RFC 1123, section 2.1),
    and resolvers disagree about what they mean.
    """
    last_label = host.rstrip(".").rpartition(".")[2]
    if ":" in host or not last_label[:1].isdigit():
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False
