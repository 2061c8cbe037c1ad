"""``plans`` and ``quote``: the offline catalogue and the stored quotes as JSON."""

import json
from decimal import Decimal

import pytest

from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.clock import now_jst
from fakes.desk_home import run_program, write_settings
from fakes.plan_json import encode_plan_detail


@pytest.fixture
def home(tmp_path, practice):
    write_settings(tmp_path / "home", practice)
    return tmp_path / "home"


def test_the_catalogue_is_filled_within_a_budget_and_its_changes_are_told(home, practice):
    first = run_program(home, "plans", "sync", "--budget", "25")
    assert first.code == 0, first.stderr
    assert first.json["asked"] == 25
    assert first.json["failed"] == []
    assert first.json["added"] > 0
    assert run_program(home, "plans", "changes").json == []
    practice.stop()
    away = run_program(home, "plans", "sync")
    assert (away.code, away.json["asked"]) == (4, 1)
    for option in ("0", "x"):
        assert run_program(home, "plans", "sync", "--budget", option).code == 2
    assert run_program(home, "plans", "changes", "--since", "12/1").code == 2


def detail_of_practice(desk):
    company = desk.quoting.companies().value[0]
    plan = next(plan for plan in desk.quoting.plans(company.epcorp_cd).value if plan.plan_type == 1)
    return desk.quoting.plan_detail(plan.epplan_id, plan.bases[0].base_cd).value


def test_lint_names_what_is_wrong_with_a_plan(home, tmp_path):
    from fakes.plan_builder import condition, fuel, plan

    path = tmp_path / "plan.json"
    good = plan(condition("25"), base=(1, "500", "0"), fuels=(fuel("1.2"),), levy="4.18")
    for detail, code in (
        (good, ()),
        (plan(condition("25", hours=(8, 20)), base=(1, "500", "0"), levy="4.18"), ("hours_unpriced",)),
        (plan(condition("25"), base=(12, "500", "0"), levy="4.18"), ("unknown_base_type",)),
    ):
        path.write_bytes(encode_plan_detail(detail))
        ran = run_program(home, "plans", "lint", str(path))
        assert tuple(one["code"] for one in ran.json) == code
        assert all(one["text"] for one in ran.json)
        assert ran.code == (2 if code else 0)
    path.write_text("{", encoding="utf-8")
    assert run_program(home, "plans", "lint", str(path)).code == 2


def test_quotes_are_listed_and_shown_as_they_were(home, open_now):
    from denkidesk.compose.desk import open_desk
    from denkidesk.compose.run import Run
    from denkidesk.settings import Places, load_settings

    assert run_program(home, "quote", "list").json == []
    desk = open_desk(Run.decide(home, load_settings(Places(home, practice=False).settings_file)), now=open_now)
    try:
        detail, usage = detail_of_practice(desk), desk.quoting.usage_from_month(8, 320.0, now_jst().year)
        options = BillOptions(capacity=Decimal(4))
        bill = desk.quoting.bill(detail, usage, options)
        numbers = [desk.quoting.save_quote(f"見本 {number}", detail, usage, options, bill) for number in (1, 2)]
    finally:
        desk.close()
    listed = run_program(home, "quote", "list").json
    assert [one["quote_id"] for one in listed] == numbers[::-1]
    assert listed[0]["title"] == "見本 2"
    shown = run_program(home, "quote", "show", numbers[0]).json
    assert shown["bill"]["yearCharge"] == pytest.approx(float(bill.year.charge))
    assert shown["detail"]["epplan_id"] == detail.epplan_id
    assert len(shown["usage"]["purchase"]) == len(usage.days)
    assert json.dumps(shown, ensure_ascii=False)
    missing = run_program(home, "quote", "show", "20000101-001")
    assert (missing.code, missing.stdout) == (2, b"")
