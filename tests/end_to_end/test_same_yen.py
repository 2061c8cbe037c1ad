"""One customer, three plans: the window, the command line and the server name the same yen."""

import json
import urllib.request
from decimal import Decimal

import pytest

from denkidesk.metering.files import read_files
from denkidesk.settings import PRACTICE_API_KEY, PRACTICE_LOGIN_ID, PRACTICE_PASSWORD, resources_dir
from denkidesk.ui.shell.main_window import TARIFFS
from fakes.desk_home import run_program

USAGE = resources_dir() / "practice" / "sample_usage.csv"
WAIT_MS = 60_000
PLANS = (("関西電力", "従量電灯A"), ("大阪ガス", "ベースプランA-G"), ("見本電力株式会社", "見本市場連動プラン"))


class Outsider:
    """Asks the quoting server by plain HTTP, knowing nothing of the program."""

    def __init__(self, base_url):
        self._base_url = base_url
        self._token = None

    def ask(self, path, body=None):
        headers = {"x-api-key": PRACTICE_API_KEY, "Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = self._token
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base_url + path, data=data, headers=headers)  # noqa: S310 - our own server on loopback
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - see above
            return json.load(answer, parse_float=Decimal)

    def log_in(self):
        login = {"id": PRACTICE_LOGIN_ID, "password": PRACTICE_PASSWORD, "forcelogin": True}
        self._token = self.ask("/sys/login", login)["uid"]


def as_json(value):
    return json.dumps(value, default=float, ensure_ascii=False)


@pytest.mark.parametrize(("company_name", "plan_name"), PLANS)
def test_window_command_line_and_server_agree(come_to_work, practice, qtbot, tmp_path, company_name, plan_name):
    clerk = come_to_work(answer_timeout_s=60.0)  # the server's figure is the point, however busy the machine is
    window = clerk.window
    window.show_tab(TARIFFS)
    tab = window.screen_at(TARIFFS)
    qtbot.waitUntil(lambda: tab.is_settled and tab.finder.company_list.count() > 0, timeout=WAIT_MS)
    row = next(n for n in range(tab.finder.company_list.count()) if tab.finder.company_list.item(n).text().startswith(company_name))
    tab.finder.company_list.setCurrentRow(row)
    qtbot.waitUntil(lambda: tab.is_settled and tab.finder.plan_list.count() > 0, timeout=WAIT_MS)
    row = next(n for n in range(tab.finder.plan_list.count()) if tab.finder.plan_list.item(n).text().startswith(plan_name))
    tab.finder.plan_list.setCurrentRow(row)
    tab.open_usage_file(USAGE)
    qtbot.waitUntil(lambda: tab.is_settled and tab.bill_page.server_bill is not None, timeout=WAIT_MS)
    shown = tab.bill_page.bill
    assert shown.rounding == "bill"
    from_server = tab.bill_page.server_bill.year_charge

    outsider = Outsider(practice.enegaeru_base_url)
    outsider.log_in()
    companies = outsider.ask("/sys/epcorps?area_cd=6")
    company = next(c for c in companies if c["epcorpName"].startswith(company_name))
    plan = next(p for p in outsider.ask(f"/sys/epplans/?epcorp_cd={company['epcorp_cd']}") if p["epplanName"].startswith(plan_name))
    base_cd = plan["bases"][0]["base_cd"]
    detail = outsider.ask(f"/sys/epplans/{plan['epplan_id']}/{base_cd}")
    plan_file = tmp_path / "plan.json"
    plan_file.write_text(as_json(detail), encoding="utf-8")
    options = []
    if detail["epplanType"] == 2:
        prices = tmp_path / "prices.json"
        prices.write_text(as_json(outsider.ask("/sys/areaprices/06")), encoding="utf-8")
        options = ["--area-prices", str(prices), "--commission", str(company["commission"])]

    exact = json.loads(run_program(tmp_path, "bill", str(plan_file), str(USAGE), *options).stdout)["yearCharge"]
    rounded = json.loads(run_program(tmp_path, "bill", str(plan_file), str(USAGE), "--rounding", "bill", *options).stdout)["yearCharge"]
    usage = read_files([(USAGE.name, USAGE.read_bytes())]).usage
    purchase = [{"date": day.day.isoformat(), "hourlyPowers": list(day.hourly_kwh)} for day in usage.days]
    server = outsider.ask("/sys/epchargecalc", {"epplan_id": plan["epplan_id"], "base_cd": base_cd, "purchase": purchase, "detail": 1})

    assert rounded == shown.year.charge
    assert exact == pytest.approx(float(from_server), rel=1e-9)
    assert float(server["yearCharge"]) == pytest.approx(exact, rel=1e-9)
