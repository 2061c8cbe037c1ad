"""Reading through the desk: the store answers when the network does not; quotes stay as they are."""

from dataclasses import replace
from decimal import Decimal

import pytest

from denkidesk.desk.inbox import InboxFilter, InboxView
from denkidesk.domain.areas import Area
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.errors import InputRefused, LoginRefused, ServerRefused, SetupFault, Unreachable
from denkidesk.settings import EnegaeruSettings, KansaiSettings


def test_a_refresh_fills_the_inbox_and_a_second_one_finds_what_moved(desk, practice):
    assert desk.inbox.last_synced_at() is None
    first = desk.inbox.refresh()
    assert (first.added, first.changed) == (first.total, 0)
    assert first.total > 0
    assert desk.inbox.last_synced_at() == first.at
    desk.inbox.mark_read([entry.listed.receipt_number for entry in desk.inbox.entries()])
    moved = desk.inbox.entries()[0].listed
    practice.utility.advance(moved.receipt_number, message="確認の電話をください")
    second = desk.inbox.refresh()
    assert (second.added, second.changed) == (0, 1)
    (unread,) = desk.inbox.entries(InboxView(InboxFilter.UNREAD))
    assert unread.listed.receipt_number == moved.receipt_number
    assert "確認の電話をください" in desk.inbox.fetch_status(moved.receipt_number).entry.status.messages
    assert desk.inbox.entries(InboxView(search="確認の電話"))[0].listed.receipt_number == moved.receipt_number


def test_an_unknown_receipt_number_is_the_servers_refusal(desk):
    with pytest.raises(ServerRefused) as caught:
        desk.inbox.fetch_status("P9999999999")
    assert caught.value.code == "not_found"
    assert desk.inbox.entry("P9999999999") is None


def test_a_failed_refresh_leaves_the_last_list(desk, practice):
    desk.inbox.refresh()
    before = desk.inbox.entries()
    practice.stop()
    with pytest.raises(Unreachable):
        desk.inbox.refresh()
    assert desk.inbox.entries() == before


def test_tariffs_come_from_the_store_when_the_server_is_away(desk, practice):
    fresh = desk.quoting.companies(area=Area.KANSAI)
    plans = desk.quoting.plans(fresh.value[0].epcorp_cd)
    base = plans.value[0].bases[0].base_cd
    detail = desk.quoting.plan_detail(plans.value[0].epplan_id, base)
    prices, subsidies = desk.quoting.area_prices(Area.KANSAI), desk.quoting.subsidies()
    assert not fresh.from_store
    practice.stop()
    for stored, before in (
        (desk.quoting.companies(area=Area.KANSAI), fresh),
        (desk.quoting.plans(fresh.value[0].epcorp_cd), plans),
        (desk.quoting.plan_detail(plans.value[0].epplan_id, base), detail),
        (desk.quoting.area_prices(Area.KANSAI), prices),
        (desk.quoting.subsidies(), subsidies),
    ):
        assert stored.value == before.value
        assert stored.from_store
        assert stored.fetched_at == before.fetched_at
        assert isinstance(stored.error, Unreachable)
    with pytest.raises(Unreachable):
        desk.quoting.plans("999999")


def test_equal_answers_are_one_version(desk):
    for _ in range(2):
        desk.quoting.subsidies()
    versions = desk.store.catalogue.versions("subsidies", "", tuple)
    assert len(versions) == 1
    assert versions[0].checked_at > versions[0].fetched_at


