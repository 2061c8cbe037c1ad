"""The practice quoting API as a handler of HTTP requests: strict about what it is asked, and as terse as the real one.

Refusals are plain text in Japanese: 400 for a fault of the request, 403 for a key or token that is not valid. The JSON it answers
with has no charset in its header, as often happens; it is UTF-8.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from denkidesk.domain.clock import Now, now_jst
from denkidesk.practice.messages import PracticeRequest, PracticeResponse, text_response
from denkidesk.practice.quoting.catalogue import Catalogue, Row, area_code_of
from denkidesk.practice.quoting.odd_rules import odd_bill
from denkidesk.practice.quoting.sessions import Sessions
from denkidesk.practice.quoting.slow_bill import SlowBillRefusedError, SlowParts
from denkidesk.settings import PRACTICE_API_KEY, PRACTICE_LOGIN_ID, PRACTICE_PASSWORD

BASE_PATH: Final = "/sys"
"""Base URL of the API; the paths below it begin with /sys again, as the document writes them."""
_PREFIX: Final = f"{BASE_PATH}/sys/"
_MAX_DAYS: Final = 366


class _RefusedError(Exception):
    """The request is answered with this status and text."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


def operation_of(path: str) -> str:
    """What a path asks for, as faults name it.

    ``login``, ``epcorps``, ``epplans``, ``epplan`` (a detail), ``epchargecalc``, ``areaprices``, ``subsidy``.
    """
    parts = path.removeprefix(_PREFIX).strip("/").split("/")
    return "epplan" if parts[0] == "epplans" and len(parts) > 1 else parts[0]


