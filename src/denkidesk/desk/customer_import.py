"""The retailer's own table of customers, read into the desk's: headings guessed, wrong rows named and left out."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from denkidesk.desk.spreadsheets import TableRow, read_table
from denkidesk.domain.clock import Now
from denkidesk.domain.customers import Customer
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import BulkCode
from denkidesk.domain.supply_point import parse_supply_point_number
from denkidesk.domain.typed_numbers import mark_for_value
from denkidesk.domain.values import dataclass
from denkidesk.forms.cleaning import clean_phone, clean_postcode, clean_text
from denkidesk.store.store import Store
from denkidesk.store.values import to_text
from denkidesk.texts.names import field_name

_FIRST_ROWS: Final = 10  # titles and remarks may stand before the headings
_AT_ONCE: Final = 200  # rows a transaction: an application that is being filed waits for no more than these
_MOST_NAMED: Final = 20
_ITEMS: Final[Mapping[str, str]] = {
    "supply_point_number": "supply_point_number",
    "name": "customer_name",
    "phone": "contact_phone",
    "postcode": "postcode",
    "address": "supply_point_address",
}
"""What the desk calls it itself."""
_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "supply_point_number": ("供給地点番号", "地点番号", "地点特定番号", "お客さま地点番号"),
    "name": ("氏名", "名前", "お名前", "お客さま名", "お客様名", "顧客名", "契約者名", "契約名義"),
    "reading": ("フリガナ", "ふりがな", "カナ", "氏名カナ", "氏名フリガナ", "カナ氏名", "読み", "よみ", "需要者名カナ", "契約者名カナ"),
    "phone": ("電話番号", "電話", "連絡先", "tel", "携帯電話", "携帯番号"),
    "postcode": ("〒",),
    "address": ("住所", "需要場所", "供給場所", "使用場所", "ご住所"),
}


@dataclass(frozen=True, slots=True)
class Imported:
    """``count``: customers that were read; ``wrong``: the lines, as the spreadsheet counts them, that were left out, the first few."""

    count: int
    wrong_count: int
    wrong: tuple[int, ...]
    fields: tuple[str, ...]  # that have a column


def import_customers(store: Store, path: Path, now: Now) -> Imported:
    """Reads a CSV file or workbook into the table of customers. For a work lane: a hundred thousand rows take a minute.

    A row needs a name or a number; a number that is wrong leaves its row out, because it would be somebody else's. Raises
    InputRefused("file") where it is no table, or no row is made of headings.
    """
    rows = read_table(path)
    place, fields = max(
        ((number, _fields_of(row)) for number, row in enumerate(rows[:_FIRST_ROWS])),
        key=lambda one: (len(set(one[1]) - {""}), -one[0]),
        default=(0, ()),
    )
    if not {"supply_point_number", "name"} & set(fields):
        raise InputRefused.of("file", BulkCode.HEADINGS)
    at, count, wrong = to_text(now()), 0, []
    below = rows[place + 1 :]
    for begin in range(0, len(below), _AT_ONCE):
        good: list[Customer] = []
        for row in below[begin : begin + _AT_ONCE]:
            customer = _customer(row, fields, at)
            if customer is not None:
                good.append(customer)
            elif any(cell.strip() for cell in row.cells):
                wrong.append(row.line)
        store.customers.note_all(good)
        count += len(good)
    return Imported(count, len(wrong), tuple(wrong[:_MOST_NAMED]), tuple(name for name in _HEADINGS if name in fields))


def _fields_of(row: TableRow) -> tuple[str, ...]:
    """What each column of a row of headings is; the first of two that mean the same counts."""
    found: list[str] = []
    for cell in row.cells:
        name = _NAMED.get(_folded(cell), "")
        found.append("" if name in found else name)
    return tuple(found)


def _customer(row: TableRow, fields: Sequence[str], at: str) -> Customer | None:
    known = {name: cell for name, cell in zip(fields, row.cells, strict=False) if name and not mark_for_value(cell)}
    values = {name: _CLEANED.get(name, _text)(cell) for name, cell in known.items()}
    if number := values.get("supply_point_number", "").strip():
        try:
            values["supply_point_number"] = parse_supply_point_number(number)
        except InputRefused:
            return None
    if not (values.get("supply_point_number") or values.get("name")):
        return None
    return replace(Customer("", "", seen_at=at), **values)  # type: ignore[arg-type] # texts alone


def _text(cell: str) -> str:
    return clean_text(cell).text


def _as_it_is(cell: str) -> str:
    return cell


def _phone(cell: str) -> str:
    return clean_phone(cell).text


def _postcode(cell: str) -> str:
    return clean_postcode(cell).text


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip("*")


_CLEANED: Final[Mapping[str, Callable[[str], str]]] = {"supply_point_number": _as_it_is, "phone": _phone, "postcode": _postcode}
_NAMED: Final = {_folded(heading): name for name, headings in _HEADINGS.items() for heading in headings} | {
    _folded(field_name(item)): name for name, item in _ITEMS.items()
}
