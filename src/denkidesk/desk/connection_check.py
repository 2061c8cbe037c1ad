"""Connection tests: one read-only call with the settings that the clerk is just typing."""

from collections.abc import Callable
from dataclasses import dataclass

from denkidesk.desk.ports import Services
from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now
from denkidesk.domain.errors import DeskError
from denkidesk.settings import EnegaeruSettings, KansaiSettings


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """How a test call went. ``detail``: a number of what came back, for the clerk's eye."""

    ok: bool
    error: DeskError | None = None
    detail: str = ""


class ConnectionDesk:
    """Tests count as requests: they pass the gate and keep the closed hours."""

    def __init__(self, services: Services, now: Now) -> None:
        self._services = services
        self._now = now

    def test_kansai(
        self,
        settings: KansaiSettings,
        password: str | None = None,
        proxy_password: str | None = None,
        cancel: CancelToken | None = None,
    ) -> ConnectionReport:
        """Lists the applications of today; None takes the stored secret."""

        def call() -> str:
            today = self._now().date()
            trial = self._services.kansai_for(settings, {"kansai.password": password, "kansai.proxy_password": proxy_password})
            try:
                criteria = ListingCriteria(registered_from=today, registered_to=today)
                return str(len(trial.service.list_applications(criteria, cancel=cancel).applications))
            finally:
                trial.close()

        return _report(call)

    def test_enegaeru(
        self,
        settings: EnegaeruSettings,
        api_key: str | None = None,
        password: str | None = None,
        proxy_password: str | None = None,
        cancel: CancelToken | None = None,
        *,
        take_over: bool = False,
        try_again: bool = False,
    ) -> ConnectionReport:
        """Logs in and asks for something small; None takes the stored secret. ``take_over`` ends the same user's session elsewhere, and is
        set only after the clerk was asked and said yes. ``try_again``: tries a login that was refused before once more.
        """

        def call() -> str:
            secrets = {"enegaeru.api_key": api_key, "enegaeru.password": password, "enegaeru.proxy_password": proxy_password}
            trial = self._services.enegaeru_for(settings, secrets)
            try:
                if take_over or try_again:
                    trial.service.login(force=take_over, cancel=cancel)
                trial.service.test_connection(cancel=cancel)
            finally:
                trial.close()
            return ""

        return _report(call)


def _report(call: Callable[[], str]) -> ConnectionReport:
    try:
        return ConnectionReport(ok=True, detail=call())
    except DeskError as error:
        return ConnectionReport(ok=False, error=error)
