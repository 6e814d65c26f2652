"""Which links may be followed, as far as their text tells; addresses are judged later."""

from ipaddress import ip_address

from yarl import URL


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
