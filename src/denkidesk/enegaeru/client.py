"""Calls of the quoting API: each asked once, renewed once after a 403, refused in the server's own words.

No call of this API changes anything that outlives it, so every failure of the way is Unreachable and may be tried again. ``forcelogin``
ends the same user's work elsewhere: it is never set but by ``login(force=True)``, which needs the clerk's consent.
"""

import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final
from urllib.parse import quote, urlencode

from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bills import ServerBill
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.error_codes import ExchangeCode, InstallationCode, RefusalCode
from denkidesk.domain.errors import InputRefused, LoginRefused, ServerRefused, SetupFault, Unreachable
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.plans import ONE_AMOUNT_TYPES, AreaPriceMonth, Company, Plan, PlanDetail, Subsidy
from denkidesk.domain.usage import Usage
from denkidesk.enegaeru import shapes
from denkidesk.enegaeru.encoding import purchase_json, to_json_bytes
from denkidesk.enegaeru.session import Session
from denkidesk.enegaeru.strict_json import JSON_TEXT, MAX_BYTES
from denkidesk.settings import EnegaeruSettings
from denkidesk.wire.http import Limits, Reply, WireClient
from denkidesk.wire.known_secrets import KnownSecrets

_CONNECT_S: Final = 10.0
_MAX_MESSAGE_CHARS: Final = 2_000
_SERVICE: Final = "enegaeru"
# Characters that turn the direction of what follows, or hide: a message shown in a window must not rearrange it.
_HIDDEN: Final = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_REFUSALS: Final = {
    400: RefusalCode.BAD_REQUEST,
    401: RefusalCode.FORBIDDEN,
    403: RefusalCode.FORBIDDEN,
    404: RefusalCode.UNKNOWN_SERVICE,
}


