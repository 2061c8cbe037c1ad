"""``denkidesk bill``: a bill by month from two files; needs neither network nor store."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from denkidesk.cli.output import Exit, say, write_json_bytes
from denkidesk.cli.usage import gap_rule_of, read_usage, say_notes
from denkidesk.domain.bills import Bill, Rounding
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.plans import AreaPriceMonth, PlanDetail
from denkidesk.domain.typed_numbers import decimal_of, spreadsheet_damage

if TYPE_CHECKING:
    from denkidesk.domain.bill_options import BillOptions

T = TypeVar("T")

_LARGEST: Final = Decimal(10) ** 9
"""In kW, kVA, A or yen/kWh beyond any contract."""


def run(arguments: argparse.Namespace) -> Exit:
    """Answers in the shape of ``epchargecalc`` with ``detail``; every faulty file and option is named at once."""
    from denkidesk.billing.engine import compute_bill
    from denkidesk.desk.usage_files import check_capacity
    from denkidesk.enegaeru.encoding import bill_json, to_json_bytes
    from denkidesk.metering.gaps import apply_gap_rule

    faults: list[FieldFault] = []
    options = _options(arguments, faults)
    gap_rule = gap_rule_of(arguments, faults)
    detail = tried(faults, lambda: _read_plan(Path(arguments.plan)))
    imported = tried(faults, lambda: read_usage(arguments))
    if arguments.area_prices is not None:
        prices = tried(faults, lambda: _read_area_prices(Path(arguments.area_prices)))
        options = replace(options, area_prices=prices or ())
    if faults or detail is None or imported is None:
        raise InputRefused(faults)
    say_notes(imported)
    check_capacity(imported, detail, options.capacity, accepted=arguments.accept_values)
    bill = compute_bill(detail, apply_gap_rule(imported.usage, gap_rule), options)
    _say_doubts(bill)
    write_json_bytes(to_json_bytes({**bill_json(bill, "", detail.name, detail.base_name), **_what_to_know(bill)}))
    return Exit.DONE


def _what_to_know(bill: Bill) -> dict[str, object]:
    """What the quoting API has no items for: months that are not whole, and everything that can make a wrong yen."""
    from denkidesk.texts.bill import warning_lines

    return {
        "partialMonths": [{"month": month.month, "days": month.days, "of": month.days_of} for month in bill.partial_months],
        "warnings": [{"code": code, "text": text} for code, text in warning_lines(bill)],
    }


def _options(arguments: argparse.Namespace, faults: list[FieldFault]) -> "BillOptions":
    from denkidesk.cli.session import run_of
    from denkidesk.domain.bill_options import BillOptions
    from denkidesk.forms.cleaning import clean_amount
    from denkidesk.texts.apply import changes
    from denkidesk.texts.names import field_name

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
    rounding = arguments.rounding or Rounding.NONE
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


def _read_plan(path: Path) -> PlanDetail:
    from denkidesk.desk.file_reading import read_bounded
    from denkidesk.enegaeru.shapes import decode_plan_detail
    from denkidesk.enegaeru.strict_json import Origin

    return decode_plan_detail(read_bounded(path, "plan_file"), origin=Origin.FILE)


def _read_area_prices(path: Path) -> tuple[AreaPriceMonth, ...]:
    from denkidesk.desk.file_reading import read_bounded
    from denkidesk.enegaeru.shapes import decode_area_prices
    from denkidesk.enegaeru.strict_json import Origin

    return decode_area_prices(read_bounded(path, "area_prices_file"), origin=Origin.FILE)


def _say_doubts(bill: Bill) -> None:
    from denkidesk.texts import cli as texts
    from denkidesk.texts.bill import not_a_year, warning_lines

    if period := not_a_year(bill):
        say(texts.BILL_PARTIAL.format(text=period))
    for _, sentence in warning_lines(bill):
        say(texts.BILL_WARNING.format(warning=sentence))
    if bill.assumed:
        say(texts.BILL_ASSUMED.format(rules=" ".join(bill.assumed)))