def test_a_quote_opens_as_it_was_made(desk):
    plan = desk.quoting.plans(desk.quoting.companies(area=Area.KANSAI).value[0].epcorp_cd).value[0]
    detail = desk.quoting.plan_detail(plan.epplan_id, plan.bases[0].base_cd).value
    usage = desk.quoting.usage_from_month(4, 300.0, 2026)
    options = BillOptions(rounding=Rounding.BILL, capacity=Decimal(30))
    bill = desk.quoting.bill(detail, usage, options)
    quote_id = desk.quoting.save_quote("見本 太郎 様", detail, usage, options, bill)
    quote = desk.quoting.quote(quote_id)
    assert (quote.detail, quote.usage, quote.options, quote.bill) == (detail, usage, options, bill)
    assert desk.quoting.bill(quote.detail, quote.usage, quote.options) == quote.bill
    assert desk.quoting.save_quote("二つ目", detail, usage, options, bill) != quote_id
    assert desk.quoting.quote(quote_id) == quote


def test_a_quote_from_before_days_were_counted_makes_no_year_of_months_that_are_not_whole(desk):
    plan = desk.quoting.plans(desk.quoting.companies(area=Area.KANSAI).value[0].epcorp_cd).value[0]
    detail = desk.quoting.plan_detail(plan.epplan_id, plan.bases[0].base_cd).value
    year = desk.quoting.usage_from_month(4, 300.0, 2024)
    usage = replace(year, days=year.days[30:336])
    bill = desk.quoting.bill(detail, usage)
    assert [(month.days, month.days_of) for month in bill.partial_months] == [(1, 31), (1, 31)]
    uncounted = replace(bill, months=tuple(replace(month, days=0, days_of=0) for month in bill.months))
    quote = desk.quoting.quote(desk.quoting.save_quote("見本 太郎 様", detail, usage, BillOptions(), uncounted))
    assert quote.bill == bill


def test_our_bill_is_the_servers(desk):
    plan = desk.quoting.plans(desk.quoting.companies(area=Area.KANSAI).value[0].epcorp_cd).value[0]
    detail = desk.quoting.plan_detail(plan.epplan_id, plan.bases[0].base_cd).value
    usage = desk.quoting.usage_from_month(8, 420.5, 2025)
    bill, server = desk.quoting.bill(detail, usage), desk.quoting.server_bill(detail, usage)
    assert float(bill.year.charge) == pytest.approx(float(server.year_charge), rel=1e-9)


def test_a_session_elsewhere_is_ended_only_when_asked_for(desk, practice):
    foreign = practice.quoting.service.sessions.open(force=True)
    with pytest.raises(LoginRefused) as refused:
        desk.quoting.companies(area=Area.KANSAI)
    assert refused.value.may_be_used_elsewhere
    settings = EnegaeruSettings(base_url=practice.enegaeru_base_url)
    report = desk.connection.test_enegaeru(settings)
    assert isinstance(report.error, LoginRefused)
    assert practice.quoting.service.sessions.knows(foreign)
    desk.quoting.take_over_session()
    assert not practice.quoting.service.sessions.knows(foreign)
    assert desk.quoting.companies(area=Area.KANSAI).value
    foreign = practice.quoting.service.sessions.open(force=True)
    assert desk.connection.test_enegaeru(settings, take_over=True).ok
    assert not practice.quoting.service.sessions.knows(foreign)


def test_a_usage_file_that_is_not_there_is_refused_by_name(desk, tmp_path):
    with pytest.raises(InputRefused) as caught:
        desk.quoting.import_usage(tmp_path / "nowhere.csv")
    assert (caught.value.faults[0].field, caught.value.faults[0].code) == ("usage_file", "missing")


def test_connection_tests_say_what_is_wrong(desk, practice):
    right = KansaiSettings(base_url=practice.kansai_base_url)
    assert desk.connection.test_kansai(right).ok
    wrong = desk.connection.test_kansai(right, "not the password")
    assert isinstance(wrong.error, ServerRefused)
    assert wrong.error.code == "forbidden"
    assert desk.connection.test_enegaeru(EnegaeruSettings(base_url=practice.enegaeru_base_url)).ok
    remote = desk.connection.test_kansai(KansaiSettings(base_url="http://192.0.2.1/"), "x")
    assert isinstance(remote.error, SetupFault)
    practice.stop()
    assert isinstance(desk.connection.test_kansai(right).error, Unreachable)
