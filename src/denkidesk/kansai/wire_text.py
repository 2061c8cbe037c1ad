"""Dates, times and flags as the binding says they travel."""

import re
from datetime import date, datetime
from typing import Final

_TOKENS: Final = {
    "yyyy": r"(?P<year>[0-9]{4})",
    "MM": r"(?P<month>[0-9]{2})",
    "dd": r"(?P<day>[0-9]{2})",
    "HH": r"(?P<hour>[0-9]{2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})",
    "SSS": r"(?P<milli>[0-9]{3})",
}
_TOKEN: Final = re.compile("yyyy|MM|dd|HH|mm|SSS|ss")


def is_date_format(text: str) -> bool:
    """Whether a format names year, month and day once each, and nothing of the clock."""
    return sorted(_TOKEN.findall(text)) == ["MM", "dd", "yyyy"]


def is_time_stamp_format(text: str) -> bool:
    """Whether a format names at least year to second, each token once."""
    tokens = _TOKEN.findall(text)
    return len(tokens) == len(set(tokens)) and {"yyyy", "MM", "dd", "HH", "mm", "ss"} <= set(tokens)


def write_moment(moment: date | datetime, wire_format: str) -> str:
    """A date or a moment in the wire's form."""
    parts = {"yyyy": f"{moment.year:04d}", "MM": f"{moment.month:02d}", "dd": f"{moment.day:02d}"}
    if isinstance(moment, datetime):
        parts |= {"HH": f"{moment.hour:02d}", "mm": f"{moment.minute:02d}", "ss": f"{moment.second:02d}"}
        parts["SSS"] = f"{moment.microsecond // 1000:03d}"
    return _TOKEN.sub(lambda match: parts[match[0]], wire_format)


class DateReader:
    """Reads dates of one wire form; what is not a day of the calendar reads as None, never as another day."""

    def __init__(self, wire_format: str) -> None:
        pattern = "".join(_TOKENS.get(piece) or re.escape(piece) for piece in re.split(f"({_TOKEN.pattern})", wire_format))
        self._pattern = re.compile(pattern)

    def read(self, text: str) -> date | None:
        """The date, or None."""
        match = self._pattern.fullmatch(text)
        if match is None:
            return None
        try:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return None
