"""The price history as a table of our own: CSV by company, contract class and bill month, and the state's subsidies beside it."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.paper_bills import months_later
from denkidesk.domain.price_history import FuelPrice, PriceOrigin
from denkidesk.domain.typed_numbers import decimal_of

_FIELD: Final = "price_file"
_COLUMNS: Final = ("company", "contract_class", "from_bill_month", "to_bill_month", "per_kwh", "fixed", "subsidy", "source")
_SUBSIDY_COLUMNS: Final = ("from_bill_month", "to_bill_month", "low_voltage", "high_voltage")
_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_MOST_MONTHS: Final = 1_200
_MOST_ROWS: Final = 20_000
_MOST_YEN: Final = Decimal(100_000)


def decode_prices(data: bytes, origin: PriceOrigin) -> tuple[FuelPrice, ...]:
    """The entries of a table; InputRefused ("price_file") names every row that is not one, and nothing of the table counts then."""
    faults: list[FieldFault] = []
    found: list[FuelPrice] = []
    for row in _rows(data, _COLUMNS, faults):
        per_kwh, subsidy = row.number("per_kwh"), row.number("subsidy", may_be_empty=True)
        fixed, source = row.number("fixed", may_be_empty=True), row.text("source")
        company, contract_class = row.text("company"), row.text("contract_class")
        price = FuelPrice(company, contract_class, "", per_kwh or Decimal(0), fixed or Decimal(0), subsidy, source, origin)
        found += [replace(price, bill_month=month) for month in row.months()]
    if faults:
        raise InputRefused(faults)
    if not found:
        raise InputRefused.of(_FIELD, InputCode.SCHEMA, where=", ".join(_COLUMNS))
    return tuple(found)


def encode_prices(prices: Iterable[FuelPrice]) -> bytes:
    """The table that :func:`decode_prices` reads, a row for each month; UTF-8 with a mark, as spreadsheets want it."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for price in prices:
        subsidy = "" if price.subsidy is None else f"{price.subsidy:f}"
        month = (price.bill_month, price.bill_month)
        writer.writerow([price.company, price.contract_class, *month, f"{price.per_kwh:f}", f"{price.fixed:f}", subsidy, price.source])
    return written.getvalue().encode("utf-8-sig")


def decode_subsidies(data: bytes) -> Mapping[tuple[str, bool], Decimal | None]:
    """Yen/kWh by bill month and whether it is for high voltage; None where the month has one that is not known."""
    faults: list[FieldFault] = []
    found: dict[tuple[str, bool], Decimal | None] = {}
    for row in _rows(data, _SUBSIDY_COLUMNS, faults):
        for month in row.months():
            found[month, False] = row.number("low_voltage", may_be_empty=True)
            found[month, True] = row.number("high_voltage", may_be_empty=True)
    if faults:
        raise InputRefused(faults)
    return found


class _Row:
    """One row; what is wrong with it is noted with its number."""

    def __init__(self, cells: Mapping[str, str], number: int, faults: list[FieldFault]) -> None:
        self._cells, self._number, self._faults = cells, number, faults

    def text(self, name: str) -> str:
        """What must not be empty."""
        value = self._cells[name].strip()
        if not value:
            self._refuse(name)
        return value

    def number(self, name: str, *, may_be_empty: bool = False) -> Decimal | None:
        """A price in yen."""
        text = self._cells[name].strip()
        value = decimal_of(text)
        if (value is None and (text or not may_be_empty)) or (value is not None and abs(value) > _MOST_YEN):
            self._refuse(name)
        return value

    def months(self) -> list[str]:
        """Every bill month from the first to the last; no last one: the first alone."""
        first = self._cells["from_bill_month"].strip()
        last = self._cells["to_bill_month"].strip() or first
        if not (_MONTH.fullmatch(first) and _MONTH.fullmatch(last) and first <= last <= months_later(first, _MOST_MONTHS)):
            self._refuse("from_bill_month")
            return []
        months = [first]
        while months[-1] < last:
            months.append(months_later(months[-1], 1))
        return months

    def _refuse(self, name: str) -> None:
        self._faults.append(FieldFault(_FIELD, InputCode.SCHEMA, {"where": f"{self._number}: {name}"}))


def _rows(data: bytes, columns: tuple[str, ...], faults: list[FieldFault]) -> Iterator[_Row]:
    reader = csv.DictReader(io.StringIO(_text(data)), restval="")
    try:
        if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
            raise InputRefused.of(_FIELD, InputCode.SCHEMA, where=", ".join(missing))
        for cells in reader:
            if reader.line_num > _MOST_ROWS:
                raise InputRefused.of(_FIELD, InputCode.TOO_LARGE)
            yield _Row(cells, reader.line_num, faults)
    except csv.Error:
        raise InputRefused.of(_FIELD, InputCode.UNREADABLE) from None


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputRefused.of(_FIELD, InputCode.UNREADABLE)
