"""What a web page in the clerk's browser could send to a loopback port, and why it is refused."""

from email.message import Message
from typing import Final

_LOOPBACK_NAMES: Final = frozenset({"127.0.0.1", "[::1]", "localhost"})


def refusal_of_foreign(command: str, headers: "Message[str, str]", *, wants_json: bool) -> tuple[int, str] | None:
    """Status and words of the refusal; None for a request that no page can have made.

    A page can reach a loopback port by a host name of its own (rebinding), with an ``Origin``, or as a form, which is no JSON.
    ``headers`` are asked whatever the case of a name.
    """
    host = str(headers.get("Host", ""))
    name = host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]
    if name.lower() not in _LOOPBACK_NAMES:
        return 421, "Host is not this machine"
    if "Origin" in headers:
        return 403, "no web page may ask"
    media_type = str(headers.get("Content-Type", "")).partition(";")[0].strip().lower()
    if wants_json and command not in ("GET", "HEAD") and media_type != "application/json":
        return 415, "application/json is wanted"
    return None