class EnegaeruClient:
    """The quoting API for one account. Safe from any thread; one login serves them all."""

    def __init__(
        self,
        wire: WireClient,
        settings: EnegaeruSettings,
        *,
        api_key: Callable[[], str | None],
        password: Callable[[], str | None],
        session: Session | None = None,
        now: Now = now_jst,
    ) -> None:
        """``api_key`` and ``password`` are asked when they are needed and kept nowhere. With ``settings.auth`` "token", the fixed token
        is the password, or the API key where there is no password. ``session``: shared with another client of this process, such as
        one that only tests a connection; the same account then needs no second login.
        """
        self._wire = wire
        self._settings = settings
        self._api_key = api_key
        self._password = password
        self._now = now
        self._session = session or Session()
        self._account: bytes | None = None

    def companies(
        self,
        *,
        area: QuotingAreaCode | None = None,
        prefecture_cd: str | None = None,
        zip_cd: str | None = None,
        unlimited: bool = False,
        cancel: CancelToken | None = None,
    ) -> tuple[Company, ...]:
        """Companies by at most one of area, prefecture ("01".."47") and postcode (seven digits, a hyphen is taken out)."""
        if sum(value is not None for value in (area, prefecture_cd, zip_cd)) > 1:
            raise InputRefused.of("company_search", InputCode.AT_MOST_ONE)
        digits = None if zip_cd is None else zip_cd.replace("-", "").strip()
        if digits is not None and not (len(digits) == 7 and digits.isascii() and digits.isdigit()):
            raise InputRefused.of("zip_cd", InputCode.FORM)
        prefecture = None if prefecture_cd is None else prefecture_cd.zfill(2)
        asked = {"area_cd": area, "prefecture_cd": prefecture, "zip_cd": digits, "unlimited": "1" if unlimited else None}
        query = {name: value for name, value in asked.items() if value is not None}
        companies = shapes.decode_companies(self._get("epcorps", query, cancel))
        if area is not None:
            for company in companies:
                _tie("area_cd", area, company.area_code)
        return companies

    def plans(self, epcorp_cd: str, contract_type: int | None = None, *, cancel: CancelToken | None = None) -> tuple[Plan, ...]:
        query = {"epcorp_cd": epcorp_cd}
        if contract_type is not None:
            query["contractType"] = str(int(contract_type))
        plans = shapes.decode_plans(self._get("epplans/", query, cancel))
        for plan in plans:
            _tie("epcorp_cd", epcorp_cd, plan.epcorp_cd)
        return plans

    def plan_detail(
        self, epplan_id: str, base_cd: str, capacity: Decimal | None = None, *, cancel: CancelToken | None = None
    ) -> PlanDetail:
        """One plan's newest figures; ``capacity`` for variable-metered plans alone."""
        parts = [epplan_id, base_cd, *([] if capacity is None else [_plain(capacity)])]
        path = "epplans/" + "/".join(quote(part, safe="") for part in parts)
        detail = shapes.decode_plan_detail(self._get(path, {}, cancel), base_cd=base_cd)
        _tie("epplan_id", epplan_id, detail.epplan_id)
        _tie("base_cd", base_cd, detail.base_cd)
        if capacity is not None and detail.capacity is not None:
            _tie("capacity", _plain(capacity), _plain(detail.capacity))
        return detail

    def charge(
        self,
        detail: PlanDetail | tuple[str, str],
        usage: Usage,
        *,
        capacity: Decimal | None = None,
        peak_kw: float | None = None,
        no_fuels: bool = False,
        with_detail: bool = True,
        cancel: CancelToken | None = None,
    ) -> ServerBill:
        """The server's bill for a plan, or for (epplan_id, base_cd). Raises InputRefused for usage with gaps."""
        if isinstance(detail, PlanDetail):
            epplan_id, base_cd = detail.epplan_id, detail.base_cd
            capacity = capacity if capacity is not None else _capacity_to_send(detail)
        else:
            epplan_id, base_cd = detail
        body: dict[str, object] = {"epplan_id": epplan_id, "base_cd": base_cd, "purchase": purchase_json(usage)}
        body |= {"capacity": capacity, "peak_purchase": peak_kw, "noFuels": 1 if no_fuels else None, "detail": 1 if with_detail else None}
        given = {name: value for name, value in body.items() if value is not None}
        bill = shapes.decode_charge(self._call("POST", "epchargecalc", given, cancel))
        if isinstance(detail, PlanDetail) and detail.name and bill.plan_name:
            # The answer repeats no code, so that the plan's name is all that ties it to its question.
            _tie("epplanName", _folded(detail.name), _folded(bill.plan_name))
        return bill

    def area_prices(self, area: QuotingAreaCode, *, cancel: CancelToken | None = None) -> tuple[AreaPriceMonth, ...]:
        """The last twelve months' area prices, oldest first."""
        months = shapes.decode_area_prices(self._get(f"areaprices/{quote(area, safe='')}", {}, cancel))
        for month in months:
            _tie("area_cd", area, month.area_code)
        return months

    def subsidies(self, *, cancel: CancelToken | None = None) -> tuple[Subsidy, ...]:
        return shapes.decode_subsidies(self._get("subsidy/", {}, cancel))

    def login(self, force: bool = False, *, cancel: CancelToken | None = None) -> None:
        """Opens a session because a person asks for it, though it may have been refused before. ``force`` ends the same user's session
        elsewhere: only with the clerk's consent.

        Nothing to do where the company has a fixed token. Raises LoginRefused (``forbidden``, ``bad_request``), Unreachable, SetupFault.
        """
        if self._settings.auth != "login":
            return
        with self._session.lock:
            self._login(force=force, asked_for=True, cancel=cancel)

    def test_connection(self, *, cancel: CancelToken | None = None) -> int:
        """Logs in where that is needed and reads the companies of one area; returns how many there are."""
        return len(self.companies(area=QuotingAreaCode("06"), cancel=cancel))

    def _get(self, path: str, query: Mapping[str, str], cancel: CancelToken | None) -> bytes:
        return self._call("GET", f"{path}?{urlencode(query)}" if query else path, None, cancel)

    def _call(self, method: str, path: str, body: Mapping[str, object] | None, cancel: CancelToken | None) -> bytes:
        """The answer's body. A 403 is met with one new login and one more try, then it goes to the clerk."""
        token = self._token(cancel)
        reply = self._send(method, path, body, token, cancel)
        if reply.status in (401, 403) and self._settings.auth == "login":
            reply = self._send(method, path, body, self._renewed_token(token, cancel), cancel)
        return _without_secrets(self._accepted(reply), self._wire.secrets)

    def _accepted(self, reply: Reply) -> bytes:
        """The body of a 200; every other status is an error that says what the clerk can do."""
        if reply.status == 200:
            return reply.content
        if code := _REFUSALS.get(reply.status):
            raise ServerRefused(_SERVICE, code, message_text(reply.content, self._wire.secrets), reply.status)
        raise Unreachable(_SERVICE, ExchangeCode.TIMEOUT if reply.status == 504 else ExchangeCode.SERVER_ERROR, reply.status)

    def _token(self, cancel: CancelToken | None) -> str:
        if self._settings.auth != "login":
            token = self._password() or self._api_key()
            if not token:
                raise SetupFault("keyring", "enegaeru.password", InstallationCode.MISSING)
            return token
        with self._session.lock:
            account = self._account or self._account_now()[0]
            return self._session.token(account) or self._login(force=False, asked_for=False, cancel=cancel)

    def _renewed_token(self, refused: str, cancel: CancelToken | None) -> str:
        with self._session.lock:
            account = self._account_now()[0]
            token = self._session.token(account)
            if token is not None and token != refused:
                return token  # another thread was quicker
            return self._login(force=False, asked_for=False, cancel=cancel)

    def _account_now(self) -> tuple[bytes, str]:
        """The account by its present password, and that password."""
        if not self._settings.login_id:
            raise SetupFault("settings.toml", "enegaeru.login_id", InstallationCode.MISSING)
        password = self._password()
        if not password:
            raise SetupFault("keyring", "enegaeru.password", InstallationCode.MISSING)
        self._wire.secrets.learn(password, self._settings.login_id)
        self._account = self._session.account(self._settings.base_url, self._settings.login_id, password)
        return self._account, password

    def _login(self, *, force: bool, asked_for: bool, cancel: CancelToken | None) -> str:
        """The token of a new session. Not ``asked_for`` by a person, an account that was refused before is not tried again."""
        account, password = self._account_now()
        self._session.forget(account)
        if not asked_for and (words := self._session.refusal(account)) is not None:
            raise LoginRefused(_SERVICE, RefusalCode.STOPPED, words)
        body = {"id": self._settings.login_id, "password": password, "forcelogin": force}
        reply = self._send("POST", "login", body, None, cancel)
        try:
            token = shapes.decode_login(self._accepted(reply))
        except ServerRefused as refused:
            if refused.code == RefusalCode.FORBIDDEN:
                self._session.refuse(account, refused.message)
            raise LoginRefused(_SERVICE, refused.code, refused.message, refused.status) from None
        self._wire.secrets.learn(token)
        self._session.keep(account, token)
        return token

    def _send(self, method: str, path: str, body: Mapping[str, object] | None, token: str | None, cancel: CancelToken | None) -> Reply:
        settings = self._settings
        if not settings.base_url:
            raise SetupFault("settings.toml", "enegaeru.base_url", InstallationCode.MISSING)
        headers = {"Accept": "application/json"}
        api_key = self._api_key()
        for secret in (api_key, token):
            self._wire.secrets.learn(secret or "", settings.login_id)
        if api_key:
            headers["x-api-key"] = api_key
        elif settings.auth == "login":
            raise SetupFault("keyring", "enegaeru.api_key", InstallationCode.MISSING)
        if token is not None:
            if settings.auth == "login":
                headers["Authorization"] = token
            else:
                headers[settings.token_header] = settings.token_template.replace("{token}", token)
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        prefix = settings.path_prefix.strip("/")
        url = "/".join(part for part in (settings.base_url.rstrip("/"), prefix, path) if part)
        return self._wire.send(
            method,
            url,
            headers=headers,
            content=None if body is None else to_json_bytes(body),
            limits=Limits(max_bytes=MAX_BYTES, connect_s=_CONNECT_S, total_s=settings.answer_timeout_s),
            cancel=cancel,
        )


