"""Opens the desk of a run: one store, one gate, clients that are built when they are first asked for."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import field
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from denkidesk.compose.run import Run, is_practice_account, with_account, with_login
from denkidesk.desk.closed_windows import ClosedHoursDesk
from denkidesk.desk.desk import Desk
from denkidesk.desk.installed_set import InstalledSet
from denkidesk.desk.login_guard import LoginGuard
from denkidesk.desk.ports import Secrets, Services, TrialService
from denkidesk.desk.traffic import ENEGAERU, KANSAI, Traffic
from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.values import dataclass
from denkidesk.settings import PRACTICE_API_KEY, PRACTICE_PASSWORD, EnegaeruSettings, KansaiSettings
from denkidesk.store.kept_aside import KeptAside
from denkidesk.store.store import Store
from denkidesk.wire.known_secrets import KnownSecrets

if TYPE_CHECKING:
    from denkidesk.enegaeru.client import EnegaeruClient
    from denkidesk.kansai.client import KansaiClient
    from denkidesk.wire.gate import Gate
    from denkidesk.wire.proxy import ProxyLogin

T = TypeVar("T")

_KANSAI_CALLS: Final = frozenset({"list_applications", "application_status", "submit"})
_ENEGAERU_CALLS: Final = frozenset({"companies", "plans", "plan_detail", "charge", "area_prices", "subsidies", "login", "test_connection"})
"""What says how a server is, whoever calls it."""
_PRACTICE_SECRETS: Final = {
    "kansai.password": PRACTICE_PASSWORD,
    "enegaeru.password": PRACTICE_PASSWORD,
    "enegaeru.api_key": PRACTICE_API_KEY,
}


class _Once(Generic[T]):
    """A value that is built when it is first asked for, by one thread."""

    def __init__(self, build: Callable[[], T]) -> None:
        self._build = build
        self._lock = threading.Lock()
        self._values: list[T] = []

    def __call__(self) -> T:
        with self._lock:
            if not self._values:
                self._values.append(self._build())
            return self._values[0]


def open_desk(run: Run, *, now: Now = now_jst) -> Desk:
    """A desk on the store of a run. Close it with ``desk.close()``."""
    with ExitStack() as on_failure:
        store = Store(run.places.database, now=now)
        on_failure.callback(store.close)
        closed_hours = ClosedHoursDesk(store, now)
        aside = KeptAside(run.places.aside_dirs)
        login_guard = LoginGuard(store, "kansai", aside)
        installed_set = InstalledSet(run.settings.kansai)
        builder = _Builder(run, closed_hours, login_guard, now, installed_set)
        closing = ExitStack()
        gate = builder.gate(run.settings.kansai)
        traffic = Traffic(gate, now)
        kinds = _Once(installed_set.kinds_by_selection)
        kansai_client = _Once(lambda: builder.kansai(run.kansai(), {}, closing, gate))
        enegaeru_client = _Once(lambda: builder.enegaeru(run.enegaeru(), {}, closing))
        kansai = _Once(lambda: traffic.watched(kansai_client(), KANSAI, _KANSAI_CALLS))
        enegaeru = _Once(lambda: traffic.watched(enegaeru_client(), ENEGAERU, _ENEGAERU_CALLS))

        def kansai_for(tried: KansaiSettings, secrets: Secrets) -> "TrialService[KansaiClient]":
            return builder.trial(lambda stack: builder.kansai(with_account(tried), secrets, stack, None))

        def enegaeru_for(tried: EnegaeruSettings, secrets: Secrets) -> "TrialService[EnegaeruClient]":
            tried = with_login(tried)
            if tried == run.enegaeru() and not any(secrets.values()):
                # A second session of the same user would be refused, or end the first one.
                return TrialService(enegaeru_client(), lambda: None)
            return builder.trial(lambda stack: builder.enegaeru(tried, secrets, stack))

        def warm_up() -> None:
            kansai_client().warm_up()
            enegaeru_client()

        desk = Desk(
            store,
            Services(
                kansai=kansai,
                enegaeru=enegaeru,
                kansai_for=kansai_for,
                enegaeru_for=enegaeru_for,
                kind_of_selection=lambda code: kinds().get(code),
            ),
            aside=aside,
            closed_hours=closed_hours,
            login_guard=login_guard,
            installed_set=installed_set,
            traffic=traffic,
            trouble_maker=run.servers,
            countdown_s=run.settings.desk.countdown_s,
            outage_countdown_s=run.settings.desk.outage_countdown_s,
            unmoved_days=run.settings.desk.unmoved_days,
            close_services=closing.close,
            warm_up=warm_up,
            now=now,
        )
        # What an ended process left half sent, or could not write, is named before anybody looks.
        desk.outbox.recover()
        login_guard.recover()
        on_failure.pop_all()
        return desk
    raise AssertionError("unreachable")


@dataclass(frozen=True, slots=True)
class _Builder:
    """Builds clients. A secret that is not given is the stored one."""

    _run: Run
    _closed_hours: ClosedHoursDesk
    _login_guard: LoginGuard
    _now: Now
    _installed_set: InstalledSet
    _secrets: KnownSecrets = field(default_factory=KnownSecrets)  # whoever sends one, no server's words may hold it

    def gate(self, settings: KansaiSettings) -> "Gate":
        """The one gate of a company, over all processes and users of this machine; a server on this machine has its own in the home."""
        from denkidesk.wire.gate import Gate
        from denkidesk.wire.gate_folder import gate_place

        folder, name, fallback = gate_place(self._run.places, settings)
        return Gate(folder, name, settings.interval_s, settings.margin_s, fallback=fallback)

    def kansai(self, settings: KansaiSettings, secrets: Secrets, closing: ExitStack, gate: "Gate | None") -> "KansaiClient":
        from denkidesk.kansai.client import KansaiClient
        from denkidesk.wire.gate_folder import gate_place
        from denkidesk.wire.http import WireClient
        from denkidesk.wire.request_ids import RequestIds

        # A server on this machine keeps its own clock; it says itself when it is closed.
        own_clock = settings.on_this_machine
        wire = WireClient(
            "kansai",
            gate=gate or self.gate(settings),
            closed_hours=lambda: self._closed_hours.hours(weekly=not own_clock),
            proxy=settings.proxy,
            proxy_login=self._proxy_login("kansai.proxy_password", settings.proxy_login_id, secrets),
            loopback_only=self._run.practice,
            now=self._now,
            secrets=self._secrets,
        )
        closing.callback(wire.close)
        return KansaiClient(
            wire,
            base_url=settings.base_url,
            wsdl_dir=InstalledSet(settings).folder,
            login_id=settings.login_id,
            password=lambda: secrets.get("kansai.password") or self._secret("kansai.password", settings),
            ip_address=settings.ip_address,
            answer_timeout_s=settings.answer_timeout_s,
            closed_hours=self._closed_hours.hours,
            login_guard=self._login_guard,
            request_ids=RequestIds(*gate_place(self._run.places, settings)),
            on_news=self._installed_set.note_news,
            now=self._now,
        )

    def enegaeru(self, settings: EnegaeruSettings, secrets: Secrets, closing: ExitStack) -> "EnegaeruClient":
        from denkidesk.enegaeru.client import EnegaeruClient
        from denkidesk.wire.http import WireClient

        login = self._proxy_login("enegaeru.proxy_password", settings.proxy_login_id, secrets)
        practice, now, known = self._run.practice, self._now, self._secrets
        wire = WireClient("enegaeru", proxy=settings.proxy, proxy_login=login, loopback_only=practice, now=now, secrets=known)
        closing.callback(wire.close)
        return EnegaeruClient(
            wire,
            settings,
            api_key=lambda: secrets.get("enegaeru.api_key") or self._secret("enegaeru.api_key", settings),
            password=lambda: secrets.get("enegaeru.password") or self._secret("enegaeru.password", settings),
            now=self._now,
        )

    def _secret(self, name: str, settings: KansaiSettings | EnegaeruSettings) -> str | None:
        """A stored secret; the practice servers' one for their account, where none is stored, and for no other."""
        if not is_practice_account(settings):
            return None if self._run.practice else self._run.credentials.get(name)
        try:
            return self._run.credentials.get(name) or _PRACTICE_SECRETS[name]
        except SetupFault:
            return _PRACTICE_SECRETS[name]  # no secure store on this machine: none is needed for a practice server

    def _proxy_login(self, name: str, login_id: str, secrets: Secrets) -> "ProxyLogin | None":
        def login() -> tuple[str, str]:
            password = secrets.get(name) or self._run.credentials.get(name)
            if password is None:
                raise SetupFault("credentials", name, InstallationCode.MISSING)
            return login_id, password

        return login if login_id else None

    def trial(self, build: Callable[[ExitStack], T]) -> TrialService[T]:
        """A client for one test, with what closes it."""
        closing = ExitStack()
        return TrialService(build(closing), closing.close)
