"""Each endpoint and each refusal of the quoting API, over real HTTP against the practice server."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.errors import Cancelled, InputRefused, ServerRefused, Unreachable
from denkidesk.domain.plans import PlanDetail, PlanType
from denkidesk.domain.usage import Usage, UsageDay
from denkidesk.enegaeru.client import EnegaeruClient, message_text
from denkidesk.enegaeru.session import Session
from denkidesk.practice.faults import FaultBox
from denkidesk.practice.http_server import PracticeHttpServer
from denkidesk.practice.messages import PracticeResponse, text_response
from denkidesk.practice.quoting.server import operation_of
from denkidesk.practice.quoting.slow_bill import slow_bill
from denkidesk.settings import PRACTICE_API_KEY, PRACTICE_PASSWORD
from denkidesk.wire.http import Limits, WireClient
from denkidesk.wire.known_secrets import KnownSecrets

KANSAI = QuotingAreaCode("06")


def flat_usage(kwh: float = 0.5, first: str = "2025-04-01", count: int = 365) -> Usage:
    start = date.fromisoformat(first)
    return Usage(tuple(UsageDay(start + timedelta(days=n), (kwh,) * 24) for n in range(count)))


# -- endpoints


def test_companies_of_an_area_have_one_form_of_each_code(client: EnegaeruClient) -> None:
    companies = {company.epcorp_cd: company for company in client.companies(area=KANSAI)}
    assert companies["6"].name == "関西電力"
    assert companies["6"].former_monopoly
    assert companies["901"].area_code == "06"
    assert companies["901"].commission == Decimal("1.8")
    assert companies["901"].fit_prices[0] == Decimal("16.0")
    assert {company.area_code for company in companies.values()} == {"06"}


def test_unlimited_lifts_the_restriction_to_allotted_companies(client: EnegaeruClient) -> None:
    allotted = {company.epcorp_cd for company in client.companies(area=KANSAI)}
    everyone = {company.epcorp_cd for company in client.companies(area=KANSAI, unlimited=True)}
    assert allotted < everyone


@pytest.mark.parametrize(
    ("criteria", "name"),
    [
        ({"prefecture_cd": "15"}, "東北電力"),  # 新潟 is Tohoku's, whatever its region is called
        ({"prefecture_cd": "1"}, "北海道電力"),
        ({"zip_cd": "530-0001"}, "関西電力"),
        ({"zip_cd": "9200000"}, "北陸電力"),
        ({"area": QuotingAreaCode("04")}, "北陸電力"),
        ({"area": QuotingAreaCode("05")}, "中部電力ミライズ"),
    ],
)
def test_companies_by_each_criterion(client: EnegaeruClient, criteria: dict[str, str], name: str) -> None:
    assert [company.name for company in client.companies(**criteria) if company.former_monopoly] == [name]


def test_plans_of_a_company(client: EnegaeruClient) -> None:
    plans = {plan.name: plan for plan in client.plans("6", 1)}
    plan = plans["従量電灯A"]
    assert (plan.epcorp_cd, plan.contract_type, plan.plan_type) == ("6", 1, PlanType.METERED)
    assert plan.valid_to is None
    assert plans["従量電灯A（2023年4月の単価）"].valid_to == date(2024, 3, 31)
    assert [base.base_type for base in plan.bases] == [4]
    assert {plan.contract_type for plan in client.plans("6")} == {1, 2}


def test_every_plan_of_the_catalogue_can_be_read_and_billed(client: EnegaeruClient) -> None:
    usage = flat_usage(count=40)
    seen = 0
    for company in client.companies(unlimited=True):
        for plan in client.plans(company.epcorp_cd):
            for base in plan.bases:
                capacity = Decimal(8) if plan.plan_type is PlanType.VARIABLE_METERED else None
                detail = client.plan_detail(plan.epplan_id, base.base_cd, capacity)
                assert (detail.epplan_id, detail.base_cd, detail.epcorp_cd) == (plan.epplan_id, base.base_cd, company.epcorp_cd)
                assert detail.source
                if plan.plan_type is PlanType.MARKET_LINKED:
                    assert detail.fuels == ()
                needed = Decimal(12) if detail.base_type in (2, 3, 8, 9) else None
                # Type 6 goes below zero where the peak is far under its capacityFrom, as the rule has it.
                bill = client.charge(detail, usage, capacity=capacity or needed, peak_kw=60.0 if detail.base_type == 6 else None)
                assert bill.plan_name == plan.name
                assert bill.year_charge > 0
                seen += 1
    assert seen > 40


def test_prices_are_the_decimals_that_were_written(client: EnegaeruClient) -> None:
    detail = client.plan_detail("0006_1_0001", "01")
    assert detail.base_unit == Decimal("522.58")
    assert [condition.unit_yen for condition in detail.conditions] == [Decimal("20.21"), Decimal("25.61"), Decimal("28.59")]
    assert [(fuel.calc_type, fuel.volume_from, fuel.unit_yen) for fuel in detail.fuels] == [
        (1, Decimal(0), Decimal("33.66")),
        (0, Decimal(15), Decimal("2.24")),
    ]
    assert detail.levy_yen_per_kwh == Decimal("4.18")


def test_a_variable_metered_plan_is_priced_for_its_capacity(client: EnegaeruClient) -> None:
    small, large = (client.plan_detail("0901_2_0001", "01", Decimal(capacity)) for capacity in (1, 21))
    assert (small.capacity, large.capacity) == (Decimal(1), Decimal(21))
    assert small.conditions[0].unit_yen - large.conditions[0].unit_yen == 1


def test_area_prices_are_twelve_months_up_to_the_last(client: EnegaeruClient) -> None:
    months = client.area_prices(KANSAI)
    assert [months[0].year_month, months[-1].year_month] == ["2025-11", "2026-10"]
    assert len(months) == 12
    assert {len(month.prices_yen) for month in months} == {24}
    assert {month.area_code for month in months} == {"06"}


def test_subsidies(client: EnegaeruClient) -> None:
    subsidies = client.subsidies()
    assert len(subsidies) == 30
    assert all("見本" in subsidy.title for subsidy in subsidies)
    assert any(subsidy.facilities == ("EV充電設備", "V2H") for subsidy in subsidies)
    assert subsidies[0].url.startswith("https://www.example.com/")


def test_the_servers_bill_is_the_slow_program_of_the_rules(client: EnegaeruClient, quoting) -> None:
    usage = flat_usage(0.37, first="2025-06-15")
    bill = client.charge(client.plan_detail("0006_1_0004", "02"), usage, capacity=Decimal(12))
    detail = json.loads(quoting.service(quoting.requests[-2]).body)
    reference = slow_bill(detail, [{"date": day.day.isoformat(), "hourlyPowers": list(day.hourly_kwh)} for day in usage.days], capacity=12)
    assert float(bill.year_charge) == pytest.approx(float(reference.year.charge), rel=1e-12)
    assert [month.month for month in bill.months][:6] == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2025-06"]
    assert len(bill.monthly_charges) == 12
    assert bill.year is not None
    assert float(bill.year.base) == pytest.approx(12 * (2200 + 396 * 2))


def test_a_bill_without_detail_and_without_fuels(client: EnegaeruClient) -> None:
    usage = flat_usage()
    with_fuels = client.charge(("0006_1_0001", "01"), usage, with_detail=False)
    without = client.charge(("0006_1_0001", "01"), usage, no_fuels=True)
    assert (with_fuels.year, with_fuels.months) == (None, ())
    assert without.year is not None
    assert without.year.adjust == 0
    assert without.year_charge < with_fuels.year_charge


def test_the_peak_and_the_capacity_reach_the_server(client: EnegaeruClient) -> None:
    usage = flat_usage(count=31)
    assert client.charge(("0901_3_0001", "01"), usage, peak_kw=12.5).year.base == 2 * Decimal(1850) * Decimal("12.5")
    assert client.charge(("0006_2_0001", "01"), flat_usage(count=30), capacity=Decimal("5.5")).year.base == Decimal("6054.62")


def test_usage_with_gaps_never_leaves(client: EnegaeruClient, quoting) -> None:
    usage = Usage((UsageDay(date(2025, 4, 1), (1.0, None, *(1.0,) * 22)),))
    with pytest.raises(InputRefused) as refused:
        client.charge(("0006_1_0001", "01"), usage)
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("usage", "gaps")]
    assert quoting.requests == []


# -- refusals


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda c: c.plans("777"), "epcorp_cd"),
        (lambda c: c.plans("6", 9), "contractType"),
        (lambda c: c.plan_detail("0006_1_9999", "01"), "epplan_id"),
        (lambda c: c.plan_detail("0006_1_0001", "99"), "base_cd"),
        (lambda c: c.plan_detail("0901_2_0001", "01"), "capacity"),
        (lambda c: c.area_prices(QuotingAreaCode("10")), "01から09"),
        (lambda c: c.charge(("0006_2_0001", "01"), flat_usage(count=1)), "capacity"),
        (lambda c: c.charge(("0006_1_0001", "01"), flat_usage(count=366)), "計算"),
        (lambda c: c.charge(("0006_1_0001", "01"), Usage(())), "purchase"),
        (lambda c: c.companies(prefecture_cd="48"), "prefecture_cd"),
    ],
)
def test_a_400_is_told_in_the_servers_own_words(client: EnegaeruClient, call, words: str) -> None:
    with pytest.raises(ServerRefused) as refused:
        call(client)
    assert (refused.value.code, refused.value.status) == ("bad_request", 400)
    assert words in refused.value.message


def test_two_criteria_and_bad_postcodes_never_leave(client: EnegaeruClient, quoting) -> None:
    for criteria in ({"area": KANSAI, "zip_cd": "5300001"}, {"zip_cd": "53000"}, {"zip_cd": "５３０００００"}):
        with pytest.raises(InputRefused):
            client.companies(**criteria)
    assert quoting.requests == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("epcorps?area_cd=6&zip_cd=5300001", 400),
        ("epcorps?area_cd=11", 400),
        ("epcorps?area_cd=6", 200),
        ("epcorps?unlimited=2", 400),
        ("epcorps?colour=red", 400),
        ("epplans/", 400),
        ("epplans/?epcorp_cd=x", 400),
        ("epplans/0006_1_0001", 400),
        ("epplans/0901_2_0001/01/abc", 400),
        ("nothing", 404),
        ("epplan", 404),
        ("subsidy/more", 404),
        ("epchargecalc", 405),
    ],
)
def test_the_practice_server_is_strict(quoting, query: str, status: int) -> None:
    wire = WireClient("enegaeru", loopback_only=True)
    headers = {"x-api-key": PRACTICE_API_KEY, "Authorization": quoting.service.sessions.open(force=True)}
    reply = wire.send("GET", f"{quoting.base_url}/sys/{query}", headers=headers, limits=Limits(1_000_000, 5, 5))
    wire.close()
    assert reply.status == status
    if status == 400:
        assert reply.headers["content-type"].startswith("text/plain")


# -- the way


@pytest.mark.parametrize(
    ("fault", "code", "status"),
    [
        ("error-500", "server_error", 500),
        ("maintenance-503-html", "server_error", 503),
        ("redirect-302", "server_error", 302),
        ("cut-after-accept", "cut", None),
        ("cut-body", "cut", None),
        ("not-xml", "not_json", 200),
        ("empty-200", "not_json", 200),
        ("huge-body", "too_large", 200),
    ],
)
def test_failures_of_the_way_may_be_tried_again(client: EnegaeruClient, quoting, fault: str, code: str, status: int | None) -> None:
    quoting.server.faults.inject(fault, operation="epplans")
    with pytest.raises(Unreachable) as away:
        client.plans("6")
    assert (away.value.service, away.value.code) == ("enegaeru", code)
    assert away.value.status == status
    assert client.plans("6")


def test_a_silent_server_is_a_timeout(make_client, quoting) -> None:
    client = make_client(answer_timeout_s=1.0)
    quoting.server.faults.inject("silent", operation="epplans")
    with pytest.raises(Unreachable) as away:
        client.plans("6")
    assert away.value.code == "timeout"


def test_a_cancelled_call_asks_nothing(client: EnegaeruClient, quoting) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        client.plans("6", cancel=cancel)
    assert quoting.requests == []


def answering(response: PracticeResponse, make_client, quoting) -> EnegaeruClient:
    """A client whose server answers all but the login with one and the same response."""
    quoting.server.handler = lambda request: quoting.service(request) if request.path.endswith("login") else response
    return make_client()


def test_a_504_is_worth_a_retry(make_client, quoting) -> None:
    with pytest.raises(Unreachable) as away:
        answering(text_response(504, "timeout"), make_client, quoting).plans("6")
    assert (away.value.code, away.value.status) == ("timeout", 504)


@pytest.mark.parametrize("body", [b'{"message": 1}', b'[{"epplan_id": "x"}]', b"null", b'"x"', b"[1]"])
def test_answers_of_another_shape_are_not_guessed_at(make_client, quoting, body: bytes) -> None:
    client = answering(PracticeResponse(200, {"Content-Type": "application/json"}, body), make_client, quoting)
    with pytest.raises(Unreachable) as away:
        client.plans("6")
    assert away.value.code == "schema"


def test_hostile_words_stay_plain_and_bounded(make_client, quoting) -> None:
    hostile = "<b>送金</b>\x00\x1b[31m\u202e逆\u200b順" + "あ" * 100_000
    client = answering(text_response(400, hostile), make_client, quoting)
    with pytest.raises(ServerRefused) as refused:
        client.plans("6")
    assert refused.value.message.startswith("<b>送金</b>  [31m逆順あ")
    assert len(refused.value.message) == 2_000


def test_words_in_the_old_encoding_are_readable() -> None:
    assert message_text("単価がありません".encode("cp932"), KnownSecrets()) == "単価がありません"
    assert message_text("\ufeffだめ\n".encode(), KnownSecrets()) == "だめ"


def test_a_plan_that_needs_no_size_is_sent_with_the_one_the_api_demands(client: EnegaeruClient, quoting) -> None:
    detail = client.plan_detail("0006_1_0004", "01")
    assert isinstance(detail, PlanDetail)
    assert detail.base_type == 1
    assert client.charge(detail, flat_usage(count=1)).year.base == Decimal(2200)
    assert json.loads(quoting.requests[-1].body)["capacity"] == 1


# -- the answer to another question


class Elsewhere:
    """The practice server, but every path (and plan of a bill) is exchanged for another one before it is answered."""

    def __init__(self, service, exchange):
        self.service = service
        self.exchange = exchange

    def __call__(self, request):
        path, query, body = request.path, dict(request.query), request.body
        for asked, instead in self.exchange.items():
            path = path.replace(asked, instead)
            query = {name: instead if value == asked else value for name, value in query.items()}
            body = body.replace(asked.encode(), instead.encode())
        return self.service(replace(request, path=path, query=query, body=body))


@pytest.mark.parametrize(
    ("exchange", "ask", "item"),
    [
        ({"areaprices/06": "areaprices/03"}, lambda client, _: client.area_prices(KANSAI), "area_cd"),
        ({"06": "03"}, lambda client, _: client.companies(area=KANSAI), "area_cd"),
        ({"6": "3"}, lambda client, _: client.plans("6"), "epcorp_cd"),
        ({"0006_1_0001": "0006_1_0002"}, lambda client, _: client.plan_detail("0006_1_0001", "01"), "epplan_id"),
        ({"/01": "/02"}, lambda client, _: client.plan_detail("0006_1_0004", "01"), "base_cd"),
        ({"0006_1_0001": "0006_1_0002"}, lambda client, detail: client.charge(detail, flat_usage()), "epplanName"),
    ],
)
def test_the_answer_to_another_question_is_no_answer(quoting, client, make_client, exchange, ask, item):
    detail = client.plan_detail("0006_1_0001", "01")
    with PracticeHttpServer("enegaeru", Elsewhere(quoting.service, exchange), FaultBox(), operation_of=operation_of) as server:
        astray = make_client(base_url=f"{server.url}/sys", session=Session())
        quoting.service.sessions.end()
        with pytest.raises(Unreachable) as refused:
            ask(astray, detail)
    assert refused.value.code == "schema"
    assert refused.value.detail.startswith(item)


QUOTED = f"x-api-key={PRACTICE_API_KEY}; pw=\\u0072enshu-password; \u200brenshu-\u200bpassword"


def test_secrets_that_the_server_quotes_are_taken_out_of_its_words(make_client, quoting) -> None:
    client = answering(text_response(400, QUOTED), make_client, quoting)
    with pytest.raises(ServerRefused) as refused:
        client.plans("6")
    assert refused.value.message == "x-api-key=***; pw=***; ***"


def test_and_out_of_its_data(make_client, quoting) -> None:
    companies = [{"epcorp_cd": "1", "epcorpName": f"見本電力 {PRACTICE_PASSWORD}", "area_cd": "06"}]
    body = json.dumps(companies).replace("renshu-p", "\\u0072enshu-\\u0070").encode()
    client = answering(PracticeResponse(200, {"Content-Type": "application/json"}, body), make_client, quoting)
    assert [company.name for company in client.companies()] == ["見本電力 ***"]
