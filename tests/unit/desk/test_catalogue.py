"""The offline catalogue fills a few requests at a time, and knows which prices changed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import ServerRefused, Unreachable
from denkidesk.practice.faults import parse_fault


def test_everything_is_asked_once_whatever_the_budget(desk):
    first = desk.catalogue.sync(1)
    assert (first.asked, first.added, first.stopped_by) == (1, 0, None)
    rounds = [first]
    while rounds[-1].added or len(rounds) < 3:
        rounds.append(desk.catalogue.sync(20))
    details = desk.catalogue.details()
    assert sum(one.added for one in rounds) == len(details) > 20
    assert all(one.asked <= 20 for one in rounds)
    assert {(one.value.epplan_id, one.value.base_cd) for one in details} == {
        (plan.epplan_id, base.base_cd)
        for company in desk.quoting.companies().value
        for plan in desk.quoting.plans(company.epcorp_cd).value
        if plan.plan_type != 3 and (plan.valid_to is None or plan.valid_to >= now_jst().date())
        for base in plan.bases
    }
    whole = desk.catalogue.sync(10_000)
    assert (whole.left, whole.added, whole.changed) == (0, 0, 0)


def test_progress_counts_up_and_a_cancelled_round_ends(desk):
    told, cancel = [], CancelToken()

    def on_progress(count, left):
        told.append(count)
        if count == 3:
            cancel.cancel()

    assert desk.catalogue.sync(100, cancel=cancel, on_progress=on_progress).asked == 3
    assert told == [1, 2, 3]


def test_a_server_that_is_away_ends_the_round_and_what_is_there_stays(desk, practice):
    desk.catalogue.sync(40)
    known = len(desk.catalogue.details())
    practice.stop()
    done = desk.catalogue.sync(40)
    assert isinstance(done.stopped_by, Unreachable)
    assert done.asked == 1
    assert len(desk.catalogue.details()) == known > 0


def test_a_price_that_is_another_now_is_a_change_and_a_second_look_is_none(desk):
    desk.catalogue.sync(30)
    one = desk.catalogue.details()[0].value
    key = f"{one.epplan_id}/{one.base_cd}/"
    since = now_jst()
    assert desk.catalogue.changes(since) == ()
    condition = replace(one.conditions[0], unit_yen=one.conditions[0].unit_yen + Decimal("0.55"))
    dearer = replace(one, conditions=(condition, *one.conditions[1:]), fuels=())
    desk.store.catalogue.put("plan_detail", key, dearer)
    (change,) = desk.catalogue.changes(since)
    assert change.plan == dearer
    before, after = one.conditions[0].unit_yen, condition.unit_yen
    assert ("conditions[1].unit_yen", str(before), str(after)) in change.items
    assert len(change.items) == 1 + len(one.fuels)
    assert desk.catalogue.changes(now_jst() + timedelta(days=1)) == ()
    # what came and went within the time is no change
    desk.store.catalogue.put("plan_detail", key, one)
    assert desk.catalogue.changes(since) == ()


def test_a_plan_that_the_server_has_no_answer_for_is_named_and_the_rest_goes_on(desk, practice):
    practice.quoting.faults.add(parse_fault("bad-request-400@epplan*1"))
    done = desk.catalogue.sync(60)
    assert done.stopped_by is None
    assert done.asked == 60
    ((plan, why),) = done.failed
    assert isinstance(why, ServerRefused)
    lists = [(one, desk.quoting.kept_plans(one.epcorp_cd)) for one in desk.quoting.companies().value]
    named = {f"{p.epplan_id}/{b.base_cd}": f"{c.name} {p.name} {b.name}" for c, plans in lists for p in plans for b in p.bases}
    assert done.failed_names == (named[plan],)
    assert done.priced == len(desk.catalogue.details())
    assert plan not in {f"{one.value.epplan_id}/{one.value.base_cd}" for one in desk.catalogue.details()}
    again = desk.catalogue.sync(60, skip=frozenset([plan]))
    assert plan not in {f"{one.value.epplan_id}/{one.value.base_cd}" for one in desk.catalogue.details()}
    assert not again.failed


def test_the_retailers_that_are_not_allotted_come_where_they_are_wanted(desk):
    desk.catalogue.sync(10_000)
    known = {detail.value.epcorp_cd for detail in desk.catalogue.details()}
    desk.catalogue.sync(10_000, unlimited=True)
    assert known < {detail.value.epcorp_cd for detail in desk.catalogue.details()}
