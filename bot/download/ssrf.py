"""Which links may be followed; which addresses are public, and sockets that connect to no others.

The table holds what IANA's special-purpose address registries (RFC 6890) mark as not globally
reachable, plus what no public web server has any business being at. ``ipaddress.is_global`` says
much the same, but its answers change between patch releases of Python.
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from yarl import URL

IPAddress = IPv4Address | IPv6Address
# family, type, protocol, canonical name, and the socket address, which starts with the IP address
AddressInfo = tuple[int, int, int, str, tuple[str | int, ...]]

_NOT_PUBLIC_V4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by a carrier's customers (CGNAT)
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # Azure's host agent: routable on paper, served to guests only
            "169.254.0.0/16",  # link-local, where clouds keep their metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
_GLOBAL_UNICAST_V6 = ip_network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
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
    """Tell whether ``address`` belongs to the public internet.

    An IPv4 address that is mapped into IPv6 or reached through NAT64 is judged as itself; every
    other IPv6 address outside the one block that is handed out (``2000::/3``) is not public.
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_V4)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(address.packed[-4:]))
    return address in _GLOBAL_UNICAST_V6 and not any(
        address in network for network in _NOT_PUBLIC_V6
    )


class RefusedAddressError(OSError):
    """The address about to be connected to is not allowed.

    An OSError, because that is what connection attempts are expected to fail with.
    """


def guarded_socket_factory(
    is_allowed: Callable[[IPAddress], bool],
) -> Callable[[AddressInfo], socket.socket]:
    """Return a maker of sockets for connections to addresses that ``is_allowed`` accepts.

    It sees the very address that will be connected to, so no spelling of a host name and no
    change of mind of a DNS server gets past it. Others raise :class:`RefusedAddressError`.
    """

    def open_socket(target: AddressInfo) -> socket.socket:
        family, kind, protocol, _, (host, *_) = target
        if not is_allowed(ip_address(host)):
            raise RefusedAddressError
        return socket.socket(family, kind, protocol)

    return open_socket


def is_plain(url: URL) -> bool:
    """Tell whether ``url`` is http(s) to a host's own port, with no user named before it."""
    return (
        url.scheme in {"http", "https"}
        and url.host is not None
        and not _is_odd_address(url.host)
        and url.is_default_port()
        and "@" not in url.raw_authority
    )


def _is_odd_address(host: str) -> bool:
    """Tell whether ``host`` is an IPv4 address in disguise, such as ``127.1`` or ``0x7f000001``.

    Those end in a label that starts with a digit, as no domain does (RFC 1123, 2.1), and resolvers
    disagree on what they mean.
    """
    last_label = host.rstrip(".").rpartition(".")[2]
    if ":" in host or not last_label[:1].isdigit():
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False
