"""Which addresses count as public."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis.strategies import ip_addresses

from bot.download.ssrf import IPAddress, is_public


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "93.184.215.14",
        "162.159.135.233",
        "100.63.255.255",
        "100.128.0.0",
        "172.32.0.0",
        "2606:4700::1111",
        "2a00:1450:4001:80b::200e",
        "2001:4860:4860::8888",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
    ],
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@given(ip_addresses())
def test_what_python_calls_not_global_is_not_public(address: IPAddress) -> None:
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address.packed[0] == 0):
        return  # Python judges some of these by the outer address only
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert not is_public(address)


@given(ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_when_mapped_or_translated(address: IPv4Address) -> None:
    mapped = IPv6Address(f"::ffff:{address}")
    through_nat64 = IPv6Address(f"64:ff9b::{address}")
    assert is_public(mapped) == is_public(through_nat64) == is_public(address)
