"""A quote as a workbook with live formulas: prices and kWh can be changed, and all that follows from them changes too.

Figures of a bill are exact decimals there and binary fractions in a spreadsheet program: before a floor, each sum is rounded to a
millionth of a yen, so that 2,099.9999999999995 is the 2,100 that it stands for.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

from denkidesk.billing.engine import peak_kw
from denkidesk.billing.findings import Findings
from denkidesk.billing.market import price_of, prices_by_month
from denkidesk.billing.plan_check import named
from denkidesk.billing.rounding import EXACT, as_it_is
from denkidesk.billing.rules import base_terms, before_tiers
from denkidesk.billing.sums import Figures, UsageSums
from denkidesk.billing.volumes import Bands, Months, Volumes
from denkidesk.desk.kept_quotes import Quote
from denkidesk.desk.spreadsheets import put_text, write_whole
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Bill, Rounding
from denkidesk.domain.plans import CAPACITY_TYPES, PEAK_TYPES, Condition, PlanDetail, PlanType
from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.texts import quote as quote_texts
from denkidesk.texts import quotes as texts
from denkidesk.texts.bill import month_with_mark, span
from denkidesk.texts.dates import paper_day
from denkidesk.texts.quote_facts import addressed
from denkidesk.texts.tariffs import PART_NAMES

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

YEN: Final = "#,##0"
_PRICE: Final = "#,##0.00###"
KWH: Final = "#,##0.0####"
_EXACT_YEN: Final = "#,##0.00"
_HOURS: Final = 24
_WIDTH: Final = 14
_FIRST_WIDTH: Final = 26


@dataclass(frozen=True, slots=True)
class Side:
    """One plan of the quote with its bill."""

    title: str  # of its sheet
    name: str
    detail: PlanDetail
    options: BillOptions
    bill: Bill


@dataclass(slots=True)
class Placed:
    """Where a side's figures stand: the row of each month, the row of the sum, and the columns of kWh and yen."""

    title: str
    rows: dict[str, int] = field(default_factory=dict)
    total: int = 0
    kwh: str = ""
    yen: str = ""

    def cell(self, column: str, row: int) -> str:
        """As another sheet refers to it."""
        return f"='{self.title}'!{column}{row}"


def write_workbook(path: Path, quote: Quote) -> None:
    """The file appears whole or not at all. Raises SetupFault where it cannot be written."""
    from openpyxl import Workbook

    book = Workbook()
    front = book.worksheets[0]
    front.title = texts.SHEET_QUOTE
    if quote.points:
        from denkidesk.desk.points_workbook import fill_points

        fill_points(book, front, quote)
    else:
        _front(front, quote, placed_sides(book, quote))
    book.calculation.fullCalcOnLoad = True
    made = io.BytesIO()
    book.save(made)
    write_whole(path, made.getvalue())


def placed_sides(book: "Workbook", quote: Quote, title: str = "{side}") -> list[Placed]:
    """A sheet for each plan of a quote, the present one first; ``title``: what a sheet is called."""
    sums = UsageSums(quote.usage)
    sheet, present = quote.sheet, quote.sheet.present
    name = f"{sheet.company_name} {sheet.plan_name}"
    sides = [Side(title.format(side=quote_texts.PROPOSAL), name, quote.detail, quote.options, quote.bill)]
    if present is not None and len(quote.plans) > 1:
        from denkidesk.billing.engine import compute_bill

        plan = quote.plans[1]
        bill = compute_bill(plan.detail, sums, plan.options)
        name = f"{present.company_name} {present.plan_name}"
        sides.insert(0, Side(title.format(side=quote_texts.PRESENT), name, plan.detail, plan.options, bill))
    with localcontext(EXACT):
        return [PlanSheet(book, side, sums).written() for side in sides]


def put_facts(front: "Worksheet", facts: Iterable[tuple[str, str]]) -> int:
    """The title and what the quote is; returns the last row."""
    put_text(front.cell(1, 1), quote_texts.TITLE, bold=True)
    row = 2
    for name, value in facts:
        row += 1
        put_text(front.cell(row, 1), name)
        put_text(front.cell(row, 2), value)
    return row


