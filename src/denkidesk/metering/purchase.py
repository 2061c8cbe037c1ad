"""Usage in the quoting API's own shape, the ``purchase`` array of JSON."""

import json
from datetime import date

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.usage import HOURS, Usage, UsageDay
from denkidesk.metering.cells import FIRST_YEAR, LAST_YEAR
from denkidesk.metering.text import MOST_BYTES


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
    days: dict[date, UsageDay] = {}
    for place, item in enumerate(document):
        day = _day(item, place)
        if day.day in days:
            raise InputRefused.of("usage", UsageCode.DUPLICATE, item=str(place), day=day.day.isoformat())
        days[day.day] = day
    return Usage(tuple(days[day] for day in sorted(days)))


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
