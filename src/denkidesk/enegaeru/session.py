"""The token of a login, shared by all clients of one account in this process.

The API keeps one session a user, so a second client that logged in by itself, such as a connection test, would be refused for the
first one's sake, or would have to throw it out.
"""

import hashlib
import secrets
import threading
from typing import Final

_ACCOUNTS_AT_MOST: Final = 16


class Session:
    """Tokens by account. ``lock`` is held through a login, so that several threads that need one log in once."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._pepper = secrets.token_bytes(16)
        self._tokens: dict[bytes, str] = {}
        self._refused: dict[bytes, str] = {}

    def account(self, base_url: str, login_id: str, password: str) -> bytes:
        """Names an account without keeping its password: another password is another account, and is tried for itself."""
        fields = "\0".join((base_url, login_id, password)).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(fields, key=self._pepper, digest_size=16).digest()

    def token(self, account: bytes) -> str | None:
        """The account's token, if it has logged in."""
        with self.lock:
            return self._tokens.get(account)

    def keep(self, account: bytes, token: str) -> None:
        """Keeps a new token in the place of the old one."""
        with self.lock:
            while len(self._tokens) >= _ACCOUNTS_AT_MOST:
                del self._tokens[next(iter(self._tokens))]
            self._tokens[account] = token
            self._refused.pop(account, None)

    def refuse(self, account: bytes, message: str) -> None:
        """The server would not let the account in, in its words: nobody tries it again without being told to."""
        with self.lock:
            while len(self._refused) >= _ACCOUNTS_AT_MOST:
                del self._refused[next(iter(self._refused))]
            self._refused[account] = message

    def refusal(self, account: bytes) -> str | None:
        """What the server said when it refused the account; None if it did not, or has let it in since."""
        with self.lock:
            return self._refused.get(account)

    def forget(self, account: bytes) -> None:
        """Drops a token that the server no longer knows."""
        with self.lock:
            self._tokens.pop(account, None)