def facts_of(sheet: QuoteSheet) -> list[tuple[str, str]]:
    """Who and when."""
    return [
        (quote_texts.QUOTE_NUMBER, sheet.number or quote_texts.NOT_ISSUED),
        (quote_texts.ISSUED_ON, paper_day(sheet.issued_on)),
        (quote_texts.VALID_UNTIL, paper_day(sheet.valid_until)),
        (texts.ADDRESSEE, addressed(sheet)),
        (texts.RETAILER, "　".join(filter(None, (sheet.retailer_name, *sheet.retailer_lines)))),
    ]


def _front(front: "Worksheet", quote: Quote, placed: Sequence[Placed]) -> None:
    sheet, bill = quote.sheet, quote.bill
    facts = [
        *facts_of(sheet),
        (texts.SUPPLY_POINT, sheet.supply_point),
        (quote_texts.PROPOSAL, f"{sheet.company_name} {sheet.plan_name}　{sheet.contract}".strip()),
    ]
    if (present := sheet.present) is not None:
        facts.append((quote_texts.PRESENT, f"{present.company_name} {present.plan_name}　{present.contract}".strip()))
    row = put_facts(front, facts)
    row += 2
    is_pair = len(placed) > 1
    heads = quote_texts.MONTHS_HEAD if is_pair else (*quote_texts.MONTHS_HEAD[:2], quote_texts.MONTHS_HEAD[3])
    put_head(front, row, heads)
    proposal = placed[-1]
    lines = [(month_with_mark(month, sheet.estimated_months), proposal.rows[month.month], month.month) for month in bill.billed_months]
    for label, at, month in [*lines, (span(bill), proposal.total, "")]:
        row += 1
        put_text(front.cell(row, 1), label, bold=not month)
        put_figure(front, row, 2, proposal.cell(proposal.kwh, at), KWH)
        for place, side in enumerate(placed):
            put_figure(front, row, 3 + place, side.cell(side.yen, side.rows[month] if month else side.total), YEN)
        if is_pair:
            put_figure(front, row, 5, f"=D{row}-C{row}", YEN)
    row += 2
    put_text(front.cell(row, 1), quote_texts.ASSUMPTIONS, bold=True)
    for line in (*sheet.conditions, texts.LIVE, quote_texts.DISCLAIMER):
        row += 1
        put_text(front.cell(row, 1), line)
    set_widths(front, 5)


