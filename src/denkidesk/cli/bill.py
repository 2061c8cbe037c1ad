"""``denkidesk bill``: a bill by month from two files; needs neither network nor store."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from denkidesk.cli.output import Exit, say, write_json_bytes
from denkidesk.cli.usage import gap_rule_of, read_usage, say_notes
from denkidesk.domain.bills import Bill, Rounding
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import InputCode, PaperCode
from denkidesk.domain.paper_bills import Period, Supplement
from denkidesk.domain.plans import AreaPriceMonth, PlanDetail
from denkidesk.domain.typed_numbers import decimal_of, spreadsheet_damage
from denkidesk.domain.usage import Usage

if TYPE_CHECKING:
    from denkidesk.domain.bill_options import BillOptions

T = TypeVar("T")

_LAST_READ_DAY: Final = 31
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
    supplement = None if arguments.paper is None else tried(faults, lambda: _read_supplement(Path(arguments.paper)))
    if arguments.paper is None and (arguments.read_day is not None or arguments.periods is not None):
        faults.append(FieldFault("supplement", InputCode.REQUIRED))
    if faults or detail is None or imported is None:
        raise InputRefused(faults)
    say_notes(imported)
    check_capacity(imported, detail, options.capacity, accepted=arguments.accept_values)
    usage = apply_gap_rule(imported.usage, gap_rule)
    if supplement is not None:
        return _on_paper(detail, usage, supplement, periods_in(arguments, usage), options)
    bill = compute_bill(detail, usage, options)
    _say_doubts(bill)
    write_json_bytes(to_json_bytes({**bill_json(bill, "", detail.name, detail.base_name), **_what_to_know(bill)}))
    return Exit.DONE


def _on_paper(detail: PlanDetail, usage: Usage, supplement: Supplement, periods: Sequence[Period], options: "BillOptions") -> Exit:
    from denkidesk.billing.paper import paper_bill
    from denkidesk.enegaeru.encoding import paper_bill_json, to_json_bytes
    from denkidesk.texts import cli as texts
    from denkidesk.texts.bill import warning_lines
    from denkidesk.texts.dates import paper_day

    bill = paper_bill(detail, usage, supplement, periods, options)
    say(texts.PAPER_PERIODS.format(count=len(bill.periods)))
    for period in bill.cut:
        say(texts.PAPER_CUT.format(first=paper_day(period.first), last=paper_day(period.last)))
    for _, sentence in warning_lines(bill):
        say(texts.BILL_WARNING.format(warning=sentence))
    warnings = [{"code": code, "text": text} for code, text in warning_lines(bill)]
    write_json_bytes(to_json_bytes({**paper_bill_json(bill, detail), "partialMonths": [], "warnings": warnings}))
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
    rounding = arguments.rounding or (Rounding.NONE if arguments.paper is None else Rounding.BILL)
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


def _read_supplement(path: Path) -> Supplement:
    from denkidesk.desk.file_reading import read_bounded
    from denkidesk.enegaeru.paper_files import decode_supplement

    return decode_supplement(read_bounded(path, "supplement"))


def periods_in(arguments: argparse.Namespace, usage: Usage) -> tuple[Period, ...]:
    """The reading periods that a command line asks for."""
    from denkidesk.billing.reading import periods_between, periods_of_day

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
