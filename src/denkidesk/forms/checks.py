"""From what was typed to a checked application: every fault at once, nothing corrected in silence."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType
from typing import Final

from denkidesk.domain.application_items import DATE_ITEMS, TEXT_ITEMS
from denkidesk.domain.applications import ApplicationKind, NewApplication
from denkidesk.domain.areas import Area, area_of_supply_prefix, supply_prefix
from denkidesk.domain.error_codes import FaultCode
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import FormCode, SpreadsheetCode
from denkidesk.domain.supply_point import looks_rounded_by_spreadsheet, parse_supply_point_number
from denkidesk.domain.typed_numbers import mark_for_value, spreadsheet_damage
from denkidesk.forms.cleaning import Cleaned, clean_code, clean_number, clean_phone, clean_postcode, clean_text
from denkidesk.forms.dates import parse_date
from denkidesk.forms.model import CodeChoices, Editor, Field, Form
from denkidesk.forms.steps import form_of

LATEST_DAYS: Final = 366
"""A desired date further away than this is taken for a slip of the hand. Our own bound: the utility's is not public."""

AHEAD_DAYS: Final = 183
"""Further ahead, the same day of the year before is nearer: what was typed without a year may have meant that one."""

CODE_LENGTH: Final = 40
EXTRA_LENGTH: Final = 1000
_NUMBERS: Final = (Editor.SUPPLY_POINT, Editor.PHONE, Editor.POSTCODE, Editor.DIGITS)
_POSTCODE: Final = re.compile(r"[0-9]{3}-[0-9]{4}")
_PHONE: Final = re.compile(r"[0-9+()\- ]*[0-9][0-9+()\- ]*")
_PHONE_WITHOUT_ZERO: Final = re.compile(r"[1-9][0-9]{8,9}")
_KANSAI_PREFIX: Final = supply_prefix(Area.KANSAI)
_CLEANERS: Final[Mapping[Editor, Callable[[str], Cleaned]]] = {
    Editor.SUPPLY_POINT: clean_number,
    Editor.DIGITS: clean_number,
    Editor.PHONE: clean_phone,
    Editor.POSTCODE: clean_postcode,
    Editor.DATE: lambda raw: Cleaned(raw.strip()),
    Editor.CHOICE: clean_code,
    Editor.ANSWER: clean_code,
    Editor.TEXT: clean_text,
    Editor.MULTILINE: partial(clean_text, multiline=True),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One field looked at. ``value``: the text in normal form (dates in ISO), None where it is empty or faulty.

    ``cautions`` do not stop anything: they say what the clerk should look at once more.
    """

    cleaned: Cleaned
    value: str | None = None
    faults: tuple[FieldFault, ...] = ()
    cautions: tuple[FieldFault, ...] = ()


def check_field(field: Field, raw: str, tables: CodeChoices, today: date) -> Checked:
    """One field by its own rules; whether it may be empty included."""
    cleaned = _CLEANERS[field.editor](raw)
    text = cleaned.text
    if bad := _forbidden_character(text, multiline=field.editor is Editor.MULTILINE):
        return Checked(cleaned, faults=(_fault(field.name, FormCode.CONTROL, character=bad),))
    if not text:
        return Checked(cleaned, faults=(_fault(field.name, FormCode.REQUIRED),) if field.required else ())
    if damage := _damage(field, text):
        return Checked(cleaned, faults=(_fault(field.name, damage),))
    match field.editor:
        case Editor.SUPPLY_POINT:
            return _check_supply_point(field, cleaned)
        case Editor.DATE:
            return _check_date(field, cleaned, today)
        case Editor.CHOICE:
            return _check_code(field, cleaned, [code for code, _ in tables.get(field.table, ())])
        case Editor.ANSWER:
            return _check_code(field, cleaned, field.answers)
        case Editor.POSTCODE:
            return _check_postcode(field, cleaned)
        case Editor.TEXT | Editor.MULTILINE | Editor.PHONE | Editor.DIGITS:
            return _check_text(field, cleaned)


def _damage(field: Field, text: str) -> SpreadsheetCode | None:
    """What a spreadsheet broke: of a number all that shows, of any other item what stands there instead of a value."""
    return spreadsheet_damage(text) if field.editor in _NUMBERS else mark_for_value(text)


def _check_supply_point(field: Field, cleaned: Cleaned) -> Checked:
    try:
        number = parse_supply_point_number(cleaned.text, field.name)
    except InputRefused as refused:
        return Checked(cleaned, faults=refused.faults)
    prefix = number[:2]
    if prefix != _KANSAI_PREFIX:
        area = area_of_supply_prefix(prefix)
        return Checked(cleaned, faults=(_fault(field.name, FormCode.AREA_OTHER, prefix=prefix, area=area.value if area else ""),))
    rounded = looks_rounded_by_spreadsheet(number)
    return Checked(cleaned, cleaned.text, cautions=(_fault(field.name, FormCode.ZEROS_AT_END),) if rounded else ())


def _check_date(field: Field, cleaned: Cleaned, today: date) -> Checked:
    try:
        day = parse_date(cleaned.text, today, field.name, nearest=field.any_day)
    except InputRefused as refused:
        return Checked(cleaned, faults=refused.faults)
    if field.any_day:
        return Checked(cleaned, day.isoformat())
    if day < today:
        return Checked(cleaned, faults=(_fault(field.name, FormCode.DATE_PAST, date=day.isoformat()),))
    if day - today > timedelta(days=LATEST_DAYS):
        return Checked(cleaned, faults=(_fault(field.name, FormCode.DATE_FAR, date=day.isoformat(), days=str(LATEST_DAYS)),))
    on_sunday = (_fault(field.name, FormCode.SUNDAY, date=day.isoformat()),) if day.weekday() == 6 else ()
    return Checked(cleaned, day.isoformat(), cautions=(*_ahead(field.name, day, today), *on_sunday))


def _ahead(name: str, day: date, today: date) -> tuple[FieldFault, ...]:
    """A caution about a day that is nearer in the year before: 11/25 typed on 11/26 is next year's, and was hardly meant."""
    ahead = (day - today).days
    if ahead <= AHEAD_DAYS:
        return ()
    try:
        before = day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return (_fault(name, FormCode.DATE_AHEAD, date=day.isoformat(), days=str(ahead)),)
    ago = (today - before).days
    return (_fault(name, FormCode.DATE_AHEAD, date=day.isoformat(), days=str(ahead), before=before.isoformat(), ago=str(ago)),)


def _check_code(field: Field, cleaned: Cleaned, codes: Sequence[str]) -> Checked:
    """``codes``: those that are known; where none are, any will do."""
    text = cleaned.text
    if codes and text not in codes:
        return Checked(cleaned, faults=(_fault(field.name, FormCode.CHOICE, given=text[:CODE_LENGTH]),))
    if len(text) > CODE_LENGTH:
        return Checked(cleaned, faults=(_too_long(field.name, text, CODE_LENGTH),))
    return Checked(cleaned, text)


def _check_postcode(field: Field, cleaned: Cleaned) -> Checked:
    is_one = _POSTCODE.fullmatch(cleaned.text) is not None
    return Checked(cleaned, cleaned.text) if is_one else Checked(cleaned, faults=(_fault(field.name, FormCode.POSTCODE),))


def _check_text(field: Field, cleaned: Cleaned) -> Checked:
    text = cleaned.text
    if field.editor is Editor.PHONE and not _PHONE.fullmatch(text):
        return Checked(cleaned, faults=(_fault(field.name, FormCode.NOT_PHONE),))
    if field.editor is Editor.PHONE and _PHONE_WITHOUT_ZERO.fullmatch(re.sub(r"\D", "", text)) and not text.startswith("+"):
        return Checked(cleaned, text, cautions=(_fault(field.name, SpreadsheetCode.ZERO_LOST),))
    if field.editor is Editor.DIGITS and not (text.isascii() and text.isdigit()):
        return Checked(cleaned, faults=(_fault(field.name, FormCode.NOT_DIGITS),))
    if field.max_length is not None and len(text) > field.max_length:
        return Checked(cleaned, faults=(_too_long(field.name, text, field.max_length),))
    odd = outside_cp932(text)
    return Checked(cleaned, text, cautions=(_fault(field.name, FormCode.OUTSIDE_CP932, characters=odd),) if odd else ())


def _too_long(name: str, text: str, limit: int) -> FieldFault:
    return _fault(name, FormCode.TOO_LONG, length=str(len(text)), limit=str(limit))


def check_application(
    kind: ApplicationKind,
    values: Mapping[str, str],
    tables: CodeChoices,
    today: date,
    *,
    extra: Mapping[str, str] | None = None,
    with_note: bool = False,
    form: Form | None = None,
) -> NewApplication:
    """The application that the values make; raises InputRefused with every fault of every field.

    ``values``: raw texts by field name; a missing one counts as empty. ``with_note``: fields of the clerk's note may be among them; they
    are checked and left out of the message, unless the caller puts them into ``extra``: further items of the message by element name.
    ``form``: with the fields that the installed set adds.

    Codes: ``required``, ``unknown`` (no such item in this kind), ``control`` (fact ``character``), ``too_long`` (``length``,
    ``limit``), ``choice`` (``given``), ``not_phone``, ``not_digits``,
    ``length`` (``digits``), ``area`` (``prefix``), ``area_other`` (``prefix``,
    ``area``), ``date_past`` (``date``), ``date_far`` (``date``, ``days``), ``date_missing``, ``date_ambiguous``, ``date_unreadable``,
    and what a spreadsheet made of a number.
    """
    form = form or form_of(kind)
    faults: list[FieldFault] = []
    good: dict[str, str] = {}
    extras: dict[str, str] = {}
    fields = form.fields if with_note else form.item_fields
    for field in fields:
        checked = check_field(field.beside(values), values.get(field.name, ""), tables, today)
        faults.extend(checked.faults)
        if checked.value is not None and field.path:
            extras[field.path] = checked.value
        elif checked.value is not None and not field.note:
            good[field.name] = checked.value
    known = {field.name for field in fields}
    faults.extend(_fault(name, FormCode.UNKNOWN) for name, value in values.items() if name not in known and value.strip())
    for name, value in (extra or {}).items():
        cleaned = clean_text(value, multiline=True)
        if not name or len(name) > CODE_LENGTH * 2 or _forbidden_character(name, multiline=False):
            faults.append(_fault("extra", FormCode.UNKNOWN))
        elif bad := _forbidden_character(cleaned.text, multiline=True):
            faults.append(_fault(name, FormCode.CONTROL, character=bad))
        elif len(cleaned.text) > EXTRA_LENGTH:
            faults.append(_too_long(name, cleaned.text, EXTRA_LENGTH))
        else:
            extras[name] = cleaned.text
    if faults:
        raise InputRefused(faults)
    return NewApplication.from_texts(kind, good, MappingProxyType(extras))


def cautions_of(application: NewApplication, today: date) -> tuple[FieldFault, ...]:
    """What is unusual in an application that may be sent.

    Codes: ``zeros_at_end``, ``date_ahead`` (``date``, ``days``, ``before``, ``ago``), ``sunday``, ``public_holiday`` (``date``),
    ``outside_cp932`` (``characters``). Holidays are looked up in the calendar, which takes a moment the first time.
    """
    from denkidesk.domain.calendar import public_holidays

    cautions: list[FieldFault] = []
    if looks_rounded_by_spreadsheet(application.supply_point_number):
        cautions.append(_fault("supply_point_number", FormCode.ZEROS_AT_END))
    for name in DATE_ITEMS:
        day = getattr(application, name)
        if day is None:
            continue
        cautions.extend(_ahead(name, day, today))
        if day.weekday() == 6:
            cautions.append(_fault(name, FormCode.SUNDAY, date=day.isoformat()))
        elif day in public_holidays(day.year):
            cautions.append(_fault(name, FormCode.PUBLIC_HOLIDAY, date=day.isoformat()))
    texts = {**{name: getattr(application, name) for name in TEXT_ITEMS}, **application.extra}
    for name, text in texts.items():
        if text and (odd := outside_cp932(text)):
            cautions.append(_fault(name, FormCode.OUTSIDE_CP932, characters=odd))
    return tuple(cautions)


def outside_cp932(text: str) -> str:
    """The characters that many Japanese systems cannot write, each once; also the private ones that look different everywhere."""
    return "".join(dict.fromkeys(ch for ch in text if not _writable(ch)))


def _writable(character: str) -> bool:
    # There and back: the wave dash U+301C is written, but comes back as another character.
    return unicodedata.category(character) != "Co" and character.encode("cp932", "ignore").decode("cp932", "ignore") == character


def _forbidden_character(text: str, *, multiline: bool) -> str:
    """The first character that must not go out, as U+XXXX: control characters, lone surrogates, what XML cannot hold."""
    forbidden = (ch for ch in text if unicodedata.category(ch) in ("Cc", "Cs") or ord(ch) & 0xFFFE == 0xFFFE)
    return next((f"U+{ord(ch):04X}" for ch in forbidden if not (multiline and ch == "\n")), "")


def _fault(name: str, code: FaultCode, **facts: str) -> FieldFault:
    return FieldFault(name, code, MappingProxyType(facts))
