"""Usage in the quoting API's own shape, the ``purchase`` array of JSON."""

import json
from datetime import date, timedelta

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.usage import HOURS, ImportedUsage, Usage, UsageDay
from denkidesk.metering.cells import FIRST_YEAR, LAST_YEAR
from denkidesk.metering.reader import read_usage
from denkidesk.metering.readings import Notes, check_span, note_gaps
from denkidesk.metering.text import MOST_BYTES

_MOST_DAYS = 366


def read_any(data: bytes, file_name: str, *, unit: str | None = None) -> ImportedUsage:
    """A ``purchase`` array or any CSV that :func:`read_usage` takes; the first character tells which."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"[", b"{"} or file_name.lower().endswith(".json"):
        usage = Usage(_every_day(read_purchase(data)), source=file_name)
        notes = Notes()
        note_gaps(usage, notes)
        return ImportedUsage(usage, "purchase-json", "utf-8", tuple(notes.notes))
    return read_usage(data, file_name, unit=unit)


def read_purchase(data: bytes) -> Usage:
    """The days of ``[{"date": "2023-01-01", "hourlyPowers": [24 kWh]}, ...]``, in ascending order; a null hour is a gap.

    Days that are not in the array are not in the usage. Raises InputRefused("usage", code, item=...) where the shape is another.
    """
    if len(data) > MOST_BYTES:
        raise InputRefused.of("usage", UsageCode.TOO_LARGE, bytes=str(len(data)))
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=_each_name_once)
    except (ValueError, RecursionError) as error:
        raise InputRefused.of("usage", UsageCode.NOT_JSON, detail=str(error)[:200]) from error
    if isinstance(document, dict) and "purchase" in document:
        document = document["purchase"]
    if not isinstance(document, list):
        raise InputRefused.of("usage", UsageCode.NOT_A_PURCHASE_ARRAY)
    if not document:
        raise InputRefused.of("usage", UsageCode.EMPTY)
    if len(document) > _MOST_DAYS:
        raise InputRefused.of("usage", UsageCode.MORE_THAN_A_YEAR, days=str(len(document)))
    days: dict[date, UsageDay] = {}
    for place, item in enumerate(document):
        day = _day(item, place)
        if day.day in days:
            raise InputRefused.of("usage", UsageCode.DUPLICATE, item=str(place), day=day.day.isoformat())
        days[day.day] = day
    return Usage(tuple(days[day] for day in sorted(days)))


def _every_day(usage: Usage) -> tuple[UsageDay, ...]:
    """The days from the first that has a figure to the last; one that is not in the array is a day of gaps, as in any other file."""
    present = {day.day: day for day in usage.days}
    known = [day.day for day in usage.days if any(kwh is not None for kwh in day.hourly_kwh)]
    if not known:
        raise InputRefused.of("usage", UsageCode.NO_READINGS)
    check_span(known)
    span = (known[0] + timedelta(days=number) for number in range((known[-1] - known[0]).days + 1))
    return tuple(present.get(day) or UsageDay(day, (None,) * HOURS) for day in span)


def _each_name_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    tree = dict(pairs)
    if len(tree) != len(pairs):  # the last one would win, and a day's figures be lost unseen
        raise ValueError("double")
    return tree


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _day(item: object, place: int) -> UsageDay:
    if not isinstance(item, dict):
        raise InputRefused.of("usage", UsageCode.NOT_A_DAY, item=str(place))
    written, hours = item.get("date"), item.get("hourlyPowers")
    if not isinstance(written, str) or len(written) != len("2023-01-01"):
        raise InputRefused.of("usage", UsageCode.BAD_DATE, item=str(place), value=str(written)[:40])
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise InputRefused.of("usage", UsageCode.BAD_DATE, item=str(place), value=written) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InputRefused.of("usage", UsageCode.ABSURD_YEAR, item=str(place), value=written)
    if not isinstance(hours, list) or len(hours) != HOURS:
        raise InputRefused.of("usage", UsageCode.NOT_24_HOURS, item=str(place), day=written)
    return UsageDay(day, tuple(_kwh(value, written, hour) for hour, value in enumerate(hours)))


def _kwh(value: object, day: str, hour: int) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputRefused.of("usage", UsageCode.NOT_A_NUMBER, day=day, hour=str(hour), value=str(value)[:40])
    if not 0 <= value <= 1_000_000:
        raise InputRefused.of("usage", UsageCode.NOT_A_VOLUME, day=day, hour=str(hour), value=str(value)[:40])
    return float(value)