class QuotingService:
    """Answers one request after another; safe from any thread. ``sessions``: for tests and training that end one.

    ``odd_rule``: one of ``odd_rules.ODD_RULES``, by which bills are computed without a word; empty: our own rules.
    """

    def __init__(self, resources: Path, now: Now = now_jst) -> None:
        self.catalogue = Catalogue.load(resources)
        self.sessions = Sessions(now)
        self.odd_rule = ""
        self._now = now

    def __call__(self, request: PracticeRequest) -> PracticeResponse:
        try:
            return self._answer(request)
        except _RefusedError as refused:
            return text_response(refused.status, refused.text)

    def _answer(self, request: PracticeRequest) -> PracticeResponse:
        if not request.path.startswith(_PREFIX):
            raise _RefusedError(404, "Not Found")
        parts = request.path.removeprefix(_PREFIX).strip("/").split("/")
        routes: Mapping[str, tuple[str, Callable[[PracticeRequest, list[str]], object]]] = {
            "login": ("POST", self._login),
            "subsidy": ("GET", self._subsidies),
            "epcorps": ("GET", self._companies),
            "epplans": ("GET", self._plans),
            "epplan": ("GET", self._plan_detail),
            "epchargecalc": ("POST", self._charge),
            "areaprices": ("GET", self._area_prices),
        }
        operation = operation_of(request.path)
        if operation not in routes or (operation == "epplan" and parts[0] != "epplans"):
            raise _RefusedError(404, "Not Found")
        method, answer = routes[operation]
        if request.method != method:
            raise _RefusedError(405, "Method Not Allowed")
        if not secrets.compare_digest(request.headers.get("x-api-key", "").encode(), PRACTICE_API_KEY.encode()):
            raise _RefusedError(403, "x-api-key が正しくありません。")
        if operation != "login" and not self.sessions.knows(request.headers.get("authorization", "")):
            raise _RefusedError(403, "トークンが無効です。")
        tree = answer(request, parts[1:])
        body = json.dumps(tree, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        return PracticeResponse(200, {"Content-Type": "application/json"}, body)

    def _login(self, request: PracticeRequest, _parts: list[str]) -> object:
        body = _json_object(request)
        login_id, password = body.get("id"), body.get("password")
        if not isinstance(login_id, str) or not isinstance(password, str):
            raise _RefusedError(400, "id と password は必須です。")
        if login_id != PRACTICE_LOGIN_ID or password != PRACTICE_PASSWORD:
            raise _RefusedError(403, "IDまたはパスワードが正しくありません。")
        uid = self.sessions.open(force=body.get("forcelogin") in (True, 1, "1", "true"))
        if uid is None:
            raise _RefusedError(403, "このIDは別の端末でログイン中です。")
        return {"uid": uid, "userinfo": {"id": login_id, "name": "練習 担当"}}

    def _subsidies(self, _request: PracticeRequest, parts: list[str]) -> object:
        _no_more(parts)
        return self.catalogue.subsidies(self._now())

    def _companies(self, request: PracticeRequest, parts: list[str]) -> object:
        _no_more(parts)
        query = request.query
        _known_names(query, {"prefecture_cd", "zip_cd", "area_cd", "unlimited"})
        if sum(name in query for name in ("prefecture_cd", "zip_cd", "area_cd")) > 1:
            raise _RefusedError(400, "prefecture_cd、zip_cd、area_cd は同時に指定できません。")
        area: str | None = None
        if "prefecture_cd" in query:
            area = self._area_of_prefecture(query["prefecture_cd"], "prefecture_cd")
        elif "zip_cd" in query:
            digits = query["zip_cd"]
            if not (len(digits) == 7 and digits.isascii() and digits.isdigit()):
                raise _RefusedError(400, "zip_cd はハイフンなしの7桁の数字で指定してください。")
            area = self._area_of_prefecture(self.catalogue.prefectures_by_postcode[digits[:2]], "zip_cd")
        elif "area_cd" in query:
            area = area_code_of(query["area_cd"])
            if area is None:
                raise _RefusedError(400, "area_cd は01から10で指定してください。")
        if query.get("unlimited", "0") not in ("0", "1"):
            raise _RefusedError(400, "unlimited は0または1で指定してください。")
        return self.catalogue.companies_in(area, unlimited=query.get("unlimited") == "1")

    def _area_of_prefecture(self, prefecture_cd: str, name: str) -> str:
        area = self.catalogue.area_of_prefecture(prefecture_cd)
        if area is None:
            raise _RefusedError(400, f"{name} が正しくありません。")
        return area

    def _plans(self, request: PracticeRequest, _parts: list[str]) -> object:
        query = request.query
        _known_names(query, {"epcorp_cd", "contractType"})
        if "epcorp_cd" not in query:
            raise _RefusedError(400, "epcorp_cd は必須です。")
        epcorp_cd = _digits(query["epcorp_cd"], "epcorp_cd")
        if self.catalogue.company(epcorp_cd) is None:
            raise _RefusedError(400, "epcorp_cd に該当する電力会社がありません。")
        contract_type = _digits(query["contractType"], "contractType") if "contractType" in query else None
        if contract_type not in (None, 1, 2, 3, 4):
            raise _RefusedError(400, "contractType は1から4で指定してください。")
        return self.catalogue.plans_of(epcorp_cd, contract_type)

    def _plan_detail(self, _request: PracticeRequest, parts: list[str]) -> object:
        if not 2 <= len(parts) <= 3:
            raise _RefusedError(400, "epplan_id と base_cd を指定してください。")
        plan = self._plan(parts[0])
        capacity = _positive(parts[2], "capacity") if len(parts) == 3 else None
        return self._detail(plan, parts[1], capacity)

    def _plan(self, epplan_id: object) -> Row:
        plan = self.catalogue.plan(epplan_id) if isinstance(epplan_id, str) else None
        if plan is None:
            raise _RefusedError(400, "epplan_id に該当するプランがありません。")
        return plan

    def _detail(self, plan: Row, base_cd: object, capacity: float | None) -> Row:
        if plan["epplanType"] == 3 and capacity is None:
            raise _RefusedError(400, "従量可変型のプランでは capacity は必須です。")
        detail = self.catalogue.detail(plan, base_cd, capacity)
        if detail is None:
            raise _RefusedError(400, "base_cd に該当する基本料金がありません。")
        return detail

    def _area_prices(self, _request: PracticeRequest, parts: list[str]) -> object:
        area = area_code_of(parts[0]) if len(parts) == 1 else None
        if area is None or area == "10":
            raise _RefusedError(400, "area_cd は01から09で指定してください。")
        return self.catalogue.area_prices(area, self._now())

    def _charge(self, request: PracticeRequest, parts: list[str]) -> object:
        _no_more(parts)
        body = _json_object(request)
        for name in ("epplan_id", "base_cd", "purchase"):
            if name not in body:
                raise _RefusedError(400, f"{name} は必須です。")
        plan = self._plan(body["epplan_id"])
        capacity = None if body.get("capacity") is None else _positive(body["capacity"], "capacity")
        peak = None if body.get("peak_purchase") is None else _positive(body["peak_purchase"], "peak_purchase")
        detail = self._detail(plan, body["base_cd"], capacity)
        by_capacity = plan["planSuffix"] in ("kVA", "kW") and detail["ampere"] is None and detail["baseType"] not in (5, 6)
        if by_capacity and capacity is None:
            raise _RefusedError(400, "この契約では capacity は必須です。")
        purchase = _purchase(body["purchase"])
        company = self.catalogue.company(plan["epcorp_cd"])
        if company is None:
            raise _RefusedError(500, "Internal Server Error")
        area = company["area_cd"]
        try:
            options = {
                "capacity": capacity,
                "peak_purchase": peak,
                "no_fuels": _flag(body.get("noFuels"), "noFuels"),
                "area_prices": self.catalogue.area_prices(area, self._now()) if plan["epplanType"] == 2 else (),
                "commission": company["commission"],
            }
            bill = odd_bill(self.odd_rule, detail, purchase, options)
        except SlowBillRefusedError as refused:
            raise _RefusedError(400, f"計算できません（{refused.code}）。") from None
        answer: dict[str, object] = {
            "epcorpName": company["epcorpName"],
            "epplanName": plan["epplanName"],
            "baseName": detail["baseName"],
            "yearCharge": float(bill.year.charge),
            "monthlyCharges": [float(month.parts.charge) for month in bill.months],
        }
        if _flag(body.get("detail"), "detail"):
            first_year = min(row["date"] for row in purchase)[:4]
            answer["detail"] = {
                "discountRate": plan["discountRate"],
                "yearCharge": _parts_json(bill.year),
                "monthlyCharges": [
                    {"month": month.label or f"{first_year}-{month.number:02}", **_parts_json(month.parts)} for month in bill.months
                ],
            }
        return answer


def _parts_json(parts: SlowParts) -> dict[str, float]:
    return {name: float(getattr(parts, name)) for name in ("charge", "base", "usage", "adjust", "levy")}


def _no_more(parts: list[str]) -> None:
    if parts:
        raise _RefusedError(404, "Not Found")


def _known_names(query: Mapping[str, str], known: set[str]) -> None:
    unknown = sorted(set(query) - known)
    if unknown:
        raise _RefusedError(400, f"{unknown[0][:40]} は指定できません。")


def _digits(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise _RefusedError(400, f"{name} は数字で指定してください。")
    return int(text)


def _positive(value: object, name: str) -> float:
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
    except (ValueError, OverflowError):
        number = -1.0
    if not 0 <= number < 1e9:
        raise _RefusedError(400, f"{name} は0以上の数値で指定してください。")
    return number


def _flag(value: object, name: str) -> bool:
    if value not in (None, 0, 1, "0", "1", ""):
        raise _RefusedError(400, f"{name} は0または1で指定してください。")
    return value in (1, "1")


def _json_object(request: PracticeRequest) -> Row:
    if not request.headers.get("content-type", "").lower().startswith("application/json"):
        raise _RefusedError(400, "Content-Type は application/json としてください。")
    try:
        body = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _RefusedError(400, "JSON の形式が正しくありません。") from None
    if not isinstance(body, dict):
        raise _RefusedError(400, "JSON の形式が正しくありません。")
    return body


def _purchase(value: object) -> list[Row]:
    if not isinstance(value, list) or not 1 <= len(value) <= _MAX_DAYS:
        raise _RefusedError(400, "purchase は1日以上1年以内で指定してください。")
    for row in value:
        try:
            day = date.fromisoformat(row["date"])
            powers = row["hourlyPowers"]
            right = len(powers) == 24 and all(
                isinstance(power, int | float) and not isinstance(power, bool) and 0 <= power < 1e9 for power in powers
            )
        except (KeyError, TypeError, ValueError):
            raise _RefusedError(400, "purchase の形式が正しくありません。") from None
        if not right:
            raise _RefusedError(400, f"{day} の hourlyPowers は0以上の数値24個で指定してください。")
    return value
