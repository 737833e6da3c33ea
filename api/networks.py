"""Who is calling: the client's address behind proxies that are trusted, and only those."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from api.errors import SettingsError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
MAX_HOPS = 16


def check_networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """The networks that texts name.

    Raises:
        SettingsError: one is no address or network, or it is everyone: to trust all is to have no limit at all.
    """
    networks = []
    for text in texts:
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            raise SettingsError(
                f"proxy.trusted: {text!r} is no address or network; write 10.0.0.5 or 10.0.0.0/8"
            ) from None
        if network.prefixlen == 0:
            raise SettingsError(f"proxy.trusted: {text!r} is everyone; name the proxies that stand before this server")
        networks.append(network)
    return tuple(networks)


def parse_address(text: str) -> Address | None:
    """The address in a text, with or without port and brackets; an IPv4 address mapped into IPv6 is the IPv4 one."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def client_address(peer: str | None, forwarded: Sequence[str], trusted: Sequence[Network]) -> Address | None:
    """The nearest address that is not one of ours, counted from the peer back through `X-Forwarded-For`.

    A field that cannot be read ends the walk at the last address that was believed. `Forwarded` and `X-Real-IP` are
    never read: two ways to say one thing are one too many to secure.
    """
    address = parse_address(peer) if peer else None
    if address is None or not _within(address, trusted):
        return address
    hops = [hop for field in forwarded for hop in field.split(",")]
    for hop in reversed(hops[-MAX_HOPS:]):
        found = parse_address(hop)
        if found is None:
            return address
        address = found
        if not _within(address, trusted):
            return address
    return address


def client_key(address: Address | None) -> bytes:
    """What one client is counted under: an IPv4 address, or the /64 that one IPv6 subscriber commands."""
    if address is None:
        return b"?"
    return address.packed if address.version == 4 else address.packed[:8]


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
