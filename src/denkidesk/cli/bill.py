"""``denkidesk bill``: a bill by month from two files; needs neither network nor store."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

from denkidesk.billing.engine import compute_bill
from denkidesk.billing.paper import paper_bill
from denkidesk.billing.reading import periods_between, periods_of_day
from denkidesk.cli.output import Exit, say, write_json_bytes
from denkidesk.cli.session import run_of
from denkidesk.cli.usage import gap_rule_of, read_usage, say_notes
from denkidesk.desk.file_reading import read_bounded
from denkidesk.desk.usage_files import check_capacity, contract_of
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Bill, Rounding
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import InputCode, PaperCode
from denkidesk.domain.paper_bills import PaperBill, Period, Supplement
from denkidesk.domain.plans import PlanDetail
from denkidesk.domain.typed_numbers import decimal_of, spreadsheet_damage
from denkidesk.domain.usage import Usage
from denkidesk.enegaeru.encoding import bill_json, paper_bill_json, to_json_bytes
from denkidesk.enegaeru.paper_files import decode_supplement
from denkidesk.enegaeru.shapes import decode_area_prices, decode_plan_detail
from denkidesk.enegaeru.strict_json import Origin
from denkidesk.forms.cleaning import clean_amount
from denkidesk.metering.gaps import apply_gap_rule
from denkidesk.texts import cli as texts
from denkidesk.texts.apply import changes
from denkidesk.texts.bill import not_a_year, warning_lines
from denkidesk.texts.dates import paper_day
from denkidesk.texts.names import field_name

T = TypeVar("T")

_LAST_READ_DAY: Final = 31
_LARGEST: Final = Decimal(10) ** 9
"""In kW, kVA, A or yen/kWh beyond any contract."""


def run(arguments: argparse.Namespace) -> Exit:
    """Answers in the shape of ``epchargecalc`` with ``detail``; every faulty file and option is named at once."""
    faults: list[FieldFault] = []
    options = options_of(arguments, faults, on_paper=arguments.paper is not None)
    gap_rule = gap_rule_of(arguments, faults)
    detail = decoded(faults, arguments.plan, "plan_file", partial(decode_plan_detail, origin=Origin.FILE))
    imported = tried(faults, lambda: read_usage(arguments))
    prices = decoded(faults, arguments.area_prices, "area_prices_file", partial(decode_area_prices, origin=Origin.FILE))
    supplement = decoded(faults, arguments.paper, "supplement", decode_supplement)
    if arguments.paper is None and (arguments.read_day is not None or arguments.periods is not None):
        faults.append(FieldFault("supplement", InputCode.REQUIRED))
    if faults or detail is None or imported is None:
        raise InputRefused(faults)
    options = replace(options, area_prices=prices or ())
    say_notes(imported)
    check_capacity(imported, contract_of(detail, options.capacity), accepted=arguments.accept_values)
    usage = apply_gap_rule(imported.usage, gap_rule)
    if supplement is not None:
        answer = _on_paper(detail, usage, supplement, _periods(arguments, usage), options)
    else:
        answer = _by_month(detail, usage, options)
    write_json_bytes(to_json_bytes(answer))
    return Exit.DONE


def _by_month(detail: PlanDetail, usage: Usage, options: BillOptions) -> dict[str, object]:
    """With what the quoting API has no items for: months that are not whole, and everything that can make a wrong yen."""
    bill = compute_bill(detail, usage, options)
    if period := not_a_year(bill):
        say(texts.BILL_PARTIAL.format(text=period))
    warnings = _said_warnings(bill)
    if bill.assumed:
        say(texts.BILL_ASSUMED.format(rules=" ".join(bill.assumed)))
    partial_months = [{"month": month.month, "days": month.days, "of": month.days_of} for month in bill.partial_months]
    return {**bill_json(bill, "", detail.name, detail.base_name), "partialMonths": partial_months, "warnings": warnings}


def _on_paper(
    detail: PlanDetail, usage: Usage, supplement: Supplement, periods: Sequence[Period], options: BillOptions
) -> dict[str, object]:
    bill = paper_bill(detail, usage, supplement, periods, options)
    say(texts.PAPER_PERIODS.format(count=len(bill.periods)))
    for period in bill.cut:
        say(texts.PAPER_CUT.format(first=paper_day(period.first), last=paper_day(period.last)))
    return {**paper_bill_json(bill, detail), "partialMonths": [], "warnings": _said_warnings(bill)}


def _said_warnings(bill: Bill | PaperBill) -> list[dict[str, str]]:
    lines = warning_lines(bill)
    for _, sentence in lines:
        say(texts.BILL_WARNING.format(warning=sentence))
    return [{"code": code, "text": text} for code, text in lines]


def options_of(arguments: argparse.Namespace, faults: list[FieldFault], *, on_paper: bool = False) -> BillOptions:
    """What the options of a command line say of a bill; faulty ones are noted."""

    def number(name: str, text: str | None, least: Decimal = Decimal(0)) -> Decimal | None:
        if text is None:
            return None
        value, cleaned = decimal_of(text), clean_amount(text)
        if value is None:
            faults.append(FieldFault(name, spreadsheet_damage(text) or InputCode.NUMBER))
            return None
        if cleaned.changes:
            say(f"{field_name(name)}：{changes(cleaned.changes)}")
        if least <= value <= _LARGEST:
            return value
        faults.append(FieldFault(name, InputCode.RANGE))
        return None

    capacity, peak = number("capacity", arguments.capacity), number("peak_kw", arguments.peak)
    commission = number("commission", arguments.commission, least=-_LARGEST)
    rounding = arguments.rounding or (Rounding.BILL if on_paper else Rounding.NONE)
    if rounding not in tuple(Rounding):
        faults.append(FieldFault("rounding", InputCode.CHOICE))
        return BillOptions()
    settings = run_of(arguments).settings
    return BillOptions(
        capacity=capacity,
        peak_kw=None if peak is None else float(peak),
        no_fuels=arguments.no_fuels,
        rounding=Rounding(rounding),
        commission=commission,
        commission_unit=settings.enegaeru.commission_unit,
        as_of=now_jst().date(),
    )


def tried(faults: list[FieldFault], read: Callable[[], T]) -> T | None:
    """What is read; its faults are added to the others where it cannot be."""
    try:
        return read()
    except InputRefused as refused:
        faults.extend(refused.faults)
        return None


def decoded(faults: list[FieldFault], name: str | None, field: str, decode: Callable[[bytes], T]) -> T | None:
    """What a file says, if one is named; its faults are added to the others, under the field."""
    return None if name is None else tried(faults, lambda: decode(read_bounded(Path(name), field)))


def _periods(arguments: argparse.Namespace, usage: Usage) -> tuple[Period, ...]:
    """The reading periods that a command line asks for."""
    if (arguments.read_day is None) == (arguments.periods is None):
        raise InputRefused.of("read_day", PaperCode.NO_PERIODS)
    if arguments.read_day is not None:
        read_day = decimal_of(arguments.read_day)
        if read_day is None or read_day != int(read_day) or not 1 <= read_day <= _LAST_READ_DAY:
            raise InputRefused.of("read_day", InputCode.RANGE)
        return periods_of_day(int(read_day), usage)
    try:
        dates = [date.fromisoformat(part.strip()) for part in arguments.periods.split(",")]
    except ValueError:
        raise InputRefused.of("periods", InputCode.ISO_DATE) from None
    if len(dates) < 2 or any(later <= earlier for earlier, later in pairwise(dates)):
        raise InputRefused.of("periods", PaperCode.READINGS_OUT_OF_ORDER)
    return periods_between(dates)