def _tie(item: str, asked: str, answered: str) -> None:
    """Raises Unreachable (``schema``) for the answer to another question. Codes are compared without leading zeros: 4 and "04" are one."""
    if asked.lstrip("0") != answered.lstrip("0"):
        raise Unreachable(_SERVICE, ExchangeCode.SCHEMA, 200, f"{item}: another was asked for")


def _folded(name: str) -> str:
    """A name as it is compared: one form of each letter, no spaces."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def _capacity_to_send(plan: PlanDetail) -> Decimal | None:
    """The capacity that the API wants even where its formula has no use for it.

    It is required wherever the contract is by kVA or kW and the base charge does not follow the peak; a flat charge is the same for each.
    """
    if plan.capacity is not None:
        return plan.capacity
    if plan.capacity_unit in ("kVA", "kW") and plan.ampere is None and plan.base_type in ONE_AMOUNT_TYPES:
        return max(plan.capacity_from, Decimal(1))
    return None


def _plain(number: Decimal) -> str:
    """Without exponent and without trailing zeros: 10, not 1E+1 or 10.0."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _without_secrets(content: bytes, secrets: KnownSecrets) -> bytes:
    """A JSON answer in whose texts no secret stands."""
    if not secrets.may_stand_in(content.decode("utf-8", "replace")):
        return content
    return JSON_TEXT.sub(
        lambda found: secrets.cleaned(found[0].decode("utf-8", "surrogateescape"), is_code=True).encode("utf-8", "surrogateescape"), content
    )


def message_text(content: bytes, secrets: KnownSecrets) -> str:
    """The server's own words as one bounded piece of plain text: no control, direction-turning or invisible characters."""
    raw = content[: _MAX_MESSAGE_CHARS * 8]
    try:
        text = raw.decode("utf-8-sig", "strict" if len(raw) == len(content) else "ignore")
    except UnicodeDecodeError:
        text = raw.decode("cp932", "replace")
    text = secrets.cleaned(text.translate(_HIDDEN))
    kept = "".join(char if char == "\n" or char.isprintable() else " " for char in text)
    return kept.strip()[:_MAX_MESSAGE_CHARS]
