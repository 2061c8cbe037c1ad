"""One request's login: asked about before anything leaves, reported on when the utility has answered."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from denkidesk.domain.error_codes import RefusalCode
from denkidesk.domain.errors import DeskError, LoginRefused


class LoginGuard(Protocol):
    """Who knows which logins the utility refused; ``desk.login_guard.LoginGuard``."""

    def check(self, login_id: str, password: str, /) -> None:
        """Raises LoginRefused (``stopped``) for a login that was refused before."""
        ...

    def begin(self, login_id: str, password: str, /) -> None:
        """The same, just before the first byte."""
        ...

    def refused(self, login_id: str, password: str, message: str, /) -> None:
        """The utility refused the login."""
        ...

    def accepted(self, login_id: str, password: str, /) -> None:
        """The utility took the login."""
        ...


@dataclass(frozen=True, slots=True)
class Login:
    """The password of one request, and what has to happen just before its first byte."""

    password: str = field(repr=False)
    begin: Callable[[], None]


@contextmanager
def guarded_login(guard: LoginGuard | None, login_id: str, password: str) -> Iterator[Login]:
    """The login for one request. Leave it normally only when the utility took the login; every LoginRefused that leaves it is noted.

    A refusal that cannot be noted is raised as the store's fault: nobody may take it for proof that the request can be repeated.
    """
    if guard is None:
        yield Login(password, lambda: None)
        return
    guard.check(login_id, password)
    try:
        yield Login(password, lambda: guard.begin(login_id, password))
    except LoginRefused as refused:
        if refused.code != RefusalCode.STOPPED:
            guard.refused(login_id, password, refused.message)
        raise
    with contextlib.suppress(DeskError):  # the answer must not be lost over it; the next one that is taken ends the stop
        guard.accepted(login_id, password)
