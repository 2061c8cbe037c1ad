"""Bill match against a brute force over the table that shares no code with it; and what it asks for."""

import json
import random
from datetime import date

import pytest

from denkidesk.billing.bill_match import match_bill
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.paper_bills import Switch
from denkidesk.enegaeru.paper_files import decode_bill
from denkidesk.metering.files import read_files
from denkidesk.texts.bill import reason_words
from fakes.paper_cases import case_of, file_of, hours_of
from fakes.plain_paper import exact, explained, is_holiday, levy_in, places, plain_bill, spelled


def hidden(dice, case, hours):
    """The charge under none, one or two changes drawn at random."""
    supplement = case["supplement"]
    month = next(row for row in supplement["fuel"] if row["bill_month"] == bill_month(case))
    changes = [
        {"fuel_row": dice.choice(supplement["fuel"])},
        {"fuel_row": {**month, "subsidy": 0}},
        {"levy_price": dice.choice(["3.98", "3.49", "4.18", "1.40"])},
        {"deduct_yen": 0 if exact(supplement.get("deduct_yen")) else dice.choice([55, 110])},
        {"single": True},
        {"half_base_at_zero": not supplement.get("half_base_at_zero")},
        {"power_factor": dice.choice([85, 90, 95, 100])},
        {"whole_period": True},
    ]
    if hours is not None:
        changes += [{"measured": True}, {"extra": False}]
    taken = {}
    for change in dice.sample(changes, dice.choice([0, 1, 1, 1, 2])):
        taken |= change
    return plain_bill(case, hours, **taken)["charge"]


def on_the_bill(case, halves):
    """The kWh as a bill without a file has them: one figure, or one for each band of the period."""
    plan, hours = case["plan"], hours_of(halves)
    first = max(case["period"][0], case["supplement"].get("contract_from", ""))
    last = min(case["period"][1], case["supplement"].get("contract_to", "9999"))
    kwh = {}
    bands = {places(plan, condition): condition["condName"] for condition in plan["conditions"]}
    months = {day.month for day in halves if first <= str(day) <= last}
    for band, name in bands.items():
        if any(month in months for month, _, _ in band):
            of_days = [(day, hour) for day, hour in hours if first <= str(day) <= last]
            inside = [hours[day, hour] for day, hour in of_days if (day.month, is_holiday(plan, day, True), hour) in band]
            kwh[name] = int(sum(inside))
    return next(iter(kwh.values())) if len(kwh) == 1 else kwh


@pytest.mark.parametrize("with_file", [True, False])
@pytest.mark.parametrize("block", range(4))
def test_two_hundred_invented_bills(block, with_file):
    found = []
    for seed in range(50 * block, 50 * block + 50):
        case, halves = case_of(1000 + seed, with_demand=not with_file)
        dice = random.Random(seed)  # noqa: S311 - test data
        hours = hours_of(halves) if with_file else None
        if not with_file:
            case["kwh"] = on_the_bill(case, halves)
        case["yen"] = int(hidden(dice, case, hours))
        ours, rest, names = explained(case, hours)
        usage = read_files([("a.csv", file_of(halves).encode())]).usage if with_file else None
        match = match_bill(decode_bill(json.dumps(case).encode()), usage)
        assert (seed, match.rest_yen, set(match.reasons)) == (seed, rest, names)
        assert len(set(match.reasons)) == len(match.reasons)
        assert match.reason == ("match" if rest == 0 else next(iter(names)) if len(names) == 1 else "unknown")
        assert (match.ours.month, match.ours.kwh, match.ours.parts.charge) == (ours["month"], ours["kwh"], ours["charge"])
        assert reason_words(match)
        found.append(match.reason)
    assert {"match", "unknown"} < set(found)


def test_every_switch_is_found_alone_somewhere():
    """Each switch turned by itself on bills made for it: otherwise a broken one would pass as 不明 on both sides."""
    alone = set()
    for seed in range(400):
        case, halves = case_of(5000 + seed)
        hours, supplement = hours_of(halves), case["supplement"]
        month = next(row for row in supplement["fuel"] if row["bill_month"] == bill_month(case))
        wanted = {
            "fuel_month": {"fuel_row": next((row for row in supplement["fuel"] if row is not month), month)},
            "subsidy": {"fuel_row": {**month, "subsidy": 0}},
            "levy_year": {"levy_price": levy_in(supplement, int(bill_month(case)[:4]) * 12 + int(bill_month(case)[5:]) - 13) or 0},
            "direct_debit": {"deduct_yen": 0 if exact(supplement.get("deduct_yen")) else 55},
            "single_floor": {"single": True},
            "half_base": {"half_base_at_zero": not supplement.get("half_base_at_zero")},
            "power_factor": {"power_factor": 95},
            "whole_kwh": {"measured": True},
            "holidays": {"extra": False},
            "proration": {"whole_period": True},
        }
        name = list(wanted)[seed % 10]
        if name in alone:
            continue
        case["yen"] = int(plain_bill(case, hours, **wanted[name])["charge"])
        match = match_bill(decode_bill(json.dumps(case).encode()), read_files([("a.csv", file_of(halves).encode())]).usage)
        if match.reason == name:
            alone.add(name)
    assert alone == set(Switch)


def bill_month(case):
    last = date.fromisoformat(case["period"][1])
    after = date.fromordinal(last.toordinal() + 1)
    return spelled(after.year * 12 + after.month - 1)


def refused(case, usage=None):
    with pytest.raises(InputRefused) as found:
        match_bill(decode_bill(json.dumps(case).encode()), usage)
    return [(fault.field, str(fault.code), fault.facts.get("names")) for fault in found.value.faults]


def a_case(kind):
    seed = next(seed for seed in range(1000) if kind(case_of(seed)[0]))
    return case_of(seed)


def is_times(case):
    return (
        len(case["plan"]["conditions"]) == 4
        and case["plan"]["conditions"][3]["timeFrom"] == 23
        and not case["supplement"].get("contract_from")
    )


def test_what_is_missing_is_named():
    case, halves = a_case(is_times)
    assert refused({**case, "kwh": None}) == [("kwh", "required", None)]
    assert refused({**case, "kwh": 300})[0][:2] == ("kwh", "bands_missing")
    (field, code, names), *_ = refused({**case, "kwh": {"区分4": 100}})
    assert (field, code) == ("kwh", "bands_missing")
    assert "区分3" in names
    assert "区分4" not in names
    assert ("kwh", "unknown_band") in [one[:2] for one in refused({**case, "kwh": {"夜": 100}})]
    short = dict(list(halves.items())[3:])
    usage = read_files([("a.csv", file_of(short).encode())]).usage
    assert refused(case, usage) == [("usage", "no_whole_period", None)]
    assert refused({**case, "supplement": {"fuel": []}, "kwh": 1})[0][1] == "fuel_missing"
    power = {**case["plan"], "baseType": 5}
    assert ("supplement", "peak_missing", None) in refused(
        {**case, "plan": power, "kwh": dict.fromkeys(["区分1", "区分2", "区分3", "区分4"], 0)}
    )
