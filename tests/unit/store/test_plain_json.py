"""What an earlier version kept is read back under the names of today, and the same figures stay the same bytes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from denkidesk.domain.clock import now_jst
from denkidesk.domain.plans import PlanDetail
from denkidesk.store.plain_json import from_json, to_json
from denkidesk.store.store import Store
from fakes.plan_builder import condition, fuel, plan

PLAN = plan(condition("20.31", hours=(22, 7)), base=(9, "100", "50"), fuels=(fuel("-1"),), levy="3.98")
AS_FIRST_KEPT = """{"epplan_id":"9999_1_0001","base_cd":"1","epcorp_cd":"9999","name":"見本プラン","base_name":"見本","contract_type":1,"plan_type":1,"capacity_unit":"kVA","discount_rate":"0","holidays":{"saturday":false,"sunday":false,"public_holiday":false},"base_type":9,"base_unit":"100","base_fix_unit":"50","ampere":null,"capacity_from":"0","capacity_to":"0","capacity":null,"conditions":[{"calc_order":1,"name":"電力量料金","group":0,"volume_cap":"0","volume_from":"0","volume_to":"0","month_from":1,"month_to":12,"day_class":0,"time_from":22,"time_to":7,"unit_yen":"20.31"}],"fuels":[{"calc_order":1,"calc_type":0,"volume_from":"0","volume_to":"0","unit_yen":"-1"}],"renewable":"3.98","valid_from":null,"valid_to":null,"source":""}"""  # noqa: E501 - byte for byte


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "desk.db")
    yield opened
    opened.close()


def test_a_plan_of_an_earlier_version_is_read():
    assert from_json(AS_FIRST_KEPT, PlanDetail) == PLAN


def test_the_same_plan_is_the_same_bytes_as_ever():
    assert to_json(PLAN) == AS_FIRST_KEPT


def test_a_plan_without_a_levy_comes_back_without_one():
    without = replace(PLAN, levy_yen_per_kwh=None)
    assert from_json(to_json(without), PlanDetail) == without


def test_other_values_are_kept_under_their_own_names():
    assert from_json(to_json((1, {"renewable": "x"})), tuple[int, dict[str, str]]) == (1, {"renewable": "x"})


def test_a_fetch_of_the_same_figures_makes_no_new_version(store):
    with store.writing() as connection:
        import hashlib

        digest = hashlib.sha256(AS_FIRST_KEPT.encode()).hexdigest()
        at = "2025-01-01T00:00:00.000000+09:00"
        row = ("plan_detail", "k", at, at, AS_FIRST_KEPT, digest)
        connection.execute("INSERT INTO catalogue (topic, key, fetched_at, checked_at, payload, sha256) VALUES (?, ?, ?, ?, ?, ?)", row)
    store.catalogue.put("plan_detail", "k", PLAN)
    (only,) = store.catalogue.versions("plan_detail", "k", PlanDetail)
    assert only.value == PLAN
    assert only.value.levy_yen_per_kwh == Decimal("3.98")
    assert only.fetched_at.year == 2025
    assert only.checked_at.date() == now_jst().date()