class PlanSheet:
    """A plan's prices above, its months below."""

    def __init__(self, book: "Workbook", side: Side, sums: UsageSums) -> None:
        self._book, self._side, self._sums = book, side, sums
        self._sheet = book.create_sheet(side.title)
        self._row = 1
        self._is_exact = side.options.rounding is Rounding.BILL
        number = as_it_is if self._is_exact else float
        months = Months(sums, side.detail.holidays, exact=self._is_exact)
        self._volumes = Volumes(side.detail, months, number, whole=self._is_exact)

    def written(self) -> Placed:
        """Writes the sheet, and says where what stands."""
        side, detail = self._side, self._side.detail
        put_text(self._sheet.cell(1, 1), side.name, bold=True)
        self._row = 2
        self._base = self._base_cells()
        self._levy = self._figure(PART_NAMES["levy"], detail.levy_yen_per_kwh or Decimal(0), texts.PER_KWH)
        self._discount = self._figure(texts.DISCOUNT, detail.discount_rate, texts.PERCENT)
        conditions = list(before_tiers(detail, self._volumes, Findings()))
        prices = [self._figure(condition.name, condition.unit_yen, texts.PER_KWH) for condition, _ in conditions]
        fuels = (
            []
            if side.options.no_fuels
            else [(fuel, self._figure(PART_NAMES["adjust"], fuel.unit_yen, _in_month(fuel.month))) for fuel in detail.fuels]
        )
        market = self._market() if detail.plan_type is PlanType.MARKET_LINKED else None
        bands, band_of = self._bands(conditions)
        self._row += 2
        heads = [quote_texts.TABLE_HEADER[0], texts.KWH_TOTAL, *(f"{conditions[at][0].name} kWh" for at in bands)]
        first_yen = len(heads) + 1
        heads += [PART_NAMES["base"], *(condition.name for condition, _ in conditions)]
        heads += [*([texts.MARKET_YEN] if market else []), PART_NAMES["adjust"], PART_NAMES["levy"], quote_texts.TABLE_HEADER[-1]]
        put_head(self._sheet, self._row, heads)
        placed = Placed(side.title, kwh="B", yen=_letter(len(heads)))
        first = self._row + 1
        for month in side.bill.billed_months:
            self._row += 1
            row, index = self._row, int(month.month[5:7]) - 1
            placed.rows[month.month] = row
            put_text(self._sheet.cell(row, 1), month_with_mark(month))
            columns = {at: 3 + place for place, at in enumerate(bands)}
            for at, column in columns.items():
                put_figure(self._sheet, row, column, conditions[at][1][index], KWH)
            total = f"=SUM({_letter(3)}{row}:{_letter(2 + len(bands))}{row})" if self._adds_up else month.kwh
            put_figure(self._sheet, row, 2, total, KWH)
            parts = [f"={self._base}"]
            for at, (condition, _) in enumerate(conditions):
                parts.append(f"={_tier(f'{_letter(columns[band_of[at]])}{row}', condition.volume_from, condition.volume_to)}*{prices[at]}")
            parts += [market[index]] if market else []
            parts.append(
                "="
                + (
                    "+".join(
                        _fuel(fuel.calc_type, f"B{row}", fuel.volume_from, fuel.volume_to, at)
                        for fuel, at in fuels
                        if fuel.month in (0, index + 1)
                    )
                    or "0"
                )
            )
            parts.append(f"=B{row}*{self._levy}")
            for place, formula in enumerate(parts):
                put_figure(self._sheet, row, first_yen + place, formula, _EXACT_YEN)
            before, levy = f"SUM({_letter(first_yen)}{row}:{_letter(len(heads) - 2)}{row})", f"{_letter(len(heads) - 1)}{row}"
            put_figure(self._sheet, row, len(heads), self._charge(before, levy), YEN if self._is_exact else _EXACT_YEN)
        self._row += 1
        placed.total = self._row
        put_text(self._sheet.cell(self._row, 1), span(side.bill), bold=True)
        for column in range(2, len(heads) + 1):
            form = KWH if column < first_yen else _EXACT_YEN if column < len(heads) else YEN
            put_figure(self._sheet, self._row, column, f"=SUM({_letter(column)}{first}:{_letter(column)}{self._row - 1})", form)
        set_widths(self._sheet, len(heads))
        return placed

    def _figure(self, name: str, value: Decimal | float, unit: str, form: str = _PRICE) -> str:
        """A figure that may be changed, in a row of its own; returns its place."""
        self._row += 1
        put_text(self._sheet.cell(self._row, 1), name)
        put_figure(self._sheet, self._row, 2, value, form)
        put_text(self._sheet.cell(self._row, 3), unit)
        return f"$B${self._row}"

    def _base_cells(self) -> str:
        """The base charge as a formula of its figures (billing rule 7)."""
        detail, options = self._side.detail, self._side.options
        terms = base_terms(detail)
        formula = self._figure(PART_NAMES["base"], terms.fixed, texts.PER_MONTH)
        if detail.base_type in CAPACITY_TYPES and detail.base_unit is not None:
            capacity = options.capacity if options.capacity is not None else detail.capacity
            unit = self._figure(texts.BASE_UNIT, terms.per_capacity, texts.PER_MONTH)
            formula += f"+{unit}*{self._figure(texts.CAPACITY, capacity or Decimal(0), detail.capacity_unit)}"
        elif detail.base_type in PEAK_TYPES and detail.base_unit is not None:
            unit = self._figure(texts.BASE_UNIT, terms.per_peak, texts.PER_MONTH)
            formula += f"+{unit}*{self._figure(texts.PEAK, peak_kw(self._sums, options, Findings()), 'kW', KWH)}"
        return formula

    def _bands(self, conditions: Sequence[tuple[Condition, Figures]]) -> tuple[list[int], list[int]]:
        """Which conditions have a column of kWh of their own, and whose column each condition has: tiers share one."""
        bands = Bands(self._side.detail)
        is_capped = any(condition.volume_cap > 0 for condition in self._side.detail.conditions)
        own: list[int] = []
        band_of: list[int] = []
        for at, (condition, kwh) in enumerate(conditions):
            same = (
                one
                for one in own
                if not is_capped and bands.of[conditions[one][0]] == bands.of[condition] and list(conditions[one][1]) == list(kwh)
            )
            found = next(same, at)
            own += [at] if found == at else []
            band_of.append(found)
        self._adds_up = bool(own) and not is_capped and bands.hold_each_hour_once
        return own, band_of

    def _market(self) -> dict[int, str]:
        """Prices and kWh by hour on a sheet of their own; the energy's formula of each month, 0 for January."""
        options, plan = self._side.options, named(self._side.detail)
        commission = self._figure(
            texts.COMMISSION, options.commission or Decimal(0), texts.PER_KWH if options.commission_unit == "yen" else texts.PERCENT
        )
        title = texts.SHEET_MARKET.format(side=self._side.title)
        sheet = self._book.create_sheet(title)
        year_months, kwh = self._sums.hours_by_month(self._is_exact)
        by_month = prices_by_month(options.area_prices, plan)
        put_head(sheet, 1, [texts.MARKET_HEAD, *(texts.HOUR.format(hour=hour) for hour in range(_HOURS))])
        formulas: dict[int, str] = {}
        for place, (year_month, hours) in enumerate(zip(year_months, kwh, strict=True)):
            row = 2 + 2 * place
            for offset, (name, figures, form) in enumerate(
                ((texts.MARKET_PRICE, price_of(year_month, by_month, plan), _PRICE), (texts.MARKET_KWH, hours, KWH))
            ):
                put_text(sheet.cell(row + offset, 1), name.format(month=year_month))
                for hour, figure in enumerate(figures):
                    put_figure(sheet, row + offset, 2 + hour, figure, form)
            prices, volumes = (f"'{title}'!$B${at}:$Y${at}" for at in (row, row + 1))
            product = f"SUMPRODUCT({prices},{volumes})"
            if options.commission_unit == "yen":
                product += f"+{commission}*SUM({volumes})"
            else:
                product += f"*(1+{commission}/100)"
            index = int(year_month[5:]) - 1
            formulas[index] = f"{formulas[index]}+{product}" if index in formulas else f"={product}"
        set_widths(sheet, _HOURS + 1)
        return formulas

    def _charge(self, before: str, levy: str) -> str:
        """Billing rules 12 and 13: the discount, then two floors on a bill."""
        keep = f"*(1-{self._discount}/100)"
        if self._is_exact:
            return f"=INT(ROUND({before}{keep},6))+INT(ROUND({levy}{keep},6))"
        return f"=({before}+{levy}){keep}"


