"""Dates, times and flags as the binding says they travel."""

import re
from datetime import date, datetime, time
from typing import Final

from denkidesk.domain.clock import JST

_TOKENS: Final = {
    "yyyy": r"(?P<year>[0-9]{4})",
    "MM": r"(?P<month>[0-9]{2})",
    "dd": r"(?P<day>[0-9]{2})",
    "HH": r"(?P<hour>[0-9]{2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})",
    "SSS": r"(?P<milli>[0-9]{3})",
}
_DAY: Final = frozenset({"yyyy", "MM", "dd"})
_DAY_FIRST: Final = (("dd", "MM", "yyyy"), ("MM", "dd", "yyyy"))
_PIECE: Final = re.compile("'(?:[^']|'')*'|yyyy|MM|dd|HH|mm|SSS|ss|.", re.DOTALL)
_UNQUOTED: Final = re.compile("[^A-Za-z']|[TZ]")
"""Literal characters that need no quotes; T and Z stand in nearly every time stamp, and mean nothing else here."""
_XSD_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?")


def is_date_format(text: str, *, with_clock: bool = False) -> bool:
    """Whether a format names year, month and day once each; ``with_clock``: it may name hours and less, too."""
    tokens = _readable_tokens(text)
    return len(tokens) == len(set(tokens)) and (set(tokens) >= _DAY if with_clock else set(tokens) == _DAY)


def is_time_stamp_format(text: str) -> bool:
    """Whether a format names at least year to second, each token once."""
    tokens = _readable_tokens(text)
    return len(tokens) == len(set(tokens)) and _DAY | {"HH", "mm", "ss"} <= set(tokens)


def has_falling_order(text: str, *, or_day_first: bool = False) -> bool:
    """Whether a readable form goes from year to day and from hour to thousandths; ``or_day_first``: as other countries write days, too."""
    tokens = _readable_tokens(text)
    day, clock = tuple(token for token in tokens if token in _DAY), [token for token in tokens if token not in _DAY]
    return clock == [token for token in _TOKENS if token in clock] and (day == tuple(_TOKENS)[:3] or (or_day_first and day in _DAY_FIRST))


def write_moment(moment: date | datetime, wire_format: str) -> str:
    """A date or a moment in the wire's form; the clock of a date stands at midnight."""
    at = moment if isinstance(moment, datetime) else datetime.combine(moment, time(), JST)
    parts = {"yyyy": f"{at.year:04d}", "MM": f"{at.month:02d}", "dd": f"{at.day:02d}"}
    parts |= {"HH": f"{at.hour:02d}", "mm": f"{at.minute:02d}", "ss": f"{at.second:02d}", "SSS": f"{at.microsecond // 1000:03d}"}
    return "".join(parts[piece] if piece in parts else _literal(piece) for piece in _PIECE.findall(wire_format))


def write_xsd(moment: date | datetime, xsd_type: str) -> str:
    """A day, or a moment in Japan, as ``xsd:date`` or ``xsd:dateTime``."""
    if xsd_type == "date":
        return moment.isoformat()[:10]
    at = moment if isinstance(moment, datetime) else datetime.combine(moment, time(), JST)
    return at.isoformat(timespec="milliseconds" if isinstance(moment, datetime) else "seconds")


class DateReader:
    """Reads dates of one wire form; what is not a day of the calendar reads as None, never as another day."""

    def __init__(self, wire_format: str) -> None:
        self._pattern = re.compile("".join(_TOKENS.get(piece) or re.escape(_literal(piece)) for piece in _PIECE.findall(wire_format)))

    def read(self, text: str) -> date | None:
        """The date, or None."""
        match = self._pattern.fullmatch(text)
        if match is None:
            return None
        try:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return None


class XsdDateReader:
    """Reads ``xsd:date`` and ``xsd:dateTime``; a moment with an offset is the day that it is then in Japan."""

    def read(self, text: str) -> date | None:
        """The day in Japan, or None."""
        match = _XSD_DAY.fullmatch(text)
        if match is None:
            return None
        try:
            if match[2] is None:  # the offset of a day names where it is that day, not another day
                return date.fromisoformat(match[1])
            at = datetime.fromisoformat(text)
            return (at if at.tzinfo is None else at.astimezone(JST)).date()
        except (ValueError, OverflowError):
            return None


def _readable_tokens(text: str) -> list[str]:
    """The tokens of a form; none where a letter stands in it that is neither token nor in quotes."""
    pieces = _PIECE.findall(text)
    readable = all(piece in _TOKENS or len(piece) > 1 or _UNQUOTED.fullmatch(piece) for piece in pieces)
    return [piece for piece in pieces if piece in _TOKENS] if readable else []


def _literal(piece: str) -> str:
    """A quoted piece without its quotes; ``''`` is a quote."""
    if len(piece) < 2:
        return piece
    return piece[1:-1].replace("''", "'") or "'"
