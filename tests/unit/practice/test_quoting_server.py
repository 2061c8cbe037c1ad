"""The practice quoting API request by request, written out by hand: nothing here comes from the client that it is there to check."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from denkidesk.domain.areas import area_of_quoting_code
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import SetupFault
from denkidesk.practice.messages import PracticeRequest, PracticeResponse
from denkidesk.practice.quoting.server import QuotingService, operation_of

KEY = {"x-api-key": "renshu-api-key"}
LOGIN = {"id": "renshu", "password": "renshu-password"}


class Asker:
    """Asks the service with a fresh token unless told otherwise."""

    def __init__(self, resources: Path) -> None:
        self.at = datetime(2026, 1, 15, 9, 0, tzinfo=JST)
        self.service: QuotingService = QuotingService(resources, lambda: self.at)
        self.uid = self.service.sessions.open(force=True)

    def send(
        self, method: str, path: str, *, query: str = "", headers: dict[str, str] | None = None, body: bytes = b""
    ) -> PracticeResponse:
        pairs = dict(pair.split("=") for pair in query.split("&") if pair)
        sent = KEY | {"authorization": self.uid or ""} if headers is None else headers
        return self.service(PracticeRequest(method, f"/sys/sys/{path}", pairs, sent, body, 0))

    def get(self, path: str, query: str = "") -> Any:
        response = self.send("GET", path, query=query)
        assert response.status == 200, response.body.decode()
        return json.loads(response.body)

    def post(self, path: str, tree: Any, *, content_type: str = "application/json") -> PracticeResponse:
        body = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
        return self.send("POST", path, headers=KEY | {"authorization": self.uid or "", "content-type": content_type}, body=body)


@pytest.fixture
def asker(resources: Path) -> Asker:
    return Asker(resources)


def purchase(**changes: Any) -> list[dict[str, Any]]:
    return [{"date": "2025-06-10", "hourlyPowers": [1] * 24} | changes]


def refused(response: PracticeResponse, status: int, words: str) -> None:
    assert response.status == status
    assert words in response.body.decode()
    assert response.headers["Content-Type"].startswith("text/plain")


# -- login


def test_a_login_opens_a_session_and_names_the_user(asker: Asker) -> None:
    asker.service.sessions.end()
    answer = json.loads(asker.post("login", LOGIN | {"forcelogin": False}).body)
    assert set(answer) == {"uid", "userinfo"}
    response = asker.send("GET", "subsidy/", headers=KEY | {"authorization": answer["uid"]})
    assert response.status == 200
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (LOGIN | {"password": "x"}, 403, "パスワード"),
        (LOGIN | {"id": "x"}, 403, "ID"),
        ({"id": "renshu"}, 400, "必須"),
        ({"id": 1, "password": 2}, 400, "必須"),
        (b"{", 400, "JSON"),
        (b"[]", 400, "JSON"),
        (b"\xff", 400, "JSON"),
        (b"[" * 100_000, 400, "JSON"),
    ],
)
def test_a_login_that_is_wrong_is_refused(asker: Asker, body: Any, status: int, words: str) -> None:
    refused(asker.post("login", body), status, words)


def test_a_second_session_needs_force_and_ends_the_first(asker: Asker) -> None:
    refused(asker.post("login", LOGIN), 403, "別の端末")
    assert asker.get("subsidy/")
    assert asker.post("login", LOGIN | {"forcelogin": True}).status == 200
    refused(asker.send("GET", "subsidy/"), 403, "トークン")


def test_an_idle_session_is_in_nobodys_way(asker: Asker) -> None:
    asker.at += timedelta(seconds=5)
    assert asker.post("login", LOGIN).status == 200


@pytest.mark.parametrize("headers", [{}, {"x-api-key": "x"}, KEY, KEY | {"authorization": "x"}, KEY | {"authorization": "トークン"}])
def test_every_call_needs_key_and_token(asker: Asker, headers: dict[str, str]) -> None:
    assert asker.send("GET", "epcorps", headers=headers).status == 403


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "epcorps", 405),
        ("GET", "login", 405),
        ("GET", "epchargecalc", 405),
        ("GET", "x", 404),
        ("GET", "", 404),
        ("GET", "epcorps/1", 404),
    ],
)
def test_what_is_not_there(asker: Asker, method: str, path: str, status: int) -> None:
    assert asker.send(method, path).status == status


def test_paths_begin_with_sys_twice(asker: Asker) -> None:
    request = PracticeRequest("GET", "/sys/epcorps", {}, KEY | {"authorization": asker.uid or ""}, b"", 0)
    assert asker.service(request).status == 404


@pytest.mark.parametrize(
    ("path", "operation"),
    [("/sys/sys/epplans/", "epplans"), ("/sys/sys/epplans/0006_1_0001/01", "epplan"), ("/sys/sys/areaprices/06", "areaprices")],
)
def test_operations_have_names_for_faults(path: str, operation: str) -> None:
    assert operation_of(path) == operation


# -- answers have the real one's shapes


def test_one_code_is_written_in_two_ways_as_the_real_api_does(asker: Asker) -> None:
    company = next(row for row in asker.get("epcorps", "area_cd=6") if row["epcorpName"] == "関西電力")
    assert (company["epcorp_cd"], company["area_cd"]) == ("6", "06")
    assert "allotted" not in company
    assert asker.get("epplans/", "epcorp_cd=6")[0]["epcorp_cd"] == 6
    assert asker.get("areaprices/06")[0]["area_cd"] == 6


@pytest.mark.parametrize("area", ["6", "06"])
def test_areas_are_understood_with_and_without_the_zero(asker: Asker, area: str) -> None:
    assert {row["area_cd"] for row in asker.get("epcorps", f"area_cd={area}")} == {"06"}
    assert len(asker.get(f"areaprices/{area}")) == 12


def test_lists_of_plans_hold_no_prices(asker: Asker) -> None:
    plan = asker.get("epplans/", "epcorp_cd=3&contractType=1")[0]
    assert {"epplan_id", "holidayflg", "planSuffix", "bases"} <= set(plan)
    assert not {"conditions", "fuels", "source", "published", "invented"} & set(plan)
    assert set(plan["bases"][0]) == {"base_cd", "baseName", "baseType", "ampere", "capacityFrom", "capacityTo"}


def test_part_of_a_market_linked_plan_is_missing(asker: Asker) -> None:
    detail = asker.get("epplans/0901_1_0001/01")
    assert detail["epplanType"] == 2
    assert "conditions" not in detail
    assert "fuels" not in detail


def test_area_prices_end_with_the_month_before_now_and_never_change(asker: Asker) -> None:
    months = asker.get("areaprices/05")
    assert [months[0]["yearmonth"], months[-1]["yearmonth"]] == ["2025-01", "2025-12"]
    asker.at += timedelta(days=20)
    later = asker.get("areaprices/05")
    assert later[0]["yearmonth"] == "2025-02"
    assert later[:-1] == months[1:]
    means = {row["yearmonth"]: sum(row["prices"]) / 24 for row in months}
    assert min(means["2025-01"], means["2025-08"]) > max(means["2025-05"], means["2025-10"])


# -- epchargecalc

GOOD = {"epplan_id": "0006_1_0001", "base_cd": "01", "purchase": purchase(), "detail": 1}


def test_a_bill_with_detail_adds_up(asker: Asker) -> None:
    answer = json.loads(asker.post("epchargecalc", GOOD).body)
    assert (answer["epcorpName"], answer["epplanName"]) == ("関西電力", "従量電灯A")
    june = answer["detail"]["monthlyCharges"][5]
    # 24 kWh of 従量電灯A: 522.58 for the first 15, 9 at 20.21; fuel 33.66 and 9 x 2.24; levy 24 x 4.18
    assert june["month"] == "2025-06"
    assert [june[name] for name in ("base", "usage", "adjust", "levy")] == [522.58, 181.89, 53.82, 100.32]
    assert june["charge"] == pytest.approx(858.61)
    assert answer["monthlyCharges"] == [0, 0, 0, 0, 0, june["charge"], 0, 0, 0, 0, 0, 0]
    assert answer["yearCharge"] == answer["detail"]["yearCharge"]["charge"] == june["charge"]
    assert len(answer["detail"]["monthlyCharges"]) == 12


def test_a_bill_without_detail_is_short(asker: Asker) -> None:
    answer = json.loads(asker.post("epchargecalc", GOOD | {"detail": 0, "noFuels": 1}).body)
    assert set(answer) == {"epcorpName", "epplanName", "baseName", "yearCharge", "monthlyCharges"}
    assert answer["yearCharge"] == pytest.approx(858.61 - 53.82)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"epplan_id": "x"}, "epplan_id"),
        ({"epplan_id": 5}, "epplan_id"),
        ({"base_cd": "x"}, "base_cd"),
        ({"base_cd": None}, "base_cd"),
        ({"purchase": []}, "purchase"),
        ({"purchase": {}}, "purchase"),
        ({"purchase": [5]}, "purchase"),
        ({"purchase": purchase(date="2025-02-30")}, "purchase"),
        ({"purchase": purchase(hourlyPowers=[1] * 23)}, "hourlyPowers"),
        ({"purchase": purchase(hourlyPowers=[-1] * 24)}, "hourlyPowers"),
        ({"purchase": purchase(hourlyPowers=["1"] * 24)}, "hourlyPowers"),
        ({"purchase": purchase(hourlyPowers=[None] * 24)}, "hourlyPowers"),
        ({"purchase": purchase(hourlyPowers=5)}, "purchase"),
        ({"purchase": purchase() * 2}, "usage"),
        ({"purchase": [*purchase(), *purchase(date="2026-06-10")]}, "usage"),
        ({"purchase": purchase() * 367}, "purchase"),
        ({"capacity": -1}, "capacity"),
        ({"capacity": "x"}, "capacity"),
        ({"capacity": True}, "capacity"),
        ({"peak_purchase": [1]}, "peak_purchase"),
        ({"noFuels": 2}, "noFuels"),
        ({"detail": "yes"}, "detail"),
        ({"epplan_id": "0006_2_0001"}, "capacity"),  # by contract capacity
        ({"epplan_id": "0901_2_0001"}, "capacity"),  # variable-metered
    ],
)
def test_faults_of_a_bills_request_are_told(asker: Asker, changes: dict[str, Any], words: str) -> None:
    refused(asker.post("epchargecalc", GOOD | changes), 400, words)


@pytest.mark.parametrize("name", ["epplan_id", "base_cd", "purchase"])
def test_what_a_bill_needs_is_required(asker: Asker, name: str) -> None:
    refused(asker.post("epchargecalc", {key: value for key, value in GOOD.items() if key != name}), 400, name)


def test_a_bill_is_asked_for_in_json(asker: Asker) -> None:
    refused(asker.post("epchargecalc", GOOD, content_type="text/plain"), 400, "Content-Type")


def test_nan_is_no_usage(asker: Asker) -> None:
    body = json.dumps(GOOD).replace("[1, 1,", "[NaN, 1,").encode()
    refused(asker.post("epchargecalc", body), 400, "hourlyPowers")


# -- the catalogue


def test_every_plan_names_its_source_and_date_or_says_that_it_is_invented(asker: Asker) -> None:
    catalogue = asker.service.catalogue
    for plan in catalogue.plans:
        assert plan["source"]
        assert plan["published"]
        assert plan["invented"] == ("架空" in plan["source"])
        assert plan["fuelNote"] or any(fuel["volumeUnit"] for fuel in plan["fuels"])
        company = catalogue.company(plan["epcorp_cd"])
        assert company is not None
        assert plan["invented"] == any(word in company["epcorpName"] for word in ("見本", "例示"))
    ids = [plan["epplan_id"] for plan in catalogue.plans]
    assert len(set(ids)) == len(ids) >= 30


def test_every_tier_begins_where_the_one_before_ends(asker: Asker) -> None:
    for plan in asker.service.catalogue.plans:
        tiers = [condition for condition in plan["conditions"] if "段階" in condition["condName"]]
        for before, after in pairwise(tiers):
            if before["volumeTo"]:
                assert after["volumeFrom"] == before["volumeTo"], plan["epplanName"]
            else:
                assert after["volumeFrom"] == 0, plan["epplanName"]
        assert not tiers or tiers[-1]["volumeTo"] == 0


def test_there_is_a_plan_of_every_kind(asker: Asker) -> None:
    plans = asker.service.catalogue.plans
    assert {plan["epplanType"] for plan in plans} == {1, 2, 3}
    assert {plan["contractType"] for plan in plans} >= {1, 2, 3}
    assert {base["baseType"] for plan in plans for base in plan["bases"]} >= {1, 2, 4, 5, 6, 8, 9}
    market = [plan["epcorp_cd"] for plan in plans if plan["epplanType"] == 2]
    assert len(set(market)) >= 2


def test_companies_stand_in_the_quoting_apis_area_order(asker: Asker) -> None:
    areas = {row["epcorpName"]: row["area_cd"] for row in asker.service.catalogue.companies if row["eptype"] == 1}
    assert (areas["北陸電力"], areas["中部電力ミライズ"], areas["沖縄電力"]) == ("04", "05", "10")
    assert len(areas) == 10
    assert all(area_of_quoting_code(row["area_cd"]) for row in asker.service.catalogue.companies)


def test_every_postcode_has_a_prefecture(asker: Asker) -> None:
    table = asker.service.catalogue.prefectures_by_postcode
    assert len(table) == 100
    assert set(table.values()) == {f"{number:02}" for number in range(1, 48)}


def damage(text: str) -> str:
    return text[: len(text) // 2]


@pytest.mark.parametrize(("spoil", "code"), [(None, "missing"), (damage, "unreadable")], ids=["missing", "damaged"])
def test_a_broken_resource_is_a_setup_fault_that_names_the_file(
    tmp_path: Path, resources: Path, spoil: Callable[[str], str] | None, code: str
) -> None:
    folder = tmp_path / "practice"
    folder.mkdir()
    for path in (resources / "practice").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        if path.name != "subsidies.json":
            (folder / path.name).write_text(text, encoding="utf-8")
        elif spoil is not None:
            (folder / path.name).write_text(spoil(text), encoding="utf-8")
    with pytest.raises(SetupFault) as fault:
        QuotingService(tmp_path)
    assert (Path(fault.value.file).name, fault.value.code) == ("subsidies.json", code)
