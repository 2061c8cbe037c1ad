"""Addresses of servers and proxies as they stand in the settings, and what is wrong with them."""

import ipaddress
import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import SplitResult, urlsplit

from denkidesk.domain.error_codes import SettingCode

_BLANK: Final = re.compile(r"\s")


def split_url(url: str) -> tuple[SplitResult, int | None]:
    """The parts of a URL and its port. Raises ValueError where it is none; Python itself takes ``[::1]x`` for ``[::1]``."""
    parts = urlsplit(url)
    if parts.netloc.rpartition("]")[2][:1] not in ("", ":") and "]" in parts.netloc:
        raise ValueError(url)
    return parts, parts.port


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine."""
    try:
        host = split_url(url)[0].hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:  # no address, or not even a URL
        return False


def ip_address_fault(address: str) -> SettingCode | None:
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return SettingCode.IP_ADDRESS
    return None


def is_none_of(address: str, others: Sequence[str]) -> bool:
    """Whether an address is another than each of these; False where it is none, or where there are none to compare it with."""
    if not others or ip_address_fault(address):
        return False
    return ipaddress.ip_address(address) not in {ipaddress.ip_address(other) for other in others}


def proxy_fault(proxy: str) -> SettingCode | None:
    """What is wrong with a proxy's address. It is spoken to in plain http, and through it TLS alone; its login stands elsewhere."""
    try:
        parts, port = split_url(proxy)
    except ValueError:
        return SettingCode.URL
    if "@" in parts.netloc:
        return SettingCode.LOGIN_IN_ADDRESS
    if parts.scheme == "https":
        return SettingCode.HTTPS_PROXY
    return SettingCode.URL if parts.scheme != "http" or not parts.hostname or port == 0 or _BLANK.search(proxy) else None


def url_fault(url: str) -> SettingCode | None:
    try:
        parts, _ = split_url(url)
    except ValueError:
        return SettingCode.URL
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or "@" in parts.netloc
        or parts.query
        or parts.fragment
        or _BLANK.search(url)
    ):
        return SettingCode.URL  # with a login in it, too: an address is shown, and a secret never stands in the settings
    if parts.scheme == "http" and not is_loopback(url):
        return SettingCode.PLAIN_HTTP
    return None
