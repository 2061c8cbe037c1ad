"""The addresses by which this machine is known on its networks."""

from PySide6.QtNetwork import QHostAddress, QNetworkInterface


def own_addresses() -> tuple[str, ...]:
    """Those of the interfaces, as the system has them at hand; nothing is asked of a network. Loopback and link-local ones are left out."""
    return tuple(address.toString() for address in QNetworkInterface.allAddresses() if _is_known_outside(address))


def _is_known_outside(address: QHostAddress) -> bool:
    return not (address.isLoopback() or address.isLinkLocal())