def _tier(kwh: str, low: Decimal, high: Decimal) -> str:
    if high > 0:
        kwh = f"MIN({kwh},{high:f})"
    return f"MAX({kwh}-{low:f},0)" if low or high > 0 else kwh


def _fuel(calc_type: int, kwh: str, low: Decimal, high: Decimal, unit: str) -> str:
    if calc_type == 0:
        return f"{_tier(kwh, low, high)}*{unit}"
    return unit if low == 0 else f"IF({kwh}>{low:f},{unit},0)"


def _in_month(month: int) -> str:
    """Which month of the year a price is of; empty for all."""
    return f"{month}月" if month else ""


def put_figure(sheet: "Worksheet", row: int, column: int, value: Decimal | float | str, form: str) -> None:
    cell = sheet.cell(row, column)
    cell.value = value if isinstance(value, str) else float(value)
    cell.number_format = form


def put_head(sheet: "Worksheet", row: int, names: Iterable[str]) -> None:
    for column, name in enumerate(names, 1):
        put_text(sheet.cell(row, column), name, bold=True)


def set_widths(sheet: "Worksheet", count: int) -> None:
    for column in range(1, count + 1):
        sheet.column_dimensions[_letter(column)].width = _WIDTH if column > 1 else _FIRST_WIDTH


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
