"""``denkidesk rank``: every plan of a file on a customer's own usage, cheapest first; needs neither network nor store."""

import argparse
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from time import perf_counter

import numpy as np

from denkidesk.billing.compiled import CompiledPlans
from denkidesk.billing.engine import compute_bill, month_parts
from denkidesk.billing.plan_faults import is_fuel_unknown, miscounted, plan_faults
from denkidesk.billing.ranking import price
from denkidesk.billing.sums import UsageSums
from denkidesk.cli.bill import decoded, options_of, tried
from denkidesk.cli.output import Exit, say, write_json_bytes
from denkidesk.cli.usage import gap_rule_of, read_usage, say_notes
from denkidesk.desk.usage_files import check_capacity, contract_of
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.plans import PlanDetail
from denkidesk.domain.typed_numbers import decimal_of
from denkidesk.enegaeru.encoding import to_json_bytes
from denkidesk.enegaeru.shapes import decode_area_prices, decode_plan_detail
from denkidesk.enegaeru.strict_json import Origin
from denkidesk.metering.gaps import apply_gap_rule
from denkidesk.texts import cli as texts
from denkidesk.texts.bill import doubt_lines, not_a_year
from denkidesk.texts.errors import said


@dataclass(frozen=True, slots=True)
class _Unreadable:
    """A line of the file that is a plan by its numbers and no plan by its figures."""

    epplan_id: str
    base_cd: str
    refused: InputRefused


def run(arguments: argparse.Namespace) -> Exit:
    """Answers with a row a plan; what took how long stands on stderr as JSON. Every faulty file and option is named at once."""
    faults: list[FieldFault] = []
    options = options_of(arguments, faults)
    gap_rule = gap_rule_of(arguments, faults)
    lines = decoded(faults, arguments.plans, "plans_file", _plans)
    imported = tried(faults, lambda: read_usage(arguments))
    prices = decoded(faults, arguments.area_prices, "area_prices_file", partial(decode_area_prices, origin=Origin.FILE))
    options = replace(options, area_prices=prices or ())
    top = decimal_of(arguments.top) if arguments.top is not None else None
    if arguments.top is not None and (top is None or top < 1 or top != int(top)):
        faults.append(FieldFault("top", InputCode.RANGE))
    plans = [line for line in lines or () if isinstance(line, PlanDetail)]
    present = None
    if arguments.present is not None and lines is not None:
        named = [place for place, plan in enumerate(plans) if f"{plan.epplan_id}/{plan.base_cd}" == arguments.present]
        present = named[0] if named else None
        if present is None:
            faults.append(FieldFault("present", InputCode.CHOICE))
    if faults or lines is None or imported is None:
        raise InputRefused(faults)
    say_notes(imported)
    if present is not None:
        check_capacity(imported, contract_of(plans[present], options.capacity), accepted=arguments.accept_values)
    usage = apply_gap_rule(imported.usage, gap_rule)

    begun = perf_counter()
    compiled = CompiledPlans(plans)
    compiled_at = perf_counter()
    sums = UsageSums(usage)
    priced = price(compiled, sums, options)
    order = priced.cheapest_first()
    # what has no price is not 0, and what has two is not both: such plans stand behind the others, without a difference, as in the window
    unknown = np.array([not options.no_fuels and is_fuel_unknown(plan) for plan in plans], dtype=np.bool_)
    unknown |= miscounted(plans)
    order = order[np.argsort(np.where(np.isnan(priced.years[order]), 2, unknown[order]), kind="stable")]
    done = perf_counter()
    rows: list[dict[str, object]] = []
    of_present = None if present is None or present in priced.refused or unknown[present] else Decimal(str(priced.years[present]))
    for place in order.tolist()[: None if top is None else int(top)]:
        plan = plans[place]
        row: dict[str, object] = {"epplan_id": plan.epplan_id, "base_cd": plan.base_cd}
        if place in priced.refused:
            rows.append({**row, "error": said(priced.refused[place]).text})
            continue
        year = Decimal(str(priced.years[place]))
        row |= {"yearCharge": year, "monthlyCharges": [Decimal(str(yen)) for yen in priced.months(place)]}
        warnings = month_parts(plan, sums, options, exact=False).warnings
        doubts = doubt_lines(warnings, plan_faults(plan, as_of=options.as_of, capacity=options.capacity))
        row["warnings"] = [{"code": code, "text": text} for code, text in doubts]
        if present is not None:
            row["difference"] = None if of_present is None or unknown[place] else year - of_present
        rows.append(row)
    rows += [
        {"epplan_id": line.epplan_id, "base_cd": line.base_cd, "error": said(line.refused).text}
        for line in lines
        if isinstance(line, _Unreadable) and (top is None or len(rows) < top)
    ]
    if len(priced.refused) < len(plans) and (period := not_a_year(compute_bill(plans[order[0]], sums, options))):
        say(texts.BILL_PARTIAL.format(text=period))
    say(json.dumps({"compile_s": compiled_at - begun, "price_s": done - compiled_at, "plans": len(lines)}))
    write_json_bytes(to_json_bytes(rows))
    return Exit.DONE


def _plans(data: bytes) -> list[PlanDetail | _Unreadable]:
    """One plan's detail a line; InputRefused where a line is not JSON or names no plan."""
    found: list[PlanDetail | _Unreadable] = []
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(decode_plan_detail(line, origin=Origin.FILE))
        except InputRefused as refused:
            numbers = _numbers_of(line)
            if numbers is None:
                say(texts.RANK_LINE.format(line=number))
                raise
            found.append(_Unreadable(*numbers, refused))
    if not found:
        raise InputRefused.of("plans_file", InputCode.MISSING)
    return found


def _numbers_of(line: bytes) -> tuple[str, str] | None:
    try:
        tree = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(tree, dict) or not isinstance(tree.get("epplan_id"), str):
        return None
    return tree["epplan_id"], str(tree.get("base_cd") or "")
